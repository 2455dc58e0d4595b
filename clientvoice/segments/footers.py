"""Footers: where they start, and which blocks near the end are mail machinery and not copy."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from clientvoice.readers.plain.looks import looks_like_call
from clientvoice.readers.templates.merge_tags import MASK, masked_template
from clientvoice.segments.boundaries import sentence_ends
from clientvoice.segments.phrases import Phrases, footer_words, plain_text

_LONGEST = 4_000  # characters of a block that are looked at
_REMEMBERED = 2_048  # blocks: newsletters repeat themselves
_WORDY = 45  # words: a longer sentence must open with the phrase
_OPENING = 80  # characters
_LONGEST_ROW = 200
_LONGEST_TAGGED = 800  # of a row, with its merge tags
_STRAY_WORDS = 45  # words of copy that may stand between two footer blocks
_STRAY_BLOCKS = 3
_LEGAL_WORDS = 25  # of copy that may follow a legal line, which is a weaker sign
_HEAD_BLOCKS = 4
_SIGNATURE_BLOCKS = 12
_SIGNATURE_WORDS = 100

_RULE = re.compile(r"[\W_]*")
_BAR = re.compile(r"\s*[|·•∙/>–—]\s*|\s+-\s+")
_ADDRESS = re.compile(
    r"\b[A-Z]{2}\.?,? {1,3}\d{5}(?:-\d{4})?\b"  # ST 12345
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"  # postcodes of the United Kingdom
    r"|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"  # and of Canada
    r"|\bP\.? ?O\.? Box \d",
)
_CONTACT = re.compile(
    r"(?i:(?:tel|phone|fax|call|ph|t|f|e-?mail|web|www|url)\b[.:]?)?\s*"
    r"(?:https?://\S+|www\.\S+|\S+@\S+\.\w+|[(+]?\d[\d ().-]{6,20})[\s.;,]*"
)
_DIALLED = re.compile(r"[^\W\d_][^:.!?\d]{0,30}: {0,3}[(+]?\d[\d ().-]{6,20}")  # Nights: 01632 960 114
# Where a link leads, as plain text writes it behind the words of the link: each part is read once.
_TARGET = re.compile(
    r"(?:https?://|www\.|mailto:)[^\s|]+"
    r"|(?<![^\s|<(\[])[^\s|<(\[:]+(?:@|\.\w+/)[^\s|]*"
    rf"|{MASK}+"
)
_NAME = re.compile(r"[^\W_](?:[\w'’/-]|\.(?=\w))*")
_NAV_WORDS = 24
_TAG_SIGNS = "{[|%"


class _Is(IntEnum):
    """What a block looks like by itself."""

    COPY = 0
    FILLER = 1
    LEGAL = 2
    MACHINERY = 3


def footers(texts: Sequence[str], signed: Collection[int] = ()) -> set[int]:
    """Return which blocks of a message's body are footers, signatures or links to a web copy.

    Parameters
    ----------
    texts : sequence of str
        The blocks of the body, in order, without quotations.
    signed : collection of int
        Blocks before which a line of two dashes stands, as before a signature.

    Examples
    --------
    >>> sorted(footers(["Your kettle is mended.", "Unsubscribe | Privacy", "© 2024 Fern & Field"]))
    [1, 2]
    """
    looks = [_look(text) for text in texts]
    found = _tail(texts, looks)
    found |= {index for index in range(len(texts) // 2, len(texts)) if _alone(texts[index], looks[index])}
    found |= {index for index, text in enumerate(texts[:_HEAD_BLOCKS]) if _web_copy(text)}
    return found | _signature(texts, signed) | _key_blocks(texts)


def _look(text: str) -> _Is:
    return _Is.FILLER if _RULE.fullmatch(text) else _looks_like(text[:_LONGEST])


@lru_cache(maxsize=_REMEMBERED)
def _looks_like(text: str) -> _Is:
    plain = plain_text(text)
    if _all_tags(text):
        tags = footer_words().machinery_tags
        return _Is.MACHINERY if any(tag in plain for tag in tags) else _Is.FILLER
    row = _row(text, plain)
    if row is not None:
        return row
    told = _phrases_of(text, plain)
    if told is not _Is.COPY:
        return told
    if _all_machinery(text):
        return _Is.MACHINERY
    short = len(plain) <= _LONGEST_ROW and plain.count(" ") < _NAV_WORDS
    return _Is.FILLER if short and (_CONTACT.fullmatch(text.strip()) or _ADDRESS.search(text)) else _Is.COPY


def _all_tags(text: str) -> bool:
    """Whether a block holds merge tags and no word beside."""
    return any(sign in text for sign in _TAG_SIGNS) and not any(
        map(str.isalnum, masked_template(text).masked)
    )


def _phrases_of(text: str, plain: str) -> _Is:
    """Judge a block by its phrases: it must open with one, or speak of little else."""
    words = footer_words()
    if not words.machinery.hits(plain) and not words.legal.hits(plain):
        return _Is.COPY
    parts = [plain_text(part) for part in _parts(text)]
    machinery = [_tells(words.machinery, part) for part in parts]
    legal = [_tells(words.legal, part) for part in parts]
    lengths = [len(part.split()) for part in parts]
    told = sum(length for length, *hits in zip(lengths, machinery, legal, strict=True) if any(hits))
    if not machinery[0] and not legal[0] and 2 * told < sum(lengths):
        return _Is.COPY
    return _Is.MACHINERY if any(machinery) else _Is.LEGAL if any(legal) else _Is.COPY


def _all_machinery(text: str) -> bool:
    """Whether a block has mail machinery, and beside it no more than an address or a sender's name."""
    looks = [_part(part) for part in _parts(text)]
    return _Is.MACHINERY in looks and _Is.COPY not in looks


def _part(text: str) -> _Is:
    plain = plain_text(text)
    row = _row(text, plain)
    if row is not None:
        return row
    words = footer_words()
    if _tells(words.machinery, plain):
        return _Is.MACHINERY
    if _tells(words.legal, plain):
        return _Is.LEGAL
    return _Is.FILLER if _CONTACT.fullmatch(text.strip()) or _names_sender(text) else _Is.COPY


def _names_sender(text: str) -> bool:
    """Whether a text is all names and figures, and has an address or ends as a company does."""
    words = footer_words()
    found = _NAME.findall(text)
    small = [word.lower() for word in found]
    if len(found) > _NAV_WORDS or text.rstrip()[-1:] in ("!", "?"):
        return False
    if not all(word[0].isupper() or word[0].isdigit() or word in words.joining for word in found):
        return False
    streets = (place for place, word in enumerate(small) if place > 1 and word in words.streets)
    numbered = any(word[0].isdigit() for place in streets for word in found[max(place - 4, 0) : place - 1])
    return numbered or _ADDRESS.search(text) is not None or (small != [] and small[-1] in words.companies)


def _parts(text: str) -> list[str]:
    return [text[start:end] for start, end in pairwise([0, *sentence_ends(text), len(text)])]


def _tells(phrases: Phrases, sentence: str) -> bool:
    """Whether a sentence has such a phrase; a long one must open with it."""
    hits = phrases.hits(sentence)
    return bool(hits) and (hits[0] < _OPENING or sentence.count(" ") < _WORDY)


def _row(text: str, plain: str) -> _Is | None:
    """Judge a row of links such as "Home | Shop | Unsubscribe: https://…", or None if it is none."""
    tagged = len(text) <= _LONGEST_TAGGED and any(sign in text for sign in _TAG_SIGNS)
    words = _TARGET.sub(" ", plain_text(masked_template(text).masked) if tagged else plain)
    looks = [_links(plain)] if words == plain else [_links(plain), _links(words)]
    return max((look for look in looks if look is not None), default=None)


def _links(plain: str) -> _Is | None:
    if len(plain) > _LONGEST_ROW:
        return None
    words = footer_words()
    links = [link for part in _BAR.split(plain) if (link := part.strip(" .:[](){}<>»›→-="))]
    if any(link in words.machinery_links for link in links):
        return _Is.MACHINERY
    policies = sum(link in words.policy_links for link in links)
    if policies:
        return _Is.MACHINERY if policies > 1 else _Is.LEGAL
    known = sum(link in words.company_links for link in links)
    return _Is.FILLER if known and known * 2 >= len(links) else None


def _tail(texts: Sequence[str], looks: Sequence[_Is]) -> set[int]:
    """Walk back from the end as long as footers come close after each other."""
    found: set[int] = set()
    gap: list[int] = []
    blocks = words = 0  # of copy, in the gap
    for index in range(len(texts) - 1, -1, -1):
        if looks[index] == _Is.MACHINERY or (
            looks[index] == _Is.LEGAL and blocks < 2 and words <= _LEGAL_WORDS
        ):
            found.update((index, *(stray for stray in gap if _belongs(texts[stray], looks[stray]))))
            gap, blocks, words = [], 0, 0
            continue
        gap.append(index)
        if looks[index] in (_Is.COPY, _Is.LEGAL):
            blocks, words = blocks + 1, words + len(texts[index].split())
        if blocks > _STRAY_BLOCKS or words > _STRAY_WORDS:
            break
    top = min(found, default=0)
    while top > 0 and (looks[top - 1] == _Is.FILLER or _below_address(texts, looks, top - 1)):
        top -= 1
        found.add(top)
    return found


def _below_address(texts: Sequence[str], looks: Sequence[_Is], index: int) -> bool:
    """Whether a block is a telephone number with its name, right below an address."""
    above = index > 0 and looks[index - 1] == _Is.FILLER and _ADDRESS.search(texts[index - 1][:_LONGEST])
    return bool(above) and _DIALLED.fullmatch(texts[index][:_LONGEST_ROW].strip()) is not None


def _belongs(text: str, look: _Is) -> bool:
    """Whether a block between footers, or after one, is of them: a link, an address, a name."""
    if look == _Is.FILLER:
        return True
    if text.lstrip()[:2].upper() in ("PS", "P."):
        return False
    words = len(text.split())
    if text.count("|") > 1:
        return words <= _NAV_WORDS and "!" not in text
    if "@" in text or "://" in text:
        return words <= 20
    return words <= 5 and text.rstrip()[-1:] not in ".!?" and not looks_like_call(text)


def _alone(text: str, look: _Is) -> bool:
    return look == _Is.MACHINERY and len(text.split()) <= _WORDY


def _web_copy(text: str) -> bool:
    text = text[:_LONGEST]
    plain = plain_text(text)
    if plain.count(" ") >= _NAV_WORDS:
        return False
    return bool(footer_words().head.hits(plain)) or _row(text, plain) == _Is.MACHINERY


def _signature(texts: Sequence[str], signed: Collection[int]) -> set[int]:
    """Return the signature after the last line of two dashes, if it is as short as one."""
    for index in range(len(texts) - 1, max(0, len(texts) - 1 - _SIGNATURE_BLOCKS), -1):
        if index in signed:
            words = sum(len(text.split()) for text in texts[index:])
            return set(range(index, len(texts))) if words <= _SIGNATURE_WORDS else set()
    return set()


def _key_blocks(texts: Sequence[str]) -> set[int]:
    """Return the blocks of a PGP signature, from its first line to its last."""
    found: set[int] = set()
    start = None
    for index, text in enumerate(texts):
        line = text[:80].strip("- ")
        if line == "BEGIN PGP SIGNATURE":
            start = index
        elif line == "END PGP SIGNATURE" and start is not None:
            found.update(range(start, index + 1))
            start = None
    return found
