"""Lines in Title Case, and titles that a sentence names: which of their words keep a capital."""

from __future__ import annotations

import re
from functools import cache

from clientvoice.rewrites.candidates.ordinary import is_name
from clientvoice.rewrites.candidates.words import lists, verbs

LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LOUD = 0.7
"""The part of its letters, or words, from which a line is taken to be in capitals."""

_LEAST_RAISED = 0.5
"""The same where verbs wear capitals: no name would give them one."""

_PART = re.compile(r"[^\W\d_]-")
_SHOUTED = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)?[,&]?")
_MOST_BEFORE = 6
"""Words before a title in capitals: more would be a sentence that ends loudly."""

_LEAST_SHOUTED = 3


def is_title_case(text: str) -> bool:
    """Tell whether a line that is not loud is in Title Case: what tells are words that a title raises.

    Examples
    --------
    >>> is_title_case("Get Your Free Guide To Lisbon"), is_title_case("Free Tea on Orders over $9")
    (True, True)
    >>> is_title_case("Visit Garden Notebook now to see how we keep Old Roses alive")
    False
    """
    found = list(LETTERS.finditer(text))
    words = [one.group() for one in found]
    if _ends_in_name(words):
        return False
    # Of “E-mail” the first part alone tells; of a shouted word and of a name nothing does.
    later = [one.group() for one in found[1:] if not _PART.match(text[one.start() - 2 : one.start()])]
    low = [word for word in later if word[0].islower() and word not in lists()["uncapped"]]
    high = [word for word in later if word[0].isupper() and not word.isupper()]
    told = [word for word in high if len(word) > 2 and not is_name(word)]
    if len(words) == 2 or len(high) + len(low) == 1:  # "Save Time", but not "Ask Grace"
        longer = [word for word in later if len(word) > 2]
        return bool(longer) and all(word[0].isupper() and not is_name(word) for word in longer)
    share = len(told) / max(1, len(told) + len(low))
    raised = sum(word.lower() in lists()["before_verb"] or word.lower() in _pure_verbs() for word in told)
    return bool(told) and len(high) > 1 and (share >= LOUD or (raised > 1 and share >= _LEAST_RAISED))


@cache
def _pure_verbs() -> frozenset[str]:
    """Return verbs that are no nouns: names have none within."""
    return verbs().all - verbs().nouns


def _ends_in_name(words: list[str]) -> bool:
    """Whether a plain start leads to two or three capitals: "Sign up for Harbour Notes Plus"."""
    plain = next((at for at, word in enumerate(words) if at and word[0].isupper()), len(words))
    run = words[plain:]
    if not (
        plain > 2 and 2 <= len(run) <= 3 and all(word[0].isupper() and not word.isupper() for word in run)
    ):
        return False
    return not any(word.lower() in lists()["small"] or word.lower() in lists()["weighty"] for word in run)


def calm_title(text: str) -> str:
    """Lower common words, but none of a run that holds a name: New York stays, and Old Mill Kit.

    Examples
    --------
    >>> calm_title("Order The Old Lisbon Kit For Your Desk")
    'order the Old Lisbon Kit for your desk'
    """
    pieces = list(text)
    for run in _runs(text):
        if not any(is_name(word.group()) for word in run):
            for word in run:
                if (
                    not word.group()[1:].isupper()
                    and not text[max(0, word.start() - 1) : word.start()].isdigit()
                ):
                    pieces[word.start()] = pieces[word.start()].lower()
    return "".join(pieces)


def _runs(text: str) -> list[list[re.Match[str]]]:
    """Return the words in runs that no mark parts; a small word is a run of its own."""
    runs: list[list[re.Match[str]]] = []
    end = -2
    for word in LETTERS.finditer(text):
        small = word.group().lower() in lists()["small"]
        joined = bool(runs) and text[end : word.start()].strip(" -®™©") == "" and end > 0
        if joined and not small and runs[-1][0].group().lower() not in lists()["small"]:
            runs[-1].append(word)
        else:
            runs.append([word])
        end = word.end()
    return runs


def shouted_title(text: str) -> int:
    """Return where a title in capitals begins that a calm start only names, or the length of the text.

    Examples
    --------
    >>> text = "Visit MIND YOUR GARDEN!"
    >>> text[shouted_title(text) :], shouted_title("Visit OUR NEW SHOP") == len("Visit OUR NEW SHOP")
    ('MIND YOUR GARDEN!', True)
    """
    words = list(re.finditer(r"\S+", text.rstrip(".!?… ")))
    plain = next((at for at, word in enumerate(words) if word.group().isupper()), len(words))
    title = words[plain:]
    if not 0 < plain <= _MOST_BEFORE or len(title) < _LEAST_SHOUTED:
        return len(text)
    if not all(_SHOUTED.fullmatch(word.group()) and word.group().isupper() for word in title):
        return len(text)
    before, first = words[plain - 1].group().lower(), title[0].group().lower()
    names = before in lists()["leads_to_title"] and first not in lists()["no_title"]
    return title[0].start() if names else len(text)
