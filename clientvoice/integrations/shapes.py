"""Findings and rewrites in the shapes of the language server protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clientvoice.integrations.review import Fix, Mark
from clientvoice.integrations.utf16 import Lines, Position
from clientvoice.reports.inert import visible

if TYPE_CHECKING:
    from lsprotocol import types

NAME = "clientvoice"


def diagnostic(mark: Mark, lines: Lines) -> types.Diagnostic:
    """Return a finding: a warning, or information where the model is unsure."""
    from lsprotocol import types

    unsure = mark.finding.unsure
    return types.Diagnostic(
        range=range_of(lines, mark.start, mark.end),
        message=visible(mark.finding.message),
        severity=types.DiagnosticSeverity.Information if unsure else types.DiagnosticSeverity.Warning,
        code=mark.finding.rule,
        source=NAME,
    )


def quick_fix(
    fix: Fix,
    target: types.OptionalVersionedTextDocumentIdentifier,
    lines: Lines,
    known: Sequence[types.Diagnostic],
    *,
    versioned: bool,
) -> types.CodeAction:
    """Return a rewrite.

    Parameters
    ----------
    fix : Fix
    target : OptionalVersionedTextDocumentIdentifier
        The document in the state that it was reviewed in.
    lines : Lines
        Of that state.
    known : sequence of Diagnostic
        What the editor shows there; the finding that is fixed is picked out.
    versioned : bool
        Whether the editor takes edits of a version, and so refuses one of what it no longer shows.
    """
    from lsprotocol import types

    edits = [types.TextEdit(range_of(lines, edit.start, edit.end), edit.text) for edit in fix.edits]
    place = range_of(lines, fix.mark.start, fix.mark.end)
    if versioned:
        change = types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(target, edits)])
    else:
        change = types.WorkspaceEdit(changes={target.uri: edits})
    return types.CodeAction(
        title=fix.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[one for one in known if one.source == NAME and one.range == place],
        is_preferred=fix.preferred,
        edit=change,
    )


def takes_versions(client: types.ClientCapabilities) -> bool:
    """Tell whether an editor takes edits of a version of a document."""
    edits = client.workspace.workspace_edit if client.workspace else None
    return bool(edits and edits.document_changes)


def place_of(position: types.Position) -> Position:
    """Return a position as :class:`~clientvoice.integrations.utf16.Lines` takes it."""
    return Position(position.line, position.character)


def range_of(lines: Lines, start: int, end: int) -> types.Range:
    """Return a stretch of the document."""
    from lsprotocol import types

    return types.Range(types.Position(*lines.position(start)), types.Position(*lines.position(end)))
