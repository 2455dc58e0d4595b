"""JSON Lines: everything known about a message on one line, in a documented schema.

The schema itself is ``clientvoice/resources/report/schema.json``. A field is
only ever added within one value of ``schema``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, TextIO

from clientvoice.records import (
    FRAMES,
    MESSAGE_LABELS,
    Failure,
    Message,
    MessageAnalysis,
    Practice,
    Rewrite,
    SentenceAnalysis,
    Suggestions,
)
from clientvoice.reports.inert import encodable
from clientvoice.reports.rows import number, status

SCHEMA = 1
"""Version of the schema; it changes when a field is renamed, removed or changes its meaning."""

# Lawful inside JSON strings, yet some readers of lines break a line at them.
_LINE_BREAKS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def analysis_record(analysis: MessageAnalysis) -> dict[str, Any]:
    """Return everything about one message as plain values, ready for JSON.

    Examples
    --------
    >>> from clientvoice.records import Message
    >>> empty = MessageAnalysis(Message("a", "", ()), "neutral", 50.0, {"neutral": 1.0}, ())
    >>> record = analysis_record(empty)
    >>> record["schema"], record["status"], record["score"]
    (1, 'scored', 50.0)
    """
    message = analysis.message
    return {
        "schema": SCHEMA,
        "status": "scored",
        "id": encodable(message.id),
        "path": _optional(message.path),
        "format": message.format,
        "part": _optional(message.part),
        "subject": _optional(message.subject),
        "sender": _optional(message.sender),
        "date": _optional(message.date),
        "label": analysis.label,
        "score": number(analysis.score),
        "probabilities": _probabilities(analysis.probabilities, MESSAGE_LABELS),
        "notices": [{"code": n.code, "text": encodable(n.text)} for n in analysis.notices],
        "text": encodable(message.text),
        "blocks": [{"start": b.start, "end": b.end, "kind": b.kind} for b in message.blocks],
        "sentences": [_sentence(sentence, message) for sentence in analysis.sentences],
        "practices": [_practice(practice) for practice in analysis.practices],
    }


def failure_record(failure: Failure) -> dict[str, Any]:
    """Return what is known about a message that could not be read.

    Examples
    --------
    >>> failure_record(Failure("a.eml", "empty", "a.eml is empty"))["status"]
    'failed'
    """
    return {
        "schema": SCHEMA,
        "status": status(failure),
        "id": encodable(failure.id),
        "path": _optional(failure.path),
        "code": failure.code,
        "problem": encodable(failure.text),
    }


def json_line(record: Mapping[str, Any]) -> str:
    """Return ``record`` as one line of JSON, without the line break.

    Examples
    --------
    >>> json_line({"text": "a b"})
    '{"text":"a b"}'
    """
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Three searches of C speed: translating a long line sign by sign took half of all the time here.
    for sign, escape in _LINE_BREAKS.items():
        text = text.replace(sign, escape)
    return text


class JsonlWriter:
    """Writes one line a message or failure.

    Parameters
    ----------
    stream : text file
        Open for UTF-8 text.

    Examples
    --------
    >>> import io
    >>> file = io.StringIO()
    >>> JsonlWriter(file).write(Failure("a.eml", "empty", "a.eml is empty"))
    >>> json.loads(file.getvalue())["code"]
    'empty'
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, item: MessageAnalysis | Failure) -> None:
        """Append the line of one result."""
        record = failure_record(item) if isinstance(item, Failure) else analysis_record(item)
        self._stream.write(json_line(record) + "\n")


def _sentence(analysis: SentenceAnalysis, message: Message) -> dict[str, Any]:
    source = message.source_map.to_source(analysis.start, analysis.end)
    return {
        "start": analysis.start,
        "end": analysis.end,
        "source_start": source and source[0],
        "source_end": source and source[1],
        "kind": analysis.kind,
        "text": encodable(analysis.text),
        "label": analysis.label,
        "score": number(analysis.score),
        "probabilities": _probabilities(analysis.probabilities, FRAMES),
        "uncertain": analysis.framing.uncertain,
        "counted": analysis.counted,
        "suppressed": analysis.suppressed,
        "cues": [{"name": c.name, "start": c.start, "end": c.end, "source": c.source} for c in analysis.cues],
        "reason": encodable(analysis.reason),
        "suggestions": analysis.suggestions and _suggestions(analysis.suggestions),
    }


def _suggestions(found: Suggestions) -> dict[str, Any]:
    example = found.example
    return {
        "rewrites": [rewrite_record(rewrite) for rewrite in found.rewrites],
        "advice": encodable(found.advice),
        "example": example and {key: _plain(value) for key, value in asdict(example).items()},
    }


def rewrite_record(rewrite: Rewrite) -> dict[str, Any]:
    """Return a suggested rewrite as plain values, ready for JSON; its sentence tells where it belongs."""
    record = {key: _plain(value) for key, value in asdict(rewrite).items()}
    del record["original"], record["start"], record["end"]
    return record


def _plain(value: Any) -> Any:
    """Return a value of a record with its texts fit for a file and its numbers for JSON."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, dict):
        return {key: _plain(it) for key, it in value.items()}
    return [_plain(it) for it in value] if isinstance(value, list | tuple) else value


def _practice(practice: Practice) -> dict[str, Any]:
    return {
        "key": practice.key,
        "question": practice.question,
        "strength": number(practice.strength),
        "evidence": list(practice.evidence),
        "advice": practice.advice,
    }


def _probabilities(values: Mapping[str, float], labels: tuple[str, ...]) -> dict[str, float | None]:
    return {label: number(values.get(label)) for label in labels}


def _optional(text: str | None) -> str | None:
    return None if text is None else encodable(text)
