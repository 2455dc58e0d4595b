"""The words that label: frames, kinds and where a cue comes from."""

from __future__ import annotations

from typing import Literal

Frame = Literal["client", "customer", "neutral"]
MessageLabel = Literal["client", "customer", "mixed", "neutral"]
BlockKind = Literal["subject", "heading", "paragraph", "bullet", "button", "picture", "footer", "quote"]
SentenceKind = Literal["subject", "heading", "sentence", "bullet", "button", "picture", "footer", "quote"]
CueSource = Literal["rule", "model"]
RewriteMethod = Literal["phrase", "plan", "clause", "pair", "llm", "hand"]

FRAMES: tuple[Frame, ...] = ("client", "customer", "neutral")
"""The sentence labels, in the order of every probability column."""

MESSAGE_LABELS: tuple[MessageLabel, ...] = ("client", "customer", "mixed", "neutral")
"""The message labels, in alphabetical order."""

UNCOUNTED: frozenset[str] = frozenset({"footer", "quote"})
"""Kinds that are shown but never count toward a message's score."""
