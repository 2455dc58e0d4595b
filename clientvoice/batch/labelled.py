"""A table of sentences that its user labelled: every wrong value is told by its line, none is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from clientvoice.arguments import a_type, is_blank
from clientvoice.batch.tables import CSV_SUFFIXES, JSON_SUFFIXES
from clientvoice.corpora.sentences import Example
from clientvoice.errors import ConfigError, InputError
from clientvoice.framing.model import CUES
from clientvoice.readers.tables.delimited import delimited_records
from clientvoice.readers.tables.json_lines import json_records
from clientvoice.readers.tables.lines import BadLine
from clientvoice.readers.tables.named import unguarded
from clientvoice.records import FRAMES, Frame

GROUP_COLUMN = "sender"
CUE_COLUMN = "cues"


@dataclass(frozen=True, slots=True)
class LabelColumns:
    """Which columns of a table hold what.

    ``group`` names who sent a sentence; ``None`` takes the column ``sender``
    where there is one.
    """

    text: str = "text"
    label: str = "label"
    group: str | None = None


@dataclass(frozen=True, slots=True)
class LabelTable:
    """What a table of labels holds.

    Parameters
    ----------
    examples : tuple of Example
        Rows with a label. Without senders, each is a group of its own.
    unlabelled : int
        Rows whose label is empty, as ``clientvoice suggest-labels`` writes them.
    has_groups : bool
        Whether any row names its sender.
    """

    examples: tuple[Example, ...]
    unlabelled: int
    has_groups: bool


def read_labels(path: Path, columns: LabelColumns) -> LabelTable:
    r"""Read a CSV, TSV or JSON Lines table of labelled sentences.

    Raises
    ------
    ConfigError
        If the table lacks a column or is of another kind.
    InputError
        If a row cannot be read or holds an unknown label or cue; the message names the line.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder) / "mine.csv"
    ...     _ = table.write_text("text,label\nWe ring you first.,client\nBuy now,\n")
    ...     found = read_labels(table, LabelColumns())
    >>> found.examples[0].label, found.unlabelled
    ('client', 1)
    """
    examples, unlabelled, named = [], 0, False
    try:
        for number, (line, record) in enumerate(_records(path, columns)):
            if number == 0 or path.suffix.lower() in JSON_SUFFIXES:
                _check_columns(record, columns, path)
            label = _label(record[columns.label], f"{path}, line {line}")
            if label is None:
                unlabelled += 1
                continue
            sender = record.get(columns.group or GROUP_COLUMN)
            named = named or not is_blank(sender)
            group = f"line {line}" if is_blank(sender) else str(sender)
            examples.append(_example(record, columns, label, group, f"{path}, line {line}"))
    except UnicodeError as error:
        raise InputError("unreadable", f"{path}: damaged text ({error}). Save the file as UTF-8.") from error
    except OSError as error:
        raise InputError("unreadable", f"{path}: {error.strerror or error}. Check the path.") from error
    if unlabelled and not examples:
        raise InputError(
            "too_few",
            f"{path}: the column {columns.label!r} is empty in every row. Write {', '.join(FRAMES)} there,"
            " or name the column that holds the labels with --label-column.",
        )
    return LabelTable(tuple(examples), unlabelled, named)


def _records(path: Path, columns: LabelColumns) -> Iterator[tuple[int, Mapping[str, Any]]]:
    suffix = path.suffix.lower()
    if suffix not in (*JSON_SUFFIXES, *CSV_SUFFIXES):
        known = ", ".join((*JSON_SUFFIXES, *CSV_SUFFIXES))
        raise ConfigError(f"{path}: got labels with the suffix {suffix!r}, expected one of {known}.")
    wanted = (columns.text, columns.label)
    with path.open("rb") as file:
        if suffix in JSON_SUFFIXES:
            rows = json_records(file)
        else:
            rows = delimited_records(file, wanted=wanted, required=wanted, tabs=suffix == ".tsv")
        for line, found in rows:
            if isinstance(found, BadLine):
                raise InputError("bad_row", f"{path}, line {line}: {found.text}")
            yield line, found


def _check_columns(record: Mapping[str, Any], columns: LabelColumns, path: Path) -> None:
    for option, wanted in (("text", columns.text), ("label", columns.label), ("group", columns.group)):
        if wanted is None or wanted in record:
            continue
        names = [str(name)[:60] for name in record][:40]
        raise ConfigError(
            f"{path}: no column {wanted!r}. Columns: {', '.join(map(repr, names)) or 'none'}."
            f"{_meant(wanted, names)} Name it with --{option}-column."
        )


def _label(value: Any, where: str) -> Frame | None:
    label = "" if value is None else str(value).strip().lower()
    if not label:
        return None
    if label not in FRAMES:
        raise InputError(
            "bad_label",
            f"{where}: label {str(value)[:60]!r}, expected one of {', '.join(FRAMES)}, or nothing."
            f"{_meant(label, FRAMES)}",
        )
    return FRAMES[FRAMES.index(label)]


def _example(
    record: Mapping[str, Any], columns: LabelColumns, label: Frame, group: str, where: str
) -> Example:
    text = record[columns.text]
    if not isinstance(text, str) or not text.strip():
        raise InputError(
            "bad_row", f"{where}: a label but no text in {columns.text!r}; fill it in or drop it."
        )
    given = record.get(CUE_COLUMN) or ()
    parts = given.replace(";", " ").replace(",", " ").split() if isinstance(given, str) else given
    if not isinstance(parts, list | tuple):
        raise InputError("bad_row", f"{where}: cues are {a_type(given)}, expected names.")
    cues = tuple(dict.fromkeys(str(cue).strip().lower() for cue in parts))
    for cue in cues:
        if cue not in CUES:
            expected = ", ".join(CUES)
            raise InputError(
                "bad_cue",
                f"{where}: unknown cue {cue[:60]!r}, expected one of {expected}.{_meant(cue, CUES)}",
            )
    return Example(unguarded(text.strip()), label, cues, group, "own")


def _meant(given: str, known: Sequence[str]) -> str:
    lower = {name.lower(): name for name in reversed(known)}
    close = get_close_matches(given.lower(), lower, n=1)
    return f" Did you mean {lower[close[0]]!r}?" if close else ""
