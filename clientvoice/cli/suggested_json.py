"""Suggestions as plain values, ready for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from clientvoice.records import MessageAnalysis, SentenceAnalysis
from clientvoice.reports.inert import encodable
from clientvoice.reports.jsonl import rewrite_record
from clientvoice.rewrites.applying.apply import Applied

SCHEMA = 1
"""Version of the record; it changes when a field is renamed, removed or changes its meaning."""


def suggestions_record(analysis: MessageAnalysis, applied: Applied | None = None) -> dict[str, Any]:
    """Return the suggestions for a message, and what was applied.

    Examples
    --------
    >>> from clientvoice.records import Message
    >>> empty = MessageAnalysis(Message("a", "", ()), "neutral", 50.0, {"neutral": 1.0}, ())
    >>> suggestions_record(empty)
    {'schema': 1, 'id': 'a', 'label': 'neutral', 'score': 50.0, 'sentences': [], 'applied': None}
    """
    return {
        "schema": SCHEMA,
        "id": encodable(analysis.id),
        "label": analysis.label,
        "score": analysis.score,
        "sentences": [_sentence(sentence) for sentence in analysis.sentences if sentence.suggestions],
        "applied": None if applied is None else _applied(applied),
    }


def _sentence(sentence: SentenceAnalysis) -> dict[str, Any]:
    found = sentence.suggestions
    return {
        "start": sentence.start,
        "end": sentence.end,
        "kind": sentence.kind,
        "text": encodable(sentence.text),
        "label": sentence.label,
        "rewrites": [rewrite_record(rewrite) for rewrite in (found.rewrites if found else ())],
        "advice": found.advice if found else "",
        "example": asdict(found.example) if found and found.example else None,
    }


def _applied(applied: Applied) -> dict[str, Any]:
    return {
        "done": [{"start": one.start, "end": one.end, "text": encodable(one.text)} for one in applied.done],
        "refused": [
            {"start": one.rewrite.start, "end": one.rewrite.end, "reason": encodable(one.reason)}
            for one in applied.refused
        ],
        "notices": [{"code": one.code, "text": encodable(one.text)} for one in applied.notices],
    }
