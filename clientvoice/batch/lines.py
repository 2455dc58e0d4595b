"""Lines of a text file, as the readers count them, for a file that is named by its path."""

from __future__ import annotations

from pathlib import Path

from clientvoice.readers.tables.lines import LINE_LIMIT, BadLine, marked_encoding, numbered_lines

__all__ = ["LINE_LIMIT", "BadLine", "encoding_of", "numbered_lines"]


def encoding_of(path: Path) -> str:
    """Return ``utf-16`` where the file starts with its mark, else UTF-8 with or without a mark."""
    with path.open("rb") as file:
        return marked_encoding(file)
