"""Accepted rewrites into the file that they were made for; every other byte stays.

Each result is read again: a rewrite after which the message would not read as
it should is refused with a reason, and the others go on.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from clientvoice.errors import InputError
from clientvoice.readers.charset import meta_charset
from clientvoice.readers.limits import DEFAULT_LIMITS, Limits
from clientvoice.readers.reading import read_bytes
from clientvoice.records import UNCOUNTED, Message, Notice, Rewrite
from clientvoice.rewrites.applying.copies import (
    copies_notice,
    has_hidden,
    hidden_copies,
    is_taken,
    still_said,
)
from clientvoice.rewrites.applying.edits import (
    OF_PICTURE,
    CannotSplice,
    Difference,
    Edit,
    Syntax,
    in_picture,
    replaced,
)
from clientvoice.rewrites.applying.encoded import byte_edits, encoded, spliced, writable
from clientvoice.rewrites.applying.mail_edits import mail_outcome, reads_alike
from clientvoice.rewrites.applying.mails import read_parts
from clientvoice.rewrites.applying.outcome import Outcome, Placed, View
from clientvoice.rewrites.applying.splice import source_edits
from clientvoice.segments import mark_boilerplate

Attempt = Callable[[Sequence[Rewrite]], Outcome]
Write = Callable[[Sequence[Rewrite], bool], Outcome]
"""Takes rewrites, and whether hidden copies of their sentences change with them."""

WRITABLE = frozenset({"eml", "html", "markdown", "text"})
"""The formats that can be written back."""

_MISREAD = "the message would not read as it should"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rewrite that was not applied, and why."""

    rewrite: Rewrite
    reason: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of applying rewrites to a file.

    Parameters
    ----------
    data : bytes
        The new file; the old one where nothing was applied.
    done : tuple of Rewrite
    refused : tuple of Refusal
    views : tuple of View
        The decoded text before and after, for each part that changed.
    notices : tuple of Notice
    """

    data: bytes = field(repr=False)
    done: tuple[Rewrite, ...] = ()
    refused: tuple[Refusal, ...] = ()
    views: tuple[View, ...] = field(default=(), repr=False)
    notices: tuple[Notice, ...] = ()

    def diff(self, name: str) -> str:
        """Return the changes of the decoded text as a unified diff."""
        return "".join(line for view in self.views for line in _diff(view, name))


def apply_rewrites(
    data: bytes,
    message: Message,
    rewrites: Sequence[Rewrite],
    *,
    subjects: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Applied:
    """Write rewrites into the bytes of the file that holds a message.

    Footers, legal lines and quotations are never rewritten, a subject only when
    asked. Of rewrites that overlap the first stands.

    Parameters
    ----------
    data : bytes
        The whole file.
    message : Message
        As read from these bytes; of a mail, the outermost.
    rewrites : sequence of Rewrite
    subjects : bool
        Whether the subject (of a mail, its header field) may be rewritten.
    limits : Limits

    Raises
    ------
    InputError
        If the bytes do not hold this message, or its format is not written.

    Examples
    --------
    >>> from clientvoice.readers import first_message
    >>> data = b"<p>Buy it <b>now</b>!</p>"
    >>> message = first_message(data, format="html")
    >>> rewrite = Rewrite(0, 11, "Buy it now!", "Buy it when it suits you.", (), (), "phrase", 1.0,
    ...                   0.9, 0.2, "neutral", True)
    >>> apply_rewrites(data, message, [rewrite]).data
    b'<p>Buy it <b>when it suits you</b>.</p>'
    """
    if message.format not in WRITABLE:
        text = f"{message.id}: {message.format} is not written; save it as .html, .md, .txt or .eml."
        raise InputError("unknown_format", text)
    if _reread(data, message, limits) != message.text:
        text = f"{message.id}: the file does not hold this message (any more); read it again."
        raise InputError("changed", text)
    refused: list[Refusal] = []
    chosen = _chosen(message, rewrites, refused, subjects=subjects)
    if not chosen:
        return Applied(data, refused=tuple(refused))

    def attempt(some: Sequence[Rewrite]) -> Outcome:
        if has_hidden(message):
            try:
                return checked(some, copies=True)
            except CannotSplice:  # a preheader that grows too long is none any more
                pass
        return checked(some, copies=False)

    def checked(some: Sequence[Rewrite], *, copies: bool) -> Outcome:
        outcome = write(some, copies)
        expected = replaced(message.text, [Difference(it.start, it.end, it.text) for it in outcome.placed])
        if not reads_alike(_reread(outcome.data, message, limits), expected):
            raise CannotSplice(_MISREAD)
        return outcome

    try:
        write = _writer(data, message, limits)
    except CannotSplice as error:
        notice = Notice("not_rewritten", f"{message.id}: nothing was rewritten: {error}.")
        rest = [Refusal(rewrite, str(error)) for rewrite in chosen]
        return Applied(data, refused=(*refused, *rest), notices=(notice,))
    outcome, done = _kept(chosen, attempt, refused)
    if outcome is None:
        return Applied(data, refused=tuple(refused))
    return Applied(outcome.data, done, tuple(refused), outcome.views, outcome.notices)


def _chosen(
    message: Message, rewrites: Sequence[Rewrite], refused: list[Refusal], *, subjects: bool
) -> list[Rewrite]:
    """Return those that may be applied, in order; note the others as refused."""
    shut = [block for block in mark_boilerplate(message).blocks if block.kind in UNCOUNTED]
    heads = [block for block in message.blocks if block.kind == "subject"]
    chosen: list[Rewrite] = []
    for rewrite in sorted(rewrites, key=lambda rewrite: rewrite.start):
        span = rewrite.start, rewrite.end
        reason = ""
        if message.text[slice(*span)] != rewrite.original or not rewrite.text.strip():
            reason = "it is not about what stands there"
        elif chosen and chosen[-1].end > rewrite.start:
            reason = "another rewrite of these words was accepted"
        elif any(block.start < span[1] and span[0] < block.end for block in shut):
            reason = "footers, legal lines and quotations are never rewritten"
        elif in_picture(message, *span):
            reason = OF_PICTURE
        elif not subjects and any(block.start < span[1] and span[0] < block.end for block in heads):
            reason = "it is the subject; ask for subjects to have it rewritten"
        if reason:
            refused.append(Refusal(rewrite, reason))
        elif rewrite.text != rewrite.original:
            chosen.append(rewrite)
    return chosen


def _kept(
    chosen: Sequence[Rewrite], attempt: Attempt, refused: list[Refusal]
) -> tuple[Outcome | None, tuple[Rewrite, ...]]:
    """Apply all, or else one after the other, those left out that cannot be."""
    try:
        return attempt(chosen), tuple(chosen)
    except CannotSplice as error:
        if len(chosen) == 1:
            refused.append(Refusal(chosen[0], str(error)))
            return None, ()
    best: Outcome | None = None
    done: tuple[Rewrite, ...] = ()
    for rewrite in chosen:
        try:
            best, done = attempt([*done, rewrite]), (*done, rewrite)
        except CannotSplice as error:
            refused.append(Refusal(rewrite, str(error)))
    return best, done


def _writer(data: bytes, message: Message, limits: Limits) -> Write:
    if message.format == "eml":
        mail = read_parts(data, limits)
        return lambda rewrites, copies: mail_outcome(mail, message, rewrites, copies=copies)
    return lambda rewrites, copies: _document_outcome(data, message, rewrites, copies=copies)


def _document_outcome(data: bytes, message: Message, rewrites: Sequence[Rewrite], *, copies: bool) -> Outcome:
    """Splice a text, a Markdown or an HTML file."""
    syntax: Syntax = "text"
    if message.format in ("html", "markdown"):
        syntax = "html" if message.format == "html" else "markdown"
    file = encoded(data, syntax, meta_charset(data) if syntax == "html" else None)
    edits: list[Edit] = []
    placed: list[Placed] = []
    left = 0
    for rewrite in rewrites:
        words = writable(rewrite.text, file.target, syntax) if syntax == "text" else rewrite.text
        span = rewrite.start, rewrite.end
        placed.append(Placed(*span, words))
        edits += source_edits(message.text, file.text, message.source_map, span, words, syntax)
        twins = hidden_copies(message, rewrite.original, file.text) if copies and syntax != "text" else []
        for twin in twins:
            if is_taken(twin, placed):
                continue
            try:
                edits += source_edits(message.text, file.text, message.source_map, twin, words, syntax)
                placed.append(Placed(*twin, words))
            except CannotSplice:
                twins = []
                break
        left += not twins and syntax != "text" and still_said(message, rewrite.original)
    edits.sort(key=lambda edit: edit[:2])
    placed.sort()
    notices = (copies_notice(left),) if left else ()
    written = [edit._replace(text=writable(edit.text, file.target, _carrier(syntax))) for edit in edits]
    view = View("", file.text, replaced(file.text, written))
    return Outcome(spliced(data, byte_edits(file, written)), tuple(placed), (view,), notices)


def _carrier(syntax: Syntax) -> Syntax:
    return "text" if syntax == "text" else "html"  # Markdown takes the entities of HTML, too


def _reread(data: bytes, message: Message, limits: Limits) -> str | None:
    found = next(read_bytes(data, format=message.format, name=message.id, limits=limits), None)
    return found.text if isinstance(found, Message) else None


def _diff(view: View, name: str) -> Iterator[str]:
    label = f"{name} ({view.part})" if view.part else name
    lines = (view.before.splitlines(keepends=True), view.after.splitlines(keepends=True))
    for line in difflib.unified_diff(*lines, f"a/{label}", f"b/{label}"):
        yield line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
