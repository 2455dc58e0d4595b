"""The nouns of the library: frozen records that every room hands to the next.

All offsets are half-open ``[start, end)`` character positions in
:attr:`Message.text`. For a plain string that text has exactly the length of
the string the user gave, so offsets point into it; for HTML, Markdown and mail
:attr:`Message.source_map` leads back to the decoded source.
"""

from __future__ import annotations

from clientvoice.records.analyses import MessageAnalysis, Practice, SentenceAnalysis, sentence_score
from clientvoice.records.labels import (
    CUES,
    CUES_OF,
    FRAMES,
    MESSAGE_LABELS,
    UNCOUNTED,
    BlockKind,
    CueSource,
    Frame,
    MessageLabel,
    RewriteMethod,
    SentenceKind,
)
from clientvoice.records.messages import Block, Failure, Message, Notice, Run, SourceMap
from clientvoice.records.rewrites import Change, Precedent, Rewrite, Suggestions
from clientvoice.records.sentences import Contribution, Cue, Explanation, Framing, Sentence

__all__ = [
    "CUES",
    "CUES_OF",
    "FRAMES",
    "MESSAGE_LABELS",
    "UNCOUNTED",
    "Block",
    "BlockKind",
    "Change",
    "Contribution",
    "Cue",
    "CueSource",
    "Explanation",
    "Failure",
    "Frame",
    "Framing",
    "Message",
    "MessageAnalysis",
    "MessageLabel",
    "Notice",
    "Practice",
    "Precedent",
    "Rewrite",
    "RewriteMethod",
    "Run",
    "Sentence",
    "SentenceAnalysis",
    "SentenceKind",
    "SourceMap",
    "Suggestions",
    "sentence_score",
]
