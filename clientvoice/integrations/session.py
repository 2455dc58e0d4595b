"""One editor's session: the documents that it shows, their reviews, and when they are told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urlsplit

from clientvoice.errors import ClientVoiceError, InputError
from clientvoice.integrations.review import Review, review, syntax_of
from clientvoice.integrations.shapes import (
    NAME,
    diagnostic,
    place_of,
    quick_fix,
    range_of,
    takes_versions,
)
from clientvoice.integrations.utf16 import Lines, edited
from clientvoice.integrations.voices import Voices
from clientvoice.reports.inert import one_line, visible

if TYPE_CHECKING:
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer

PAUSE = 0.3
"""Seconds without a change after which a document is reviewed."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, eq=False, slots=True)
class OpenDocument:
    """One state of a document that the editor shows."""

    uri: str
    language: str
    version: int
    text: str

    @property
    def path(self) -> Path | None:
        """The file that it is, or None for one that was never saved or is not on this machine."""
        parts = urlsplit(self.uri)
        if parts.scheme != "file":
            return None
        from pygls.uris import to_fs_path

        found = to_fs_path(self.uri)
        return Path(found) if found else None

    @property
    def name(self) -> str:
        """What to call it."""
        return str(self.path or one_line(unquote(self.uri), 200))


@dataclass(frozen=True, slots=True)
class Told:
    """What came of reviewing: a review, or what was in the way (not empty: tell the user)."""

    review: Review | None
    problem: str = ""
    urgent: bool = False


class Session:
    """One editor's documents and what is said of them.

    Reviews are made one at a time in a thread of their own, so that the editor is
    answered meanwhile; only sentences that are new are scored.

    Parameters
    ----------
    server : LanguageServer
    voices : Voices
    pause : float
        Seconds without a change after which a document is reviewed.
    """

    def __init__(self, server: LanguageServer, voices: Voices, pause: float = PAUSE) -> None:
        self._server = server
        self._voices = voices
        self._pause = pause
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix=NAME)
        self._open: dict[str, OpenDocument] = {}
        self._told: dict[str, tuple[OpenDocument, asyncio.Future[Told]]] = {}
        self._publishing: dict[str, asyncio.Task[None]] = {}
        self._problems: dict[str, str] = {}
        self.ended = False

    def opened(self, params: types.DidOpenTextDocumentParams) -> None:
        """Take in a document and review it at once."""
        item = params.text_document
        self._open[item.uri] = OpenDocument(item.uri, item.language_id, item.version, item.text)
        self._publish_after(item.uri, 0.0)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Follow the changes in their order; the review waits for a pause."""
        uri = params.text_document.uri
        document = self._open.get(uri)
        if document is None:
            return self._log(f"{uri}: changed but never opened; open it again.")
        text = document.text
        for change in params.content_changes:
            span = getattr(change, "range", None)
            text = (
                edited(text, place_of(span.start), place_of(span.end), change.text) if span else change.text
            )
        self._open[uri] = replace(document, text=text, version=params.text_document.version)
        return self._publish_after(uri, self._pause)

    def closed(self, params: types.DidCloseTextDocumentParams) -> None:
        """Forget a document and take back what was said of it."""
        from lsprotocol import types

        uri = params.text_document.uri
        for kept in (self._open, self._told, self._problems):
            kept.pop(uri, None)
        if task := self._publishing.pop(uri, None):
            task.cancel()
        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Tell what the sentence at a position reads as, and why."""
        from lsprotocol import types

        document, found = await self._current(params.text_document.uri)
        if document is None or found is None:
            return None
        lines = Lines(document.text)
        told = found.hover(lines.offset(place_of(params.position)))
        if told is None:
            return None
        start, end, text = told
        content = types.MarkupContent(types.MarkupKind.Markdown, visible(text))
        return types.Hover(content, range_of(lines, start, end))

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return the rewrites of the sentences that a selection touches."""
        from lsprotocol import types

        only = params.context.only
        if only is not None and not {"", "quickfix"} & {str(getattr(kind, "value", kind)) for kind in only}:
            return []
        document, found = await self._current(params.text_document.uri)
        if document is None or found is None:
            return []
        lines = Lines(document.text)
        span = sorted((lines.offset(place_of(params.range.start)), lines.offset(place_of(params.range.end))))
        fixes = await self._in_worker(lambda: list(found.fixes(*span)))
        target = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
        known, versioned = params.context.diagnostics, takes_versions(self._server.client_capabilities)
        return [quick_fix(fix, target, lines, known, versioned=versioned) for fix in fixes]

    def end(self, _: object) -> None:
        """Note that the editor is done: what follows is the end, not an accident."""
        self.ended = True

    def close(self) -> None:
        """Let go of the worker."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _publish_after(self, uri: str, pause: float) -> None:
        if task := self._publishing.pop(uri, None):
            task.cancel()
        self._publishing[uri] = asyncio.get_running_loop().create_task(self._publish(uri, pause))

    async def _publish(self, uri: str, pause: float) -> None:
        from lsprotocol import types

        await asyncio.sleep(pause)
        document, found = await self._current(uri)
        if document is None or self._open.get(uri) is not document:
            return  # a newer state is on its way
        lines = Lines(document.text)
        diagnostics = [diagnostic(mark, lines) for mark in found.marks] if found else []
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, diagnostics, document.version)
        )

    async def _current(self, uri: str) -> tuple[OpenDocument | None, Review | None]:
        """Return a document as it is now and its review, made if need be."""
        document = self._open.get(uri)
        if document is None:
            return None, None
        known = self._told.get(uri)
        if known is None or known[0] is not document:
            known = document, self._in_worker(lambda: self._reviewed(document))
            self._told[uri] = known
        told = await asyncio.shield(known[1])
        self._report(document, told)
        return document, told.review

    def _in_worker(self, work: Callable[[], Answer]) -> asyncio.Future[Answer]:
        return asyncio.get_running_loop().run_in_executor(self._worker, work)

    def _reviewed(self, document: OpenDocument) -> Told:
        """Review a document, in the worker; whatever is wrong with it is told, never raised."""
        if self._open.get(document.uri) is not document:
            return Told(None)
        path = document.path
        syntax = syntax_of(path or PurePath(document.name), document.language, document.text)
        if syntax is None:
            return Told(None, f"{document.name}: not read: neither Markdown, HTML nor plain text.")
        try:
            if not self._voices.wants(path):
                return Told(None, f"{document.name}: left out by include or exclude of the house style.")
            found = review(document.text, syntax, document.name, self._voices.at(path))
            _ = found.marks  # made here, so that the editor need not wait for it
        except InputError as error:
            return Told(None, str(error))
        except ClientVoiceError as error:
            return Told(None, str(error), urgent=True)
        except Exception as error:  # noqa: BLE001 - a fault in one document must not end the session
            what = one_line(f"{type(error).__name__}: {error}", 300)
            return Told(None, f"{document.name}: {what}. This is a fault in clientvoice; please report it.")
        return Told(found)

    def _report(self, document: OpenDocument, told: Told) -> None:
        """Tell a problem once, not at every key."""
        if self._problems.get(document.uri, "") == told.problem or document.uri not in self._open:
            return
        self._problems[document.uri] = told.problem
        if told.problem:
            self._log(told.problem, urgent=told.urgent)

    def _log(self, text: str, *, urgent: bool = False) -> None:
        from lsprotocol import types

        text = visible(text)
        if urgent:
            self._server.window_show_message(types.ShowMessageParams(types.MessageType.Error, text))
        self._server.window_log_message(types.LogMessageParams(types.MessageType.Warning, text))
