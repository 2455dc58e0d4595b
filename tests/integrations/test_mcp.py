"""The official client against a real server process."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

pytest.importorskip(
    "mcp.server.mcpserver", reason="mcp 2 is missing: the agent's server is NOT tested (extra mcp)"
)

import anyio
from mcp import Client, StdioServerParameters, stdio_client

from clientvoice.integrations.tools import LONGEST, MOST_REWRITES, SENTENCES, Tools
from clientvoice.voice import ClientVoice

MAIL = (
    "Hurry, buy your copy now and save 50%!\n\nRing me before you sign anything. The office is on Mill Lane."
)
PATIENCE = 120

# What the server may not do once it is up: whatever the text says, it only reads it.
GUARDED = """
import sys
def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec"):
        raise RuntimeError(event)
    if event == "open" and not isinstance(args[0], int):  # a number is a stream that is open already
        path, mode = str(args[0]), args[1] or ""
        if "secret" in path or set(mode) & set("wax+"):
            raise RuntimeError(f"{event} {path} {mode}")
from clientvoice.integrations.mcp import make_server
from clientvoice.integrations.voices import Voices
server = make_server(Voices("fast").at(None))
sys.addaudithook(refuse)
server.run("stdio")
"""


def session(work, *args: str):
    """Run ``work`` with a client of a server process."""

    async def main() -> None:
        # The client would pass on the streams of pytest, which are no files.
        with Path(os.devnull).open("w") as log, anyio.fail_after(PATIENCE):
            server = StdioServerParameters(command=sys.executable, args=list(args))
            async with Client(stdio_client(server, errlog=log)) as client:
                await work(client)

    anyio.run(main)


def test_an_agent_finds_and_calls_the_tools(fast: ClientVoice):
    found = Tools(fast).analyze(MAIL)

    async def work(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"analyze", "rewrite"}
        for tool in tools.values():
            assert tool.description and tool.output_schema
            assert tool.annotations.read_only_hint and not tool.annotations.open_world_hint
            assert tool.input_schema["properties"]["text"]["maxLength"] == LONGEST
            assert tool.input_schema["required"] == ["text"]
            assert tool.input_schema["properties"]["format"]["enum"] == ["text", "markdown", "html", "eml"]
            assert tool.input_schema["additionalProperties"] is False

        analysis = await client.call_tool("analyze", {"text": MAIL})
        assert not analysis.is_error
        told = analysis.structured_content
        assert (told["label"], told["score"]) == (found.label, found.score)
        assert [one["label"] for one in told["sentences"]] == ["customer", "client", "neutral"]
        assert [MAIL[one["start"] : one["end"]] for one in told["sentences"]] == [
            one["text"] for one in told["sentences"]
        ]
        assert told["sentences"][0]["cues"] and told["sentences"][0]["reason"]
        assert json.loads(analysis.content[0].text) == told
        page = await client.call_tool("analyze", {"text": f"<p>{MAIL}</p>", "format": "html"})
        assert page.structured_content["sentences"][0]["text"] == told["sentences"][0]["text"]

        rewritten = (await client.call_tool("rewrite", {"text": MAIL, "limit": 1})).structured_content
        (one,) = rewritten["sentences"]
        assert one["text"] == told["sentences"][0]["text"] and one["advice"]
        assert len(one["rewrites"]) <= 1
        assert all(better["customer_after"] < better["customer_before"] for better in one["rewrites"])
        page = await client.call_tool(
            "rewrite", {"text": f"<p><b>{MAIL}</b></p>", "format": "html", "limit": 1}
        )
        assert page.structured_content["sentences"] == rewritten["sentences"]
        assert page.structured_content["score"] == rewritten["score"]

    session(work, "-m", "clientvoice", "mcp", "--model", "fast")


def test_wrong_calls_get_clear_errors_and_texts_are_only_read():
    async def work(client: Client) -> None:
        for name, arguments, told in (
            ("analyze", {"text": "a" * (LONGEST + 1)}, f"expected at most {LONGEST:,}"),
            ("rewrite", {"text": "a " * LONGEST}, "Send it in parts"),
            ("analyze", {"text": " \n"}, "expected the copy itself"),
            ("analyze", {"text": "<p hidden>Hi</p>", "format": "html"}, "is the format right"),
            ("analyze", {"text": MAIL, "format": "pdf"}, "'text', 'markdown', 'html' or 'eml'"),
            ("analyze", {}, "text"),
            ("rewrite", {"text": MAIL, "limit": MOST_REWRITES + 1}, f"less than or equal to {MOST_REWRITES}"),
            ("rewrite", {"text": "<p hidden>Hi</p>", "format": "html"}, "is the format right"),
            ("analyze", {"text": MAIL, "from": "html"}, "from\n  Extra inputs are not permitted"),
            ("rewrite", {"text": MAIL, "most": 2}, "most\n  Extra inputs are not permitted"),
            ("delete", {"text": MAIL}, "delete"),
        ):
            answer = await client.call_tool(name, arguments)
            assert answer.is_error, name
            assert told in answer.content[0].text, answer.content[0].text
            assert "Traceback" not in answer.content[0].text
        for text in (
            "/home/jo/secret.txt",
            "file:///home/jo/secret.txt",
            "https://example.com/secret",
            "{{ 7 * 7 }} $(id)",
        ):
            answer = await client.call_tool("analyze", {"text": text})
            assert not answer.is_error
            assert answer.structured_content["sentences"][0]["text"] in text
        assert not (await client.call_tool("rewrite", {"text": MAIL})).is_error
        assert not (await client.call_tool("analyze", {"text": MAIL, "format": "eml"})).is_error

    session(work, "-c", GUARDED)


def test_results_are_bounded_and_what_matters_most_stays(fast: ClientVoice):
    tools = Tools(fast)
    text = "The office is on Mill Lane. " * (2 * SENTENCES) + "Hurry, buy your copy now!"
    found = tools.analyze(text)
    assert len(found.sentences) == SENTENCES
    assert found.sentences_left_out == SENTENCES + 1
    assert found.sentences[-1].label == "customer"
    many = tools.rewrite("Hurry, buy your copy now and save 50%! " * 200, limit=1)
    assert len(many.sentences) + many.sentences_left_out == 200
    assert many.sentences_left_out > 0
    assert [one.start for one in many.sentences] == sorted(one.start for one in many.sentences)
    assert tools.rewrite("The office is on Mill Lane.").sentences == []
