"""Known findings in a small file: only what is new fails, and what is gone is told.

An entry is path, cue, a hash of the sentence whatever its case and spacing, and
which of several equal ones it is; no words of the copy are stored. Paths are
relative to the folder of the file.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from clientvoice.errors import ConfigError
from clientvoice.reports.checks.findings import Finding
from clientvoice.reports.inert import encodable
from clientvoice.reports.saving import save

SCHEMA = 1
LARGEST = 50_000_000
"""Bytes; an entry takes about thirty."""

_ENTRY = re.compile(r"[0-9a-f]{16}(?:#[1-9]\d{0,8})?")

Entry = tuple[str, str, str]
"""Path, cue, and the hash of the words (with ``#2`` for the second equal sentence)."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings that are known.

    Parameters
    ----------
    folder : Path
        What its paths are relative to.
    entries : frozenset of (str, str, str)

    Examples
    --------
    >>> found = Finding("price", "mails/june.md", "mails/june.md", "Save now!", "Leads with a saving.")
    >>> known = Baseline(Path()).with_findings([found], checked=["mails/june.md"])
    >>> [one.known for one in known.marked([found])]
    [True]
    """

    folder: Path
    entries: frozenset[Entry] = field(default=frozenset(), repr=False)

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read a file that :meth:`write` made.

        Raises
        ------
        ConfigError
            If there is none, or it is not such a file.
        """
        try:
            if path.stat().st_size > LARGEST:
                raise _wrong(path, f"larger than {LARGEST:,} bytes")
            told = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            raise ConfigError(
                f"--baseline {path}: no such file. Make it by --write-baseline {path}, and commit it."
            ) from None
        except OSError as error:
            raise ConfigError(f"--baseline {path}: {error.strerror or error}. Check the path.") from None
        except (ValueError, RecursionError):
            raise _wrong(path, "not JSON") from None
        return cls(path.parent, frozenset(_entries(path, told)))

    def marked(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return findings with those marked that are known."""
        return tuple(
            replace(found, known=found.silenced is None and self._entry(found) in self.entries)
            for found in findings
        )

    def stale(self, findings: Iterable[Finding], checked: Collection[str]) -> int:
        """Count entries that are no longer found, of files that were checked or are gone."""
        still = {self._entry(found) for found in findings}
        return sum(self._is_due(entry[0], self._paths(checked)) for entry in self.entries - still)

    def with_findings(self, findings: Iterable[Finding], checked: Collection[str]) -> Baseline:
        """Return a baseline of these findings, and of what it knew of files that were not checked."""
        paths = self._paths(checked)
        fresh = {self._entry(found) for found in findings if found.silenced is None}
        kept = {entry for entry in self.entries if not self._is_due(entry[0], paths)}
        return replace(self, entries=frozenset(kept | fresh))

    def write(self, path: Path) -> None:
        """Write the file, all of it or nothing; the same entries give the same bytes."""
        files: dict[str, dict[str, list[str]]] = {}
        for place, cue, words in sorted(self.entries):
            files.setdefault(place, {}).setdefault(cue, []).append(words)
        save(path, json.dumps({"schema": SCHEMA, "findings": files}, indent=1, ensure_ascii=False) + "\n")

    def _entry(self, found: Finding) -> Entry:
        number = f"#{found.occurrence}" if found.occurrence > 1 else ""
        return self._place(found.path), encodable(found.rule), f"{found.words}{number}"

    def _place(self, path: str) -> str:
        return encodable(Path(os.path.relpath(path, self.folder)).as_posix())

    def _paths(self, checked: Collection[str]) -> frozenset[str]:
        return frozenset(self._place(path) for path in checked)

    def _is_due(self, place: str, checked: frozenset[str]) -> bool:
        return place in checked or not (self.folder / place).exists()


def _entries(path: Path, told: Any) -> Iterable[Entry]:
    if not isinstance(told, Mapping) or told.get("schema") != SCHEMA:
        raise _wrong(path, f"no baseline of schema {SCHEMA}")
    files = told.get("findings")
    if not isinstance(files, Mapping):
        raise _wrong(path, "without findings")
    for place, cues in files.items():
        for cue, words in cues.items() if isinstance(cues, Mapping) else (("", None),):
            if not isinstance(words, list) or not all(
                isinstance(it, str) and _ENTRY.fullmatch(it) for it in words
            ):
                raise _wrong(path, f"damaged at {place[:200]!r}")
            yield from ((place, cue, entry) for entry in words)


def _wrong(path: Path, problem: str) -> ConfigError:
    return ConfigError(f"--baseline {path}: {problem}, expected a file of --write-baseline. Write it anew.")
