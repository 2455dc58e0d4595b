from __future__ import annotations

import os
import subprocess
import sys

import pytest

import clientvoice
from clientvoice.cli.commands import COMMANDS

HEAVY = {
    "sklearn",
    "scipy",
    "spacy",
    "pandas",
    "onnxruntime",
    "numpy",
    "joblib",
    "jinja2",
    "turbohtml",
    "py3langid",
}


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["score", "--help"], ["label", "--help"]])
def test_help_and_version_import_nothing_heavy(imported_by, args):
    told, imported = imported_by(*args)
    assert told
    assert not HEAVY & imported


def test_the_module_is_the_command_line():
    shown = subprocess.run(
        [sys.executable, "-m", "clientvoice", "--version"], capture_output=True, text=True, check=True
    )
    assert shown.stdout == f"clientvoice {clientvoice.__version__}\n"


def test_help_names_every_command(run):
    result = run("--help")
    assert result.exit_code == 0
    assert all(name in result.output for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_tells_its_exit_codes_apart(run, name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Usage: clientvoice " + name in result.output


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in {"lsp", "mcp"}])
def test_every_command_that_ends_can_answer_in_json(run, name):
    assert "--json" in run(name, "--help").output  # the two others speak JSON-RPC


def test_no_command_is_wrong_usage_and_shows_help(run):
    result = run()
    assert result.exit_code == 2
    assert "score" in result.output


def test_a_mistyped_command_is_told_what_was_meant(run):
    result = run("scroe", ".")
    assert result.exit_code == 2
    assert "No such command 'scroe'. Did you mean 'score'?" in result.output


def test_a_mistyped_option_is_told_what_was_meant(run):
    result = run("score", ".", "--jbos", "2")
    assert result.exit_code == 2
    assert "--jobs" in result.output


def test_a_value_of_the_wrong_type_is_told_what_was_expected(run):
    result = run("score", ".", "--fail-under", "low")
    assert result.exit_code == 2
    assert "--fail-under" in result.output


@pytest.mark.skipif(sys.platform == "win32", reason="processor time of children is not told here")
def test_help_takes_under_a_third_of_an_import_of_scikit_learn():
    def seconds(*args: str) -> float:
        """Processor time, which a busy machine does not stretch as it does the clock."""
        before = os.times()
        subprocess.run([sys.executable, *args], capture_output=True, check=True)
        after = os.times()
        return sum(after[2:4]) - sum(before[2:4])

    shown = min(seconds("-m", "clientvoice", "--help") for _ in range(2))
    assert shown < min(seconds("-c", "import sklearn") for _ in range(2)) / 3
