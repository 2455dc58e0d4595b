"""Tokens to match rules on: spaCy's English tokenizer, guarded, with merge tags and links kept whole."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from clientvoice.readers.characters import without_surrogates
from clientvoice.segments.protected import masked

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST_RUN = 200
"""Characters without a space: spaCy's tokenizer takes quadratic time on longer ones."""

_SAME = 20  # the same sign in a row
_SIGNS = 40  # signs of any kind in a row
_LONG = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")
_REPEATED = re.compile(rf"([^\w\s])\1{{{_SAME},}}|[^\w\s]{{{_SIGNS + 1},}}")


@cache
def tokenizer() -> Language:
    """Return spaCy's blank English pipeline, made once.

    Its vocabulary is the one to build a ``Matcher`` or ``PhraseMatcher`` on.

    Examples
    --------
    >>> tokenizer().lang
    'en'
    """
    import spacy

    return spacy.blank("en")


def tokenize(text: str) -> Doc:
    """Return the tokens of a text; ``token.idx`` is an offset into the text, always.

    Merge tags, links and mail addresses are one token each. Where a run of characters
    is too long for spaCy, spaces take the place of some of them, one for one.

    Examples
    --------
    >>> [token.text for token in tokenize("Hi {{ first name }}, write to dana@example.com!")]
    ['Hi', '{{ first name }}', ',', 'write', 'to', 'dana@example.com', '!']
    """
    text = without_surrogates(text)
    whole = masked(text)
    doc = tokenizer().make_doc(_cut_runs(whole))
    return doc if whole == text else _unmasked(doc, text, whole)


def _unmasked(doc: Doc, text: str, whole: str) -> Doc:
    """Return the same tokens with the words that the mask had hidden."""
    from spacy.tokens import Doc as NewDoc

    spans = [(token.text, token.idx, token.idx + len(token)) for token in doc]
    words = [text[start:end] if word == whole[start:end] else word for word, start, end in spans]
    return NewDoc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])


def _cut_runs(text: str) -> str:
    """Part long runs by spaces at the same length."""
    if len(text) <= _SAME:
        return text
    text = _REPEATED.sub(lambda run: run.group()[:_SAME].ljust(len(run.group())), text)
    return _LONG.sub(_cut, text) if len(text) > LONGEST_RUN else text


def _cut(run: re.Match[str]) -> str:
    found = run.group()
    ends = range(LONGEST_RUN, len(found) + LONGEST_RUN, LONGEST_RUN)
    pieces = [found[end - LONGEST_RUN : end] for end in ends]
    return "".join([piece[:-1] + " " if len(piece) == LONGEST_RUN else piece for piece in pieces])
