"""Memory: a bound for a worker, and less work for the collector of a long run."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path


def settled() -> None:
    """Tell the collector that all that is loaded by now stays: it need not look through it again.

    A model with its libraries is a million objects, and looking through them again and
    again took a quarter of the time of a run. Only for a process that is ours.
    """
    gc.collect()
    gc.freeze()


@lru_cache(maxsize=1)
def bounded_memory(megabytes: int | None) -> None:
    """Let this process take so much more memory than it has now, where the system can count it (Linux)."""
    if megabytes is None:
        return
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
        most = pages * os.sysconf("SC_PAGE_SIZE") + megabytes * 1_000_000
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard < 0 else min(most, hard), hard))
