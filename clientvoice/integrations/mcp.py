"""Tools for agents by the Model Context Protocol: ``analyze`` and ``rewrite``.

Run it by ``clientvoice mcp``. It needs ``pip install 'clientvoice[mcp]'``. A tool
takes text and gives a bounded, typed result; it opens no file and no connection,
whatever the text says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientvoice.errors import ConfigError, InputError
from clientvoice.integrations.tools import (
    REWRITTEN,
    SENTENCES,
    Analysis,
    Form,
    Limit,
    Suggestions,
    Text,
    Tools,
)
from clientvoice.voice import ClientVoice

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.tools import Tool

_INSTRUCTIONS = (
    "Tells whether marketing copy speaks to customers or cares for clients, with reasons, and suggests "
    "rewrites that keep every fact. Both tools take the copy itself."
)
_ANALYZE = (
    "Score copy from 0 (sells to a customer) to 100 (cares for a client). Returns a label, probabilities and "
    f"the sentences with their cues and reasons (at most {SENTENCES}, customer sentences first), and which "
    "practices of care are there."
)
_REWRITE = (
    f"Suggest rewrites for the sentences of copy that speak to a customer (at most {REWRITTEN}). "
    "Facts, amounts, dates and names are kept and nothing new is promised. Apply only what is safe without "
    "asking; show the rest, with its warnings, to a person. Advice comes where no rewrite would be honest."
)


def make_server(voice: ClientVoice) -> MCPServer:
    """Return the server; ``run("stdio")`` serves one agent.

    Raises
    ------
    ConfigError
        If the package mcp is not installed.
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.server.mcpserver.tools import Tool
        from mcp.types import ToolAnnotations
    except ImportError:
        raise ConfigError("the agent's server needs mcp 2: pip install 'clientvoice[mcp]'.") from None
    from clientvoice import __version__

    tools = Tools(voice)

    def analyze(text: Text, format: Form = "text") -> Analysis:  # noqa: A002 - the name that agents see
        try:
            return tools.analyze(text, format)
        except InputError as error:
            raise ToolError(str(error)) from None

    def rewrite(text: Text, format: Form = "text", limit: Limit = 3) -> Suggestions:  # noqa: A002
        try:
            return tools.rewrite(text, format, limit)
        except InputError as error:
            raise ToolError(str(error)) from None

    pure = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    told = (
        Tool.from_function(analyze, title="Analyse copy", description=_ANALYZE, annotations=pure),
        Tool.from_function(rewrite, title="Rewrite copy for clients", description=_REWRITE, annotations=pure),
    )
    return MCPServer(
        "clientvoice",
        version=__version__,
        instructions=_INSTRUCTIONS,
        log_level="WARNING",
        tools=[_strict(tool) for tool in told],
    )


def _strict(tool: Tool) -> Tool:
    """Return a tool that refuses arguments that it does not have; by itself mcp passes over them."""
    loose = tool.fn_metadata.arg_model
    arguments: Any = type(loose.__name__, (loose,), {"model_config": {"extra": "forbid"}})
    metadata = tool.fn_metadata.model_copy(update={"arg_model": arguments})
    schema = arguments.model_json_schema(by_alias=True)
    return tool.model_copy(update={"fn_metadata": metadata, "parameters": schema})
