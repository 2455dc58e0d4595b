from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clientvoice.cli import doctor as doctor_module
from clientvoice.cli.doctor import doctor
from clientvoice.cli.outcomes import DONE, FLAWED
from clientvoice.store import load_model


def test_a_whole_installation_is_said_to_be_whole(capsys: pytest.CaptureFixture[str]) -> None:
    code = doctor(as_json=True)
    found = {(row["part"], row["name"]): row for row in json.loads(capsys.readouterr().out)}
    assert found["models", "accurate"]["state"] == found["models", "fast"]["state"] == "ok"
    assert found["rules", "rule book"]["told"].startswith("14 cues")
    wrong = [row for row in found.values() if row["state"] == "wrong"]
    assert code == (FLAWED if wrong else DONE)


def test_a_damaged_model_is_named_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "fast"
    shutil.copytree(Path(__file__).resolve().parents[2] / "models" / "fast", broken)
    arrays = broken / "arrays.npz"
    arrays.write_bytes(arrays.read_bytes()[:-10] + b"0123456789")
    monkeypatch.setattr(doctor_module, "MODELS", (str(broken),))
    with pytest.raises(Exception, match="damaged"):
        load_model(str(broken))
    assert doctor(as_json=False) == FLAWED
    told = capsys.readouterr().out
    assert "WRONG" in told
    assert "Install clientvoice again" in told


def test_a_shell_completes_commands() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "clientvoice"],
        env=os.environ
        | {"_CLIENTVOICE_COMPLETE": "complete_bash", "COMP_WORDS": "clientvoice ex", "COMP_CWORD": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["explain"]
