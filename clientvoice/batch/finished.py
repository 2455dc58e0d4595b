"""What a finished run came to, so that a later one that would write the same files leaves them alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from clientvoice.batch.fingerprint import Fingerprint, fingerprint, unchanged
from clientvoice.batch.results import ResultStore
from clientvoice.digests import sha256
from clientvoice.readers import Found, Limits
from clientvoice.records import Failure


class Finished:
    """Tells whether the files of the last finished run are those that this one would write.

    They are where all that decides them is as it was: what is read, byte by byte, the
    settings, and the library; where the store has every result, so that none may come out
    otherwise now; and where nobody has touched them. In doubt they are not.

    Parameters
    ----------
    store : ResultStore
        Of the folder.
    files : sequence of Path
        Those that are there of all that such a run writes.
    taken : sequence of (Found, Fingerprint)
        The files that are read, and what they hold.
    key : str
        All that decides the files as one digest, empty where that cannot be told.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, ResultStore(Path(folder), "fast") as store:
    ...     place = Path(folder) / "messages.csv"
    ...     _ = place.write_text("id,label")
    ...     run = Finished.of(store, [place], [], Limits(), "fast")
    ...     before = run.stands()
    ...     run.keep({"messages.csv": sha256(place)})
    ...     as_it_was = run.stands()
    ...     _ = place.write_text("mine")
    ...     before, as_it_was, run.stands()
    (False, True, False)
    """

    def __init__(
        self, store: ResultStore, files: Sequence[Path], taken: Sequence[tuple[Found, Fingerprint]], key: str
    ) -> None:
        self._store = store
        self._files = files
        self._taken = taken
        self._key = key

    @classmethod
    def of(
        cls,
        store: ResultStore,
        files: Sequence[Path],
        found: Iterable[Found | Failure],
        limits: Limits,
        settings: str,
    ) -> Self:
        """Look at the files that are to be read; ``settings`` tells all else that decides what is written."""
        taken: list[tuple[Found, Fingerprint]] = []
        total = hashlib.sha256(settings.encode("utf-8", "surrogatepass"))
        known = True
        for entry in found:
            told: tuple[object, ...]
            if isinstance(entry, Failure):
                told = (entry.id, entry.code, entry.text, entry.path)
            elif mark := fingerprint(entry.path, limits):
                taken.append((entry, mark))
                told = (entry.name, mark.digest)
            else:  # too large to look at, or gone
                known = False
                continue
            total.update(repr(told).encode("utf-8", "backslashreplace") + b"\n")
        return cls(store, files, taken, total.hexdigest() if known else "")

    def stands(self) -> bool:
        """Tell whether the files are what this run would write, and may be left alone."""
        earlier = _read(self._store.finished())
        if not self._key or earlier.get("of") != self._key or earlier.get("files") != self._digests():
            return False
        kept = (self._store.kept(taken.digest, found.name) for found, taken in self._taken)
        return all(one is not None and one.whole for one in kept)

    def is_steady(self) -> bool:
        """Tell whether the files that are read are still as they were looked at."""
        return all(unchanged(found.path, taken) for found, taken in self._taken)

    def keep(self, written: Mapping[str, str]) -> None:
        """Note what this run has written: the sha256 of each file by its name."""
        if self._key and self.is_steady():
            with suppress(OSError):  # a full disk: what is written is written, and the next run writes anew
                self._store.note_finished(json.dumps({"of": self._key, "files": dict(written)}))

    def _digests(self) -> dict[str, str]:
        try:
            return {path.name: sha256(path) for path in self._files}
        except OSError:
            return {}  # which no run writes


def _read(told: str) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        found = json.loads(told)
        return found if isinstance(found, dict) else {}
    return {}
