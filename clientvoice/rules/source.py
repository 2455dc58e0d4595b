"""A rule file as text: where a key or a value stands in it, and how to complain about it."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clientvoice.errors import RuleError

LARGEST = 1_000_000
"""Bytes; a rule file is written by hand, and the largest shipped one has a hundredth of this."""


@dataclass(frozen=True, slots=True)
class RuleSource:
    """The text of one rule file."""

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path) -> RuleSource:
        """Read the file, or raise a RuleError that says why it cannot be read."""
        try:
            size = path.stat().st_size
            if size > LARGEST:
                raise RuleError(
                    f"{path}: {size:,} bytes. A rule file has {LARGEST:,} bytes at most; split it."
                )
            return cls(path, path.read_text(encoding="utf-8-sig"))
        except UnicodeDecodeError as error:
            raise RuleError(f"{path}: not UTF-8 ({error.reason}). Save the file as UTF-8.") from None
        except OSError as error:
            raise RuleError(
                f"{path}: {error.strerror or error}. Check the path and its permissions."
            ) from None

    def parse(self) -> dict[str, Any]:
        """Return the TOML as a dictionary."""
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            where = f":{line.group(1)}" if line else ""
            raise RuleError(f"{self.path}{where}: not valid TOML: {error}. Mend the syntax.") from None
        except RecursionError:
            raise RuleError(f"{self.path}: lists are nested too deeply. A pattern is a flat list.") from None

    def line_of_key(self, key: str, *, last: bool = False) -> int:
        """Return the line where ``key`` is set or opens a table; 1 if it cannot be found."""
        name = re.escape(key)
        found = re.compile(rf"[ \t]*(?:\[{{1,2}}[ \t]*)?(?:[\"']?){name}(?:[\"']?)[ \t]*(?:=|\]|\.)")
        return self._line(lambda line: found.match(line) is not None, last)

    def line_of_value(self, value: object, *, last: bool = False) -> int:
        """Return the line that holds ``value``; 1 if it cannot be found."""
        written = {json.dumps(value, ensure_ascii=False), f"'{value}'"}
        return self._line(lambda line: any(text in line for text in written), last)

    def error(self, line: int, problem: str, remedy: str) -> RuleError:
        """Return the error for a problem at a line of this file."""
        return RuleError(f"{self.path}:{line}: {problem}.\n{remedy}")

    def unknown(self, what: str, got: str, allowed: Iterable[str]) -> RuleError:
        """Return the error for an unknown key, with what is allowed and the nearest of it."""
        return self.error(self.line_of_key(got), f"unknown {what} {got!r}", f"{choices(got, allowed)}")

    def _line(self, wanted: Callable[[str], bool], last: bool) -> int:
        lines = [number for number, line in enumerate(self.text.splitlines(), start=1) if wanted(line)]
        return (lines[-1] if last else lines[0]) if lines else 1


def choices(got: str, allowed: Iterable[str]) -> str:
    """Return the allowed values and the nearest of them in words.

    Examples
    --------
    >>> choices("phrase", ["phrases", "why"])
    "Allowed: phrases, why. Did you mean 'phrases'?"
    """
    names = list(allowed)
    near = difflib.get_close_matches(got, names, n=1, cutoff=0.5)
    return f"Allowed: {', '.join(names)}." + (f" Did you mean {near[0]!r}?" if near else "")
