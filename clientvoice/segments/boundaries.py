"""Where one line of text falls into sentences: every stop is looked at once and judged by rules.

The rules are few and written for marketing copy. They weigh the word before the
stop, the stop itself, what closes after it (brackets, quotes, emoji) and the
word that follows. The word lists are data, in ``resources/segments/boundaries.toml``.
"""

from __future__ import annotations

import re

from clientvoice.readers.words import word_list
from clientvoice.segments.protected import masked
from clientvoice.segments.words import boundary_words

_PICTURE = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\u20e3"
_STOP = re.compile(
    r"(?<![.!?…。！？])(?P<signs>[.!?…。！？]++)"
    r"(?P<closers>[\"'”’»)\]}*_]{0,9})"
    rf"(?P<faces>\s?(?::-?[)D(P](?!\w)|[{_PICTURE}]++(?!\w)))?"
    r"(?=(?P<gap>\s|\Z|[A-Z][A-Za-z'’]))"
)
_NEXT = re.compile(
    r"\s*(?P<dash>-{1,3}\s+(?=\w))?(?P<openers>[\"'“‘«(\[*_¿¡$£€#@+~]{0,4})"
    r"(?P<word>(?:[^\W_]|[.&](?=\w)|['’](?=\w)){0,40})(?P<mark>.?)"
)
_BEFORE = re.compile(r"[^\s\"'“”‘’«»(\[{*_/–—-]*\Z")
_LONGEST_WORD = 24
_DOTTED = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_LIST_MARK = re.compile(r"[\s(]{0,9}(?:\d{1,3}|[a-zA-Z]|[ivx]{2,4})")
_NUMBER = re.compile(r"Nos?\.? {0,3}\d")  # "Reg. No. 555": no sentence starts with it
_VOWEL = re.compile(r"[aeiouy]|[^\x00-\x7f]")
_NAMED = re.compile(r"(?<!\S)[a-z]{1,24}\s[A-Z][a-z]{1,24}\Z")  # "rated by Which": a name inside a sentence
_GOES_ON = frozenset("-–—,;:&/|§")


def sentence_ends(text: str) -> list[int]:
    """Return where the sentences of one line end, but for the last, which ends with the line.

    Examples
    --------
    >>> text = "Ask for Dr. Okafor. She is in until 5 p.m. Friday."
    >>> [text[:end] for end in sentence_ends(text)]
    ['Ask for Dr. Okafor.']
    """
    work = masked(text)
    ends: list[int] = []
    start = 0
    for stop in _STOP.finditer(work):
        if _ends_here(work, stop, start):
            start = stop.end()
            ends.append(start)
    return ends


def _ends_here(work: str, stop: re.Match[str], start: int) -> bool:
    if not stop["gap"]:
        return False  # the end of the line
    found = _BEFORE.search(work, max(start, stop.start() - _LONGEST_WORD), stop.start())
    before = found.group() if found else ""
    if not stop["gap"].isspace():
        return _glued(work, stop, before)
    following = _NEXT.match(work, stop.end())
    if following is None:
        return stop["closers"] == "" and before.lower() not in boundary_words().shortened
    word = following["word"].replace("’", "'")
    small = _small(word)
    signs = stop["signs"]
    if following["dash"]:
        hour = before.lower() in boundary_words().clock and (small or word[0].isdigit())
        return stop["closers"] == "" and before.lower() not in boundary_words().shortened and not hour
    if signs == ".":
        if _LIST_MARK.fullmatch(work, start, stop.start()) or _postscript(work, start, stop.start()):
            return False
        return _after_period(before, following, word, small and bool(stop["closers"]))
    if signs[0] == "…" or signs[:2] == "..":
        return word != "" and not small and not (before == "" and _is_price(following))
    if not word:
        return following["mark"] not in _GOES_ON
    if before in boundary_words().brands and len(signs) == 1:
        return _starts(word)
    if small and len(signs) == 1 and _NAMED.search(work, start, stop.start()):
        return _calls(word)
    return not (small and stop["closers"])


def _after_period(before: str, following: re.Match[str], word: str, aside: bool) -> bool:
    """Judge a period with white space after it; ``aside`` is a bracket or quote inside a sentence."""
    words = boundary_words()
    plain = before.lower()
    short = plain in words.shortened or _shortened(before)
    if plain in words.never or aside:
        return False
    if not word:
        return not short and following["mark"] not in _GOES_ON and following["mark"] not in ".!?…"
    dotted = _DOTTED.fullmatch(before) is not None and (len(before) > 1 or before.isupper())
    if word[0].isdigit():
        return not (short or dotted or plain in words.figures)
    if plain in words.figures and (_small(word) or _code(word)):
        return False
    if _small(word):
        return not short and before.isalpha() and (len(before) > 3 or (before.islower() and len(before) > 1))
    if following["mark"] == "." and len(word) == 1:
        return not (short or dotted)
    if plain in words.clock:
        return word.lower().replace(".", "") not in words.clock_goes_on and "(" not in following["openers"]
    if plain in words.closing or not (short or dotted):
        return True
    if _NUMBER.match(following.string, following.start("word")):
        return False
    return _starts(word) and "(" not in following["openers"]


def _is_price(following: re.Match[str]) -> bool:
    """Whether a figure follows, as after the dots of a price list ("Rye ... £4.20")."""
    return following["word"][:1].isdigit()


def _shortened(word: str) -> bool:
    """Whether a word is short, without a vowel and not in capitals: "Wm", "Blvd"."""
    return 1 < len(word) < 5 and word.isalpha() and not word.isupper() and _VOWEL.search(word.lower()) is None


def _glued(work: str, stop: re.Match[str], before: str) -> bool:
    """Judge a stop right before a capital ("now.Click", "WOW!GET")."""
    words = boundary_words()
    signs, following = stop["signs"], stop["gap"]
    if before in words.brands:
        return False
    letters = len(before) > 1 and before[-2:].isalpha() and "." not in before
    if signs[0] in "!?":
        return letters or stop["closers"] != "" or (stop.start() > 0 and work[stop.start() - 1] in "\"”)’' ")
    if following[1].isupper():
        return False
    if signs != ".":
        opening = _NEXT.match(work, stop.end())
        return opening is not None and _starts(opening["word"])
    return letters and before.lower() not in words.shortened and before.lower() not in words.never


def _postscript(work: str, start: int, end: int) -> bool:
    return end - start < 12 and work[start:end].strip().lower() in boundary_words().postscripts


def _starts(word: str) -> bool:
    """Whether a word begins like a sentence: a capital, and one of the words that often do."""
    return word[0].isupper() and word.lower() in boundary_words().starters


def _calls(word: str) -> bool:
    """Whether a word often begins a sentence, in hasty copy without a capital: "order now", "we can"."""
    return word.lower() in boundary_words().starters or word.lower() in word_list("call_verbs")


def _code(word: str) -> bool:
    """Whether a word is in capitals and no plain word: a merge tag, a number with letters."""
    return len(word) > 1 and word.isupper() and not _starts(word)


def _small(word: str) -> bool:
    """Whether a word goes on: a small letter, and no name such as "iPhone"."""
    return word[:1].islower() and word.lower() not in boundary_words().small_names
