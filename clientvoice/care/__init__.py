"""The practices of care: what a message shows its readers, and whether that grows or fades."""

from clientvoice.care.assess import assess
from clientvoice.care.guide import PracticeRule, practice_rules
from clientvoice.care.reading import Reading, reading
from clientvoice.care.trend import History, Trend, histories

__all__ = [
    "History",
    "PracticeRule",
    "Reading",
    "Trend",
    "assess",
    "histories",
    "practice_rules",
    "reading",
]
