"""Safe rewrites as edits of the file, for tools that can apply them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clientvoice.readers import read_text
from clientvoice.records import Message, Rewrite, SentenceAnalysis
from clientvoice.reports.checks.positions import Place, Places, is_written

MOST = 50
"""Fixes of one message: after each the message is read again."""

LARGEST = 500_000
"""Characters of a source; a larger one is no text that people edit."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe rewrite: the new sentence, why, and the replacements in the file, ascending."""

    text: str
    reason: str
    edits: tuple[tuple[Place, str], ...]


def safe_fixes(
    message: Message, sentences: Sequence[SentenceAnalysis], places: Places
) -> Mapping[int, tuple[Fix, ...]]:
    """Return the fixes of sentences by where these start.

    Only rewrites that need no person to read them count, in text, Markdown and
    HTML files, and only where the message would then read as it should. Subjects
    and the texts of pictures are left alone, as they are everywhere.

    Parameters
    ----------
    message : Message
    sentences : sequence of SentenceAnalysis
        With suggestions.
    places : Places
        Of this message.
    """
    if not is_written(message) or len(message.source) > LARGEST:
        return {}
    found: dict[int, tuple[Fix, ...]] = {}
    for sentence in sentences:
        if sentence.suppressed or sentence.kind == "subject" or len(found) >= MOST:
            continue
        safe = next((rewrite for rewrite in sentence.rewrites if rewrite.safe), None)
        fix = _fix(message, safe, places) if safe else None
        if fix:
            found[sentence.start] = (fix,)
    return found


def _fix(message: Message, rewrite: Rewrite, places: Places) -> Fix | None:
    from clientvoice.rewrites.applying.documents import edits_of

    edits = edits_of(message, rewrite, lambda source: read_text(source, format=message.format))
    told = tuple((places.of_source(edit.start, edit.end), edit.text) for edit in edits)
    return Fix(rewrite.text, rewrite.reason, told) if told else None
