"""From a message to its sentences, with footers and quotations marked."""

from clientvoice.segments.boilerplate import mark_boilerplate
from clientvoice.segments.sentences import segment, split_sentences

__all__ = ["mark_boilerplate", "segment", "split_sentences"]
