"""A language server: findings, reasons and rewrites in any editor, for Markdown, HTML and plain text.

Run it by ``clientvoice lsp``. It needs ``pip install 'clientvoice[lsp]'``. Positions
are in UTF-16 code units, which every client understands. Documents are read from
what the editor sends, never from the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clientvoice.errors import ConfigError
from clientvoice.integrations.session import PAUSE, Session
from clientvoice.integrations.shapes import NAME
from clientvoice.integrations.voices import Voices

if TYPE_CHECKING:
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer


def make_server(voices: Voices, *, pause: float = PAUSE) -> tuple[LanguageServer, Session]:
    """Return the server and its session, not yet started.

    Raises
    ------
    ConfigError
        If pygls is not installed.
    """
    try:
        from lsprotocol import types
        from pygls.lsp.server import LanguageServer
    except ImportError:
        raise ConfigError("the language server needs pygls 2: pip install 'clientvoice[lsp]'.") from None
    from clientvoice import __version__

    server = LanguageServer(NAME, __version__)
    session = Session(server, voices, pause)
    # pygls marks what it is given, which a bound method does not allow and a partial does.
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(partial(session.opened))
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(partial(session.closed))
    server.feature(types.TEXT_DOCUMENT_HOVER)(partial(session.hover))
    options = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)(partial(session.actions))
    server.feature(types.SHUTDOWN)(partial(session.end))
    features = server.protocol.fm
    # Ours follows changes by the protocol's line breaks; pygls breaks at U+2028 and others, too.
    features.add_builtin_feature(types.TEXT_DOCUMENT_DID_CHANGE, session.changed)
    features.add_builtin_feature(types.INITIALIZE, _in_utf16(features.builtin_features[types.INITIALIZE]))
    return server, session


def serve(model: str | None = None, *, rules: Path | None = None, config: Path | None = None) -> bool:
    """Serve one editor over standard input and output; return whether it said good-bye.

    Parameters
    ----------
    model, rules, config
        The model, the folder of own rules and the file of the house style; by
        default the house style at or above each document, and its model, else ``fast``.
    """
    server, session = make_server(Voices(model, rules, config))
    try:
        server.start_io()
    finally:
        session.close()
    return session.ended


def _in_utf16(initialize: Callable[[Any], Generator[Any, Any, Any]]) -> Callable[..., Any]:
    def settled(params: types.InitializeParams) -> Generator[Any, Any, Any]:
        if params.capabilities.general is not None:
            params.capabilities.general.position_encodings = None
        return (yield from initialize(params))

    return settled
