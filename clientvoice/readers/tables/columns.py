"""Which columns of a table hold a message: named by the user, or guessed from their names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from clientvoice.errors import InputError

TEXT_OPTION, SUBJECT_OPTION = "--column", "--subject-column"
"""How a user names columns on the command line."""

_SHOWN = 40
_ODD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns that a user names; what is None is guessed from the header.

    Parameters
    ----------
    text, subject : str or None
        Names as the table has them, though capitals do not count.

    Examples
    --------
    >>> TableColumns(text="Email body").text
    'Email body'
    """

    text: str | None = None
    subject: str | None = None


GUESSED = TableColumns()
"""No column is named."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns of one table, by what they hold; ``texts`` best first."""

    texts: tuple[str, ...] = ()
    subject: str | None = None
    preheader: str | None = None
    sender: str | None = None
    date: str | None = None
    id: str | None = None


def known_names() -> frozenset[str]:
    """Return every name that is guessed, as :func:`plain_name` writes it.

    Examples
    --------
    >>> "subject line" in known_names()
    True
    """
    return frozenset(name for names in _names().values() for name in names)


def plain_name(name: str) -> str:
    """Return a column's name in lower case, words parted by one space.

    Examples
    --------
    >>> plain_name("Subject_Line ")
    'subject line'
    """
    return _ODD.sub(" ", name[:200]).strip().lower()


def choose(columns: TableColumns, names: Iterable[object], where: str) -> Chosen:
    """Return the columns that hold a message.

    Parameters
    ----------
    columns : TableColumns
    names : iterable
        The header of the table.
    where : str
        The table, for the error.

    Raises
    ------
    InputError
        If a named column is not there, or none can be guessed.

    Examples
    --------
    >>> choose(TableColumns(), ["Campaign ID", "Subject Line", "HTML"], "a.csv")
    Chosen(texts=('HTML',), subject='Subject Line', preheader=None, sender=None, date=None, id='Campaign ID')
    """
    given = [name for name in names if isinstance(name, str) and name.strip()]
    by_role = _by_role(given)
    texts = (*by_role["html"], *by_role["text"])
    subjects = (*by_role["subject"], *by_role["title"])
    if columns.text is not None:
        texts = (_named(columns.text, given, TEXT_OPTION, where),)
    if columns.subject is not None:
        subjects = (_named(columns.subject, given, SUBJECT_OPTION, where),)
    if not texts and (not subjects or subjects[0] in by_role["title"]):
        raise InputError(
            "unknown_columns",
            f"{where}: no column that is known to hold a message. Columns: {_listed(given)}. "
            f"Name the one with the text with {TEXT_OPTION}, that with the subject with {SUBJECT_OPTION}.",
        )
    rest = {role: (*by_role[role], None)[0] for role in ("preheader", "sender", "date", "id")}
    return Chosen(tuple(dict.fromkeys(texts)), (*subjects, None)[0], **rest)


def _by_role(names: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Map each role to the columns that have one of its names, the likeliest name first."""
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(plain_name(name), name)
    return {
        role: tuple(plain[known] for known in names if known in plain) for role, names in _names().items()
    }


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    text = files("clientvoice").joinpath("resources/readers/columns.toml").read_text("utf-8")
    return {role: tuple(names) for role, names in tomllib.loads(text).items()}


def _named(wanted: str, names: Sequence[str], option: str, where: str) -> str:
    if wanted in names:
        return wanted
    for name in names:
        if plain_name(name) == plain_name(wanted):
            return name
    close = get_close_matches(wanted.lower(), [name.lower()[:200] for name in names[:1_000]], n=1)
    near = next((name for name in names if close and name.lower() == close[0]), None)
    hint = f" Did you mean {near!r}?" if near else ""
    text = f"{where}: no column {wanted!r}. Columns: {_listed(names)}.{hint} Name it with {option}."
    raise InputError("unknown_columns", text)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:60]) for name in names[:_SHOWN]) or "none"
    return f"{shown} and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else shown
