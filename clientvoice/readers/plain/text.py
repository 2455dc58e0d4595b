"""Reads plain text: paragraphs, unwrapped lines, bullets, headings, quotes and signatures.

The text keeps the length of the source, character for character, so that every
offset is an offset into what the user gave. In a template the tags that steer it
become spaces; in files, whose offsets the source map tells, they are cut out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from clientvoice.readers.characters import fold, one_line
from clientvoice.readers.plain import blocks as plain_blocks
from clientvoice.readers.plain.tags import without_tags
from clientvoice.readers.templates.steering import blanked, steering
from clientvoice.records import Block, Message, Run, SourceMap

_HEADER = re.compile(
    r"[ ]{0,3}(Subject|From|Sender|Date|To|Preheader|Preview text):[ ]{0,9}(?=\S)", re.IGNORECASE
)
_HEADER_LINES = 6


def text_message(
    source: str,
    *,
    id: str = "<text>",  # noqa: A002 - the field of the record has this name
    subject: str | None = None,
    sender: str | None = None,
    date: str | None = None,
    path: str | None = None,
    part: str | None = None,
    cut_tags: bool = False,
) -> Message:
    r"""Read plain text.

    Without a subject given, the message's text has the length of the source and
    the same offsets: only line breaks inside a wrapped paragraph and odd spaces
    become spaces. A first line ``Subject: …`` is read as the subject. A subject
    that is given stands before the text, which then begins two characters later.

    Parameters
    ----------
    source : str
    id, subject, sender, date, path, part
        Fields of the message.
    cut_tags : bool
        Whether tags that steer a template are cut out, rather than turned to spaces.

    Returns
    -------
    Message

    Examples
    --------
    >>> message = text_message("We will ring you\nbefore anything changes.\n\n- Free parking")
    >>> message.text
    'We will ring you before anything changes.\n\n- Free parking'
    >>> [(message.text[block.start : block.end], block.kind) for block in message.blocks]
    [('We will ring you before anything changes.', 'paragraph'), ('Free parking', 'bullet')]
    """
    text = fold(source)
    tags = tuple(tag for tag in steering(source) if tag.kind == "steers")
    text = blanked(text, tags)
    headers, body = ({}, 0) if subject is not None else _headers(text)
    blocks, wraps = plain_blocks.find(text, body)
    text = _with_spaces(text, wraps)
    sender = sender or _value(text, headers, "from") or _value(text, headers, "sender")
    if "subject" in headers:
        blocks = [Block(*headers["subject"], "subject"), *blocks]
    text, blocks, kept = without_tags(text, blocks, tags, cut=cut_tags)
    if "subject" in headers:
        subject_shown: str | None = one_line(text[blocks[0].start : blocks[0].end])
        head = ""
    else:
        subject_shown = one_line(subject or "") or None
        head = f"{subject_shown}\n\n" if subject_shown and text else subject_shown or ""
        blocks = _behind(subject_shown, head, blocks)
    shift = len(head)
    runs = tuple(Run(run[0] + shift, run[1] + shift, run[2], run[3]) for run in kept)
    return Message(
        id=id,
        text=head + text,
        blocks=tuple(blocks),
        format="text",
        subject=subject_shown,
        sender=sender,
        date=date,
        path=path,
        source=source,
        source_map=SourceMap(runs),
        part=part,
    )


def _headers(text: str) -> tuple[dict[str, tuple[int, int]], int]:
    """Return where ``Subject:``, ``From:`` … at the top have their values, and where the body starts."""
    found: dict[str, tuple[int, int]] = {}
    position = len(text) - len(text.lstrip())
    position = text.rfind("\n", 0, position) + 1
    for _ in range(_HEADER_LINES):
        newline = text.find("\n", position)
        end = len(text) if newline < 0 else newline
        match = _HEADER.match(text, position, end)
        if match is None:
            break
        found.setdefault(match[1].lower(), (match.end(), match.end() + len(text[match.end() : end].rstrip())))
        position = min(end + 1, len(text))
    following = text[position : position + 1000].partition("\n")[0]
    if "subject" not in found or not text[position:].strip() or (len(found) == 1 and following.strip()):
        return {}, 0
    return found, position


def _value(text: str, headers: dict[str, tuple[int, int]], name: str) -> str | None:
    return text[slice(*headers[name])] if name in headers else None


def _with_spaces(text: str, wraps: Sequence[int]) -> str:
    """Turn the line breaks at ``wraps`` into spaces."""
    pieces: list[str] = []
    start = 0
    for wrap in wraps:
        pieces.append(text[start:wrap])
        start = wrap + 1
    pieces.append(text[start:])
    return " ".join(pieces)


def _behind(subject: str | None, head: str, blocks: list[Block]) -> list[Block]:
    """Shift the blocks behind a subject and put its block first."""
    if not subject:
        return blocks
    shifted = [Block(block.start + len(head), block.end + len(head), block.kind) for block in blocks]
    return [Block(0, len(subject), "subject"), *shifted]
