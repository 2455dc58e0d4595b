"""The quality gate: pins, floors, and the command that updates them (``python tests/quality.py``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="module")
def gate() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(HERE)  # as `python tests/quality.py` has it
        yield import_module("behaviour.gate")


@pytest.fixture
def command(gate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command, with a record of its own and the fast model alone."""
    found = import_module("behaviour.command")
    for module in (gate, found):
        monkeypatch.setattr(module, "RECORD", tmp_path / "quality.json")
    monkeypatch.setattr(found, "is_shipped", lambda model: model == "fast")
    return found


@pytest.mark.parametrize("model", ["fast", "accurate"])
def test_the_gate_is_passed(gate: ModuleType, model: str) -> None:
    if not gate.is_shipped(model):
        pytest.skip(f"models/{model} does not exist here, so there is nothing to measure")
    problems = gate.problems(gate.read_record(), [gate.measure(model)])
    assert not problems, "\n".join(problems)


def test_a_record_pins_no_model_that_is_not_shipped(gate: ModuleType) -> None:
    assert [model for model in gate.read_record()["models"] if not gate.is_shipped(model)] == []


def test_floors_stand_a_little_under_what_was_reached(gate: ModuleType) -> None:
    for pinned in gate.read_record()["models"].values():
        assert pinned["suites"].keys() == pinned["figures"].keys()
        assert all(floor <= pinned["figures"][name] for name, floor in pinned["suites"].items())


def test_another_model_is_told(gate: ModuleType) -> None:
    other = replace(gate.measure("fast"), digest="f" * 64)
    record = gate.updated(gate.read_record(), gate.measure("fast"), allow_regression=True)
    assert gate.problems(record, [gate.measure("fast")]) == []
    (problem,) = gate.problems(record, [other])
    assert problem.startswith("fast: digest ffffffffffff") and "tests/quality.py --update" in problem


def test_other_data_is_told(gate: ModuleType) -> None:
    record = {"models": {}, "data": {**gate.data_digests(), "natural": "0" * 64}}
    (problem,) = gate.data_problems(record, gate.data_digests())
    assert "'natural'" in problem and "retrain" in problem and "--update" in problem


def test_a_suite_without_a_floor_is_told(gate: ModuleType) -> None:
    record = {"models": {"fast": {"digest": "d", "suites": {"gone": 0.5, "kept": 0.5}}}, "data": {}}
    (problem,) = gate.pin_problems(record, "fast", "d", ["kept", "new"])
    assert "gone, new" in problem
    (problem,) = gate.pin_problems({"models": {}, "data": {}}, "fast", "d", ["kept"])
    assert problem.startswith("fast: shipped, but not in quality.json")


def _measured(gate: ModuleType, **values: float) -> object:
    outcomes = [gate.Outcome(name, name, value, 100, ("it failed",)) for name, value in values.items()]
    return gate.Measured("fast", "d", tuple(outcomes))


def test_a_fall_is_told_with_its_sentences(gate: ModuleType) -> None:
    record = gate.updated({"models": {}, "data": {}}, _measured(gate, typos=0.9))
    (fallen,) = _measured(gate, typos=0.8).outcomes
    assert gate.floor_problem(record, "fast", fallen) == (
        "fast: the floor is 88.0%, reached was\ntypos: 80.0% of 100\n  it failed"
    )


def test_floors_rise_and_do_not_sink(gate: ModuleType) -> None:
    record: dict = {"models": {}, "data": {}}
    floors = []
    for value in (0.90, 0.95, 0.94):
        record = gate.updated(record, _measured(gate, typos=value))
        floors.append(record["models"]["fast"]["suites"]["typos"])
    assert floors == [0.88, 0.93, 0.93]
    assert record["models"]["fast"]["figures"] == {"typos": 0.94}


def test_a_floor_is_lowered_only_on_an_explicit_word(gate: ModuleType) -> None:
    record = gate.updated({"models": {}, "data": {}}, _measured(gate, typos=0.9, brands=0.9))
    with pytest.raises(gate.RegressionError, match=r"fast: typos: floor 0\.880, reached 0\.8"):
        gate.updated(record, _measured(gate, typos=0.8, brands=0.9))
    with pytest.raises(gate.RegressionError, match="it is gone"):
        gate.updated(record, _measured(gate, typos=0.9))
    lowered = gate.updated(record, _measured(gate, typos=0.8, brands=0.89), allow_regression=True)
    assert lowered["models"]["fast"]["suites"] == {"typos": 0.78, "brands": 0.88}


def test_a_promised_floor_is_never_lowered(gate: ModuleType) -> None:
    with pytest.raises(gate.RegressionError, match=r"promised 0\.980, reached 0\.970"):
        gate.updated({"models": {}, "data": {}}, _measured(gate, reader_nouns=0.97), allow_regression=True)


def test_the_command_pins_checks_and_refuses(
    command: ModuleType, gate: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main([]) == 1
    assert "fast: shipped, but not in quality.json" in capsys.readouterr().err
    assert command.main(["--update"]) == 0
    assert "| Negation | 60 |" in capsys.readouterr().out
    assert command.main(["--failures"]) == 0
    assert "fast: Negation: " in capsys.readouterr().out

    record = json.loads(gate.RECORD.read_text("utf-8"))
    record["models"]["fast"]["suites"]["negation"] = 1.01
    gate.RECORD.write_text(json.dumps(record), "utf-8")
    assert command.main(["--update"]) == 1
    assert "Nothing was written" in capsys.readouterr().err
    assert json.loads(gate.RECORD.read_text("utf-8")) == record
    assert command.main(["--update", "--allow-regression"]) == 0


def test_the_command_names_a_missing_model(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["--model", "accurate"])
    assert "there is no models/accurate" in capsys.readouterr().err
