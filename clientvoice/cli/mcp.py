"""``clientvoice mcp``: the tools analyze and rewrite for agents, over standard input and output."""

from __future__ import annotations

from clientvoice.cli.options import Config, OwnModel, Rules
from clientvoice.cli.outcomes import DONE


def mcp(model: OwnModel = None, rules: Rules = None, config: Config = None) -> int:
    """Serve an agent the tools analyze and rewrite by the Model Context Protocol.

    An agent starts it and speaks with it over standard input and output. The tools
    take text and return structured results; they open no file and no connection.
    It needs the extra mcp.

    Exit code 0: the agent ended it. 2: wrong usage.

    Example: clientvoice mcp

    Example: clientvoice mcp --model accurate
    """
    from pathlib import Path

    from clientvoice.integrations.mcp import make_server
    from clientvoice.integrations.voices import Voices

    make_server(Voices(model, rules, config).at(Path.cwd())).run("stdio")
    return DONE
