"""How often the check of facts overlooks a negation: ``python tests/benchmarks/negations.py``.

Every sentence of ``data/rewrites``, both sides, is changed by script: a negation is
taken out, turned into its opposite, or put in, at every place where one of the ways
below fits, one at a time. A change that ``compare_facts`` calls kept is a miss. The ways
are written here and not read from the word lists that the check itself uses. What makes
no sense to change ("in no time", "why not", "without delay") is skipped by ``EMPTY``.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from clientvoice.rewrites.facts.finding import compare_facts
from clientvoice.rewrites.pairs import read_pairs

ROOT = Path(__file__).resolve().parents[2]
VERBS = (
    "keep|send|offer|ship|sell|charge|ask|hold|store|need|use|share|call|write|open|close|refund|deliver|accept|"
    "answer|include|cover|pay|book|order|return|repair|visit|reply|cost|take|make|give|get|know"
)
OUT = {
    "n't": ((r"\b(do|does|did|is|are|was|were|has|have|had|would|should|could|must)n['’]t\b", r"\1"),),
    "can't, won't": ((r"\bcan['’]t\b", "can"), (r"\bwon['’]t\b", "will"), (r"\bcannot\b", "can")),
    "not": ((r"(?<=\w) not (?!only\b|just\b|to mention)", " "), (r"\bNot (?!only\b|just\b)", "")),
    "not only": ((r"\bnot (only|just)\b", r"\1"),),
    "no": ((r"\bno (?!longer\b|one\b|matter\b|more\b|less\b|\d|later\b|fewer\b|\.)", "a "),),
    "no longer": ((r"\b(is|are|was|were|can|will|does|do)? ?no longer\b", r"\1 still"),),
    "no more than": ((r"\bno (more|less|fewer|later) than\b", r"\1 than"),),
    "no matter": ((r"\bno matter\b", "depending on"),),
    "never": ((r"\bnever\b", "always"),),
    "nobody": ((r"\b(?:nobody|no one|no-one)\b", "everybody"),),
    "nothing": ((r"\bnothing\b", "everything"),),
    "none": ((r"\bnone\b", "all"),),
    "neither": ((r"\bneither\b", "both"), (r"\bnor\b", "and")),
    "without": ((r"\bwithout\b", "with"),),
    "unless": ((r"\bunless\b", "if"),),
    "except": ((r"\bexcept\b(?: for)?", "including"), (r"\b(?:excluding|excludes)\b", "including")),
    "rather than": ((r"\brather than\b", "and"), (r"\binstead of\b", "and")),
    "hardly": ((r"\b(?:hardly|barely|scarcely)(?: ever)?\b", "always"), (r"\b(?:rarely|seldom)\b", "often")),
    "fail to": ((r"\bfail(?:s|ed|ing)? to (?=[a-z])", ""), (r"\bfailure to\b", "being able to")),
    "unable": ((r"\bunable to\b", "able to"), (r"\bimpossible\b", "possible")),
    "refuse": ((r"\brefuse(s|d)?\b", r"accept\1"), (r"\bprohibited|forbidden\b", "allowed")),
    "non-": ((r"\bnon-(?=[a-z])", ""),),
    "un-": ((r"\bun(available|used|opened|paid|insured|authori[sz]ed|limited|attended|safe)\b", r"\1"),),
    "free of": ((r"\bfree (?:of|from)(?! charge)\b", "full of"), (r"\b(fee|risk)-free\b", r"\1-bearing")),
}
IN = {
    "+ not": ((r"\b(is|are|was|were|will|should|must|may|have|has) (?=(?!not\b|no\b)[a-z])", r"\1 not "),),
    "+ n't": (
        (r"\b(is|are|was|were|has|have|would|should|could) (?=(?!not\b|no\b)[a-z])", r"\1n't "),
        (r"\bcan (?!not\b)(?=[a-z])", "can't "),
    ),
    "+ do not": ((rf"\b(we|you|they|I) (?=(?:{VERBS})\b)", r"\1 do not "),),
    "+ never": ((rf"\b(we|you|they|I) (?=(?:{VERBS})\b)", r"\1 never "), (r"\balways\b", "never")),
    "+ no longer": ((r"\b(is|are|can|will) (?=(?!not\b|no\b)[a-z])", r"\1 no longer "),),
    "+ hardly": ((rf"\b(we|you|they|I) (?=(?:{VERBS})\b)", r"\1 hardly ever "),),
    "+ rarely": ((rf"\b(we|you|they|I) (?=(?:{VERBS})\b)", r"\1 rarely "),),
    "+ fail to": ((rf"\b(we|you|they|I) (?=(?:{VERBS})\b)", r"\1 fail to "),),
    "+ unable": ((r"\b(we|you|they) can (?!not\b)(?=[a-z])", r"\1 are unable to "),),
    "+ refuse": ((rf"\b(we|they) (?=(?:{VERBS})\b)", r"\1 refuse to "),),
    "+ without": ((r"\bwith\b(?! us\b| me\b)", "without"),),
    "+ unless": ((r"(?<=[a-z] )if\b", "unless"),),
    "+ rather than": ((r"\band\b", "rather than"),),
    "+ instead of": ((r"\bor\b", "instead of"),),
    "+ nobody": ((r"\b(?:everyone|everybody|anyone|someone)\b", "nobody"),),
    "+ no one": ((r"\b(?:everyone|everybody|anyone|someone)\b", "no one"),),
    "+ none": ((r"\ball of\b", "none of"),),
    "+ except": ((r"\bincluding\b", "except"),),
    "+ no": ((r"\b(?:is|are) (?:a|an|some) (?=[a-z])", "is no "), (r"\ball (?=[a-z]+s\b)", "no ")),
    "+ nothing": ((r"\b(?:everything|anything|something)\b", "nothing"),),
}
EMPTY = re.compile(
    r"in no time|why not|without delay|no problem|not least|no doubt|if not|or not|no time to|no excuse"
    r"|no brainer|second to none|nothing but|nothing like|oh no|not to mention|no need to wait"
    r"|isn['’]t it|aren['’]t you|has(?:n['’]t| never) been|have never been|no contest|why haven|why aren"
    r"|don['’]t you|why don",
    re.IGNORECASE,
)


def mutations(text: str) -> Iterator[tuple[str, str]]:
    """Yield the way and the changed text, once for each place where a way fits.

    Examples
    --------
    >>> dict(mutations("We ship without a fee."))
    {'without': 'We ship with a fee.'}
    """
    if EMPTY.search(text):
        return
    for name, ways in (OUT | IN).items():
        for pattern, instead in ways:
            for found in re.finditer(pattern, text, re.IGNORECASE):
                changed = " ".join(
                    (text[: found.start()] + found.expand(instead) + text[found.end() :]).split()
                )
                if changed != text:
                    yield name, changed


def measure(texts: list[str]) -> tuple[Counter[str], Counter[str], list[tuple[str, str, str]]]:
    """Return how often each way was tried, how often it was overlooked, and what was."""
    tried: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    told = []
    for text in texts:
        for name, changed in mutations(text):
            tried[name] += 1
            if compare_facts(text, changed).kept:
                missed[name] += 1
                told.append((name, text, changed))
    return tried, missed, told


def sentences() -> list[str]:
    """Return both sides of all pairs, each sentence once."""
    pairs = list(read_pairs(ROOT / "data" / "rewrites"))
    return list(dict.fromkeys(text for pair in pairs for text in (pair.customer, pair.client)))


def main() -> int:
    """Print the share of changes that are overlooked, way by way, and how many pairs are called unfair."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--show", action="store_true", help="Print what was overlooked.")
    wanted = options.parse_args()
    tried, missed, told = measure(sentences())
    out = [name for name in OUT if tried[name]]
    lines = ["| way | tried | overlooked | share |", "|---|---:|---:|---:|"]
    for title, names in (("taken out", out), ("put in", list(IN)), ("all", [*out, *IN])):
        some, none = sum(tried[name] for name in names), sum(missed[name] for name in names)
        lines.append(f"| **{title}** | {some} | {none} | {none / some:.1%} |")
        if title != "all":
            lines += [
                f"| {name} | {tried[name]} | {missed[name]} | {missed[name] / max(tried[name], 1):.1%} |"
                for name in names
            ]
    pairs = list(read_pairs(ROOT / "data" / "rewrites"))
    unfair = sum(
        any(fact.kind == "negation" for fact in (*check.lost, *check.added))
        for check in (compare_facts(pair.customer, pair.client) for pair in pairs)
    )
    lines += ["", f"Pairs whose edit is called a change of a negation: {unfair} of {len(pairs)}."]
    if wanted.show:
        lines += ["", *(f"[{name}] {text} => {changed}" for name, text, changed in told)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
