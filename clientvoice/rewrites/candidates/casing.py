"""Shouting and Title Case brought down to the case of a sentence; names keep their capitals."""

from __future__ import annotations

import re

from clientvoice.rewrites.candidates.reading import LINK, MAIL, TAG
from clientvoice.rewrites.candidates.spelling import is_written, respelled
from clientvoice.rewrites.candidates.words import common_words, lists, verbs
from clientvoice.rewrites.guards.frequencies import frequencies

_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MARKED = re.compile(r"[®™©]|^\.[A-Za-z]")
_SHORT_FORM = re.compile(r"\([A-Z]{2,5}\)[,.]?")
_ORDINAL = re.compile(r"\W{0,3}\d{1,4}(?:ST|ND|RD|TH)\W{0,3}")
_SLASHED = re.compile(r"\W{0,3}[A-Z](?:[/&][A-Z])+\W{0,3}")
_START = re.compile(r"([.!?]\s+)([a-z])(?=[a-z']*\s)")
_LOUD = 0.7
_ENDS = ("s", "es", "ed", "ing", "d", "ly", "er")
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
    """
    quiet = _RUN.sub(lambda run: run.group(1) or "…", text)
    words = _LETTERS.findall(quiet)
    if not words:
        return quiet
    loud = is_loud(quiet)
    title = not loud and _is_title_case(words)
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
    letters = "".join(_LETTERS.findall(text))
    return sum(map(str.isupper, letters)) >= _LOUD * len(letters) and len(letters) > 3


def _calmed(quiet: str, *, loud: bool, title: bool) -> str:
    if loud:
        return _WORD.sub(lambda found: _lowered(found.group(), loud=True), quiet)
    if title:
        return first_up(_calm_title(_WORD.sub(lambda found: _lowered(found.group(), loud=False), quiet)))
    return _calm_weight(_WORD.sub(lambda found: _quieted(found, quiet), quiet))


def lower_first(text: str) -> str:
    """Return the text with a small first letter, unless its first word is a name.

    Examples
    --------
    >>> lower_first("Our boots"), lower_first("Lisbon in May"), lower_first("DVD sale"), lower_first("I am")
    ('our boots', 'Lisbon in May', 'DVD sale', 'I am')
    """
    found = _LETTERS.search(text)
    if found is None or found.start() > 1:
        return text
    word = found.group()
    plain = re.split(r"['’]", word)[0].lower()
    if plain == "i" or not word[0].isupper() or (len(word) > 1 and word.isupper()):
        return text
    if not is_common(plain) or is_written(word) or _is_somebody(text, found):
        return text
    following = _LETTERS.search(text, found.end())
    name = following and following.group()[0].isupper() and following.group() != "I"
    if name and plain not in lists()["small"]:
        return text
    return text[: found.start()] + word[0].lower() + text[found.start() + 1 :]


def _is_somebody(text: str, word: re.Match[str]) -> bool:
    """Whether a word that is a first name, too, does something: "Rich brings", but "Mark your day"."""
    following = _LETTERS.search(text, word.end())
    if following is None or word.group().lower() not in lists()["given"]:
        return (
            bool(re.search(r"['’]s$", word.group(), re.I)) and word.group().lower()[:-2] in lists()["given"]
        )
    acts = following.group().lower()
    return acts in _BEING or (
        acts.endswith("s") and acts not in lists()["small"] and acts[:-1] in verbs().all
    )


def is_common(word: str) -> bool:
    """Tell whether a word, in lower case, is an ordinary one, or a form of one.

    Examples
    --------
    >>> is_common("boots"), is_common("lisbon"), is_common("don't")
    (True, False, True)
    """
    plain = re.split(r"['’]", word)[0]
    known = common_words()
    if plain in known or plain == "a" or (plain.endswith("n") and plain[:-1] in known and "'" in word):
        return True
    return any(
        plain.endswith(end) and len(plain) > len(end) + 3 and plain[: -len(end)] in known for end in _ENDS
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
    found = _LETTERS.search(text)
    if found is None or _whole(text, found.start()) or any(map(str.isdigit, text[: found.start()])):
        return text
    return text[: found.start()] + text[found.start()].upper() + text[found.start() + 1 :]


def _whole(text: str, at: int) -> bool:
    """Tell whether a link, mail address or tag stands at ``at``."""
    start = max(text.rfind(" ", 0, at) + 1, 0)
    word = text[start:].split(maxsplit=1)[0]
    return bool(TAG.match(word) or MAIL.match(word) or LINK.match(word))


def _is_title_case(words: list[str]) -> bool:
    if _ends_in_name(words):
        return False
    long = [word for word in words[1:] if len(word) > 3]
    if len(words) == 2 or len(long) == 1:  # "Save Time", but not "Ask Grace"
        later = [word for word in words[1:] if len(word) > 2]
        return bool(later) and all(word[0].isupper() and not _is_name(word) for word in later)
    return len(long) > 1 and sum(word[0].isupper() for word in long) >= _LOUD * len(long)


def _ends_in_name(words: list[str]) -> bool:
    """Whether a plain start leads to two or three capitals: "Sign up for Harbour Notes Plus"."""
    plain = next((at for at, word in enumerate(words) if at and word[0].isupper()), len(words))
    run = words[plain:]
    if not (
        plain > 2 and 2 <= len(run) <= 3 and all(word[0].isupper() and not word.isupper() for word in run)
    ):
        return False
    return not any(word.lower() in lists()["small"] or word.lower() in lists()["weighty"] for word in run)


def _calm_weight(text: str) -> str:
    """Lower a word that wears a capital for weight, as in "earn Income": not beside a name."""
    found = list(_LETTERS.finditer(text))
    pieces = list(text)
    for place, word in enumerate(found[1:], 1):
        if word.group()[0].isupper() and word.group().lower() in lists()["weighty"]:
            beside = [found[place - 1]] if place > 1 else []
            beside += found[place + 1 : place + 2]
            if text[word.start() - 1] == " " and not any(one.group()[0].isupper() for one in beside):
                pieces[word.start()] = pieces[word.start()].lower()
    return "".join(pieces)


def _quieted(found: re.Match[str], text: str) -> str:
    """Lower a shouted word, unless a name follows: EVEN Hotels stays."""
    following = text[found.end() : found.end() + 3].lstrip()
    if (
        following[:1].isupper()
        and not following[1:2].isupper()
        and following != "I"
        and found.group()[-1:].isalpha()
    ):
        return found.group()
    return _lowered(found.group(), loud=False)


def _lowered(word: str, *, loud: bool) -> str:
    if _ORDINAL.fullmatch(word):
        return word.lower()
    if TAG.search(word) or MAIL.search(word) or LINK.search(word) or any(map(str.isdigit, word)):
        return word
    if _MARKED.search(word) or _SHORT_FORM.fullmatch(word) or _SLASHED.fullmatch(word):
        return word
    return _LETTERS.sub(lambda found: _lower_word(found.group(), loud), word)


def _lower_word(word: str, loud: bool) -> str:
    low = word.lower()
    short = len(word) < 3 and not loud and low not in lists()["small"]
    if not word.isupper() or short or word in ("I", "A"):
        return low if word == "A" and loud else word
    if low == "i" or low.startswith(("i'", "i’")):
        return word[0] + low[1:]
    return low if is_common(low) or _is_formed(low) else word


def _is_formed(word: str) -> bool:
    """Tell whether a longer word, in lower case, was seen written small or is made of ordinary ones."""
    if len(word) < 6:
        return False
    if word in frequencies().small or any(
        word.startswith(start) and is_common(word[len(start) :]) for start in ("un", "re", "non", "pre")
    ):
        return True
    stems = [word[: -len(end)] for end in ("er", "ing", "ed", "ic", "able", "ness") if word.endswith(end)]
    if any(len(stem) > 3 and (stem in common_words() or _undoubled(stem)) for stem in stems):
        return True
    return any(is_common(word[:cut]) and is_common(word[cut:]) for cut in range(4, len(word) - 3))


def _undoubled(stem: str) -> bool:
    return stem[-1] == stem[-2] and stem[:-1] in common_words()


def _calm_title(text: str) -> str:
    """Lower common words, but none of a run that holds a name: New York stays, and Old Mill Kit."""
    pieces = list(text)
    for run in _runs(text):
        if not any(_is_name(word.group()) for word in run):
            for word in run:
                if not word.group()[1:].isupper():
                    pieces[word.start()] = pieces[word.start()].lower()
    return "".join(pieces)


def _runs(text: str) -> list[list[re.Match[str]]]:
    """Return the words in runs that no mark parts; a small word is a run of its own."""
    runs: list[list[re.Match[str]]] = []
    end = -2
    for word in _LETTERS.finditer(text):
        small = word.group().lower() in lists()["small"]
        joined = bool(runs) and text[end : word.start()].strip(" -®™©") == "" and end > 0
        if joined and not small and runs[-1][0].group().lower() not in lists()["small"]:
            runs[-1].append(word)
        else:
            runs.append([word])
        end = word.end()
    return runs


def _is_name(word: str) -> bool:
    low = word.lower()
    return (word[0].isupper() and (not is_common(low) or low in lists()["given"])) or word == "I"
