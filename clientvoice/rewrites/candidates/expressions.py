"""A pattern as it is written, read into words, gaps and choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clientvoice.rewrites.candidates.reading import read
from clientvoice.rewrites.candidates.words import lists
from clientvoice.rules.source import choices

KINDS = (
    "amount",
    "percent",
    "date",
    "link",
    "phone",
    "tag",
    "name",
    "number",
    "verb",
    "does",
    "thing",
    "rest",
    "pick",
)
LONGEST = 40
DEEPEST = 5
_PIECE = re.compile(r"\s+|\{([^{}]*)\}|<([^<>]*)>|\)\?|[()|]|[^\s(){}<>|]+|.")
_PICK = re.compile(r"pick(\d?):([^{}]+)")
_GAP = re.compile(r"([a-z]+)(\d?)(?::(\d{1,2})-(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark that stands for itself."""

    key: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap: its name and kind; for things how many words it takes, for picks which."""

    name: str
    kind: str
    least: int = 1
    most: int = 1
    options: tuple[tuple[Expression, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, or none where it is optional."""

    options: tuple[tuple[Expression, ...], ...]
    optional: bool = False


Expression = Word | Gap | Choice


def parse(text: str) -> tuple[Expression, ...]:
    """Read a pattern, or raise a ValueError that says what is wrong and what is allowed.

    Examples
    --------
    >>> word, gap = parse("buy {thing:1-3}")
    >>> word.key, gap.kind, gap.most
    ('buy', 'thing', 3)
    """
    open_options: list[list[list[Expression]]] = [[[]]]
    named: set[str] = set()
    for piece in _PIECE.finditer(text):
        told = piece.group()
        if told.isspace():
            continue
        if told == "(":
            open_options.append([[]])
            if len(open_options) > DEEPEST:
                raise ValueError(f"brackets are nested more than {DEEPEST} deep; write a pattern more")
        elif told in (")", ")?"):
            if len(open_options) == 1:
                raise ValueError("a bracket ) closes nothing; write (one|other)")
            options = tuple(tuple(option) for option in open_options.pop())
            if not all(options):
                raise ValueError("a choice is empty; write (one)? for what may be missing")
            open_options[-1][-1].append(Choice(options, told == ")?"))
        elif told == "|":
            if len(open_options) == 1:
                raise ValueError("| stands outside brackets; write (one|other)")
            open_options[-1].append([])
        else:
            open_options[-1][-1].extend(_read_piece(piece, named))
    if len(open_options) > 1:
        raise ValueError("a bracket ( is never closed; write (one|other)")
    if not open_options[0][0]:
        raise ValueError("the pattern is empty; write the words to find")
    return tuple(open_options[0][0])


def _read_piece(piece: re.Match[str], named: set[str]) -> Iterator[Expression]:
    if piece.group(1) is not None:
        yield _gap(piece.group(1), named)
    elif piece.group(2) is not None:
        entries = lists().choices
        if piece.group(2) not in entries:
            raise ValueError(f"no list is called <{piece.group(2)}>. {choices(piece.group(2), entries)}")
        yield Choice(tuple(tuple(_words(entry)) for entry in entries[piece.group(2)]))
    elif piece.group() in "{}<>":
        raise ValueError(
            f"a lone {piece.group()}; write a gap as {{thing}}, a list as <now>, and no gap inside another"
        )
    else:
        yield from _words(piece.group())


def _words(text: str) -> Iterator[Word]:
    for token in read(text):
        yield Word(token.key)


def _gap(told: str, named: set[str]) -> Gap:
    picked = _PICK.fullmatch(told)
    if picked is not None:
        return _pick(picked.group(1), picked.group(2), named)
    found = _GAP.fullmatch(told)
    if found is None or found.group(1) not in KINDS:
        raise ValueError(f"unknown gap {{{told}}}. {choices(told.split(':')[0], KINDS)}")
    kind, least, most = found.group(1), found.group(3), found.group(4)
    if kind == "pick":
        raise ValueError(f"{{{told}}}: write {{pick:one|other}} with the words that it takes")
    if least is not None and kind != "thing":
        raise ValueError(f"{{{told}}}: only {{thing}} takes a number of words, such as {{thing:1-4}}")
    name = _named(kind, found.group(2), named)
    low, high = int(least or 1), int(most or (8 if kind == "thing" else 1))
    if not 1 <= low <= high <= LONGEST:
        raise ValueError(f"{{{told}}}: write {{thing:least-most}} with 1 to {LONGEST} words")
    return Gap(name, kind, low, high)


def _pick(figure: str, told: str, named: set[str]) -> Gap:
    options = tuple(tuple(_words(option)) for option in told.split("|"))
    if not all(options):
        raise ValueError(f"{{pick:{told}}}: a choice is empty; write {{pick:one|other}}")
    return Gap(_named("pick", figure, named), "pick", options=options)


def _named(kind: str, figure: str, named: set[str]) -> str:
    name = kind + figure
    if name in named:
        raise ValueError(f"{{{name}}} stands twice; call the second one {{{kind}2}}")
    named.add(name)
    return name
