"""The preheader of a mail: hidden in the page, and read in the list of mails, behind the subject.

It is the first text of the body, gone for every mail program (hidden in two
ways, for programs differ in what they heed) or in an element named for it. What
holds links, fields or buttons is a menu or a note that waits for a click.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from clientvoice.readers.echoes import folded
from clientvoice.readers.html import elements
from clientvoice.readers.html.place import Effect, Place
from clientvoice.readers.templates.merge_tags import MASK, masked_template
from clientvoice.records import Block

_FEWEST_WORDS = 2
_LONGEST = 300
_SAID = re.compile(rf".*[\w{MASK}][.,;:!?…%)\]}}\"'”’»]*", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")


class Preheader:
    """Watches one page for its preheader.

    Attributes
    ----------
    end : int
        Where it ends in the text of the page, 0 without one.
    """

    def __init__(self) -> None:
        self.end = 0
        self._settled = False  # whether the first hidden text has been met
        self._clicks = False

    def may_start(self, effect: Effect, around: Place, inside: Place) -> bool:
        """Tell whether an element, the first of a page that may have text, hides it as a preheader."""
        hides = inside.gone and around.shown and not around.preheader
        return effect.preheader and hides and not self._settled

    def meet(self, tag: str) -> None:
        """Meet an element inside the one that may be the preheader."""
        self._clicks = self._clicks or tag in elements.CLICKED

    def hear(self, source: str) -> None:
        """Meet text of the source inside it, a template's tags too."""
        self._settled = self._settled or not source.isspace()

    def ends(self, text: str) -> bool:
        """Tell, where its element ends, whether what it showed is a preheader."""
        shown = without_padding(text)
        words = _WORD.findall(masked_template(shown).masked.replace(MASK, " "))
        found = not self._clicks and len(words) >= _FEWEST_WORDS and len(shown) <= _LONGEST
        self.end, self._clicks = (len(text) if found else 0), False
        return found

    def unless_repeated(self, text: str, blocks: Sequence[Block], subject: str) -> Sequence[Block]:
        """Return the blocks without the preheader where the subject or the body says the same."""
        own = [block for block in blocks if block.end <= self.end]
        others = [block for block in blocks if block.end > self.end]
        said = folded(" ".join(text[block.start : block.end] for block in own))
        rest = (text[block.start : block.end] for block in others if block.kind != "quote")
        return others if said and said in folded(" ".join((subject, *rest))) else blocks


def without_padding(text: str) -> str:
    """Return a preheader without what keeps the words of the body out of the list of mails.

    Examples
    --------
    >>> without_padding("We moved. . . . . ."), without_padding("Save 20% (today) -")
    ('We moved.', 'Save 20% (today)')
    """
    said = _SAID.match(masked_template(text).masked)
    return text[: said.end()] if said else ""
