"""``clientvoice lsp``: a language server for editors, over standard input and output."""

from __future__ import annotations

from clientvoice.cli.options import Config, OwnModel, Rules
from clientvoice.cli.outcomes import DONE, FLAWED


def lsp(model: OwnModel = None, rules: Rules = None, config: Config = None) -> int:
    """Serve an editor: findings while you write, reasons on hover, rewrites as quick fixes.

    An editor starts it; it reads Markdown, HTML and plain text as the editor sends
    them, and speaks the language server protocol over standard input and output.
    It needs the extra lsp.

    Exit code 0: the editor ended it. 1: it was cut off. 2: wrong usage.

    Example: clientvoice lsp

    Example: clientvoice lsp --model accurate
    """
    from clientvoice.integrations.lsp import serve

    return DONE if serve(model, rules=rules, config=config) else FLAWED
