"""Where the house style stands: ``clientvoice.toml``, or a table in ``pyproject.toml``, found upward."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from contextlib import suppress
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
        (one, (first, *_)), (other, (second, *_)), *_ = found
        remedy = "Take their folders apart, or choose one style for all by --config FILE."
        if one.path and other.path:
            raise ConfigError(f"two house styles: {one.path} and {other.path}. {remedy}")
        bare = first if one.path is None else second
        raise ConfigError(f"{one.path or other.path} is no house style of {bare}, which has none. {remedy}")
    return found[0][0] if found else HouseStyle()


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
    styles: dict[Path | None, HouseStyle] = {}
    homes: dict[Path | None, list[Path]] = {}
    for place in places:
        style = find_style(place) or HouseStyle()
        styles.setdefault(style.path, style)
        homes.setdefault(style.path, []).append(place)
    return tuple((style, tuple(homes[path])) for path, style in styles.items())


def find_style(place: Path) -> HouseStyle | None:
    """Return the nearest house style at or above a file or folder, None where there is none.

    In one folder ``clientvoice.toml`` goes before ``pyproject.toml``.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "clientvoice.toml").write_text('disable = ["price"]')
    ...     find_style(Path(folder) / "drafts").disable
    ('price',)
    """
    start = Path(place).absolute()
    for folder in (start, *start.parents):
        own, shared = folder / OWN_FILE, folder / SHARED_FILE
        with suppress(PermissionError):  # what we may not look into is not ours
            if own.is_file():
                return read_style(own)
            if shared.is_file() and _names_us(shared):
                return read_style(shared)
    return None


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
