"""The rule book: the cues of the labelling guide as text files, and where they show in a sentence."""

from clientvoice.rules.book import RuleBook
from clientvoice.rules.examples import check_examples
from clientvoice.rules.margin import kind_of, margin_note
from clientvoice.rules.matching import RuleHit, contrary, match, match_many
from clientvoice.rules.pages import cue_list, cue_page
from clientvoice.rules.rule import CueRule, Evidence, Pattern, Phrase, Rewording

__all__ = [
    "CueRule",
    "Evidence",
    "Pattern",
    "Phrase",
    "Rewording",
    "RuleBook",
    "RuleHit",
    "check_examples",
    "contrary",
    "cue_list",
    "cue_page",
    "kind_of",
    "margin_note",
    "match",
    "match_many",
]
