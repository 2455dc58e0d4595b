"""What each message reads as: cut into sentences, these judged, and all that is said of it made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from clientvoice.care import assess
from clientvoice.errors import InputError
from clientvoice.framing.messages import MessageFraming, MessageModel
from clientvoice.framing.model import Scores
from clientvoice.house import HouseStyle, quieted
from clientvoice.readers.items import as_message
from clientvoice.records import Message, MessageAnalysis, Notice, SentenceAnalysis
from clientvoice.segments import mark_boilerplate, segment
from clientvoice.sentences import Judged, SentenceReader

_NO_WORDS = Notice("no_text", "No words to judge, so it is called neutral, with a score of 50.")


@dataclass(frozen=True, slots=True)
class MessageReader:
    """Analyses messages by what judges their sentences, a model of messages and a house style.

    Parameters
    ----------
    judge : SentenceReader
    model : MessageModel
    house : HouseStyle

    Examples
    --------
    >>> from clientvoice.rules import RuleBook
    >>> from clientvoice.store import load_model
    >>> model = load_model("fast")
    >>> judge = SentenceReader(model.sentences, RuleBook.load())
    >>> read = MessageReader(judge, model.messages, HouseStyle())
    >>> [analysis.label for analysis in read(iter(["Hurry, buy now!", "We meet at noon."]), at_once=2)]
    ['customer', 'neutral']
    """

    judge: SentenceReader
    model: MessageModel
    house: HouseStyle

    def __call__(self, items: Iterator[str | bytes | Message], *, at_once: int) -> Iterator[MessageAnalysis]:
        """Yield the analyses of texts, bytes and messages in order; so many are judged together.

        Raises
        ------
        TypeError or InputError
            After the analyses of those before the item that cannot be read, with its number.
        """
        at = 0
        while batch := list(islice(items, at_once)):
            messages, error = _read(batch, at)
            yield from self._analyses(messages)
            if error is not None:
                raise error
            at += len(batch)

    def framing(self, sentences: Sequence[SentenceAnalysis], judged: Sequence[Judged]) -> MessageFraming:
        """Return what a message is called by its sentences, the suppressed ones left out."""
        kept = [row for row, found in enumerate(sentences) if not found.suppressed]
        scores = Scores.joined([judged[row].scores for row in kept])
        return self.model.frame([sentences[row].sentence for row in kept], scores)

    def _analyses(self, messages: Sequence[Message]) -> Iterator[MessageAnalysis]:
        split = [segment(message) for message in messages]
        judged = iter(self.judge([sentence.text for sentences in split for sentence in sentences]))
        for message, sentences in zip(messages, split, strict=True):
            here = list(islice(judged, len(sentences)))
            placed = tuple(one.at(sentence) for one, sentence in zip(here, sentences, strict=True))
            yield self._analysis(message, placed, here)

    def _analysis(
        self, message: Message, placed: tuple[SentenceAnalysis, ...], judged: Sequence[Judged]
    ) -> MessageAnalysis:
        message, analysed = quieted(message, placed, self.house, self.judge.book, self.judge.reason)
        framing = self.framing(analysed, judged)
        return MessageAnalysis(
            message=message if analysed else _without_words(message),
            label=framing.label,
            score=framing.score,
            probabilities=framing.probabilities,
            sentences=analysed,
            practices=assess([one.vouched(found) for one, found in zip(judged, analysed, strict=True)]),
        )


def _read(
    items: Sequence[str | bytes | Message], first: int
) -> tuple[list[Message], TypeError | InputError | None]:
    """Return the messages up to the first that cannot be read, and its error, which tells its number."""
    messages: list[Message] = []
    for number, item in enumerate(items, start=first):
        try:
            messages.append(mark_boilerplate(as_message(item)))
        except TypeError as error:
            return messages, TypeError(f"pipe: item {number}: {error}")
        except InputError as error:
            return messages, InputError(error.code, f"pipe: item {number}: {error}")
    return messages, None


def _without_words(message: Message) -> Message:
    if any(notice.code == _NO_WORDS.code for notice in message.notices):
        return message
    return replace(message, notices=(*message.notices, _NO_WORDS))
