"""The words that label: frames, kinds and where a cue comes from."""

from __future__ import annotations

from collections.abc import Mapping
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

CUES_OF: Mapping[Literal["client", "customer"], tuple[str, ...]] = {
    "client": (
        "protection",
        "best_interest",
        "relationship",
        "support",
        "reassurance",
        "candour",
        "appreciation",
    ),
    "customer": (
        "price",
        "pressure",
        "sales_push",
        "self_promotion",
        "depersonalization",
        "conditions",
        "solicitation",
    ),
}
"""The cues of the labelling guide by their frames, in its order."""

CUES: tuple[str, ...] = (*CUES_OF["client"], *CUES_OF["customer"])
"""The same, client cues first, in the order of every cue column."""

UNCOUNTED: frozenset[str] = frozenset({"footer", "quote"})
"""Kinds that are shown but never count toward a message's score."""
