from __future__ import annotations

import pytest
import typer

from clientvoice.cli.outcomes import complain, complain_of, guarded, note
from clientvoice.errors import ConfigError
from clientvoice.records import Failure

HOSTILE = "\x1b]0;owned\x07\x1b[31mred\x9b2J\u202e"


@pytest.mark.parametrize("tell", [complain, note])
def test_what_steers_a_terminal_is_shown_and_lines_are_kept(capsys, tell):
    tell(f"{HOSTILE} one\n  two")
    told = capsys.readouterr().err
    assert not set("\x1b\x07\x9b\u202e") & set(told)
    assert told.endswith("one\n  two\n") and "␛[31mred" in told


def test_a_failure_is_one_short_line(capsys):
    complain_of(Failure("a.xlsx", "damaged", f"a\nerror: forged {HOSTILE}" + "x" * 5_000))
    told = capsys.readouterr().err
    assert told.startswith("error: a error: forged ␛") and told.endswith("…\n")
    assert told.count("\n") == 1 and len(told) < 600


def test_an_error_in_words_of_a_file_ends_a_command_without_steering_the_terminal(capsys):
    def command():
        raise ConfigError(f"{HOSTILE}: no such file.")

    with pytest.raises(typer.Exit) as end:
        guarded(command)()
    assert end.value.exit_code == 2
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ("explain", "{0}"),
        ("rewrite", "{0}"),
        ("suggest-labels", "{0}", "--out", "{1}/s.csv"),
        ("label", "{0}", "--out", "{1}/l.jsonl"),
    ],
)
def test_no_command_lets_a_file_steer_the_terminal(run, tmp_path, command):
    path = tmp_path / "\x1b]0;owned\x07\x1b[31mred.csv"
    try:
        path.write_text("text,id\n", encoding="utf-8")
    except OSError:
        pytest.skip("no such names here")
    result = run(*(part.format(path, tmp_path) for part in command), "--model", "fast")
    assert result.exit_code in (1, 2)
    assert "red.csv" in result.stderr and "\x1b" not in result.stderr + result.stdout
