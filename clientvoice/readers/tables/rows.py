"""Tables as messages, a row each: CSV, JSON Lines, Excel and Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import Any, BinaryIO

from clientvoice.arguments import a_type
from clientvoice.errors import InputError
from clientvoice.readers.characters import one_line
from clientvoice.readers.formats import has_markup
from clientvoice.readers.html.page import html_message
from clientvoice.readers.mail.mails import no_text_notice
from clientvoice.readers.mail.preheader import with_preheader
from clientvoice.readers.origin import Origin
from clientvoice.readers.own_output import OWN, is_own_table
from clientvoice.readers.plain.text import text_message
from clientvoice.readers.tables.columns import Chosen, choose, known_names, plain_name
from clientvoice.readers.tables.delimited import delimited_records
from clientvoice.readers.tables.json_lines import json_records
from clientvoice.readers.tables.lines import BadLine
from clientvoice.readers.tables.parquet import parquet_records
from clientvoice.readers.tables.workbook import workbook_sheets
from clientvoice.records import Failure, Message

Record = dict[str, Any] | BadLine


def table_records(
    stream: BinaryIO,
    kind: str,
    origin: Origin,
    wanted: Callable[[Sequence[str]], Sequence[str]] | None = None,
) -> Iterator[tuple[str, Iterable[tuple[int, Record]]]]:
    """Yield the sheets of a table by title, "" where it has but one, with their numbered records.

    Parameters
    ----------
    stream : binary file
        At its start, and able to go back there.
    kind : {"csv", "tsv", "jsonl", "xlsx", "parquet"}
    origin : Origin
    wanted : callable, optional
        Takes the names of all columns and returns those to read, where the format can leave some out.
    """
    if kind == "xlsx":
        for number, (title, records) in enumerate(workbook_sheets(stream, origin)):
            yield title if number else "", records
    elif kind == "parquet":
        yield "", parquet_records(stream, origin, wanted or (lambda names: names))
    elif kind == "jsonl":
        yield "", json_records(stream)
    else:
        named = (origin.columns.text, origin.columns.subject)
        names = known_names().union(plain_name(name) for name in named if name)
        yield "", delimited_records(stream, wanted=names, tabs=kind == "tsv")


def read_table(stream: BinaryIO, kind: str, origin: Origin) -> Iterator[Message | Failure]:
    """Read a table, a message a row, with the ids ``name#1``, ``name#2``; on further sheets ``name#Title!1``.

    A body that has tags of HTML is read as HTML, any other as plain text; the
    source map leads into the cell. A row that cannot be read is a failure of its own.

    Parameters
    ----------
    stream : binary file
        At its start, and able to go back there.
    kind : {"csv", "tsv", "jsonl", "xlsx", "parquet"}
    origin : Origin
        Its ``columns`` say which to read.
    """
    empty, refused = True, None
    try:
        for title, records in table_records(stream, kind, origin, lambda names: _needed(origin, names)):
            try:
                for item in _read_sheet(records, title, origin):
                    empty = False
                    yield item
            except InputError as error:
                if error.code != "unknown_columns" or not (title or kind == "xlsx"):
                    raise
                refused = refused or error  # another sheet may hold the messages
    except UnicodeError:
        yield origin.failure("damaged", "damaged UTF-16; save the file as UTF-8")
        return
    if empty and refused:
        raise refused
    if empty:
        yield origin.failure("empty", "no rows; expected a header and a message a row")


def _needed(origin: Origin, names: Sequence[str]) -> Sequence[str]:
    if is_own_table(names):
        return names
    chosen = choose(origin.columns, names, origin.name)
    others = (chosen.subject, chosen.preheader, chosen.sender, chosen.date, chosen.id)
    return [*chosen.texts, *(name for name in dict.fromkeys(others) if name and name not in chosen.texts)]


def _read_sheet(
    records: Iterable[tuple[int, Record]], title: str, origin: Origin
) -> Iterator[Message | Failure]:
    rows = iter(records)
    ahead: list[tuple[int, Record]] = []
    first: dict[str, Any] | None = None
    for row in rows:
        ahead.append(row)
        if not isinstance(row[1], BadLine) or len(ahead) == 1_000:
            first = row[1] if not isinstance(row[1], BadLine) else None
            break
    if first is not None and is_own_table(first):
        yield origin.failure("skipped_own", OWN)
        return
    names = first.keys() if first is not None else {}.keys()
    chosen = choose(origin.columns, names, origin.name) if first is not None else Chosen()
    for number, (line, record) in enumerate(chain(ahead, rows), 1):
        its = origin.inside(f"{origin.name}#{title}!{number}" if title else f"{origin.name}#{number}")
        if isinstance(record, BadLine):
            yield its.failure("bad_row", f"line {line}: {record.text.rstrip('.')}")
            continue
        if record.keys() != names:  # only in JSON Lines
            try:
                names, chosen = record.keys(), choose(origin.columns, record, f"{its.name}, line {line}")
            except InputError as error:
                names = {}.keys()
                yield Failure(its.name, "bad_row", str(error), its.path)
                continue
        yield _message(record, chosen, line, its)


def _message(record: Mapping[str, Any], chosen: Chosen, line: int, origin: Origin) -> Message | Failure:
    column, body = next(
        ((name, text) for name in chosen.texts if (text := record.get(name)) not in (None, "")), (None, "")
    )
    if not isinstance(body, str):
        what = f"{column!r} is {a_type(body)}, expected a text"
        return origin.failure("bad_row", f"line {line}: {what}; name the column of the text with --column")
    subject = one_line(_text(record, chosen.subject))[: origin.limits.max_header]
    if not body.strip() and not subject:
        return origin.failure("no_text", f"line {line}: no text and no subject in this row; expected words")
    kind = "html" if has_markup(body) else "text"
    excess = origin.limits.excess(body, kind)
    if len(body) > origin.limits.max_bytes:
        excess = f"a text of more than {origin.limits.max_bytes:,} characters (max_bytes)"
    if excess:
        return origin.failure("too_large", f"line {line}: {excess}; split it, or raise the limit")
    sender, date = one_line(_text(record, chosen.sender)), _date(_text(record, chosen.date))
    part = _part(line, _text(record, chosen.id), column)
    if kind == "html":
        message = html_message(
            body, id=origin.name, subject=subject or None, sender=sender or None, date=date, path=origin.path,
            part=part,
        )  # fmt: skip
    else:
        message = text_message(
            body, id=origin.name, subject=subject or None, sender=sender or None, date=date, path=origin.path,
            part=part, cut_tags=True,
        )  # fmt: skip
    message = with_preheader(message, _text(record, chosen.preheader))
    if not message.blocks:
        return origin.failure("no_text", f"line {line}: no readable text in this row; expected words")
    return replace(message, notices=(*message.notices, *no_text_notice(message)))


def _text(record: Mapping[str, Any], name: str | None) -> str:
    value = record.get(name) if name else None
    return "" if value is None or isinstance(value, dict | list) else str(value)[:100_000]


def _date(text: str) -> str | None:
    """Return a date as ISO 8601, None where it is written in a way that could mean two days."""
    text = text.strip()[:80]
    try:
        found = datetime.fromisoformat(text)
        return found.isoformat() if len(text) > 10 else found.date().isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def _part(line: int, id_: str, column: str | None) -> str:
    pieces = (
        f"line {line}",
        f"id {one_line(id_)[:80]}" if id_.strip() else "",
        f"column {column}" if column else "",
    )
    return ", ".join(piece for piece in pieces if piece)
