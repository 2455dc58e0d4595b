"""What the servers for editors and agents do before a word is spoken; needs no extra."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from clientvoice.cli import app


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
def test_help_imports_nothing_heavy(imported_by, command):
    told, imported = imported_by(command, "--help")
    assert "Example: clientvoice " + command in told
    assert not {"pygls", "lsprotocol", "mcp", "spacy", "numpy"} & imported


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
