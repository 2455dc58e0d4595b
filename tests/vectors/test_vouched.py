from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from clientvoice.digests import sha256
from clientvoice.errors import ModelError
from clientvoice.vectors import vouched


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    np.savez(tmp_path / "arrays.npz", weights=np.ones((2, 3), dtype=np.float16))
    return tmp_path


def test_a_file_as_vouched_for_is_accepted(folder: Path) -> None:
    vouched.check_file(folder, "arrays.npz", sha256(folder / "arrays.npz"))


@pytest.mark.parametrize("name", ["../arrays.npz", "sub/arrays.npz"])
def test_a_name_that_leaves_the_folder_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(ModelError, match="leaves the model's folder"):
        vouched.check_file(folder, name, "0" * 64)


def test_the_configuration_is_named_that_vouches(folder: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.txt: missing.*its config\.json names"):
        vouched.check_file(folder, "gone.txt", "0" * 64)


def test_a_file_too_large_is_refused_unread(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vouched, "MAX_FILE_BYTES", 10)
    with pytest.raises(ModelError, match="the limit is 10"):
        vouched.check_file(folder, "arrays.npz", "0" * 64)
    with pytest.raises(ModelError, match="unpacks to"):
        vouched.read_arrays(folder / "arrays.npz")


def test_arrays_are_taken_by_name_and_shape(folder: Path) -> None:
    arrays = vouched.read_arrays(folder / "arrays.npz")
    assert vouched.take(arrays, "weights", (2, 3)).sum() == 6
    with pytest.raises(ModelError, match=r"'weights' is \(2, 3\), expected shape \(3,\)"):
        vouched.take(arrays, "weights", (3,))
    with pytest.raises(ModelError, match="'other' is nothing"):
        vouched.take(arrays, "other", (1,))


@pytest.mark.parametrize("array", [np.array([{}], dtype=object), np.array([np.inf]), np.array(["a"])])
def test_what_is_no_plain_number_is_refused(tmp_path: Path, array: np.ndarray) -> None:
    np.savez(tmp_path / "odd.npz", odd=array)
    with pytest.raises(ModelError):
        vouched.read_arrays(tmp_path / "odd.npz")


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(b"PK")
    with pytest.raises(ModelError, match="not a file of plain arrays"):
        vouched.read_arrays(tmp_path / "a.npz")
    with zipfile.ZipFile(tmp_path / "b.npz", "w") as archive:
        archive.writestr("code.npy", b"import os")
    with pytest.raises(ModelError):
        vouched.read_arrays(tmp_path / "b.npz")
