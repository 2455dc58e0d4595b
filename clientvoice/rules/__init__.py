"""The rule book: the cues of the labelling guide as text files, and where they show in a sentence."""

from .book import RuleBook
from .examples import check_examples
from .margin import margin_note
from .matching import RuleHit, match, match_many
from .pages import cue_list, cue_page
from .rule import CueRule, Evidence, Pattern, Phrase, Rewording

__all__ = [
    "CueRule",
    "Evidence",
    "Pattern",
    "Phrase",
    "Rewording",
    "RuleBook",
    "RuleHit",
    "check_examples",
    "cue_list",
    "cue_page",
    "margin_note",
    "match",
    "match_many",
]
