"""Which language a whole message is in, with a wide margin before it is called not English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from clientvoice.records import UNCOUNTED, Message, Notice
from clientvoice.records.messages import NOT_ENGLISH

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 3_000
_MODEL_SAMPLE = 1_500
_FEWEST_LETTERS = 40
_CONFIDENCE = 0.6
_SURELY_ENGLISH = 0.15
_PARTLY_ENGLISH = 0.08
_FEWEST_KINDS = 3
# A rare language must not win on a list of names: the model chooses among those that mail is sent in.
_LANGUAGES = (
    "af ar bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu id is it ja ka "
    "ko la lt lv mk mr ms nl nn no pa pl pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur vi zh"
)
_NO_COPY = re.compile(r"@|://|www\.|[{}|]|\[\[|\]\]|%%")
_WORD = re.compile(r"[^\W\d_]{1,40}(?:['’][^\W\d_]{1,10})?+")


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text, or None where that is not sure.

    Links and addresses are left out. Under forty letters (fewer in Chinese and
    the like, where one letter says more) there is no answer.

    Examples
    --------
    >>> detect_language("If anything changes before Monday, we will ring you and explain what it means.")
    'en'
    >>> detect_language("Shop now") is None
    True
    """
    sample = _copy_of(text[:_SAMPLE])
    if not _enough(sample):
        return None
    english = _english_share(sample)
    if english > _SURELY_ENGLISH:
        return "en"
    language, confidence = _model().classify(sample[:_MODEL_SAMPLE])
    sure = confidence >= _CONFIDENCE and (language == "en" or english < _PARTLY_ENGLISH)
    return language if sure else None


def with_language_notice(message: Message) -> Message:
    """Return the message, with a ``not_english`` notice where its body surely is in another language.

    Examples
    --------
    >>> text = "Nur heute gibt es zwanzig Prozent Rabatt auf alle Schuhe und Taschen."
    >>> [notice.code for notice in with_language_notice(Message("a", text, ())).notices]
    ['not_english']
    """
    language = detect_language(_body(message))
    if language in (None, "en"):
        return message
    notice = Notice(
        NOT_ENGLISH,
        f"The text reads as {language!r}, not English; scores and cues hold for English copy only.",
    )
    return replace(message, notices=(*message.notices, notice))


def _body(message: Message) -> str:
    """Return the start of the copy, without subject, footer and quotes where it has more."""
    if not message.blocks:
        return message.text[:_SAMPLE]
    counted = [block for block in message.blocks if block.kind != "subject" and block.kind not in UNCOUNTED]
    pieces: list[str] = []
    length = 0
    for block in counted or message.blocks:
        pieces.append(message.text[block.start : block.end][:_SAMPLE])
        length += block.end - block.start
        if length > _SAMPLE:
            break
    return "\n".join(pieces)


def _copy_of(text: str) -> str:
    """Leave out what is no language: links, addresses, merge tags."""
    if _NO_COPY.search(text) is None:
        return " ".join(text.split())
    return " ".join(word for word in text.split() if _NO_COPY.search(word) is None)


def _enough(sample: str) -> bool:
    letters = 0
    for char in sample:
        if char.isalpha():
            letters += 3 if char > "\u2e7f" else 1
            if letters >= _FEWEST_LETTERS:
                return True
    return False


def _english_share(sample: str) -> float:
    """Return the share of plainly English words, 0 where there are too few kinds of them to tell."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(sample)]
    found = [word for word in words if word in _english_words()]
    return len(found) / len(words) if len(set(found)) >= _FEWEST_KINDS else 0.0


@cache
def _english_words() -> frozenset[str]:
    listed = files("clientvoice").joinpath("resources/readers/english_words.txt").read_text("utf-8")
    return frozenset(_listed(listed.splitlines()))


def _listed(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        if not line.startswith("#"):
            yield from line.split()


@cache
def _model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(_LANGUAGES.split())
    return model
