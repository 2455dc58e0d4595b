"""From a message to its sentences, with footers and quotations marked, and to tokens to match on."""

from clientvoice.segments.boilerplate import mark_boilerplate
from clientvoice.segments.sentences import segment, split_sentences
from clientvoice.segments.tokens import tokenize, tokenizer

__all__ = ["mark_boilerplate", "segment", "split_sentences", "tokenize", "tokenizer"]
