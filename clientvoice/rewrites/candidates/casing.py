"""Shouting and Title Case brought down to the case of a sentence; names keep their capitals."""

from __future__ import annotations

import re

from clientvoice.rewrites.candidates.ordinary import is_common, is_formed, is_name
from clientvoice.rewrites.candidates.reading import LINK, MAIL, TAG
from clientvoice.rewrites.candidates.spelling import is_written, respelled
from clientvoice.rewrites.candidates.titles import LETTERS, LOUD, calm_title, is_title_case, shouted_title
from clientvoice.rewrites.candidates.words import lists, verbs

_WORD = re.compile(r"\S+")
_MARKED = re.compile(r"[®™©]|^\.[A-Za-z]")
_SHORT_FORM = re.compile(r"\([A-Z]{2,5}\)[,.]?")
_ORDINAL = re.compile(r"\W{0,3}\d{1,4}(?:ST|ND|RD|TH)\W{0,3}")
_SLASHED = re.compile(r"\W{0,3}[A-Z](?:[/&][A-Z])+\W{0,3}")
_LETTERED = re.compile(r"\W{0,3}[A-DF-SVWYZ]-[A-Z]{2,}\W{0,3}")
"""A name such as P-TECH; an E-MAIL, a T-SHIRT, a U-TURN and an X-RAY are none."""

_WITHIN = re.compile(r"[\w,'’] ")
_START = re.compile(r"([.!?]\s+)([a-z])(?=[a-z']*\s)")
_BEING = frozenset({"is", "was", "has", "had", "will", "and", "who", "himself", "herself"})
_RUN = re.compile(r"([!?])[!?]+|\.{4,}|…\.+")


def calm(text: str) -> str:
    """Return the text with shouting, Title Case and runs of marks calmed.

    Words that no list of common words holds are taken for names and keep their case.

    Examples
    --------
    >>> calm("SAVE BIG ON DVDS TODAY!!!")
    'Save big on DVDs today!'
    >>> calm("Get Your Free Guide To Lisbon")
    'Get your free guide to Lisbon'
    >>> calm("Call Dana NOW")
    'Call Dana now'
    >>> calm("Read more at MIND YOUR GARDEN")
    'Read more at MIND YOUR GARDEN'
    """
    quiet = _RUN.sub(lambda run: run.group(1) or "…", text)
    named = shouted_title(quiet)
    if named < len(quiet):
        return calm(quiet[:named]) + quiet[named:]
    words = LETTERS.findall(quiet)
    if not words:
        return quiet
    loud = is_loud(quiet)
    title = not loud and is_title_case(quiet)
    calmed = respelled(quiet, _calmed(quiet, loud=loud, title=title), loud=loud, title=title)
    if loud:
        return _starts_up(calmed)
    return first_up(calmed) if words[0][0].isupper() else calmed


def is_loud(text: str) -> bool:
    """Return whether a text is in capitals, so that nobody can tell its names from other words.

    Examples
    --------
    >>> is_loud("JOIN SUMMIT CLUB"), is_loud("Join Summit Club NOW")
    (True, False)
    """
    letters = "".join(LETTERS.findall(text))
    return sum(map(str.isupper, letters)) >= LOUD * len(letters) and len(letters) > 3


def _calmed(quiet: str, *, loud: bool, title: bool) -> str:
    if loud:
        return _WORD.sub(lambda found: _lowered(found.group(), loud=True), quiet)
    if title:
        return first_up(calm_title(_WORD.sub(lambda found: _lowered(found.group(), loud=False), quiet)))
    return _calm_weight(_WORD.sub(lambda found: _quieted(found, quiet), quiet), quiet)


def lower_first(text: str) -> str:
    """Return the text with a small first letter, unless its first word is a name.

    Examples
    --------
    >>> lower_first("Our boots"), lower_first("Lisbon in May"), lower_first("DVD sale"), lower_first("I am")
    ('our boots', 'Lisbon in May', 'DVD sale', 'I am')
    """
    found = LETTERS.search(text)
    if found is None or found.start() > 1:
        return text
    word = found.group()
    plain = re.split(r"['’]", word)[0].lower()
    if plain == "i" or not word[0].isupper() or (len(word) > 1 and word.isupper()):
        return text
    if not is_common(plain) or is_written(word) or _is_somebody(text, found):
        return text
    following = LETTERS.search(text, found.end())
    name = following and following.group()[0].isupper() and following.group() != "I"
    if name and plain not in lists()["small"]:
        return text
    return text[: found.start()] + word[0].lower() + text[found.start() + 1 :]


def _is_somebody(text: str, word: re.Match[str]) -> bool:
    """Whether a word that is a first name, too, does something: "Rich brings", but "Mark your day"."""
    following = LETTERS.search(text, word.end())
    if following is None or word.group().lower() not in lists()["given"]:
        return (
            bool(re.search(r"['’]s$", word.group(), re.I)) and word.group().lower()[:-2] in lists()["given"]
        )
    acts = following.group().lower()
    return acts in _BEING or (
        acts.endswith("s") and acts not in lists()["small"] and acts[:-1] in verbs().all
    )


def _starts_up(text: str) -> str:
    """Return the text with a capital at its start and after each stop."""
    return _START.sub(lambda found: found.group(1) + found.group(2).upper(), first_up(text))


def first_up(text: str) -> str:
    """Return the text with a capital first letter, unless it starts with a link or a tag.

    Examples
    --------
    >>> first_up("our boots"), first_up("www.example.org")
    ('Our boots', 'www.example.org')
    """
    found = LETTERS.search(text)
    if found is None or _whole(text, found.start()) or any(map(str.isdigit, text[: found.start()])):
        return text
    return text[: found.start()] + text[found.start()].upper() + text[found.start() + 1 :]


def _whole(text: str, at: int) -> bool:
    """Tell whether a link, mail address or tag stands at ``at``."""
    start = max(text.rfind(" ", 0, at) + 1, 0)
    word = text[start:].split(maxsplit=1)[0]
    return bool(TAG.match(word) or MAIL.match(word) or LINK.match(word))


def _calm_weight(text: str, shouted: str) -> str:
    """Lower a word that wears a capital for weight, as in "earn Income": not beside a name."""
    found = list(LETTERS.finditer(text))
    pieces = list(text)
    for place, word in enumerate(found[1:], 1):
        if not word.group()[0].isupper() or not _WITHIN.match(text[word.start() - 2 : word.start()]):
            continue
        beside = [found[place - 1]] if place > 1 else []
        beside += found[place + 1 : place + 2]
        if any(one.group()[0].isupper() for one in beside):
            continue
        words = [one.group() for one in found[place - 1 :]]
        was_loud = shouted[slice(*found[place - 1].span())].isupper()
        if _is_weighty(words) or (was_loud and _ends_shouting(words)):
            pieces[word.start()] = pieces[word.start()].lower()
    return "".join(pieces)


def _is_weighty(words: list[str]) -> bool:
    """Whether the second word tells no name: "earn Income", "to Learn how", "in One step"."""
    before, low = words[0].lower(), words[1].lower()
    following = words[2].lower() if len(words) > 2 else ""
    if low in lists()["weighty"]:
        return True
    if words[1].isupper():
        return False
    if low in lists()["weighty_within"]:
        return before in lists()["uncapped"]
    if low not in verbs().all - verbs().nouns - lists()["given"]:
        return False
    return before in lists()["before_verb"] and (
        before != "to" or following in lists()["after_verb"] - {"and"}  # “to Express and back”
    )


def _ends_shouting(words: list[str]) -> bool:
    """Whether the second word, an ordinary one, is the last capital, as in "a FREE Quote"."""
    if words[0] not in lists()["owning"] or words[1].isupper() or is_name(words[1]):
        return False
    later = [word for word in words[2:] if word[0].isupper() and word.lower() not in lists()["weighty"]]
    return not later and words[1].lower() not in lists()["opens_anew"]


def _quieted(found: re.Match[str], text: str) -> str:
    """Lower a shouted word, unless a name follows: EVEN Hotels stays, but not FREE Kettles."""
    word, following = found.group(), text[found.end() : found.end() + 3].lstrip()
    if word == "A" and following[:2].isupper() and found.start():
        return "a"
    if (
        following[:1].isupper()
        and not following[1:2].isupper()
        and following != "I"
        and word[-1:].isalpha()
        and word.lower() not in lists()["shouted"]
    ):
        return word
    return word if _LETTERED.fullmatch(word) else _lowered(word, loud=False)


def _lowered(word: str, *, loud: bool) -> str:
    if _ORDINAL.fullmatch(word):
        return word.lower()
    if TAG.search(word) or MAIL.search(word) or LINK.search(word) or any(map(str.isdigit, word)):
        return word
    if "_" in word or _MARKED.search(word) or _SHORT_FORM.fullmatch(word) or _SLASHED.fullmatch(word):
        return word
    return LETTERS.sub(lambda found: _lower_word(found.group(), loud), word)


def _lower_word(word: str, loud: bool) -> str:
    low = word.lower()
    short = len(word) < 3 and not loud and low not in lists()["small"]
    if not word.isupper() or short or word in ("I", "A"):
        return low if word == "A" and loud else word
    if low == "i" or low.startswith(("i'", "i’")):
        return word[0] + low[1:]
    return low if is_common(low) or is_formed(low) else word
