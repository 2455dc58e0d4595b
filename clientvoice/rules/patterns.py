"""The token patterns of a rule file: short forms written out, and every attribute checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clientvoice.rules.rule import Pattern, Token
from clientvoice.rules.source import RuleSource, choices

PATTERN_KEYS = ("name", "tokens")
WORDS = ("LOWER", "ORTH", "TEXT", "SHAPE", "PREFIX", "SUFFIX")
FLAGS = (
    "IS_ALPHA",
    "IS_ASCII",
    "IS_BRACKET",
    "IS_CURRENCY",
    "IS_DIGIT",
    "IS_LOWER",
    "IS_PUNCT",
    "IS_QUOTE",
    "IS_STOP",
    "IS_TITLE",
    "IS_UPPER",
    "LIKE_EMAIL",
    "LIKE_NUM",
    "LIKE_URL",
)
ATTRIBUTES = (*WORDS, *FLAGS, "LENGTH", "OP")
SETS = ("IN", "NOT_IN")
NEED_MODEL = {
    "POS",
    "TAG",
    "MORPH",
    "DEP",
    "LEMMA",
    "ENT_TYPE",
    "ENT_IOB",
    "ENT_ID",
    "ENT_KB_ID",
    "SENT_START",
}
MOST_REPEATS = 8
MOST_TOKENS = 24
_OP = re.compile(r"\?|\{(\d)(?:,(\d))?\}")


def read_patterns(source: RuleSource, told: object) -> tuple[Pattern, ...]:
    """Return the patterns of a rule file, or raise a RuleError."""
    if not isinstance(told, list) or not all(isinstance(entry, Mapping) for entry in told):
        raise source.error(
            source.line_of_key("patterns"), "patterns is no list of tables", "Write [[patterns]]."
        )
    return tuple(_read_pattern(source, entry) for entry in told)


def _read_pattern(source: RuleSource, entry: Mapping[str, Any]) -> Pattern:
    for key in entry:
        if key not in PATTERN_KEYS:
            raise source.unknown("key in [[patterns]]", key, PATTERN_KEYS)
    name, tokens = entry.get("name"), entry.get("tokens")
    if not isinstance(name, str) or not name.strip():
        raise source.error(
            source.line_of_key("patterns"), f"a pattern's name is {name!r}", 'Write name = "…".'
        )
    line = source.line_of_value(name)
    if not isinstance(tokens, list) or not 0 < len(tokens) <= MOST_TOKENS:
        raise source.error(
            line,
            f"the pattern {name!r} has no list of 1 to {MOST_TOKENS} tokens",
            'Write tokens = ["only", {LIKE_NUM = true}, ["left", "remaining"]].',
        )
    pattern = Pattern(name, tuple(_read_token(source, line, token) for token in tokens))
    if not any(anchor(token) for token in pattern.tokens):
        raise source.error(
            line,
            f"the pattern {name!r} has no word that must be there",
            "Add one: a text, or a list of texts.",
        )
    return pattern


def anchor(token: Token) -> tuple[str, ...]:
    """Return the lower-case words of which one must stand here, or none if anything may."""
    if token.get("OP", "") == "?" or str(token.get("OP", "")).startswith("{0"):
        return ()
    word = token.get("LOWER", token.get("ORTH", token.get("TEXT")))
    if isinstance(word, str):
        return (word.lower(),)
    if isinstance(word, Mapping) and "IN" in word:
        return tuple(str(choice).lower() for choice in word["IN"])
    return ()


def _read_token(source: RuleSource, line: int, token: object) -> Token:
    """Write out the short forms: a text is one word, a list is a choice of words."""
    if isinstance(token, str):
        token = {"LOWER": token.lower()}
    elif isinstance(token, list):
        token = {"LOWER": {"IN": [word.lower() if isinstance(word, str) else word for word in token]}}
    if not isinstance(token, Mapping) or not token:
        raise source.error(
            line, f"the token {token!r}", 'Write "word", ["one", "other"] or {LIKE_NUM = true}.'
        )
    for key, value in token.items():
        if key in NEED_MODEL:
            raise source.error(
                line,
                f"{key} needs a trained spaCy pipeline; rules run on the blank one",
                choices(key, ATTRIBUTES),
            )
        if key not in ATTRIBUTES:
            raise source.error(line, f"unknown attribute {key!r}", choices(key, ATTRIBUTES))
        _check_value(source, line, key, value)
    return dict(token)


def _check_value(source: RuleSource, line: int, key: str, value: object) -> None:
    if key in FLAGS:
        if not isinstance(value, bool):
            raise source.error(line, f"{key} = {value!r}", "Allowed: true, false.")
    elif key == "LENGTH":
        if not isinstance(value, int) or isinstance(value, bool):
            raise source.error(line, f"{key} = {value!r}", "Write a whole number of characters.")
    elif key == "OP":
        counts = _OP.fullmatch(value) if isinstance(value, str) else None
        if counts is None or int(counts.group(2) or counts.group(1) or 0) > MOST_REPEATS:
            raise source.error(
                line, f"OP = {value!r}", f"Allowed: ?, {{n}}, {{n,m}} with at most {MOST_REPEATS} repeats."
            )
    else:
        _check_words(source, line, key, value)


def _check_words(source: RuleSource, line: int, key: str, value: object) -> None:
    words = [value]
    if isinstance(value, Mapping):
        for name in value:
            if name not in SETS:
                raise source.error(line, f"unknown choice {name!r} in {key}", choices(name, SETS))
        words = [
            word for choice in value.values() for word in (choice if isinstance(choice, list) else [choice])
        ]
    if not words:
        raise source.error(line, f"{key} = {value!r}", "A choice holds at least one word.")
    for word in words:
        if not isinstance(word, str) or not word:
            raise source.error(line, f"{key} holds {word!r}", "Each word is text in quotes and not empty.")
        if re.search(r"\s|[^\W\d_]-[^\W\d_]", word):
            raise source.error(line, f"{key} holds {word!r}", "One token is one word: write several tokens.")
        if key == "LOWER" and word != word.lower():
            raise source.error(line, f"LOWER holds {word!r}", f"Write it in lower case: {word.lower()!r}.")
