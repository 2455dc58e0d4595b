"""Which stretches of a message its author asks to leave unjudged, by comments in the source.

``ignore`` (also ``ignore-next``, ``ignore-block``) is for the block that holds
the first text after the comment; ``ignore-start`` and ``ignore-end`` are for
all text between them. They take cues, or ``all``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from clientvoice.house.comments import (
    ADDRESSEE,
    Comment,
    html_comments,
    markdown_comments,
    template_comments,
)
from clientvoice.house.directives import Directive, parse_directive
from clientvoice.records import Message, Notice, Run

MOST = 200
"""Comments of one message that are obeyed: a page with more is no author's."""

_SHOWN = 100
"""Characters of a comment that a notice shows."""

_OURS = re.compile(ADDRESSEE, re.IGNORECASE)
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Suppression:
    """Cues that are not named in ``message.text[start:end]``.

    ``line`` is that of the comment in the message's source; ``where`` says it in words.
    """

    start: int
    end: int
    cues: frozenset[str]
    line: int
    where: str
    reason: str = ""


def find_suppressions(
    message: Message, cues: Collection[str]
) -> tuple[tuple[Suppression, ...], tuple[Notice, ...]]:
    r"""Return what the comments of a message's source suppress, and what is wrong with them.

    Parameters
    ----------
    message : Message
        From HTML, Markdown, a mail, or a template of any of them; plain text has no
        comments but those of a template language.
    cues : collection of str
        The cues that there are.

    Examples
    --------
    >>> from clientvoice.readers import read_text
    >>> source = "<!-- clientvoice: ignore pressure -->\n<p>Ends tonight.</p><p>Hurry!</p>"
    >>> message = read_text(source, format="html")
    >>> (found,), _ = find_suppressions(message, ["pressure"])
    >>> message.text[found.start : found.end], sorted(found.cues), found.line
    ('Ends tonight.', ['pressure'], 1)
    """
    if not _OURS.search(message.source):
        return (), ()
    parsed = ((comment, parse_directive(comment.text, cues)) for comment in _comments(message))
    ours = ((comment, directive) for comment, directive in parsed if directive is not None)
    asked = list(islice(ours, MOST + 1))
    if not asked:
        return (), ()
    places = _Places(message)
    notices = [places.bad(comment, each.problem) for comment, each in asked if each.problem]
    if len(asked) > MOST:
        text = f"more than {MOST} comments to clientvoice; only the first {MOST} are obeyed. Split the page."
        notices.append(Notice("bad_suppression", text))
    found, unpaired = _paired([pair for pair in asked[:MOST] if not pair[1].problem], places)
    return tuple(found), (*notices, *unpaired)


def _comments(message: Message) -> Iterator[Comment]:
    if message.format == "markdown":
        return markdown_comments(message.source)
    if message.format == "html" or (message.part or "").endswith("text/html"):
        return html_comments(message.source)
    is_text = message.format == "text" or (message.part or "").endswith("text/plain")
    return template_comments(message.source) if is_text else iter(())


def _paired(
    asked: list[tuple[Comment, Directive]], places: _Places
) -> tuple[list[Suppression], list[Notice]]:
    """Lead each comment to its text; an end goes with the last open start, or that of its own cues."""
    found: list[Suppression] = []
    notices: list[Notice] = []
    opened: list[tuple[Comment, Directive]] = []
    for comment, directive in asked:
        if directive.scope == "next":
            found.append(places.suppression(comment, directive, places.block_after(comment.end)))
        elif directive.scope == "start":
            opened.append((comment, directive))
        else:
            fit = [pair for pair in opened if directive.cues in (frozenset(), pair[1].cues)]
            if not fit:
                notices.append(
                    places.bad(comment, "no ignore-start is open here. Remove it, or add a start.")
                )
                continue
            opened.remove(fit[-1])
            start, started = fit[-1]
            found.append(places.suppression(start, started, places.between(start.end, comment.start)))
    for comment, _ in opened:
        problem = "no ignore-end follows, so nothing is ignored. Add <!-- clientvoice: ignore-end -->."
        notices.append(places.bad(comment, problem))
    return found, notices


class _Places:
    """Leads from the source of a message to its text."""

    def __init__(self, message: Message) -> None:
        self._message = message
        self._runs: list[Run] = sorted(message.source_map.runs, key=lambda run: run.source_start)
        self._starts = [run.source_start for run in self._runs]
        self._lines = [match.end() for match in _BREAK.finditer(message.source)]

    def block_after(self, offset: int) -> tuple[int, int]:
        """Return the block with the first text after an offset of the source."""
        after = self._first_from(offset)
        if after == len(self._runs):
            return 0, 0
        start = _in_text(self._runs[after], offset)
        blocks = self._message.blocks
        block = bisect_right(blocks, start, key=lambda block: block.end)
        return (blocks[block].start, blocks[block].end) if block < len(blocks) else (0, 0)

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the text that comes from between two offsets of the source."""
        runs = self._runs[self._first_from(start) : bisect_left(self._starts, end)]
        if not runs:
            return 0, 0
        starts = (_in_text(run, start) for run in runs)
        ends = (run.text_end if run.source_end <= end else _in_text(run, end) for run in runs)
        return min(starts), max(ends)

    def suppression(self, comment: Comment, directive: Directive, text: tuple[int, int]) -> Suppression:
        """Return the suppression that a comment asks for."""
        line = self._line(comment)
        return Suppression(*text, directive.cues, line, self._where(line), directive.reason)

    def bad(self, comment: Comment, problem: str) -> Notice:
        """Return the notice for a comment that cannot be obeyed."""
        written = self._message.source[comment.start : comment.end]
        shown = " ".join(written[:_SHOWN].split()) + ("…" if len(written) > _SHOWN else "")
        shown = "".join(sign if sign.isprintable() else "�" for sign in shown)
        return Notice("bad_suppression", f"{self._where(self._line(comment))}: {shown}: {problem}")

    def _first_from(self, offset: int) -> int:
        """Return the first run that reaches beyond an offset of the source; in plain text runs are long."""
        first = bisect_left(self._starts, offset)
        return first - (first > 0 and self._runs[first - 1].source_end > offset)

    def _line(self, comment: Comment) -> int:
        return bisect_right(self._lines, comment.start) + 1

    def _where(self, line: int) -> str:
        part = f" of part {self._message.part}" if self._message.part else ""
        return f"line {line}{part}"


def _in_text(run: Run, offset: int) -> int:
    """Return where in the text the first words of a run from an offset of the source are."""
    exact = run.text_end - run.text_start == run.source_end - run.source_start
    return run.text_start + max(0, offset - run.source_start) if exact else run.text_start
