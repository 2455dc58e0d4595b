"""How the report names a cue: a family for its colour, a title for its chip, a line for the legend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from clientvoice.reports.inert import one_line
from clientvoice.reports.page.template import resource

Family = Literal["client", "customer", "house"]


@dataclass(frozen=True, slots=True)
class Card:
    """Name, family, title and explanation of a cue."""

    name: str
    family: Family
    title: str
    about: str

    @property
    def key(self) -> str:
        """The name as it stands in the page: short, visible, and apart from others in a list."""
        return one_line(self.name, 60).replace("|", " ")


def card(name: str, cards: Mapping[str, Card]) -> Card:
    """Return the card of a cue; one that no card tells of belongs to the house.

    Examples
    --------
    >>> card("price", shipped_cards()).family, card("our_slang", {}).title
    ('customer', 'Our slang')
    """
    known = cards.get(name)
    title = one_line(name.replace("_", " "), 60).capitalize()
    return known or Card(name, "house", title, "a cue of your own rules")


@lru_cache(maxsize=1)
def shipped_cards() -> Mapping[str, Card]:
    """Return the cards of the cues in the labelling guide, by name."""
    import tomllib

    book = tomllib.loads(resource("cues.toml"))
    families: tuple[Family, ...] = ("client", "customer")
    return {
        name: Card(name, family, title, about)
        for family in families
        for name, (title, about) in book[family].items()
    }
