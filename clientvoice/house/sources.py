"""Where the house style stands: ``clientvoice.toml``, or a table in ``pyproject.toml``, found upward."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from clientvoice.errors import ConfigError
from clientvoice.house.fields import style_from
from clientvoice.house.settings import HouseStyle
from clientvoice.rules.source import RuleSource

OWN_FILE = "clientvoice.toml"
SHARED_FILE = "pyproject.toml"
LARGEST = 1_000_000
"""Bytes; settings are written by hand."""

_TOLD = 5
"""How many styles, and how many places of each, a refusal names."""

_TABLE = re.compile(rb"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*[\"']?clientvoice\b", re.MULTILINE)


def style_for(places: Iterable[Path], config: Path | None = None) -> HouseStyle:
    """Return the house style for what is to be read.

    Parameters
    ----------
    places : iterable of Path
        The files and folders to be read; each is searched upward.
    config : Path, optional
        The file to take instead.

    Raises
    ------
    ConfigError
        If a setting is wrong, or the places have different styles, or only some of them have one.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "clientvoice.toml").write_text('disable = ["price"]')
    ...     style_for([Path(folder) / "june.md", Path(folder) / "july.md"]).disable
    ('price',)
    """
    found = styles_for(places, config)
    if len(found) > 1:
        told = "; ".join(f"{style.path or 'none'} above {_listed(own)}" for style, own in found[:_TOLD])
        more = f"; and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        raise ConfigError(
            f"places of different house styles: {told}{more}. One run goes by one: "
            "give it the places of one style, or choose one for all by --config FILE."
        )
    return found[0][0] if found else HouseStyle()


def _listed(places: Sequence[Path]) -> str:
    """Return the first of these places, and how many there are besides."""
    more = f" and {len(places) - _TOLD} more" if len(places) > _TOLD else ""
    return ", ".join(map(str, places[:_TOLD])) + more


def styles_for(
    places: Iterable[Path], config: Path | None = None
) -> tuple[tuple[HouseStyle, tuple[Path, ...]], ...]:
    """Return the house styles of what is to be read, each with its places; one of them may be empty.

    Parameters
    ----------
    places : iterable of Path
        The files and folders to be read; each is searched upward.
    config : Path, optional
        The file to take for all of them instead.

    Raises
    ------
    ConfigError
        If a setting is wrong.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "clientvoice.toml").write_text('disable = ["price"]')
    ...     [(style.disable, len(own)) for style, own in styles_for([Path(folder), Path("/")])]
    [(('price',), 1), ((), 1)]
    """
    if config is not None:
        return ((read_style(config), tuple(places)),)
    holds = cache(_holds_style)  # the folders above many places are the same few
    homes: dict[Path | None, list[Path]] = {}
    for place in places:
        homes.setdefault(_nearest(place, holds), []).append(place)
    return tuple((read_style(path) if path else HouseStyle(), tuple(own)) for path, own in homes.items())


def style_files(place: Path) -> Iterator[Path]:
    """Yield the files that may hold the house style of a file or folder, the nearest first, there or not.

    Examples
    --------
    >>> [path.name for path in style_files(Path("/"))]
    ['clientvoice.toml', 'pyproject.toml']
    """
    start = Path(place).absolute()
    for folder in (start, *start.parents):
        yield from (folder / OWN_FILE, folder / SHARED_FILE)


def read_style(path: str | Path) -> HouseStyle:
    r"""Read one file of settings: ``[tool.clientvoice]`` of a ``pyproject.toml``, else all of it.

    Raises
    ------
    ConfigError
        With file, line, what was found, what is allowed and the remedy.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "clientvoice.toml"
    ...     _ = path.write_text('[thresholds]\npressure = 0.8')
    ...     dict(read_style(path).thresholds)
    {'pressure': 0.8}
    """
    path = Path(path)
    text = _text(path)
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ConfigError(
            f"{path}{f':{line[1]}' if line else ''}: not valid TOML: {error}. Mend the syntax."
        ) from None
    except RecursionError:
        raise ConfigError(f"{path}: tables or lists are nested too deeply. Settings are flat.") from None
    if path.name == SHARED_FILE:
        tool = table.get("tool", {})
        table = tool.get("clientvoice", {}) if isinstance(tool, dict) else {}
        text = _below_header(text)
    if not isinstance(table, dict):
        raise ConfigError(
            f"{path}: clientvoice is no table. Write [tool.clientvoice] and the settings below."
        )
    return style_from(RuleSource(path, text), table)


def _nearest(place: Path, holds: Callable[[Path], bool]) -> Path | None:
    """Return the nearest file that holds a house style, by what tells it of a file."""
    return next(filter(holds, style_files(place)), None)


def _holds_style(path: Path) -> bool:
    with suppress(PermissionError):  # what we may not look into is not ours
        return path.is_file() and (path.name == OWN_FILE or _names_us(path))
    return False


def _names_us(shared: Path) -> bool:
    """Tell whether a file that is also others' has our table; what is wrong in theirs is not our affair."""
    return shared.stat().st_size <= LARGEST and _TABLE.search(shared.read_bytes()) is not None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError(f"{path}: over {LARGEST:,} bytes, more than any house style needs.")
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 ({error.reason}). Save the file as UTF-8.") from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}. Check the path and its permissions.") from None


def _below_header(text: str) -> str:
    """Blank the lines before our table, so that a line is not looked for in another tool's settings."""
    header = _TABLE.search(text.encode())
    before = text.encode()[: header.start()].decode() if header else ""
    return "\n" * before.count("\n") + text[len(before) :]
