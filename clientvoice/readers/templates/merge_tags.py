"""Merge tags: masked so that no parser stumbles over ``{{ a<b }}``, and found again by offset."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clientvoice.readers.templates.steering import Tag, steering
from clientvoice.readers.templates.tags import TAG

MASK = "\ue000"
"""What stands for each character of a masked merge tag."""

_TAG = re.compile(TAG)


@dataclass(frozen=True, slots=True)
class Template:
    """A source whose tags are masked, of the same length.

    Parameters
    ----------
    masked : str
    spans : tuple of (int, int)
        Where the merge tags stand, which show words.
    steers : tuple of Tag
        The tags, code and comments that show nothing.
    """

    masked: str
    spans: tuple[tuple[int, int], ...] = ()
    steers: tuple[Tag, ...] = ()


def masked_template(source: str) -> Template:
    """Mask every tag of a template: those that show words and those that steer.

    Examples
    --------
    >>> template = masked_template("{% if vip %}Hi {{name}}{% endif %}")
    >>> template.spans, [tag[:2] for tag in template.steers]
    (((15, 23),), [(0, 12), (23, 34)])
    """
    tags = steering(source)
    spans: list[tuple[int, int]] = []
    pieces: list[str] = []
    cursor = 0
    for start, end in (*(tag[:2] for tag in tags), (len(source), len(source))):
        masked, inside = mask(source[cursor:start])
        pieces += masked, MASK * (end - start)
        spans += ((cursor + first, cursor + last) for first, last in inside)
        cursor = end
    shown = (tag[:2] for tag in tags if tag.kind == "shows")
    steers = tuple(tag for tag in tags if tag.kind == "steers")
    return Template("".join(pieces), tuple(sorted((*spans, *shown))), steers)


def mask(source: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Replace every merge tag by as many private-use characters.

    Parameters
    ----------
    source : str
        HTML, Markdown or plain text.

    Returns
    -------
    tuple of str and tuple of (int, int)
        The masked text, of the same length, and where the tags stand.

    Examples
    --------
    >>> masked, spans = mask("Hi {{name}}!")
    >>> len(masked), spans
    (12, ((3, 11),))
    """
    spans: list[tuple[int, int]] = []
    pieces: list[str] = []
    cursor = 0
    for match in _TAG.finditer(source):
        start, end = match.span()
        spans.append((start, end))
        pieces += (source[cursor:start], MASK * (end - start))
        cursor = end
    if not spans:
        return source, ()
    pieces.append(source[cursor:])
    return "".join(pieces), tuple(spans)
