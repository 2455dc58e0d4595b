"""Standard input: kept as a file on disk, and read from there as any other."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from clientvoice.readers.limits import DEFAULT_LIMITS, Limits

STDIN = "-"
"""What stands for standard input on the command line."""
_PIECE = 1 << 20


def kept_stdin(stream: BinaryIO, path: Path, limits: Limits = DEFAULT_LIMITS) -> Path:
    """Write a stream to a file that is read as any other; what is over ``max_archive`` is too large there.

    Examples
    --------
    >>> import io, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kept_stdin(io.BytesIO(b"We will ring you first."), Path(folder) / "kept").read_bytes()
    b'We will ring you first.'
    """
    with path.open("xb") as kept:
        size = 0
        while size <= limits.max_archive and (piece := stream.read(_PIECE)):
            kept.write(piece)
            size += len(piece)
    return path
