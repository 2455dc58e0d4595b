"""What a rule says: text with the gaps of its pattern, each passed through small grammar filters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clientvoice.rewrites.candidates.casing import first_up, lower_first
from clientvoice.rewrites.candidates.inflection import article, base_of, ing, is_plural, third
from clientvoice.rules.source import choices

_GAP = re.compile(r"\{([a-z]+\d?)((?::[a-z]+)*)\}")
_DETERMINER = re.compile(
    r"(?i)(?:a|an|the|your|our|my|his|her|their|its|this|that|these|those|all|every|each|any|some|no)\b\s*"
)
_MINE = re.compile(r"\b(?ai:my|our|mine|ours)\b")
_YOURS = {"my": "your", "our": "your", "mine": "yours", "ours": "yours"}
_THEIRS = re.compile(r"\b(?ai:their|theirs|they|them|themselves)\b")
_TO_YOU = {"their": "your", "theirs": "yours", "they": "you", "them": "you", "themselves": "yourself"}
_OURS = re.compile(r"(?i)\b(my)\b")


def _first_word(change: Callable[[str], str]) -> Callable[[str], str]:
    def changed(text: str) -> str:
        head, space, tail = text.partition(" ")
        return change(head.lower()) + space + tail

    return changed


def _bare(text: str) -> str:
    return _DETERMINER.sub("", text, count=1) if _DETERMINER.match(text) else text


def _with_article(text: str) -> str:
    bare = _bare(text)
    return bare if is_plural(bare) else f"{article(bare.split()[0])} {bare}" if bare else bare


def _singular(text: str) -> str:
    bare = _bare(text)
    return bare[:-1] if is_plural(bare) and bare.endswith("s") else bare


def _with_the(text: str) -> str:
    return text if _DETERMINER.match(text) else f"the {text}"


def _agreeing(singular: str, plural: str) -> Callable[[str], str]:
    return lambda text: plural if is_plural(text) else singular


FILTERS: Mapping[str, Callable[[str], str]] = {
    "lower": lower_first,
    "sentence": first_up,
    "ing": _first_word(ing),
    "s": _first_word(third),
    "base": _first_word(lambda word: base_of(word) or word),
    "your": lambda text: _MINE.sub(lambda found: _YOURS[found.group().lower()], text),
    "our": lambda text: _OURS.sub("our", text),
    "yours": lambda text: _THEIRS.sub(lambda found: _TO_YOU[found.group().lower()], text),
    "one": lambda text: f"{article(_singular(text).split()[0])} {_singular(text)}" if text else text,
    "bare": _bare,
    "a": _with_article,
    "the": _with_the,
    "is": _agreeing("is", "are"),
    "has": _agreeing("has", "have"),
    "costs": _agreeing("costs", "cost"),
    "comes": _agreeing("comes", "come"),
    "does": _agreeing("does", "do"),
    "them": _agreeing("it", "them"),
    "it": _agreeing("it", "they"),
    "that": _agreeing("that", "those"),
    "some": _agreeing("one", "some"),
}
"""What a rule may do to a gap; ``is`` to ``some`` say a word that agrees with the gap instead of it."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with gaps.

    Examples
    --------
    >>> read_template("{thing} {thing:is} {percent} cheaper", ["thing", "percent"]).fill(
    ...     {"thing": "all boots", "percent": "20%"}
    ... )
    'all boots are 20% cheaper'
    """

    text: str
    gaps: tuple[str, ...]

    def fill(self, told: Mapping[str, str]) -> str | None:
        """Return the text with its gaps filled, or None where one has nothing to fill it."""
        if any(not told.get(gap) for gap in self.gaps):
            return None
        return _GAP.sub(lambda found: _filtered(found, told), self.text)


def fill_each(templates: Sequence[Template], told: Mapping[str, str]) -> Iterator[str]:
    """Yield the texts of a rule, filled.

    A text without a gap that another text of the rule has is for sentences where
    that gap is empty: used on others it would lose what stands there.
    """
    wanted = {gap for template in templates for gap in template.gaps} & {gap for gap in told if told[gap]}
    for template in templates:
        said = template.fill(told) if wanted <= set(template.gaps) else None
        if said is not None:
            yield said


def read_template(text: str, gaps: Iterable[str]) -> Template:
    """Read a template, or raise a ValueError that says what is wrong and what is allowed."""
    known = list(gaps)
    used: list[str] = []
    for found in _GAP.finditer(text):
        name, filters = found.group(1), found.group(2).split(":")[1:]
        if name not in known:
            allowed = choices(name, known) if known else "The pattern has no gap."
            raise ValueError(f"{{{name}}} is no gap of the pattern. {allowed}")
        for one in filters:
            if one not in FILTERS:
                raise ValueError(f"unknown filter {one!r} in {found.group()}. {choices(one, FILTERS)}")
        used.append(name)
    if re.search(r"[{}]", _GAP.sub("", text)):
        raise ValueError("a lone { or }; write a gap as {thing} or {thing:your}")
    return Template(" ".join(text.split()), tuple(used))


def _filtered(found: re.Match[str], told: Mapping[str, str]) -> str:
    value = told[found.group(1)]
    for one in found.group(2).split(":")[1:]:
        value = FILTERS[one](value)
    return value
