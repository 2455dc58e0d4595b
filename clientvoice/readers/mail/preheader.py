"""Puts the preheader of a mail, the line that shows behind its subject, where its reader meets it."""

from __future__ import annotations

from dataclasses import replace

from clientvoice.readers.characters import one_line
from clientvoice.readers.echoes import folded
from clientvoice.records import Block, Message, Run, SourceMap


def with_preheader(message: Message, preheader: str) -> Message:
    r"""Return the message with its preheader as a paragraph behind the subject.

    A preheader that the body holds is not repeated.

    Examples
    --------
    >>> message = Message("a", "Hello.", (Block(0, 6, "paragraph"),))
    >>> with_preheader(message, "We ring you first.").text
    'We ring you first.\n\nHello.'
    """
    line = one_line(preheader)[:1_000]
    if not line or folded(line) in folded(message.text):
        return message
    first = next(iter(message.blocks), None)
    at = first.end if first is not None and first.kind == "subject" else 0
    before, after = message.text[:at], message.text[at:]
    lead = f"\n\n{line}" if at else line + ("\n\n" if after else "")
    start = at + (2 if at else 0)
    shift = len(lead)
    block = Block(start, start + len(line), "paragraph")
    moved = [Block(b.start + shift, b.end + shift, b.kind) if b.start >= at else b for b in message.blocks]
    count = 1 if at else 0
    halves = [half for run in message.source_map.runs for half in _halves(run, at)]
    runs = (
        Run(half[0] + shift, half[1] + shift, half[2], half[3]) if half[0] >= at else half for half in halves
    )
    return replace(
        message,
        text=before + lead + after,
        blocks=(*moved[:count], block, *moved[count:]),
        source_map=SourceMap(tuple(runs)),
    )


def _halves(run: Run, at: int) -> tuple[Run, ...]:
    """Cut a run that goes on over ``at``: a text whose first line is its subject is one run."""
    if not run.text_start < at < run.text_end:
        return (run,)
    middle = run.source_start + at - run.text_start
    return Run(run.text_start, at, run.source_start, middle), Run(at, run.text_end, middle, run.source_end)
