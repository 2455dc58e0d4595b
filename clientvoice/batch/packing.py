"""The results of one file as bytes: JSON, compressed, bounded both ways."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import NoReturn

from clientvoice.batch.codec import UnfitError, from_plain, to_plain
from clientvoice.records import Failure, MessageAnalysis

Result = MessageAnalysis | Failure

LARGEST = 128_000_000
"""Bytes of JSON beyond which results are not packed, and not unpacked."""

MOST_VALUES = 6_000_000
"""Commas and brackets in it: a small file of nothing else would fill the memory."""

PASSING = frozenset(
    {"damaged", "internal", "not_found", "not_installed", "timed_out", "unreadable", "worker_ended"}
)
"""Codes of failures that another run, on another day or with another limit, may not meet again."""


def pack(results: Sequence[Result]) -> bytes | None:
    """Return the results of one file as bytes, None where they are not to be kept.

    Examples
    --------
    >>> results = [Failure("a.eml", "empty", "a.eml: empty.", "a.eml")]
    >>> unpack(pack(results)) == results
    True
    """
    if any(isinstance(result, Failure) and result.code in PASSING for result in results):
        return None
    plain = [to_plain(result) for result in results]
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # A lone surrogate is lawful in a message; it is written as it is and read the same way.
    data = text.encode("utf-8", "surrogatepass")
    return zlib.compress(data, 1) if _is_bounded(data) else None


def unpack(data: bytes) -> list[Result]:
    """Return the results that :func:`pack` made bytes of.

    Raises
    ------
    UnfitError
        If the bytes hold anything else.
    """
    try:
        stream = zlib.decompressobj()
        raw = stream.decompress(data, LARGEST + 1)
        if not stream.eof or stream.unused_data or not _is_bounded(raw):
            raise UnfitError("damaged, or larger than results are")
        plain = json.loads(raw.decode("utf-8", "surrogatepass"), parse_constant=_refused)
        if not isinstance(plain, list):
            raise UnfitError("expected a list of results")
        return [from_plain(value) for value in plain]
    except UnfitError:
        raise
    except (zlib.error, ValueError, RecursionError) as error:
        raise UnfitError(f"no results: {error}") from error


def _is_bounded(data: bytes) -> bool:
    return len(data) <= LARGEST and data.count(b",") + data.count(b"[") + data.count(b"{") <= MOST_VALUES


def _refused(name: str) -> NoReturn:
    raise UnfitError(f"{name} is no number of a result")
