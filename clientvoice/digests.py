"""What a file holds, in one number: who vouches for it and who looks for changes compare the same."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256(path: Path) -> str:
    """Return the hex digest of a file.

    Raises
    ------
    OSError
        If it cannot be read.

    Examples
    --------
    >>> len(sha256(Path(__file__)))
    64
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
