"""A real editor's side of the protocol, against a real server process."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="pygls is missing: the language server is NOT tested (extra lsp)")

from lsprotocol import types
from pygls.lsp.client import BaseLanguageClient

from clientvoice.voice import ClientVoice

SALES = (
    "Hurry, our sale ends on Sunday!",
    "Check out our new menu!",
    "Sign up today for our newsletter!",
    "Hurry, buy your copy now and save 50%!",
    "Buy now and save 50% on every plan!",
    "Hurry, only 3 left!",
    "Act now, shop the sale before midnight!",
)
PATIENCE = 120
"""Seconds for one answer: the first one loads a model, on a machine that may be busy."""


class Editor:
    """Opens, changes and closes documents, and keeps what the server tells."""

    def __init__(self, *, versioned: bool = True) -> None:
        self.loop = asyncio.new_event_loop()
        self.client = BaseLanguageClient("an-editor", "1")
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.told: list[types.PublishDiagnosticsParams] = []
        self.logged: list[str] = []
        self.shown: list[str] = []
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self.told.append(params))
        self.client.feature(types.WINDOW_LOG_MESSAGE)(lambda params: self.logged.append(params.message))
        self.client.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: self.shown.append(params.message))
        self.run(self.client.start_io(sys.executable, "-m", "clientvoice", "lsp"))
        capabilities = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=["utf-8", "utf-16"]),
            workspace=types.WorkspaceClientCapabilities(
                workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=versioned)
            ),
        )
        params = types.InitializeParams(capabilities=capabilities)
        self.server = self.run(self.client.initialize_async(params)).capabilities
        self.client.initialized(types.InitializedParams())

    def run(self, answer):
        return self.loop.run_until_complete(asyncio.wait_for(answer, PATIENCE))

    def wait(self, condition):
        async def waiting():
            while not (found := condition()):
                await asyncio.sleep(0.02)
            return found

        return self.run(waiting())

    def open(self, uri: str, text: str, language: str = "markdown") -> list[types.Diagnostic]:
        self.texts[uri], self.versions[uri] = text, 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return self.diagnostics(uri)

    def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        key = uri, self.versions[uri]
        at = self.wait(lambda: [told for told in self.told if (told.uri, told.version) == key])
        return list(at[-1].diagnostics)

    def change(self, uri: str, old: str, new: str) -> list[types.Diagnostic]:
        """Replace the first ``old``, as an editor tells it."""
        text = self.texts[uri]
        start = text.index(old)
        self.send(uri, [(self.range(uri, start, start + len(old)), new)])
        return self.diagnostics(uri)

    def send(self, uri: str, edits: list[tuple[types.Range, str]]) -> None:
        self.versions[uri] += 1
        changes = []
        for span, new in edits:
            changes.append(types.TextDocumentContentChangePartial(span, new))
            first, last = self.offset(uri, span.start), self.offset(uri, span.end)
            self.texts[uri] = self.texts[uri][:first] + new + self.texts[uri][last:]
        target = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(target, changes))

    def actions(self, uri: str, one: types.Diagnostic, only=None) -> list[types.CodeAction]:
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(uri), one.range, types.CodeActionContext([one], only=only)
        )
        return self.run(self.client.text_document_code_action_async(params)) or []

    def hover(self, uri: str, place: types.Position) -> types.Hover | None:
        params = types.HoverParams(types.TextDocumentIdentifier(uri), place)
        return self.run(self.client.text_document_hover_async(params))

    def after(self, uri: str, action: types.CodeAction) -> str:
        """Return the text once the edit of an action is made."""
        edit = action.edit
        if edit.document_changes:
            (change,) = edit.document_changes
            assert (change.text_document.uri, change.text_document.version) == (uri, self.versions[uri])
            edits = change.edits
        else:
            edits = edit.changes[uri]
        text = self.texts[uri]
        for one in reversed(edits):
            first, last = self.offset(uri, one.range.start), self.offset(uri, one.range.end)
            text = text[:first] + one.new_text + text[last:]
        return text

    def under(self, uri: str, span: types.Range) -> str:
        return self.texts[uri][self.offset(uri, span.start) : self.offset(uri, span.end)]

    # An editor's own arithmetic, on the bytes of UTF-16.

    def offset(self, uri: str, place: types.Position) -> int:
        lines = self.texts[uri].replace("\r\n", "\r\0").replace("\r", "\n").split("\n")
        before = sum(len(line) + 1 for line in lines[: place.line])
        line = lines[place.line].lstrip("\0") if place.line else lines[0]
        before += len(lines[place.line]) - len(line)
        units = line.encode("utf-16-le")
        assert 2 * place.character <= len(units), "a position behind the end of its line"
        return before + len(units[: 2 * place.character].decode("utf-16-le"))

    def range(self, uri: str, start: int, end: int) -> types.Range:
        def place(offset: int) -> types.Position:
            before = self.texts[uri][:offset].replace("\r\n", "\n").replace("\r", "\n")
            line = before.rsplit("\n", 1)[-1]
            return types.Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)

        return types.Range(place(start), place(end))

    def leave(self, *, politely: bool = True) -> int:
        if politely:
            self.run(self.client.shutdown_async(None))
        self.client.exit(None)
        process = self.client._server
        code = self.run(process.wait())
        self.run(self.client.stop())
        process._transport.close()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()
        return code


@pytest.fixture(scope="module")
def editor():
    editor = Editor()
    yield editor
    assert editor.leave() == 0


@pytest.fixture(scope="module")
def sale(fast: ClientVoice) -> str:
    """A sentence that the rewriter has a safe rewrite for, as things stand."""
    for text in SALES:
        (found,) = fast.suggest(next(fast.pipe([text]))).sentences
        if found.label == "customer" and any(one.safe for one in found.rewrites):
            return text
    raise AssertionError("the rewriter has nothing safe for any of these; add a sentence")


def test_it_says_what_it_can(editor):
    assert editor.server.position_encoding == "utf-16"
    sync = editor.server.text_document_sync
    assert sync.change == types.TextDocumentSyncKind.Incremental and sync.open_close
    assert editor.server.hover_provider
    assert list(editor.server.code_action_provider.code_action_kinds) == ["quickfix"]


@pytest.mark.parametrize(
    ("name", "language", "before", "after"),
    [
        ("june.md", "markdown", "# 😀 News\r\n\r\n🎉🎉 We open at nine. ", " It is 👍.\r\n"),
        ("june.html", "html", "<h1>😀</h1>\r\n<p>🎉 Hello.</p><p title='🎉'>", "</p>\r\n"),
        ("june.txt", "plaintext", "😀 Hello,\r\n\r\n", "\r\n\r\nJo 🎉"),
        ("Untitled-1", "markdown", "# News\u2028\n\n\r", ""),
    ],
)
def test_a_finding_stands_on_its_words_and_a_fix_replaces_them(editor, sale, name, language, before, after):
    uri = f"file:///nowhere/{name}" if "." in name else f"untitled:{name}"
    (one,) = [
        one
        for one in editor.open(uri, before + sale + after, language)
        if sale in editor.under(uri, one.range)
    ]
    assert editor.under(uri, one.range).endswith(sale)
    assert one.source == "clientvoice" and one.code and len(one.message) > 20
    assert one.severity in (types.DiagnosticSeverity.Warning, types.DiagnosticSeverity.Information)
    actions = editor.actions(uri, one)
    assert actions and all(action.kind == "quickfix" for action in actions)
    assert [action.is_preferred for action in actions].count(True) == 1
    assert list(actions[0].diagnostics) == [one]
    for action in actions:
        new = editor.after(uri, action)
        assert new != editor.texts[uri]
        assert new.startswith(before) and new.endswith(after)
    assert editor.actions(uri, one, only=["refactor"]) == []
    assert len(editor.actions(uri, one, only=["quickfix"])) == len(actions)
    hover = editor.hover(uri, one.range.start)
    assert hover.range == one.range
    assert hover.contents.value.startswith("**customer**") and "%" in hover.contents.value
    assert f"**{one.code}**" in hover.contents.value


def test_it_follows_changes(editor, sale):
    uri = "file:///nowhere/changes.md"
    assert editor.open(uri, "Hello.\r\n\r\nThe shop is on Mill Lane.\r\n") == []
    (one,) = editor.change(uri, "Mill Lane.", f"Mill Lane. 😀\r\n\r\n{sale}")
    assert editor.under(uri, one.range) == sale
    (moved,) = editor.change(uri, "Hello.", "Hello 😀🎉,\u2028dear reader.\n")
    assert editor.under(uri, moved.range) == sale and moved.range != one.range
    assert editor.change(uri, sale, "") == []
    editor.send(uri, [(editor.range(uri, 0, 0), key) for key in "as fast as one types "])
    assert editor.diagnostics(uri) == []


def test_a_fix_can_be_applied_and_is_then_no_more_offered(editor, sale):
    uri = "file:///nowhere/applied.html"
    text = f"<p>😀</p>\r\n<p>We open at nine. <b>{sale}</b></p>"
    (one,) = editor.open(uri, text, "html")
    best = next(action for action in editor.actions(uri, one) if action.is_preferred)
    new = editor.after(uri, best)
    editor.send(uri, [(editor.range(uri, 0, len(text)), new)])
    assert new.count("<b>") == new.count("</b>") == 1
    assert all(sale not in editor.under(uri, left.range) for left in editor.diagnostics(uri))


def test_between_sentences_there_is_nothing(editor, sale):
    uri = "file:///nowhere/between.md"
    editor.open(uri, f"\n\n\n{sale}\n")
    assert editor.hover(uri, types.Position(1, 0)) is None
    assert editor.hover(uri, types.Position(99, 99)) is None
    whole = types.Diagnostic(types.Range(types.Position(0, 0), types.Position(1, 0)), "not ours")
    assert editor.actions(uri, whole) == []
    assert editor.actions("file:///nowhere/never-opened.md", whole) == []


def test_what_cannot_be_read_is_logged_once_and_costs_nothing(editor, sale):
    huge = "file:///nowhere/huge.md"
    assert editor.open(huge, f"{sale} " * 20_000) == []
    editor.wait(lambda: [line for line in editor.logged if "huge.md" in line and "300,000" in line])
    assert editor.change(huge, sale, "Hello.") == []
    assert len([line for line in editor.logged if "huge.md" in line]) == 1
    assert editor.open("file:///nowhere/mail.eml", f"Subject: Hi\n\n{sale}", "plaintext") == []
    assert editor.open("file:///nowhere/shop.py", f"# {sale}", "python") == []
    editor.wait(lambda: [line for line in editor.logged if "shop.py" in line])
    never = types.VersionedTextDocumentIdentifier(2, "file:///nowhere/never.md")
    whole = types.TextDocumentContentChangeWholeDocument(sale)
    editor.client.text_document_did_change(types.DidChangeTextDocumentParams(never, [whole]))
    editor.wait(lambda: [line for line in editor.logged if "never.md" in line])
    hostile = "\ud800\0<b <!-- ]]> {{ \u202e" + "[" * 3_000 + "\r"
    for name in ("hostile.md", "hostile.html", "hostile.txt"):
        editor.open(f"file:///nowhere/{name}", hostile)
    assert editor.open("file:///nowhere/still-there.txt", sale, "plaintext")


def test_closing_takes_the_findings_back(editor, sale):
    uri = "file:///nowhere/closed.md"
    assert editor.open(uri, sale)
    editor.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
    editor.wait(lambda: [told for told in editor.told if told.uri == uri and told.version is None])
    assert list(editor.told[-1].diagnostics) == []


def test_the_house_style_beside_the_file_counts(editor, sale, tmp_path: Path):
    (one,) = editor.open((tmp_path / "june.md").as_uri(), sale)
    (tmp_path / "clientvoice.toml").write_text('exclude = ["drafts"]\nignore_blocks = ["heading"]\n')
    uri = (tmp_path / "july.md").as_uri()
    (other,) = editor.open(uri, f"# {sale}\n\n{sale}\n")
    assert other.range.start.line == 2 and other.code == one.code
    assert editor.open((tmp_path / "drafts" / "august.md").as_uri(), sale) == []
    (tmp_path / "clientvoice.toml").write_text('excluded = ["drafts"]\n')
    assert editor.open((tmp_path / "september.md").as_uri(), sale) == []
    assert editor.wait(lambda: [text for text in editor.shown if "clientvoice.toml:1" in text])


def test_an_editor_without_versions_gets_plain_changes_and_a_rude_exit_is_told_apart(sale):
    editor = Editor(versioned=False)
    uri = "file:///nowhere/plain.txt"
    (one,) = editor.open(uri, sale, "plaintext")
    action = editor.actions(uri, one)[0]
    assert action.edit.document_changes is None
    assert editor.after(uri, action) != sale
    assert editor.leave(politely=False) == 1
