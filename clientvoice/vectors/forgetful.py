"""What an estimator opens or remembers while it works, and no copy of it should carry."""

from __future__ import annotations

from typing import Any


class Forgetful:
    """Leaves attributes whose names begin with ``_live`` behind when it is copied or pickled.

    A worker process opens its own session and remembers for itself.
    """

    def __getstate__(self) -> dict[str, Any]:
        return {key: value for key, value in self.__dict__.items() if not key.startswith("_live")}

    def set_params(self, **params: Any) -> Any:
        """Set parameters, and forget what was opened under others."""
        for key in [key for key in self.__dict__ if key.startswith("_live")]:
            delattr(self, key)
        return super().set_params(**params)  # type: ignore[misc]
