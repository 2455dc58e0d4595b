"""The files of a model: only those that its configuration vouches for by their sha256 are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clientvoice.digests import sha256
from clientvoice.errors import ModelError

MAX_FILE_BYTES = 256_000_000


def check_file(folder: Path, name: str, digest: str) -> None:
    """Refuse a file that is missing, changed, too large or outside of the model's folder.

    Raises
    ------
    ModelError
    """
    path = folder / name
    if Path(name).name != name:
        raise ModelError(f"{folder / 'config.json'}: file name {name!r} leaves the model's folder; refused.")
    if not path.is_file():
        raise ModelError(f"{path}: missing; a model needs every file that its config.json names.")
    if path.stat().st_size > MAX_FILE_BYTES:
        raise ModelError(f"{path}: {path.stat().st_size} bytes, the limit is {MAX_FILE_BYTES}; refused.")
    if (got := sha256(path)) != digest:
        raise ModelError(
            f"{path}: sha256 {got[:12]}…, expected {digest[:12]}…; the file is damaged or was changed."
        )


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of an ``.npz`` file; pickles, huge archives and odd numbers are refused.

    Raises
    ------
    ModelError
    """
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:  # a zip may unpack to anything: look before reading
            total = sum(item.file_size for item in archive.infolist())
        if total > MAX_FILE_BYTES:
            raise ModelError(f"{path}: unpacks to {total} bytes, the limit is {MAX_FILE_BYTES}; refused.")
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (ValueError, zipfile.BadZipFile) as error:  # numpy says ValueError where it meets a pickle
        raise ModelError(f"{path}: not a file of plain arrays ({error}); refused.") from error
    for name, array in arrays.items():
        # numpy gives the bytes of a member that is no array
        if not isinstance(array, np.ndarray) or array.dtype.kind != "f" or not np.isfinite(array).all():
            raise ModelError(f"{path}: array {name!r} is not made of finite floats; the model is damaged.")
    return arrays


def take(arrays: dict[str, NDArray[Any]], name: str, shape: tuple[int, ...]) -> NDArray[Any]:
    """Return one array, of the shape that is expected.

    Raises
    ------
    ModelError
    """
    if name not in arrays or arrays[name].shape != shape:
        got = arrays[name].shape if name in arrays else "nothing"
        raise ModelError(f"arrays.npz: {name!r} is {got}, expected shape {shape}; retrain with this version.")
    return arrays[name]
