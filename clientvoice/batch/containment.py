"""Keep a fault in one message from ending the batch it is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from clientvoice.errors import ENDING, InputError
from clientvoice.records import Failure

Item = TypeVar("Item")
Result = TypeVar("Result")


def contained(
    work: Callable[[Sequence[Item]], Sequence[Result]],
    items: Sequence[Item],
    failed: Callable[[Item, BaseException], Failure],
) -> list[Result | Failure]:
    """Return one result per item; where the work raises, a failure stands in its place.

    Parameters
    ----------
    work : callable
        Takes items, gives as many results in the same order. It is tried on all
        items together, and on each alone when that fails.
    items : sequence
    failed : callable
        Makes the failure of one item from what it raised.

    Examples
    --------
    >>> halves = lambda numbers: [10 // n for n in numbers]
    >>> contained(halves, [5, 0], lambda n, error: Failure(str(n), "internal", str(error)))[0]
    2
    """
    if not items:
        return []
    together = _attempted(work, items)
    if not isinstance(together, BaseException):
        return list(together)
    if len(items) == 1:
        return [failed(items[0], together)]
    results: list[Result | Failure] = []
    for item in items:
        alone = _attempted(work, [item])
        results.append(failed(item, alone) if isinstance(alone, BaseException) else alone[0])
    return results


def failure_from(error: BaseException, *, name: str, path: str | None, doing: str) -> Failure:
    """Return the row that tells what went wrong with ``name`` while ``doing`` something to it.

    Examples
    --------
    >>> failure_from(OSError(5, "Input/output error"), name="a.eml", path="a.eml", doing="reading").code
    'unreadable'
    """
    if isinstance(error, InputError):
        return Failure(name, error.code, str(error), path)
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        return Failure(
            name, "unreadable", f"{name}: {reason} while {doing}. Check the file, then run again.", path
        )
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    remedy = "This is a fault in clientvoice; please report it with the message."
    return Failure(name, "internal", f"{name}: {what[:300]} while {doing}. {remedy}", path)


def _attempted(
    work: Callable[[Sequence[Item]], Sequence[Result]], items: Sequence[Item]
) -> Sequence[Result] | BaseException:
    try:
        results = work(items)
    except ENDING:
        raise
    except BaseException as error:  # noqa: BLE001  any fault is a row, never a stopped batch
        return error
    if len(results) != len(items):
        return RuntimeError(f"{len(results)} results for {len(items)} messages")
    return results
