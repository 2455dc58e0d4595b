"""The pages of the rule book: one cue a page, for the terminal and for the docs."""

from __future__ import annotations

from collections.abc import Iterator

from clientvoice.rules.book import RuleBook
from clientvoice.rules.rule import GRADES, CueRule

_STANCE = {"client": "as a person in the sender's care", "customer": "as the other side of an exchange"}


def cue_page(cue: str, book: RuleBook | None = None) -> str:
    """Return the Markdown page of one cue: what, why, evidence, examples, what to write instead.

    Parameters
    ----------
    cue : str
        A cue of the book, such as ``pressure``.
    book : RuleBook, optional
        The shipped book if left out.

    Examples
    --------
    >>> print(cue_page("pressure").splitlines()[0])
    # Pressure
    """
    rule = (book or RuleBook.load())[cue]
    return "\n".join(_page(rule)).rstrip() + "\n"


def cue_list(book: RuleBook | None = None) -> str:
    """Return the cues of the book as a Markdown table.

    Examples
    --------
    >>> cue_list().splitlines()[0]
    '| cue | frame | the sentence… |'
    """
    rows = [f"| `{rule.name}` | {rule.frame} | {rule.summary} |" for rule in book or RuleBook.load()]
    return "\n".join(["| cue | frame | the sentence… |", "|---|---|---|", *rows]) + "\n"


def _page(rule: CueRule) -> Iterator[str]:
    yield f"# {rule.title}"
    yield ""
    yield f"A **{rule.frame}** cue (`{rule.name}`): it addresses the reader {_STANCE[rule.frame]}."
    yield from ("", "## What it is", "", rule.summary)
    if rule.why:
        yield from ("", "## Why it matters", "", rule.why)
    if rule.evidence:
        yield from ("", "## Evidence", "")
        for item in rule.evidence:
            yield f"- **{item.source}** ({item.grade}). {item.finding} *Boundary:* {item.boundary}"
        told = {item.grade for item in rule.evidence}
        yield from ("", "; ".join(f"*{grade}*: {GRADES[grade]}" for grade in GRADES if grade in told) + ".")
    yield from ("", "## Examples", "", "Flagged:", "")
    yield from (f"- {_one_line(text)}" for text in rule.flag)
    yield from ("", "Not flagged:", "")
    yield from (f"- {_one_line(text)}" for text in rule.clean)
    if rule.rewrites:
        yield from ("", "## Words that it mends", "")
        yield from _rewordings(rule)
    if rule.instead:
        yield from (
            "",
            "## What to write instead" if rule.frame == "customer" else "## How to do more of it",
            "",
            rule.instead,
        )


def _rewordings(rule: CueRule) -> Iterator[str]:
    """Yield each rewording by its first example, which shows it better than its pattern."""
    for told in rule.rewrites:
        before, after, _ = told.examples[0]
        yield f"- “{_one_line(before)}” becomes “{_one_line(after)}” {told.note}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
