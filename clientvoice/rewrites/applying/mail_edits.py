"""Writes rewrites into a mail: each part that says the sentence, and the subject's field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientvoice.records import Message, Notice, Rewrite
from clientvoice.rewrites.applying.copies import (
    copies_notice,
    is_hidden,
    is_taken,
    occurrences,
    outside_tags,
    still_said,
)
from clientvoice.rewrites.applying.edits import (
    OF_PICTURE,
    CannotSplice,
    Difference,
    Edit,
    in_picture,
    replaced,
)
from clientvoice.rewrites.applying.encoded import ByteEdit, byte_edits, spliced, transferred, writable
from clientvoice.rewrites.applying.mails import BodyPart, Mail, as_read, with_subject
from clientvoice.rewrites.applying.outcome import Outcome, Placed, View
from clientvoice.rewrites.applying.splice import source_edits

_Span = tuple[int, int]


def mail_outcome(
    mail: Mail, message: Message, rewrites: Sequence[Rewrite], *, copies: bool = False
) -> Outcome:
    """Write rewrites into the parts of a mail that say these sentences, with ``copies`` also where hidden.

    Raises
    ------
    CannotSplice
        If one of them cannot be written where the reader sees it.
    """
    subject = next((block.end for block in message.blocks if block.kind == "subject"), 0)
    heads = [rewrite for rewrite in rewrites if rewrite.start < subject]
    changes, views, notices = _subject(mail, message.text[:subject], heads) if heads else ([], [], [])
    placed = [Placed(rewrite.start, rewrite.end, rewrite.text) for rewrite in heads]
    wanted: dict[str, list[tuple[_Span, str]]] = {}
    missing: dict[str, int] = {}
    left = 0
    for rewrite in rewrites:
        twins = list(_hidden(mail, message, subject, rewrite)) if copies else []
        for of_part, there, here in twins:
            if is_taken(here, placed):
                continue
            placed.append(Placed(*here, rewrite.text))
            wanted.setdefault(of_part, []).append((there, rewrite.text))
        left += not twins and still_said(message, rewrite.original)
        if rewrite.start < subject:
            continue
        part, span, words, number = _seen(mail, message, subject, rewrite)
        placed.append(Placed(rewrite.start, rewrite.end, words))
        wanted.setdefault(part.number, []).append((span, words))
        for other in mail.parts:
            if other.shown:
                continue
            twin = _twin(other, rewrite.original, number)
            if twin:
                wanted.setdefault(other.number, []).append((twin, rewrite.text))
            else:
                missing[other.number] = missing.get(other.number, 0) + 1
    for part in mail.parts:
        if part.number not in wanted:
            continue
        try:
            change, view = _part_edit(mail, part, wanted[part.number])
        except CannotSplice:
            if part.shown:
                raise
            missing[part.number] = missing.get(part.number, 0) + len(wanted[part.number])
            continue
        changes.append(change)
        views.append(view)
    changes.sort()
    notices += _notices(mail, missing)
    notices += [copies_notice(left)] if left else []
    return Outcome(spliced(mail.data, changes), tuple(sorted(placed)), tuple(views), tuple(notices))


def reads_alike(found: str | None, expected: str) -> bool:
    r"""Tell whether two texts are the same but for the kinds of white space.

    Examples
    --------
    >>> reads_alike("Buy it\nsoon.", "Buy it soon."), reads_alike(None, "")
    (True, False)
    """
    return found is not None and found.split() == expected.split()


def _subject(
    mail: Mail, text: str, rewrites: Sequence[Rewrite]
) -> tuple[list[ByteEdit], list[View], list[Notice]]:
    after = replaced(text, [Difference(it.start, it.end, it.text) for it in rewrites])
    change = ByteEdit(*with_subject(mail, after))
    return [change], [View("subject", text, after)], []


def _seen(
    mail: Mail, message: Message, body: int, rewrite: Rewrite
) -> tuple[BodyPart, _Span, str, tuple[int, int]]:
    """Return the part that says a sentence, where, in which words, and the how-manieth of how many it is.

    What is hidden does not count.
    """
    seen = [place for place in _places(mail, message, body, rewrite) if not is_hidden(message, place[0])]
    starts = [here[0] for here, _, _ in seen]
    if rewrite.start not in starts:
        raise CannotSplice("the sentence was not found in the part of the mail that it comes from")
    which = starts.index(rewrite.start)
    _, part, span = seen[which]
    words = writable(rewrite.text, part.file.target, "text") if part.syntax == "text" else rewrite.text
    return part, span, words, (which, len(seen))


def _hidden(mail: Mail, message: Message, body: int, rewrite: Rewrite) -> Iterator[tuple[str, _Span, _Span]]:
    """Yield where a page says a sentence once more, hidden: the part, where in it and in the message."""
    for here, part, span in _places(mail, message, body, rewrite):
        shown = part.syntax == "text" or not is_hidden(message, here)
        if not shown and outside_tags(part.message, span, part.file.text):
            yield part.number, span, here


def _places(mail: Mail, message: Message, body: int, rewrite: Rewrite) -> list[tuple[_Span, BodyPart, _Span]]:
    """Return where a message says a sentence: in its text, and in which part where; nothing if in doubt."""
    here = occurrences(message.text, rewrite.original, body)
    there = [
        (part, span)
        for part in mail.parts
        if part.shown
        for span in occurrences(part.message.text, rewrite.original)
    ]
    if len(here) != len(there):
        return []
    return [(place, part, span) for place, (part, span) in zip(here, there, strict=True)]


def _twin(part: BodyPart, sentence: str, number: tuple[int, int]) -> _Span | None:
    """Return where an alternative says the same sentence, if it does so as often; what is hidden apart."""
    spans = occurrences(part.message.text, sentence)
    found = [span for span in spans if not is_hidden(part.message, span)]
    return found[number[0]] if len(found) == number[1] else None


def _part_edit(mail: Mail, part: BodyPart, wanted: Sequence[tuple[_Span, str]]) -> tuple[ByteEdit, View]:
    text, file = part.message.text, part.file
    edits: list[Edit] = []
    goal: list[Difference] = []
    for span, words in sorted(wanted):
        if in_picture(part.message, *span):
            raise CannotSplice(OF_PICTURE)
        fitting = writable(words, file.target, "text") if part.syntax == "text" else words
        goal.append(Difference(*span, fitting))
        edits += source_edits(text, file.text, part.message.source_map, span, fitting, part.syntax)
    written = [edit._replace(text=writable(edit.text, file.target, part.syntax)) for edit in edits]
    after = replaced(file.text, written)
    if not reads_alike(as_read(after, part.syntax).text, replaced(text, goal)):
        raise CannotSplice("the message would not read as it should")
    raw = mail.data[part.start : part.end]
    body = transferred(raw, part.encoding, byte_edits(file, written))
    kind = "html" if part.syntax == "html" else "plain"
    return ByteEdit(part.start, part.end, body), View(f"{part.number} text/{kind}", file.text, after)


def _notices(mail: Mail, missing: dict[str, int]) -> Iterator[Notice]:
    for part in mail.parts:
        if count := missing.get(part.number):
            kind = "HTML" if part.syntax == "html" else "plain text"
            yield Notice(
                "alternative_differs",
                f"The {kind} alternative (part {part.number}) does not say {count} of the rewritten "
                "sentences in the same words; it still says there what it said. Change it by hand.",
            )
    if mail.signed:
        yield Notice("signature", "The mail's DKIM signature no longer fits; sending it anew signs it anew.")
