"""A table of labelled text: every wrong value is told by its line, none is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from clientvoice.arguments import a_type, is_blank
from clientvoice.errors import ConfigError, InputError
from clientvoice.readers.tables.lines import BadLine
from clientvoice.readers.tables.named import table_records, unguarded
from clientvoice.records import CUES, FRAMES

SENDER_COLUMNS = ("org", "sender", "group")
"""Where the sender of a row is looked for; the first that names anybody counts."""
MESSAGE_COLUMN = "id"
"""What keeps the rows of one message together where no sender is named."""
CUE_COLUMN = "cues"

Name = TypeVar("Name", bound=str)


@dataclass(frozen=True, slots=True)
class LabelColumns:
    """Which columns of a table hold what.

    ``group`` names who sent a row; ``None`` takes the first of ``org``, ``sender``
    and ``group`` that names anybody.
    """

    text: str = "text"
    label: str = "label"
    group: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """One row of a table that has a label: ``record`` is all of it, ``where`` names its line."""

    record: Mapping[str, Any]
    where: str
    text: str
    label: str
    group: str


@dataclass(frozen=True, slots=True)
class LabelledRows:
    """What a table of labels holds.

    Parameters
    ----------
    path : Path
    rows : tuple of LabelledRow
        Rows with a label. Where no sender is named, each is a group of its own.
    unlabelled : int
        Rows whose label is empty, as ``clientvoice suggest-labels`` writes them.
    has_groups : bool
        Whether any labelled row names its sender.
    """

    path: Path
    rows: tuple[LabelledRow, ...]
    unlabelled: int
    has_groups: bool

    def require(self, column: str, what_for: str) -> None:
        """Refuse rows of which none has a column.

        Raises
        ------
        ConfigError
            With the columns that there are.
        """
        records = [row.record for row in self.rows]
        if records and not any(column in record for record in records):
            raise ConfigError(_lacking(self.path, f"{column!r} {what_for}", column, records[0]))


def read_labelled(path: Path, columns: LabelColumns | None = None) -> LabelledRows:
    r"""Read the rows of a JSON Lines, CSV, TSV, Excel or Parquet table that have a label.

    Parameters
    ----------
    path : Path
    columns : LabelColumns, optional
        Where they were chosen; remedies then name the options that choose them.

    Raises
    ------
    ConfigError
        If the table lacks a column or is of another kind.
    InputError
        If a row cannot be read or has no text, or the label is empty in every row.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder) / "mine.csv"
    ...     _ = table.write_text("text,label,org\nWe ring you first.,client,Oak\nBuy now,,\n")
    ...     found = read_labelled(table)
    >>> found.rows[0].label, found.rows[0].group, found.unlabelled
    ('client', 'Oak', 1)
    """
    chosen = columns or LabelColumns()
    rows: list[LabelledRow] = []
    unlabelled, named = 0, False
    for line, record in _records(path, chosen, optional=columns is not None):
        if is_blank(record[chosen.label]):
            unlabelled += 1
            continue
        where = f"{path}, line {line}"
        sender = _first(record, (chosen.group,) if chosen.group else SENDER_COLUMNS)
        named = named or sender is not None
        group = sender or _first(record, (MESSAGE_COLUMN,)) or f"line {line}"
        text = _text(record[chosen.text], chosen.text, where)
        rows.append(LabelledRow(record, where, text, str(record[chosen.label]).strip(), group))
    if unlabelled and not rows:
        option = (
            " there, or name the column that holds the labels with --label-column." if columns else " there."
        )
        raise InputError(
            "too_few",
            f"{path}: the column {chosen.label!r} is empty in every row. Write {', '.join(FRAMES)}{option}",
        )
    return LabelledRows(path, tuple(rows), unlabelled, named)


def one_of(given: str, known: Sequence[Name], where: str) -> Name:
    """Return a label as it is called; capitals do not count.

    Examples
    --------
    >>> one_of("Client", FRAMES, "mine.csv, line 2")
    'client'
    >>> one_of("sale", FRAMES, "a.csv")
    Traceback (most recent call last):
    clientvoice.errors.InputError: a.csv: label 'sale', expected one of client, customer, neutral, or nothing.
    """
    for name in known:
        if given.lower() == name:
            return name
    raise InputError(
        "bad_label",
        f"{where}: label {given[:60]!r}, expected one of {', '.join(known)}, or nothing."
        f"{meant(given, known)}",
    )


def cues_of(row: LabelledRow) -> tuple[str, ...]:
    """Return the cues of a row: a list, or names with spaces, commas or semicolons between."""
    given = row.record.get(CUE_COLUMN)
    if is_blank(given):
        return ()
    parts = given.replace(";", " ").replace(",", " ").split() if isinstance(given, str) else given
    if not isinstance(parts, list | tuple):
        raise InputError("bad_row", f"{row.where}: cues are {a_type(given)}, expected names.")
    return checked_cues((str(cue).strip().lower() for cue in parts), row.where)


def checked_cues(cues: Iterable[str], where: str) -> tuple[str, ...]:
    """Return cues, each once, or tell which of them is none."""
    found = tuple(dict.fromkeys(cues))
    for cue in found:
        if cue not in CUES:
            expected = ", ".join(CUES)
            raise InputError(
                "bad_cue",
                f"{where}: unknown cue {cue[:60]!r}, expected one of {expected}.{meant(cue, CUES)}",
            )
    return found


def meant(given: str, known: Sequence[str]) -> str:
    """Return which of the known names was meant, if one is near, as a sentence behind others.

    Examples
    --------
    >>> meant("txt", ["text", "label"])
    " Did you mean 'text'?"
    """
    lower = {name.lower(): name for name in reversed(known)}
    close = get_close_matches(given.lower(), lower, n=1)
    return f" Did you mean {lower[close[0]]!r}?" if close else ""


def _records(path: Path, columns: LabelColumns, *, optional: bool) -> Iterator[tuple[int, Mapping[str, Any]]]:
    first = True
    for line, found in table_records(path, wanted=(columns.text, columns.label)):
        if isinstance(found, BadLine):
            raise InputError("bad_row", f"{path}, line {line}: {found.text.rstrip('.')}.")
        for option, wanted in (("text", columns.text), ("label", columns.label), ("group", columns.group)):
            if wanted is None or wanted in found:
                continue
            if not first:  # only in JSON Lines
                raise InputError("bad_row", f"{path}, line {line}: no {wanted!r}, expected it in every row.")
            remedy = (
                f"Name it with --{option}-column." if optional else f"Rename the right one to {wanted!r}."
            )
            raise ConfigError(f"{_lacking(path, repr(wanted), wanted, found)} {remedy}")
        first = False
        yield line, found


def _lacking(path: Path, what: str, column: str, record: Mapping[str, Any]) -> str:
    """Say that a table lacks a column, which it has, and which of these was meant."""
    names = [str(name)[:60] for name in record][:40]
    known = ", ".join(map(repr, names)) or "none"
    return f"{path}: no column {what}. Columns: {known}.{meant(column, names)}"


def _text(value: Any, column: str, where: str) -> str:
    if is_blank(value):
        raise InputError(
            "bad_row", f"{where}: a label but no text in {column!r}; fill it in or drop the row."
        )
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InputError("bad_row", f"{where}: {column!r} is {a_type(value)}, expected a text.")
    return unguarded(str(value).strip())  # spreadsheets make numbers of sentences such as 2024


def _first(record: Mapping[str, Any], columns: Iterable[str]) -> str | None:
    """Return what the first of the columns says that names anybody: blanks and null are nobody's name."""
    return next((str(record[name]) for name in columns if not is_blank(record.get(name))), None)
