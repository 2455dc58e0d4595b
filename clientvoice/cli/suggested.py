"""Suggestions as lines of text: the sentence, what would go (---), what would come (+++), and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.text import Text

from clientvoice.cli.marked import paragraph, wrapped
from clientvoice.records import Rewrite, SentenceAnalysis
from clientvoice.reports.inert import visible
from clientvoice.reports.page.template import counted
from clientvoice.reports.terminal import GLYPHS, STYLES
from clientvoice.rewrites.advice import AdviceBook
from clientvoice.rewrites.ranking import why_untouched
from clientvoice.rules import RuleBook

GONE, COME = "-", "+"
_MARKS = {GONE: "red", COME: "green"}
_INDENT = "  "

LEGEND = Text(f"{GONE} words that the first rewrite leaves out  {COME} words that it brings", style="dim")
"""What the signs mean."""


def suggestion_lines(sentence: SentenceAnalysis, width: int) -> Iterator[Text]:
    """Yield a sentence and what an editor might do about it.

    Parameters
    ----------
    sentence : SentenceAnalysis
        With its suggestions.
    width : int
        Columns of the terminal.
    """
    found = sentence.suggestions
    rewrites = found.rewrites if found else ()
    gone = {at for one in rewrites[:1] for change in one.changes for at in range(change.start, change.end)}
    yield from _marked(f"{GLYPHS[sentence.label]} ", sentence.text, gone, GONE, width, STYLES[sentence.label])
    kind = "" if sentence.kind == "sentence" else f", {sentence.kind}"
    unsure = ", unsure" if sentence.framing.uncertain else ""
    head = f"{sentence.label} {sentence.probabilities[sentence.label]:.0%}{unsure}{kind}"
    yield from paragraph(head, sentence.reason, width)
    for number, rewrite in enumerate(rewrites, 1):
        yield from rewrite_lines(number, rewrite, width)
    if found is None:
        return
    if not rewrites:
        yield from paragraph("no rewrite", why_none(sentence), width)
    yield from paragraph("advice", found.advice, width)
    if found.example and not rewrites:
        pair = f"“{found.example.customer}” became “{found.example.client}”"
        yield from paragraph("example", pair, width)


def why_none(sentence: SentenceAnalysis) -> str:
    """Say why a sentence with suggestions has no rewrite among them.

    Examples
    --------
    >>> from clientvoice.records import Framing, Sentence
    >>> told = "Refunds are at our sole discretion."
    >>> why_none(SentenceAnalysis(Sentence(0, 35, told), Framing("customer", {"customer": 1.0})))
    'Contract language is left to whoever answers for it.'
    """
    untouched = why_untouched(sentence, AdviceBook.load(), RuleBook.load())
    return untouched or "None is known for it that passes every check."


def rewrite_lines(number: int, rewrite: Rewrite, width: int) -> Iterator[Text]:
    """Yield one rewrite with marks under its new words, its gain, and whether it is safe."""
    come: set[int] = set()
    shift = 0
    for change in rewrite.changes:
        start = change.start + shift
        come.update(range(start, start + len(change.after)))
        shift += len(change.after) - (change.end - change.start)
    yield from _marked(f"{number} ", rewrite.text, come, COME, width, "bold")
    figures = f"customer {rewrite.before:.0%} to {rewrite.after:.0%}, gain {rewrite.gain:+.1f}"
    yield from paragraph("safe" if rewrite.safe else "read first", figures, width)
    if rewrite.reason:
        yield from paragraph("why", rewrite.reason, width)
    for warning in rewrite.warnings:
        yield from paragraph("check", warning, width)


def totals(sentences: Iterable[SentenceAnalysis]) -> str:
    """Say how many sentences have a safe rewrite, one to read first, or advice alone.

    Examples
    --------
    >>> totals([])
    'No sentence calls for a rewrite.'
    """
    found = [sentence.suggestions for sentence in sentences if sentence.suggestions]
    if not found:
        return "No sentence calls for a rewrite."
    safe = sum(any(rewrite.safe for rewrite in one.rewrites) for one in found)
    some = sum(bool(one.rewrites) for one in found) - safe
    parts = [f"{safe} with a safe rewrite", f"{some} with one to read first"]
    rest = len(found) - safe - some
    return f"{counted(len(found), 'sentence')}: {', '.join(parts)}, {rest} with advice alone."


def _marked(lead: str, text: str, marks: set[int], sign: str, width: int, style: str) -> Iterator[Text]:
    """Yield a text wrapped behind its lead, and under each line the sign under its marked words."""
    shown = " ".join(re.split(r"\s", visible(text)))  # one space for each, so that offsets hold
    indent = " " * len(lead)
    for start, end in wrapped(shown, width - len(_INDENT) - len(lead)):
        yield Text.assemble((lead, style), shown[start:end])
        lead = indent
        under = "".join(
            (sign if at in marks and not shown[at].isspace() else " ") * cell_len(shown[at])
            for at in range(start, end)
        ).rstrip()
        if under:
            yield Text(indent + under, style=_MARKS[sign])
