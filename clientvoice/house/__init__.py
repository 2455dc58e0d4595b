"""The house: what one sender settles for all its copy, and what an author lets stand in one place.

:mod:`~clientvoice.house.settings` reads ``clientvoice.toml``;
:mod:`~clientvoice.house.suppressions` reads comments such as
``<!-- clientvoice: ignore pressure reason="legal text" -->``;
:mod:`~clientvoice.house.quiet` takes both to the sentences of a message.
"""

from clientvoice.house.quiet import quieted
from clientvoice.house.settings import HouseStyle
from clientvoice.house.sources import read_style, style_files, style_for, styles_for

__all__ = ["HouseStyle", "quieted", "read_style", "style_files", "style_for", "styles_for"]
