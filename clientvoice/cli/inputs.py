"""What a check reads, and by whose house style: each file by the nearest above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from clientvoice.cli.wanted import EXCLUDED, wanted
from clientvoice.errors import ConfigError
from clientvoice.house import HouseStyle, styles_for
from clientvoice.readers import STDIN, Found, Limits
from clientvoice.records import Failure
from clientvoice.reports.page.template import counted

_UNKNOWN = frozenset({"skipped_unknown", "skipped_hidden", "skipped_link"})


@dataclass(frozen=True)
class Inputs:
    """What is to be read.

    Parameters
    ----------
    paths : tuple of Path
    stdin_name : str or None
        Read standard input as a file of this name.
    max_bytes : int
    own : tuple of Path
        Files that the run writes itself, which it never reads.
    """

    paths: tuple[Path, ...]
    stdin_name: str | None = None
    max_bytes: int = 20_000_000
    own: tuple[Path, ...] = ()

    @cached_property
    def limits(self) -> Limits:
        """The bounds of the readers."""
        return Limits(max_bytes=self.max_bytes)

    @property
    def from_stdin(self) -> bool:
        """Whether standard input is read."""
        return self.stdin_name is not None or Path(STDIN) in self.paths

    @property
    def places(self) -> tuple[Path, ...]:
        """Where the house style is looked for."""
        return (Path(self.stdin_name or ""),) if self.from_stdin else self.paths

    def checked(self) -> Inputs:
        """Return the inputs, or raise a ConfigError where they do not go together."""
        if self.from_stdin and set(self.paths) - {Path(STDIN)}:
            raise ConfigError(
                "standard input is checked alone: leave out the other paths, or - and --stdin-filename."
            )
        if not (self.paths or self.from_stdin):
            raise ConfigError("nothing to check. Name files or folders, or - for standard input.")
        return self


Share = tuple[HouseStyle, Sequence[Found | Failure]]
"""A house style, and the files that are read by it."""


def shares_of(inputs: Inputs, config: Path | None) -> list[Share]:
    """Return the files by their house styles; one that two named places hold goes with the nearer."""
    styles = styles_for(inputs.places, config)
    if inputs.from_stdin:
        return [(house, ()) for house, _ in styles]
    homes = {place.resolve(): house for house, places in styles for place in places}
    shares: list[Share] = []
    for house, places in styles:
        found = _found(replace(inputs, paths=places), house)
        shares.append((house, [entry for entry in found if _home(entry, homes, house) is house]))
    _check_found(inputs, [entry for _, found in shares for entry in found])
    _check_choice(shares)
    return shares


def _home(entry: Found | Failure, homes: Mapping[Path, HouseStyle], otherwise: HouseStyle) -> HouseStyle:
    if isinstance(entry, Failure) or len(homes) < 2:
        return otherwise
    path = entry.path.resolve()
    return next((homes[place] for place in (path, *path.parents) if place in homes), otherwise)


def _found(inputs: Inputs, house: HouseStyle) -> list[Found | Failure]:
    from clientvoice.readers import find_files

    own = frozenset(path.resolve() for path in inputs.own)
    named = frozenset(inputs.paths)
    return [
        wanted(entry, house, named)
        for entry in find_files(inputs.paths, limits=inputs.limits)
        if isinstance(entry, Failure) or entry.path.resolve() not in own
    ]


def _check_found(inputs: Inputs, found: Sequence[Found | Failure]) -> None:
    missing = [entry.text for entry in found if isinstance(entry, Failure) and entry.code == "not_found"]
    if missing and len(missing) == len(found):
        raise ConfigError(" ".join(missing[:5]))
    if all(isinstance(entry, Failure) and entry.code in _UNKNOWN for entry in found):
        places = ", ".join(str(path) for path in inputs.paths[:5])
        raise ConfigError(f"nothing to check in {places}. Expected mails, pages, Markdown or text.")


def _check_choice(shares: Sequence[Share]) -> None:
    """Refuse house styles that leave nothing to check: one wrong glob would let everything pass."""
    entries = [(house, entry) for house, found in shares for entry in found]
    failed = [(house, entry) for house, entry in entries if isinstance(entry, Failure)]
    left_out = [(house, entry) for house, entry in failed if entry.code == EXCLUDED]
    unknown = sum(entry.code in _UNKNOWN for _, entry in failed)
    if left_out and len(left_out) == len(entries) - unknown:
        house, first = left_out[0]
        keys = " and ".join(key for key in ("include", "exclude") if getattr(house, key))
        raise ConfigError(
            f"nothing to check: {keys} in {house.path} left out {counted(len(left_out), 'file')}, "
            f"such as {first.id}. Correct the globs, or name a file outright to have it read."
        )
