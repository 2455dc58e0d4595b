"""What an estimator opens or remembers while it works, and no copy of it should carry."""

from __future__ import annotations

from typing import Any


class Forgetful:
    """Leaves attributes whose names begin with ``_live`` behind when it is copied or pickled.

    A worker process opens its own session and remembers for itself.
    """

    def __getstate__(self) -> dict[str, Any]:
        return {key: value for key, value in self.__dict__.items() if not key.startswith("_live")}
