"""What fails a check: a score, labels and cues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientvoice.errors import ConfigError
from clientvoice.framing.model import CUES
from clientvoice.reports.checks.findings import SCORE_RULE, Finding, Level
from clientvoice.rules.source import choices

if TYPE_CHECKING:
    from clientvoice.rules import RuleBook

CUSTOMER, UNSURE, NONE = "customer", "unsure", "none"


@dataclass(frozen=True, slots=True)
class Bar:
    """What fails a run: a message's score, labels and cues.

    Parameters
    ----------
    min_score : float or None
    names : tuple of str
        ``customer``, ``unsure``, ``none`` and customer cues; each may be a comma list.

    Examples
    --------
    >>> Bar(None, ()).fails_on, Bar(40, ()).fails_on, sorted(Bar(None, ("price,pressure",)).fails_on)
    (frozenset({'customer'}), frozenset(), ['pressure', 'price'])
    """

    min_score: float | None
    names: tuple[str, ...]

    @property
    def fails_on(self) -> frozenset[str]:
        """What fails: as given, else any customer sentence where no score is asked for."""
        given = frozenset(
            name.strip().lower() for value in self.names for name in value.split(",") if name.strip()
        )
        if not self.names:
            return frozenset() if self.min_score is not None else frozenset({CUSTOMER})
        return given - {NONE}

    def checked(self, book: RuleBook) -> Bar:
        """Return the bar, or raise a ConfigError for a name that nothing has."""
        if self.names and not any(name.strip(" ,") for name in self.names):
            raise ConfigError("--fail-on: got no name, which would let everything pass; say none for that.")
        known = (CUSTOMER, UNSURE, NONE, *(rule.name for rule in book if rule.frame == "customer"))
        for name in sorted(self.fails_on):
            if name in book and name not in known:
                raise ConfigError(
                    f"--fail-on: {name!r} speaks for the sender: no finding has it. {choices('', known)}"
                )
            if name not in known:
                raise ConfigError(f"--fail-on: got {name!r}, no label or cue. {choices(name, known)}")
        return self

    @property
    def by_words(self) -> frozenset[str]:
        """The cues that fail and that words alone tell: those of the user's own rules.

        Examples
        --------
        >>> sorted(Bar(None, ("pressure,funnel",)).by_words)
        ['funnel']
        """
        return self.fails_on - {CUSTOMER, UNSURE, *CUES}

    def level(self, found: Finding) -> Level:
        """Return whether a finding fails or is only noted."""
        fails = self.fails_on
        if found.rule == SCORE_RULE:
            return "warning"
        if self.by_words.intersection(found.cues):
            return "warning"
        if found.unsure and UNSURE not in fails:
            return "note"
        return "warning" if fails & {CUSTOMER, UNSURE, found.rule, *found.cues} else "note"
