"""The voice, behind which all of it stands: it analyses, explains and rewrites messages and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from clientvoice import arguments
from clientvoice.dataframes import Table, scored_frame
from clientvoice.errors import ConfigError
from clientvoice.explain import explain
from clientvoice.framing.model import CUES
from clientvoice.house import HouseStyle, read_style
from clientvoice.house.adapted import adapted
from clientvoice.messages import MessageReader
from clientvoice.readers.characters import without_surrogates
from clientvoice.readers.items import CellFormat, as_message
from clientvoice.records import FRAMES, Explanation, Message, MessageAnalysis, SentenceAnalysis
from clientvoice.rules import RuleBook
from clientvoice.sentences import Judged, SentenceReader
from clientvoice.store import StoredModel, load_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from clientvoice.rewrites.ranking import Rewriter
    from clientvoice.rewrites.suggesting import Proposer

DEFAULT_MODEL = "accurate"
BATCH = 64
"""Messages whose sentences are scored together."""

SUGGESTED = 3
"""Rewrites a sentence, at most, where nothing else is asked for."""

_NEAR, _FAR, _POINTS = 1e-3, 0.02, 0.5
"""How far an analysis may be from what this voice finds: for half of the sentences, a message, and its score.

Another processor may have made it, or another version of the library that runs the encoder.

Encoders compute in int8, in steps set by the numbers at hand, so that sums taken in another order matter.
Tried, these left most sentences within 1e-8, but moved one in twenty by 0.017, a message by 0.003 and its
score by 0.07. Another model moved every sentence by 0.003 or more.
"""


def load(
    model: str | Path | None = None,
    *,
    rules: str | Path | None = None,
    threads: int = 1,
    house: HouseStyle | str | Path | None = None,
) -> ClientVoice:
    """Load a model and the rule book.

    Parameters
    ----------
    model : str or Path
        ``"accurate"``, ``"fast"`` or the folder of a model that you trained. By
        default the house's, else ``"accurate"``.
    rules : str or Path, optional
        A folder of your own cue files (TOML) that extend or override the shipped ones.
    threads : int
        Sentences that an encoder reads at the same time.
    house : HouseStyle, str or Path, optional
        The house style, or its file (``clientvoice.toml``); no file is looked for otherwise.

    Raises
    ------
    ModelError
        If the model is missing or damaged.
    RuleError
        If a rule file is wrong; the message names file and line.
    ConfigError
        If a setting of the house style is wrong (the message names file and line), or the
        model's name is empty.
    ValueError
        If ``threads`` is below 1.
    TypeError
        If an argument is of another kind.

    Examples
    --------
    >>> import clientvoice
    >>> voice = clientvoice.load("fast")
    >>> voice.analyze("Act now! Only 3 left, order before midnight.").label
    'customer'
    """
    arguments.check_model(model, "load")
    arguments.check_whole(threads, "load: threads", 1)
    if rules is not None:
        arguments.check_path(rules, "load: rules", "a folder of cue files")
    if house is not None and not isinstance(house, HouseStyle | str | PathLike):
        raise TypeError(
            f"load: house is {arguments.a_type(house)}, expected a HouseStyle such as "
            'HouseStyle(disable=("pressure",)), or the path of a clientvoice.toml.'
        )
    style = house if isinstance(house, HouseStyle) else read_style(house) if house else HouseStyle()
    book = RuleBook.load(rules or style.rules)
    return ClientVoice(load_model(model or style.model or DEFAULT_MODEL, threads=threads), book, style)


class ClientVoice:
    """Reads copy and tells how it frames its readers, with reasons.

    Use :func:`clientvoice.load` to make one.

    Attributes
    ----------
    classes_ : ndarray of shape (3,)
        ``client``, ``customer``, ``neutral``: the columns of :meth:`predict_proba`.
    name, digest : str
        The model's name and its identity.

    Examples
    --------
    >>> import clientvoice
    >>> voice = clientvoice.load("fast")
    >>> voice.predict(["Hurry, buy now!", "Ring me before you sign anything."]).tolist()
    ['customer', 'client']
    >>> [analysis.label for analysis in voice.pipe(["Hurry, buy now!", "We meet at noon."])]
    ['customer', 'neutral']
    """

    def __init__(self, model: StoredModel, book: RuleBook, house: HouseStyle | None = None) -> None:
        self.house = (house or HouseStyle()).checked(book.cues, CUES)
        self.model = replace(model, sentences=adapted(model.sentences, self.house))
        self.book = book
        self._judge = SentenceReader(self.model.sentences, book)
        self._messages = MessageReader(self._judge, self.model.messages, self.house)
        self.classes_: NDArray[np.str_] = np.array(FRAMES)

    def with_model(self, model: StoredModel) -> ClientVoice:
        """Return a voice of the same house and rules whose model is this one, adapted already.

        Examples
        --------
        >>> import clientvoice
        >>> voice = clientvoice.load("fast")
        >>> voice.with_model(voice.model).digest == voice.digest
        True
        """
        voice = copy(self)
        voice.__dict__.pop("_rewriter", None)  # it scores by the old model
        voice.model = model
        voice._judge = SentenceReader(model.sentences, self.book)
        voice._messages = MessageReader(voice._judge, model.messages, self.house)
        return voice

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    @property
    def digest(self) -> str:
        """Identity of model, rules and house style, for caches."""
        parts = (self.model.digest, self.book.digest(), self.house.digest())
        return "-".join(part[:16] for part in parts if part)

    def __repr__(self) -> str:
        return f"ClientVoice(model={self.name!r}, cues={len(self.book.cues)})"

    def analyze(self, text: str | bytes | Message) -> MessageAnalysis:
        """Analyse one message.

        Parameters
        ----------
        text : str, bytes or Message
            A string is taken as plain text; what bytes of a file are (mail, HTML, text)
            is told by their content; a message comes from :mod:`clientvoice.readers`.

        Returns
        -------
        MessageAnalysis
            Offsets are half-open characters of ``analysis.message.text``, which
            for a string has the string's own length. Its ``explanations`` hold
            each marked sentence's, and its customer sentences carry
            ``suggestions``; :meth:`pipe` leaves both out for speed.

        Examples
        --------
        >>> import clientvoice
        >>> analysis = clientvoice.load("fast").analyze("Hurry, only 3 left! Ring me before you sign.")
        >>> [(sentence.label, sentence.text) for sentence in analysis.sentences]
        [('customer', 'Hurry, only 3 left!'), ('client', 'Ring me before you sign.')]
        """
        found = self._suggested(next(self.pipe([as_message(text)])), SUGGESTED)
        marked = dict.fromkeys(sentence.text for sentence in found.sentences if sentence.label != "neutral")
        return replace(found, explanations={sentence: self.explain(sentence) for sentence in marked})

    def pipe(
        self, messages: Iterable[str | bytes | Message], *, batch_size: int = BATCH
    ) -> Iterator[MessageAnalysis]:
        """Analyse many messages lazily, in order; their sentences are scored in batches.

        Parameters
        ----------
        messages : iterable of str, bytes or Message
        batch_size : int
            Messages held in memory at a time.

        Raises
        ------
        TypeError or InputError
            If an item is no message or cannot be read: after the analyses of those
            before it, with its number.
        """
        arguments.check_messages(messages, "pipe")
        arguments.check_whole(batch_size, "pipe: batch_size", 1)
        return self._messages(iter(messages), at_once=batch_size)

    def suggest(
        self, analysis: MessageAnalysis, *, limit: int = SUGGESTED, extra: Proposer | None = None
    ) -> MessageAnalysis:
        """Return the analysis with suggestions for each sentence that frames its reader as a customer.

        Parameters
        ----------
        analysis : MessageAnalysis
            Of this voice: what it judged, it rewrites.
        limit : int
            Rewrites a sentence, at most.
        extra : callable, optional
            Takes a sentence's text and the names of its cues, and returns more candidates,
            such as a language model's: strings, or
            :class:`~clientvoice.rewrites.candidates.source.Candidate` to say more of them. They
            pass through the same guards.

        Raises
        ------
        ConfigError
            If another voice made the analysis.
        TypeError
            If an argument, or what ``extra`` returns, is of another kind.

        Examples
        --------
        >>> import clientvoice
        >>> voice = clientvoice.load("fast")
        >>> found = voice.analyze("Hurry! Order your copy now before it is too late!")
        >>> all(sentence.suggestions.advice for sentence in found.sentences if sentence.label == "customer")
        True
        >>> told = voice.suggest(found, extra=lambda text, cues: ["Would this copy suit you?"])
        """
        arguments.check_analysis(analysis, "suggest")
        arguments.check_whole(limit, "suggest: limit", 0)
        pushing = [found for found in analysis.sentences if found.label == "customer"]
        some = pushing or analysis.sentences[:1]  # what would be rewritten tells whose it is
        if not _same(some, self._judge([found.text for found in some])):
            raise _foreign(analysis, "suggest")
        return self._suggested(analysis, limit, extra)

    def suggest_kept(self, analysis: MessageAnalysis) -> MessageAnalysis:
        """Return what :meth:`suggest` returns, without asking again whether the analysis is this voice's.

        Parameters
        ----------
        analysis : MessageAnalysis
            Just made by this voice, or kept under its :attr:`digest`.

        Examples
        --------
        >>> import clientvoice
        >>> voice = clientvoice.load("fast")
        >>> (found,) = voice.pipe(["Order your copy now!"])
        >>> voice.suggest_kept(found) == voice.suggest(found)
        True
        """
        arguments.check_analysis(analysis, "suggest_kept")
        return self._suggested(analysis, SUGGESTED)

    def _suggested(
        self, analysis: MessageAnalysis, limit: int, extra: Proposer | None = None
    ) -> MessageAnalysis:
        """Return the analysis, which is this voice's own, with suggestions."""
        from clientvoice.rewrites.suggesting import suggested  # scoring alone needs none of it

        return suggested(self._rewriter, analysis, limit, extra)

    @cached_property
    def _rewriter(self) -> Rewriter:
        from clientvoice.rewrites.suggesting import rewriter_of

        return rewriter_of(self.model.sentences, self.book)

    def predict_proba(self, sentences: Iterable[str]) -> NDArray[np.float64]:
        """Return calibrated probabilities of single sentences, shape (n, 3); columns are ``classes_``.

        Examples
        --------
        >>> import clientvoice
        >>> voice = clientvoice.load("fast")
        >>> chances = voice.predict_proba(["Hurry, buy now!"])
        >>> chances.shape, voice.classes_[chances.argmax()].item()
        ((1, 3), 'customer')
        """
        return self.model.sentences.score(arguments.checked_sentences(sentences)).probabilities

    def predict(self, sentences: Iterable[str]) -> NDArray[np.str_]:
        """Return the label of each sentence, shape (n,)."""
        return np.asarray(self.classes_[self.predict_proba(sentences).argmax(axis=1)])

    def explain(self, sentence: str) -> Explanation:
        """Return each word's exact share of the log-odds of client against customer.

        Examples
        --------
        >>> import clientvoice
        >>> found = clientvoice.load("fast").explain("Hurry, buy now!")
        >>> [word.text for word in found.contributions], found.decision < 0  # below zero is customer
        (['Hurry,', 'buy', 'now!'], True)
        """
        arguments.check_sentence(sentence, "explain")
        return explain(self.model.sentences, without_surrogates(sentence))

    def explain_message(self, message: str | bytes | Message | MessageAnalysis) -> dict[str, float]:
        """Return what the score of a message is made of: each named feature's share, in points.

        Parameters
        ----------
        message : str, bytes, Message or MessageAnalysis
            As for :meth:`analyze`, or what this voice made of it.

        Returns
        -------
        dict of str to float
            With the constant ``"start"`` they sum to the score before it is clipped to 0-100; of an
            analysis made on another processor, to the score here, less than half a point away.
            Features overlap, so one alone may point the other way than its name. Where no
            sentence counts there is only a start, of 50.

        Raises
        ------
        ConfigError
            If another voice made the analysis.

        Examples
        --------
        >>> import clientvoice
        >>> voice = clientvoice.load("fast")
        >>> analysis = voice.analyze("We meet at noon. Ring me before you sign anything.")
        >>> parts = voice.explain_message(analysis)
        >>> abs(sum(parts.values()) - analysis.score) < 0.01
        True
        >>> list(parts)[:3]
        ['start', 'client mean', 'client strongest']
        """
        if not isinstance(message, MessageAnalysis):
            message = next(self.pipe([as_message(message)]))
        judged = self._judge([found.text for found in message.sentences])
        framing = self._messages.framing(message.sentences, judged)
        close = abs(message.score - framing.score) <= _POINTS
        close = close and _alike(message.probabilities, framing.probabilities, _FAR)
        if not close or not _same(message.sentences, judged):
            raise _foreign(message, "explain_message")
        return dict(framing.parts)

    def score_frame(
        self,
        frame: Table,
        column: str,
        *,
        subject: str | None = None,
        format: CellFormat = "auto",  # noqa: A002 - as the readers call it
    ) -> Table:
        """Score a table, a message a row.

        Parameters
        ----------
        frame : DataFrame or Table
            Of pandas, polars or pyarrow; the answer is of the same kind.
        column : str
            The column that holds the messages' text.
        subject : str, optional
            The column that holds their subjects.
        format : {"auto", "html", "text"}
            How the text is written. By default a body that has tags of HTML is read as
            HTML, tags and hidden text left out, and any other as plain text.

        Returns
        -------
        DataFrame or Table
            A copy with the columns ``label``, ``score`` (0 customer … 100
            client) and ``p_client``, ``p_customer``, ``p_mixed``, ``p_neutral``. They are
            missing where a row holds no text (nothing, blanks, tags only) and no subject.

        Warns
        -----
        UserWarning
            Once of the rows that are not in English, and once of those that have no score:
            without text, or with far too much markup to be read. Their number is told, and
            the first ten by their labels in the index, or where there is none by their numbers.

        Raises
        ------
        ConfigError
            If there is no such column, two have one name, or one of the new names is taken.
        InputError
            If the format is unknown.
        TypeError
            If it is no such table, or a cell is neither a string nor missing.

        Examples
        --------
        >>> import clientvoice, pandas as pd
        >>> mails = pd.DataFrame({"body": ["Buy now and save 50%!", "Ring me before you sign anything."]})
        >>> clientvoice.load("fast").score_frame(mails, "body")["label"].tolist()
        ['customer', 'client']
        """
        return scored_frame(self.pipe, frame, column, subject, format)


def _same(told: Sequence[SentenceAnalysis], own: Sequence[Judged]) -> bool:
    """Whether half of the sentences at least were judged as this voice judges them."""
    pairs = zip(told, own, strict=True)
    return 2 * sum(_alike(a.probabilities, b.framing.probabilities, _NEAR) for a, b in pairs) >= len(told)


def _alike(told: Mapping[str, float], own: Mapping[str, float], near: float) -> bool:
    return told.keys() == own.keys() and all(abs(told[name] - own[name]) <= near for name in own)


def _foreign(analysis: MessageAnalysis, where: str) -> ConfigError:
    return ConfigError(
        f"{where}: {analysis.id}: another voice made this analysis (another model, rules or house style);"
        " analyse the message again with this one: voice.analyze(analysis.message)."
    )
