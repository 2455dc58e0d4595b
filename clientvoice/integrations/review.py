"""A document as an editor shows it: findings at their places, what a sentence reads as, and how to say it.

Nothing here knows a protocol: offsets are characters of the document, and what is
suggested are replacements of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath
from typing import Literal, NamedTuple

from clientvoice.errors import InputError
from clientvoice.readers import Limits
from clientvoice.readers.content import document
from clientvoice.readers.formats import format_of, sniff_template
from clientvoice.readers.language import with_language_notice
from clientvoice.readers.origin import Origin
from clientvoice.records import UNCOUNTED, Message, MessageAnalysis, Rewrite, SentenceAnalysis, Suggestions
from clientvoice.records.messages import is_foreign
from clientvoice.reports.checks.findings import Finding, findings
from clientvoice.reports.inert import one_line
from clientvoice.rewrites.advice import AdviceBook
from clientvoice.rewrites.applying.documents import edits_of
from clientvoice.rewrites.applying.edits import Edit
from clientvoice.rewrites.applying.splice import as_written
from clientvoice.voice import ClientVoice

Syntax = Literal["html", "markdown", "text"]

LARGEST = 300_000
"""Characters of a document that is reviewed; a larger one is no copy that a person edits."""

MOST = 20
"""Sentences that one selection gets rewrites for."""

_WRITTEN: dict[str, Syntax] = {"html": "html", "markdown": "markdown", "text": "text"}
_LANGUAGES: dict[str, Syntax | Literal["template"]] = {
    "html": "html",
    "xhtml": "html",
    "mjml": "html",
    "markdown": "markdown",
    "mdx": "markdown",
    "plaintext": "text",
    "text": "text",
    "handlebars": "template",
    "mustache": "template",
    "liquid": "template",
    "jinja": "template",
    "jinja-html": "template",
    "jinja2": "template",
    "htmldjango": "template",
    "django-html": "template",
    "twig": "template",
    "erb": "template",
    "eruby": "template",
}
"""What editors call the languages that are read."""

_TITLE = 120
_QUOTE = 300


def syntax_of(path: PurePath, language: str, text: str) -> Syntax | None:
    """Tell how a document is written: by the ending of its name, else by what the editor calls it.

    Returns
    -------
    {"html", "markdown", "text"} or None
        None for what is no copy, or is no text of its own such as a mail or a table.

    Examples
    --------
    >>> syntax_of(PurePath("june.md"), "plaintext", ""), syntax_of(PurePath("Untitled-1"), "html", "")
    ('markdown', 'html')
    >>> syntax_of(PurePath("june.eml"), "plaintext", ""), syntax_of(PurePath("shop.py"), "python", "")
    (None, None)
    """
    found = format_of(path) or _LANGUAGES.get(language.lower())
    return _WRITTEN.get(sniff_template(text) if found == "template" else found or "")


def read_document(text: str, syntax: Syntax, name: str, limits: Limits | None = None) -> Message:
    """Read a document as the file that it is saved to is read.

    Raises
    ------
    InputError
        If it is too large.

    Examples
    --------
    >>> read_document("We ring **you** first.", "markdown", "june.md").text
    'We ring you first.'
    """
    excess = (limits or Limits()).excess(text, syntax)
    if len(text) > LARGEST:
        excess = f"more than {LARGEST:,} characters"
    if excess:
        raise InputError("too_large", f"{name}: {excess}; split it, or use clientvoice check.")
    return with_language_notice(document(text, syntax, Origin(name), cut_tags=True))


class Mark(NamedTuple):
    """A finding, the sentence that it is about, and where that stands in the document."""

    start: int
    end: int
    sentence: SentenceAnalysis
    finding: Finding


class Fix(NamedTuple):
    """A rewrite as replacements in the document, ascending; at most one of a sentence is preferred."""

    mark: Mark
    title: str
    edits: tuple[Edit, ...]
    preferred: bool


@dataclass(frozen=True)
class Review:
    r"""What is said of one document.

    Parameters
    ----------
    analysis : MessageAnalysis
        Without suggestions: rewrites are looked for when an editor asks for them.
    voice : ClientVoice
        That said it.
    syntax : {"html", "markdown", "text"}

    Examples
    --------
    >>> import clientvoice
    >>> found = review("Hello.\n\nHurry, **buy** now!", "markdown", "june.md", clientvoice.load("fast"))
    >>> [(mark.start, mark.end, mark.finding.level) for mark in found.marks]
    [(8, 27, 'warning')]
    """

    analysis: MessageAnalysis
    voice: ClientVoice
    syntax: Syntax

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The findings in reading order, but for those that the author or the house silenced.

        A document in another language has none.
        """
        if is_foreign(self.analysis.notices):
            return ()
        book, advice = self.voice.book, AdviceBook.load()
        told = [
            replace(
                found, suggestions=Suggestions((), advice.advise(found.text, found.cues, found.start, book))
            )
            for found in self.analysis.sentences
            if found.label == "customer" and found.kind not in UNCOUNTED
        ]
        found = findings(replace(self.analysis, sentences=tuple(told)), book=book)
        return tuple(
            Mark(*self._span(sentence), sentence, finding)
            for sentence, finding in zip(told, found, strict=True)
            if finding.silenced is None
        )

    def hover(self, offset: int) -> tuple[int, int, str] | None:
        """Return a sentence's span and, in Markdown, what it reads as and why; None between sentences."""
        for found in self.analysis.sentences:
            start, end = self._span(found)
            if start <= offset <= end and start < end:
                return start, end, self._told(found)
        return None

    def fixes(self, start: int, end: int) -> Iterator[Fix]:
        """Yield the rewrites of the sentences that a selection touches, best first.

        A rewrite that cannot be put in place without loss of mark-up, or after
        which the document would not read as it should, is left out, and so are
        subjects and texts of pictures, as they are wherever rewrites are applied.
        """
        touched = [mark for mark in self.marks if mark.start <= end and start <= mark.end]
        touched = [mark for mark in touched if mark.sentence.kind != "subject"][:MOST]
        if not touched:
            return
        asked = replace(self.analysis, sentences=tuple(mark.sentence for mark in touched))
        for mark, told in zip(touched, self.voice.suggest(asked).sentences, strict=True):
            preferred = False
            for rewrite in told.rewrites:
                edits = edits_of(self.analysis.message, rewrite, self._read)
                if edits:
                    best = rewrite.safe and not preferred
                    preferred = preferred or best
                    yield Fix(mark, _title(rewrite), edits, best)

    def _read(self, source: str) -> Message:
        return read_document(source, self.syntax, self.analysis.message.id)

    def _span(self, found: SentenceAnalysis) -> tuple[int, int]:
        return self.analysis.message.source_map.to_source(found.start, found.end) or (0, 0)

    def _told(self, found: SentenceAnalysis) -> str:
        order = sorted(found.probabilities.items(), key=lambda item: -item[1])
        chances = ", ".join(f"{label} {chance:.0%}" for label, chance in order)
        asides = [*["unsure"] * found.framing.uncertain, *["not counted"] * (not found.counted)]
        aside = f" ({', '.join(asides)})" if asides else ""
        lines = [f"**{found.label}**{aside}: {chances}"]
        if found.reason:
            lines.append(as_written(one_line(found.reason, _QUOTE), "markdown"))
        book = self.voice.book
        own = [cue.name for cue in found.cues if cue.name in book and book.frame_of(cue.name) == found.label]
        if own:
            lines.append(f"**{own[0]}**: {' '.join(book[own[0]].why.split())}")
        return "\n\n".join(lines)


def review(text: str, syntax: Syntax, name: str, voice: ClientVoice) -> Review:
    """Read and judge a document.

    Raises
    ------
    InputError
        If it is too large.
    """
    message = read_document(text, syntax, name)
    (analysis,) = voice.pipe([message])
    return Review(analysis, voice, syntax)


def _title(rewrite: Rewrite) -> str:
    note = "" if rewrite.safe else " (read first)"
    return f"Say: “{one_line(rewrite.text, _TITLE)}”{note}"
