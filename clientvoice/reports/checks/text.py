"""A finding on one line that editors and terminals make a link of."""

from __future__ import annotations

from collections.abc import Callable

from clientvoice.reports.checks.checked import Remark
from clientvoice.reports.checks.findings import SCORE_RULE, Finding
from clientvoice.reports.inert import one_line

_LONGEST = 1_000

Paint = Callable[[str, str], str]
"""Takes text and what it is (``place``, ``rule``, ``note``), gives it coloured."""


def text_line(found: Finding, *, advice: bool = False, paint: Paint | None = None) -> str:
    """Return ``path:line:column: cue: reason``.

    Where lines are counted in something that was decoded, such as a part of a
    mail, the path stands alone, so that nothing leads to a wrong line of the file,
    and the place is told at the end.

    Examples
    --------
    >>> from clientvoice.reports.checks.positions import Place
    >>> text_line(Finding("price", "june.md", "june.md", "Save!", "Leads with a saving.", place=Place(3, 5)))
    'june.md:3:5: price: Leads with a saving.'
    >>> decoded = Place(2, 1, inside="part 1 text/plain, decoded")
    >>> text_line(Finding("price", "june.eml", "june.eml", "Save!", "Leads with a saving.", place=decoded))
    'june.eml: price: Leads with a saving. (line 2, column 1 of part 1 text/plain, decoded)'
    """
    colour = paint or _plain
    place = found.exact
    told = one_line(found.path, 4_000)
    told += f":{place.line}:{place.column}" if place else ""
    kind = colour(one_line(found.rule, 200), "rule" if found.level == "warning" else "note")
    words = [found.reason, found.also, found.advice if advice else "", _aside(found)]
    return f"{colour(told, 'place')}: {kind}: {one_line(' '.join(filter(None, words)), _LONGEST)}"


def detail_lines(found: Finding) -> list[str]:
    """Return what more there is to tell: the sentence, the advice and the safe rewrite, indented.

    Examples
    --------
    >>> detail_lines(Finding("price", "a.md", "a.md", "Save now!", "", advice="Say the price."))
    ['    “Save now!”', '    advice: Say the price.']
    """
    told = [f"“{one_line(found.text, 300)}”"] if found.text else []
    told += [f"advice: {one_line(found.advice, 500)}"] if found.advice else []
    told += [f"instead: {one_line(fix.text, 500)}" for fix in found.fixes]
    return [f"    {line}" for line in told]


def remark_line(remark: Remark, *, paint: Paint | None = None) -> str:
    """Return ``path:line: code: text`` for a notice on a message.

    Examples
    --------
    >>> remark_line(Remark("june.md", "june.md", "unused_suppression", "the comment suppresses nothing.", 3))
    'june.md:3: unused_suppression: the comment suppresses nothing.'
    """
    colour = paint or _plain
    place, kind = colour(one_line(remark.where, 4_000), "place"), colour(one_line(remark.code, 200), "note")
    return f"{place}: {kind}: {one_line(remark.text, _LONGEST)}"


def _aside(found: Finding) -> str:
    if found.place is None:
        inner = found.id if found.id != found.path else ""
        if found.rule == SCORE_RULE:
            return f"({inner})" if inner else ""
        return f"(in the subject of {inner})" if inner else "(in the subject)"
    return f"({found.place})" if found.place.inside else ""


def _plain(text: str, kind: str) -> str:
    return text
