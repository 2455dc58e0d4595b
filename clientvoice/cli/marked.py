"""A message as lines of text: each sentence, marks under its words, and the reasons below."""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import groupby

from rich.cells import cell_len
from rich.text import Text

from clientvoice.records import Explanation, Message, MessageAnalysis, SentenceAnalysis
from clientvoice.reports.inert import one_line, visible
from clientvoice.reports.page.cards import shipped_cards
from clientvoice.reports.page.notes import note
from clientvoice.reports.terminal import GLYPHS, STYLES
from clientvoice.rules import RuleBook

RULE_MARK, MODEL_MARK = "^", "~"
WORDS = 4
"""Words of a sentence whose shares are told; the others are summed up."""

LEGEND = (
    Text(),
    Text(f"{GLYPHS['customer']} speaks to a customer  {GLYPHS['client']} speaks to a client", style="dim"),
    Text(f"{RULE_MARK} words of the rule book  {MODEL_MARK} words that the model weighed", style="dim"),
    Text("words: shares of the log-odds of client (+) against customer (-), which add up", style="dim"),
)
"""What the signs mean."""

_INDENT, _DEEPER = "  ", "    "
_NARROWEST = 24
_WORD = re.compile(r"\S+")
_EDGES = ".,;:!?\"'“”‘’()[]…"


def message_lines(
    analysis: MessageAnalysis, explain: Callable[[str], Explanation], book: RuleBook, width: int
) -> Iterator[Text]:
    """Yield a message line by line, its verdict first.

    Parameters
    ----------
    analysis : MessageAnalysis
    explain : callable
        Gives the shares of the words of a sentence.
    book : RuleBook
        Tells which side a cue speaks for.
    width : int
        Columns of the terminal.
    """
    width = max(width, _NARROWEST)
    yield from _verdict(analysis, width)
    starts = [block.start for block in analysis.message.blocks]
    for _, sentences in groupby(
        analysis.sentences, key=lambda sentence: bisect_right(starts, sentence.start)
    ):
        yield Text()
        for sentence in sentences:
            yield from sentence_lines(sentence, analysis.message, explain, book, width)
    yield from _practices(analysis, width)


def sentence_lines(
    sentence: SentenceAnalysis,
    message: Message,
    explain: Callable[[str], Explanation],
    book: RuleBook,
    width: int,
) -> Iterator[Text]:
    """Yield a sentence wrapped to the width, the marks under it, and why it is marked."""
    label = sentence.label
    marked = sentence.counted and label != "neutral"
    glyph, style = (GLYPHS[label], STYLES[label]) if marked else (" ", "" if sentence.counted else "dim")
    text = " ".join(re.split(r"\s", visible(sentence.text)))  # one space for each, so that offsets hold
    marks = _marks(sentence, book) if sentence.counted else {}
    for start, end in wrapped(text, width - len(_INDENT)):
        yield Text.assemble((f"{glyph} ", style), (text[start:end], style if not sentence.counted else ""))
        yield from _mark_line(text, start, end, marks)
        glyph = " "
    if not sentence.counted:
        why = "ignored here" if sentence.suppressed else sentence.kind
        yield Text(f"{_DEEPER}{why}, not counted", style="dim")
    elif marked or sentence.cues:
        yield from _why(sentence, message, width)
        if marked:
            yield from paragraph("words", _shares(explain(sentence.text)), width)


def paragraph(
    head: str, text: str, width: int, *, indent: str = _DEEPER, style: str = "dim"
) -> Iterator[Text]:
    """Yield a head and a text behind it, wrapped under itself; without a head, the text alone."""
    lead = f"{indent}{head}  " if head else indent + " " * 3
    lines = textwrap.wrap(visible(text), max(width - len(lead), _NARROWEST - 8)) or [""]
    yield Text.assemble((lead if lines[0] else lead.rstrip(), style), lines[0])
    for line in lines[1:]:
        yield Text(" " * len(lead) + line)


def wrapped(text: str, width: int) -> list[tuple[int, int]]:
    """Return the lines of a text as spans, broken between words, words cut only where they must.

    Examples
    --------
    >>> wrapped("one two three", 7)
    [(0, 7), (8, 13)]
    """
    lines: list[tuple[int, int]] = []
    start = end = 0
    for word in _WORD.finditer(text):
        if end > start and cell_len(text[start : word.end()]) > width:
            lines.append((start, end))
            start = word.start()
        elif end == start:
            start = word.start()
        end = word.end()
        while cell_len(text[start:end]) > width:
            cut = start + 1
            while cell_len(text[start : cut + 1]) <= width:
                cut += 1
            lines.append((start, cut))
            start = cut
    return [*lines, (start, end)] if end > start else lines


def _verdict(analysis: MessageAnalysis, width: int) -> Iterator[Text]:
    message, label = analysis.message, analysis.label
    yield Text(one_line(message.path or message.id, width), style="bold")
    chances = sorted(analysis.probabilities.items(), key=lambda item: -item[1])
    told = ", ".join(f"{name} {chance:.0%}" for name, chance in chances)
    yield Text.assemble(
        (f"{GLYPHS[label]} {label}", STYLES[label]), f", score {analysis.score:.0f} of 100 ({told})"
    )
    for notice in analysis.notices:
        yield from paragraph("note", one_line(notice.text, 500), width, indent="")


def _practices(analysis: MessageAnalysis, width: int) -> Iterator[Text]:
    if not analysis.practices:
        return
    yield from (Text(), Text("Practices of care", style="bold"))
    for practice in analysis.practices:
        shown = practice.strength > 0 and practice.evidence
        yield from paragraph("yes" if shown else " no", practice.question, width, indent="")
        told = analysis.sentences[practice.evidence[0]].text if shown else practice.advice
        if told:
            quoted = f"“{one_line(told, 160)}”" if shown else told
            yield from paragraph("", quoted, width)


def _marks(sentence: SentenceAnalysis, book: RuleBook) -> dict[int, tuple[str, str]]:
    """Return the sign and style under each character; a rule's words go before the model's."""
    marks: dict[int, tuple[str, str]] = {}
    for cue in sorted(sentence.cues, key=lambda cue: cue.source == "rule"):
        mark = (RULE_MARK if cue.source == "rule" else MODEL_MARK, STYLES[book.frame_of(cue.name)])
        marks.update(dict.fromkeys(range(cue.start - sentence.start, cue.end - sentence.start), mark))
    return marks


def _mark_line(text: str, start: int, end: int, marks: dict[int, tuple[str, str]]) -> Iterator[Text]:
    line = Text(_INDENT)
    for (sign, style), places in groupby(range(start, end), key=lambda at: marks.get(at, (" ", ""))):
        line.append("".join(sign * cell_len(text[at]) for at in places), style=style)
    if line.plain.strip():
        line.rstrip()
        yield line


def _why(sentence: SentenceAnalysis, message: Message, width: int) -> Iterator[Text]:
    told = note(sentence, message.text, shipped_cards(), 0)
    unsure = ", unsure" if told.uncertain else ""
    kind = "" if sentence.kind == "sentence" else f", {sentence.kind}"
    head = f"{told.frame} {told.probability:.0%}{unsure}{kind}"
    yield from paragraph(head, told.why, width, style=STYLES[sentence.label])
    cues = [
        f"{reason.card.name} ({reason.source})" + "".join(f" “{words}”" for words in reason.words)
        for reason in told.reasons
    ]
    if cues:
        yield from paragraph("cues", ", ".join(cues), width)


def _shares(explanation: Explanation) -> str:
    ordered = sorted(explanation.contributions, key=lambda part: -abs(part.log_odds))
    told = [f"{_bare(part.text)} {part.log_odds:+.2f}" for part in ordered[:WORDS]]
    rest = ordered[WORDS:]
    if rest:
        others = sum(part.log_odds for part in rest)
        told.append(f"{len(rest)} {'other' if len(rest) == 1 else 'others'} {others:+.2f}")
    return ", ".join([*told, f"start {explanation.bias:+.2f}"]) + f" = {explanation.decision:+.2f}"


def _bare(word: str) -> str:
    return one_line(word.strip(_EDGES) or word, 24)
