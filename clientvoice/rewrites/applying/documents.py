"""A rewrite as edits of the document that holds its sentence, tried before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from clientvoice.records import Message, Rewrite
from clientvoice.rewrites.applying.edits import CannotSplice, Difference, Edit, Syntax, in_picture, replaced
from clientvoice.rewrites.applying.splice import source_edits


def edits_of(message: Message, rewrite: Rewrite, read: Callable[[str], Message]) -> tuple[Edit, ...]:
    """Return the edits of a message's source that make a rewrite of it, ascending.

    Parameters
    ----------
    message : Message
        A text, Markdown or HTML document.
    rewrite : Rewrite
        Of one of its sentences.
    read : callable
        Reads a source as the message was read.

    Returns
    -------
    tuple of Edit
        Empty where mark-up would be lost, or the document would not read as it should,
        and for the alternative text of a picture.

    Examples
    --------
    >>> from clientvoice.readers import read_text
    >>> message = read_text("Buy *it* now!", format="markdown")
    >>> rewrite = Rewrite(0, 11, "Buy it now!", "Buy it when you like.", (), (), "phrase", 1.0,
    ...                   0.9, 0.2, "neutral", True)
    >>> edits_of(message, rewrite, lambda source: read_text(source, format="markdown"))
    (Edit(start=9, end=12, text='when you like'), Edit(start=12, end=13, text='.'))
    """
    span = rewrite.start, rewrite.end
    if in_picture(message, *span):
        return ()
    syntax = cast("Syntax", message.format)
    try:
        edits = source_edits(message.text, message.source, message.source_map, span, rewrite.text, syntax)
    except CannotSplice:
        return ()
    after = read(replaced(message.source, edits))
    expected = replaced(message.text, [Difference(*span, rewrite.text)])
    return edits if after.text.split() == expected.split() else ()
