"""Merge tags: masked so that no parser stumbles over ``{{ a<b }}``, and put back by offset."""

from __future__ import annotations

import re

from clientvoice.readers.tags import TAG

MASK = "\ue000"
"""What stands for each character of a masked merge tag."""

_TAG = re.compile(TAG)

# Tags that steer the template and show nothing.
_CONTROL = re.compile(
    r"\{\{[~-]?\s{0,9}(?:[#/^!]|(?:else|end|if|range|with|block|define|template)\b)(?:(?!\{\{)[^\n]){0,200}?\}\}"
    r"|\{%(?:(?!\{%)[^\n]){1,200}?%\}"
    r"|\*\|(?:IF|IFNOT|ELSE|ELSEIF|END|INTERESTED|MC:SUBJECT|MC_PREVIEW_TEXT)\b[^|\n]{0,80}\|\*"
    r"|%%\[[^%\n]{1,80}%%"
    r"|<%(?!=)(?:(?!<%)[^\n]){1,200}?%>"
    r"|<\?(?!=|php echo)(?:(?!<\?)[^\n]){1,200}?\?>"
)


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


def unmask(masked: str, source: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Put the merge tags of ``source`` back into ``masked``, which has its length.

    Examples
    --------
    >>> source = "Hi *|FNAME|*"
    >>> unmask(*mask(source)[:1], source, mask(source)[1]) == source
    True
    """
    pieces: list[str] = []
    cursor = 0
    for start, end in spans:
        pieces += (masked[cursor:start], source[start:end])
        cursor = end
    pieces.append(masked[cursor:])
    return "".join(pieces)


def shown_span(text: str) -> tuple[int, int]:
    """Return where a line shows something: without steering tags and space at its ends.

    Examples
    --------
    >>> shown_span("{% if vip %} Hello {{name}} {% endif %}")
    (13, 27)
    """
    start, end = 0, len(text)
    for match in _CONTROL.finditer(text):
        if text[start : match.start()].strip():
            break
        start = match.end()
    for match in reversed(list(_CONTROL.finditer(text, start))):
        if text[match.end() : end].strip():
            break
        end = match.start()
    shown = text[start:end]
    return start + len(shown) - len(shown.lstrip()), end - len(shown) + len(shown.rstrip())


def without_controls(text: str) -> str:
    """Leave out the tags that steer a template, such as ``{% if vip %}`` or ``*|END:IF|*``.

    Examples
    --------
    >>> without_controls("{{#if vip}}Thank you{{/if}}")
    'Thank you'
    """
    return _CONTROL.sub("", text)
