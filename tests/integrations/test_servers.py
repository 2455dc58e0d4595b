"""What the servers for editors and agents do before a word is spoken; needs no extra."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from clientvoice.cli import app

SHOWN = """
import sys
from clientvoice.cli import app
try:
    app(sys.argv[1:], prog_name="clientvoice")
except SystemExit as end:
    assert not end.code, end.code
print(*sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("command", "module", "remedy"),
    [
        ("lsp", "pygls.lsp.server", "pip install 'clientvoice[lsp]'"),
        ("mcp", "mcp.server.mcpserver", "pip install 'clientvoice[mcp]'"),
    ],
)
def test_a_missing_extra_is_named(monkeypatch, command, module, remedy):
    monkeypatch.setitem(sys.modules, module, None)
    result = CliRunner().invoke(app, [command, "--model", "fast"])
    assert result.exit_code == 2
    assert remedy in result.output


@pytest.mark.parametrize("command", ["lsp", "mcp"])
def test_help_imports_nothing_heavy(command):
    shown = subprocess.run(
        [sys.executable, "-c", SHOWN, command, "--help"], capture_output=True, text=True, check=True
    )
    assert "Example: clientvoice " + command in shown.stdout
    assert not {"pygls", "lsprotocol", "mcp", "spacy", "numpy"} & set(shown.stderr.split())


def test_a_wrong_model_is_told_to_whoever_starts_the_agents_server():
    pytest.importorskip("mcp.server.mcpserver", reason="mcp 2 is missing (extra mcp)")
    result = CliRunner().invoke(app, ["mcp", "--model", "no-such-model"])
    assert result.exit_code == 2
    assert "no-such-model" in result.output


@pytest.mark.parametrize(("command", "code"), [("lsp", 1), ("mcp", 0)])
def test_a_client_that_is_gone_ends_it(command, code):
    extra = {"lsp": "pygls.lsp.server", "mcp": "mcp.server.mcpserver"}[command]
    pytest.importorskip(extra, reason=f"the extra {command} is missing")
    ended = subprocess.run(
        [sys.executable, "-m", "clientvoice", command], input="", capture_output=True, text=True, timeout=120
    )
    assert (ended.returncode, ended.stdout) == (code, "")
    assert "Traceback" not in ended.stderr
