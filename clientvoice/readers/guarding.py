"""The last guard: whatever a file makes a parser throw becomes a row that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clientvoice.errors import InputError
from clientvoice.readers.characters import one_line
from clientvoice.readers.folder import reason_of
from clientvoice.readers.formats import READABLE
from clientvoice.readers.origin import Origin
from clientvoice.records import Failure, Message


def guarded(read: Callable[[], Iterator[Message | Failure]], origin: Origin) -> Iterator[Message | Failure]:
    """Yield what is read; an error ends it with a failure in its place.

    Examples
    --------
    >>> def read():
    ...     raise ValueError("odd")
    >>> [failure.code for failure in guarded(read, Origin("a.eml"))]
    ['damaged']
    """
    try:
        yield from read()
    except InputError as error:
        yield Failure(origin.name, error.code, str(error), origin.path)
    except OSError as error:
        yield origin.failure("unreadable", f"{reason_of(error)}; check that you may read it")
    except RecursionError:
        yield origin.failure("too_deep", "nested too deep to be read; save it again, simpler")
    except Exception as error:  # noqa: BLE001 - nothing that a file holds makes a reader raise
        what = one_line(f"{type(error).__name__}: {error}"[:300])
        yield origin.failure(
            "damaged", f"damaged beyond reading ({what}); expected {READABLE}. Please report it"
        )
