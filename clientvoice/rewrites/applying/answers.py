"""What is asked of a language model, and what of its answer may be a candidate."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from clientvoice.rewrites.facts.finding import find_facts

MOST_CANDIDATES = 3
_TOKENS = 300
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.S | re.I)
_LEAD = re.compile(
    r"(?:[-*•]|\(?\d{1,2}[.):])\s+|(?:rewrite|rewritten|suggestion|option)\s?\d{0,2}:\s*", re.I
)
_MARKUP = re.compile(r"[<>`|\\]|\*\*|__|^#|\]\(|[{}]")
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "«": "»"}
_CHATTER = re.compile(
    r"(?:none\b|sure\b|certainly\b|of course\b|here (?:is|are)\b|as an ai\b"
    r"|i (?:can|can't|cannot|am unable)\b|note:|explanation:)",
    re.I,
)


class Unanswered(Exception):  # noqa: N818 - the server's fault, told to the user as a sentence
    """Why there is no answer; ``again`` where another try may help."""

    def __init__(self, text: str, *, again: bool = False, wait: float = 0.0) -> None:
        super().__init__(text)
        self.again = again
        self.wait = wait


def request_of(sentence: str, cues: Sequence[str], model: str) -> dict[str, Any]:
    """Return what is sent for a sentence: the law, and the sentence as data beside its locked facts.

    Examples
    --------
    >>> request = request_of("Save 20% now!", ["price"], "gemma")
    >>> json.loads(request["messages"][1]["content"])["sentence"]
    'Save 20% now!'
    """
    keep = list(dict.fromkeys(fact.text for fact in find_facts(sentence)))
    content = json.dumps({"sentence": sentence, "keep": keep, "cues": list(cues)}, ensure_ascii=False)
    return {
        "model": model,
        "messages": [{"role": "system", "content": _prompt()}, {"role": "user", "content": content}],
        "temperature": 0,
        "max_tokens": _TOKENS,
        "stream": False,
    }


def answer_text(body: bytes) -> str:
    """Return the text of an answer.

    Examples
    --------
    >>> answer_text(b'{"choices": [{"message": {"content": "You can order it."}}]}')
    'You can order it.'
    """
    try:
        content = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise Unanswered("the answer is not that of a chat completion")
    return content


def candidate_lines(answer: str, sentence: str) -> list[str]:
    r"""Return the lines of an answer that may be a rewrite: plain, bounded, different from the sentence.

    Examples
    --------
    >>> candidate_lines('1. "You can order it until Friday."\n2. <b>Buy!</b>', "Order by Friday!")
    ['You can order it until Friday.']
    """
    longest = 2 * len(sentence) + 80
    found: dict[str, None] = {}
    for raw in _THOUGHT.sub("", answer).splitlines():
        line = _LEAD.sub("", raw.strip()[: longest + 40], count=1).strip()
        if len(line) > 1 and _QUOTES.get(line[0]) == line[-1]:
            line = line[1:-1].strip()
        if not 1 < len(line) <= longest or line == sentence or _CHATTER.match(line):
            continue
        if line.endswith(":") and not sentence.endswith(":"):
            continue
        if not _is_plain(line, sentence):
            continue
        found[line] = None
        if len(found) == MOST_CANDIDATES:
            break
    return list(found)


def _is_plain(line: str, sentence: str) -> bool:
    """Whether a line holds no mark-up and no hidden sign that the sentence does not hold itself."""
    signs = {sign[0] for sign in _MARKUP.finditer(line)}
    hidden = {sign for sign in line if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Cn")}
    return all(sign in sentence for sign in signs | hidden)


@cache
def _prompt() -> str:
    place = resources.files("clientvoice") / "resources" / "rewrites" / "prompt.txt"
    return place.read_text(encoding="utf-8")
