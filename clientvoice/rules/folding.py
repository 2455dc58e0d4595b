"""A copy of the text in which equal words look equal, and the way back to the original.

Curly apostrophes become straight, hyphens between letters become spaces
("risk-free" is "risk free"), a merge tag, link or mail address becomes one
word, and runs of white space one space. Nearly all of this keeps every character in its place; only
where characters must go (double spaces, soft hyphens) an offset table is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from clientvoice.readers.templates.tags import PLACEHOLDER, TAG

LONGEST_RUN = 100
"""spaCy's tokenizer is quadratic in a run without spaces; longer runs are cut."""

_SINGLE = "‘’‚‛ʼ＇′`´"
_DOUBLE = "“”„‟«»＂″"
_SPACES = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_ALIKE = str.maketrans(
    dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys(_DOUBLE, '"')
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys("\u2010\u2011", "-")
    | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")  # lone surrogates break UTF-8, and so spaCy
)
_UNSEEN = "\u00ad\u034f\u200b-\u200d\u2060\ufeff"
_GONE = re.compile(f"(?<= )[ {_UNSEEN}]+|[{_UNSEEN}]+")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_ONE_WORD = re.compile(
    rf"{TAG}|{PLACEHOLDER}|(?:https?://|www\.)[^\s<>\")]{{1,2000}}|[\w.+-]{{1,64}}@[\w.-]{{1,255}}"
)
_SHOUTED = re.compile(r"\b[A-Z]{1,8}'[A-Z]{1,3}\b")
_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN},}}")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; ``places`` leads each character back, or is None where nothing moved."""

    text: str
    places: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text for ``[start, end)`` of the folded text."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    r"""Return a copy of ``text`` fit for matching.

    Examples
    --------
    >>> fold("Don’t miss our risk-free offer").text
    "Don't miss our risk free offer"
    >>> fold("act \n now").original(4, 7)
    (6, 9)
    """
    alike = _ONE_WORD.sub(_as_word, text.translate(_ALIKE))
    if _GONE.search(alike) is None:
        return Folded(_at_same_length(alike))
    kept: list[int] = []
    last = 0
    for gone in _GONE.finditer(alike):
        kept.extend(range(last, gone.start()))
        last = gone.end()
    kept.extend(range(last, len(alike)))
    return Folded(_at_same_length("".join([alike[place] for place in kept])), tuple(kept))


def plain(text: str) -> str:
    """Return ``text`` folded, lower-cased and stripped: equal for phrases that match alike.

    Examples
    --------
    >>> plain("  Risk-Free ")
    'risk free'
    """
    return fold(text).text.strip().lower()


def _at_same_length(text: str) -> str:
    text = _SHOUTED.sub(_in_lower_case, _HYPHEN.sub(" ", text))
    return _LONG_RUN.sub(_cut, text) if len(text) >= LONGEST_RUN else text


def _as_word(tag: re.Match[str]) -> str:
    return "X" * len(tag.group())


def _in_lower_case(shouted: re.Match[str]) -> str:
    """Return DON'T as don't: spaCy parts only the latter into two words."""
    return shouted.group().lower()


def _cut(run: re.Match[str]) -> str:
    pieces = re.findall(rf"(?s).{{1,{LONGEST_RUN}}}", run.group())
    return "".join([piece[:-1] + " " if len(piece) == LONGEST_RUN else piece for piece in pieces])
