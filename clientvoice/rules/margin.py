"""The note that a good editor would write in the margin, at the words of a cue."""

from __future__ import annotations

import re

from clientvoice.rules.book import RuleBook
from clientvoice.rules.matching import contrary, match

LONGEST_QUOTE = 60
_MARKS = '"“”'
_OPENING = re.compile(r'(?<!\S)"|“')
_CLOSING = re.compile('["”]')


def margin_note(cue: str, words: str, *, kind: str | None = None, book: RuleBook | None = None) -> str:
    """Return one plain sentence about ``words``, which carry ``cue``.

    Where they are looked up and a rule of another cue denies them to this one (see
    :func:`contrary`), that rule is told.

    Parameters
    ----------
    cue : str
        A cue of the book, such as ``pressure``.
    words : str
        The words that carry it; a long quotation is cut.
    kind : str, optional
        The ``kind`` of the rule hit, ``""`` where no rule hits. Without it the words are
        looked up in the rules.
    book : RuleBook, optional
        The shipped book if left out.

    Examples
    --------
    >>> margin_note("pressure", "ends tonight")
    'Presses with a deadline: “ends tonight”.'
    """
    book = book or RuleBook.load()
    rule = book[cue]
    if kind is None:
        kind = kind_of(cue, words, book) if len(rule.margin) > 1 else ""
        if not kind and (other := contrary(book, cue, words)):
            rule, kind, words = book[other.cue], other.kind, words[other.start : other.end]
    note = rule.margin.get(kind) or rule.margin.get("") or f"{rule.title}: “{{words}}”."
    return note.replace("{words}", _quoted(words))


def kind_of(cue: str, words: str, book: RuleBook) -> str:
    """Return the kind of the longest hit of a cue in words, ``""`` where there is none.

    Examples
    --------
    >>> kind_of("pressure", "ends tonight", RuleBook.load())
    'deadline'
    """
    hits = [hit for hit in match(book, words) if hit.cue == cue]
    return max(hits, key=lambda hit: hit.end - hit.start).kind if hits else ""


def _quoted(words: str) -> str:
    line = _inside(" ".join(words.split()))
    if len(line) <= LONGEST_QUOTE:
        return line
    return line[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(".,;:") + " …"


def _inside(line: str) -> str:
    """Return a line as it stands in quotation marks: without its own around it, with single ones in it."""
    bare = line.strip(_MARKS).rstrip(".,;:")
    if not any(mark in bare for mark in _MARKS):
        return bare
    return _CLOSING.sub("’", _OPENING.sub("‘", line)).rstrip(".,;:")
