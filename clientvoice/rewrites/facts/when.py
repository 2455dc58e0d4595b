"""Facts of the calendar and the clock: dates, weekdays, times, named days, and what they limit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from clientvoice.rewrites.facts.lexicon import any_of, key_of, keys_by_word, word_lists, words_pattern
from clientvoice.rewrites.facts.spans import Fact, Ground

_ISO = re.compile(r"(?<![\w/.-])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\w/])")
_NUMERIC = re.compile(
    r"(?<![\w/.,$£€-])(\d{1,2})([/.])(\d{1,2})(?:\2(\d{4}|\d{2}))(?![\w/])|(?<![\w/.,$£€-])(\d{1,2})/(\d{1,2})(?![\w/%])"
)
_CLOCK = re.compile(
    r"(?<![\w:.,$£€])"
    r"(?:(?P<low>\d{1,2})(?:[:.](?P<lowmin>[0-5]\d))? ?(?P<lowhalf>[ap]\.?m\.?)? ?(?:-|to|and|until|till) ?)?"
    r"(?P<hour>\d{1,2})(?:[:.](?P<min>[0-5]\d))? ?(?P<half>[ap]\.?m(?:\.(?=\s*[a-z(,;:\-])|\.$|\b)|o'clock\b)"
    r"|(?<![\w:.,$£€])(?P<hour24>[01]?\d|2[0-3])[:h](?P<min24>[0-5]\d)(?![\w:])(?: ?hrs?\b)?"
)
_REACH = 4
"""How many words may stand between "by" and its day: "by the end of Friday"."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The patterns of days and the words that lead to a key."""

    day: re.Pattern[str]
    month: re.Pattern[str]
    weekday: re.Pattern[str]
    occasion: re.Pattern[str]
    relative: re.Pattern[str]
    today: re.Pattern[str]
    time: re.Pattern[str]
    until: re.Pattern[str]
    start: re.Pattern[str]
    after: re.Pattern[str]
    months: dict[str, str]
    weekdays: dict[str, str]
    relatives: dict[str, str]
    times: dict[str, str]


@cache
def calendar() -> Calendar:
    """Return the patterns, made once from ``facts.toml``."""
    lists = word_lists("facts")
    months = any_of(word for words in lists["months"].values() for word in words)
    day = r"(?:(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?)"
    year = r"(?:,? ?(?P<{0}>(?:19|20)\d\d|'\d\d)(?!\d))?"
    before, after = lists["today"]["before"], lists["today"]["after"]
    named = lists["occasions"]["days"]
    return Calendar(
        day=re.compile(
            rf"(?<![\w.,$£€])(?:the )?{day.format('d1')}(?: of)? ?"
            rf"(?P<m1>{months})\.?(?!\w){year.format('y1')}"
            rf"|(?<!\w)(?P<m2>{months})\.? (?:the )?{day.format('d2')}(?![\w%:])(?!\.\d){year.format('y2')}"
        ),
        month=re.compile(rf"(?<!\w)(?P<m>{months})(?!\w){year.format('y')}"),
        weekday=re.compile(rf"(?<!\w)(?:{any_of(keys_by_word(lists['weekdays']))})(?!\w)"),
        occasion=re.compile(rf"(?<!\w)(?:{any_of(named)})(?!\w)"),
        relative=words_pattern(keys_by_word(lists["relative"])),
        today=re.compile(
            rf"(?<!\w)(?:{any_of(before)}) (?:at |midnight |noon |[\d.:]{{1,5}} ?(?:[ap]\.?m\.? )?)?"
            r"(?P<t1>today)(?!\w)|(?<!\w)(?P<t2>today)(?='s )"
            rf"|(?<!\w)(?P<t3>today) ?(?:{any_of(after)}|at (?=\d|noon|midnight))(?!\w)"
        ),
        time=words_pattern(keys_by_word(lists["times"])),
        until=words_pattern(lists["limits"]["until"]),
        start=words_pattern(lists["limits"]["from"]),
        after=words_pattern(lists["limits"]["after"]),
        months=keys_by_word(lists["months"]),
        weekdays=keys_by_word(lists["weekdays"]),
        relatives=keys_by_word(lists["relative"]),
        times=keys_by_word(lists["times"]),
    )


def find_when(ground: Ground) -> None:
    """Take dates, times and named days; then the words that make one an end or a start."""
    _find_dates(ground)
    _find_times(ground)
    _find_days(ground)


def _find_dates(ground: Ground) -> None:
    words = calendar()
    for found in _ISO.finditer(ground.small):
        ground.add(*found.span(), "date", "-".join(str(int(part)) for part in found.groups()))
    for found in words.day.finditer(ground.small):
        side = "1" if found["m1"] else "2"
        year, month = found["y" + side], words.months[found["m" + side]]
        ground.add(*found.span(), "date", f"{_year(year)}{month}-{int(found['d' + side])}")
    for found in _NUMERIC.finditer(ground.small):
        if found.group() != "24/7":
            # 3/12 may be either day of two countries, so it stays as it is written
            ground.add(
                *found.span(),
                "date",
                "/".join(str(int(part)) for part in found.groups() if part and part.isdigit()),
            )


def _year(text: str | None) -> str:
    return "" if not text else f"{text.replace(chr(39), '20')}-"


def _find_times(ground: Ground) -> None:
    words = calendar()
    for found in _CLOCK.finditer(ground.small):
        if found["hour24"]:
            ground.add(*found.span(), "time", f"{int(found['hour24']):02}:{found['min24']}")
            continue
        if int(found["hour"]) > 12:
            continue
        start = found.start()
        if found["low"] and int(found["low"]) <= 12:
            half = found["lowhalf"] or found["half"]
            end = (
                found.end("lowhalf")
                if found["lowhalf"]
                else found.end("lowmin")
                if found["lowmin"]
                else found.end("low")
            )
            ground.add(start, end, "time", _clock(found["low"], found["lowmin"], half))
            start = found.start("hour")
        ground.add(start, found.end(), "time", _clock(found["hour"], found["min"], found["half"]))
    for found in words.time.finditer(ground.small):
        ground.add(*found.span(), "time", key_of(words.times, found.group()))


def _clock(hour: str, minute: str | None, half: str) -> str:
    value = int(hour) % 12 + (12 if half.startswith("p") else 0)
    if half.startswith("o"):
        value = int(hour)
    return f"{value:02}:{minute or '00'}"


def _find_days(ground: Ground) -> None:
    words = calendar()
    for found in words.occasion.finditer(ground.small):
        ground.add(*found.span(), "date", found.group())
    for found in words.weekday.finditer(ground.small):
        if len(found.group()) > 5 or ground.text[found.start()].isupper():  # to wed is no Wednesday
            ground.add(*found.span(), "date", words.weekdays[found.group()])
    for found in words.relative.finditer(ground.small):
        ground.add(*found.span(), "date", key_of(words.relatives, found.group()))
    for found in words.today.finditer(ground.small):
        name = next(name for name in ("t1", "t2", "t3") if found[name])
        ground.add(found.start(name), found.end(name), "date", "today")
    for found in words.month.finditer(ground.small):
        # "may", "march" and "mar" in small letters are words
        month = found["m"]
        if found["y"] or (
            ground.text[found.start()].isupper() and (month != "may" or _follows_in(ground, found.start()))
        ):
            ground.add(*found.span(), "date", f"{_year(found['y'])}{words.months[month]}")


def _follows_in(ground: Ground, start: int) -> bool:
    """Whether a word stands in front after which "May" is the month."""
    return (
        re.search(
            r"(?:in|by|of|from|until|till|since|this|next|last|and|to|through|before|mid|early|late)[ -]$",
            ground.small[max(0, start - 9) : start],
        )
        is not None
    )


def find_limits(ground: Ground) -> None:
    """Take the words that make a day or time an end ("by Friday") or a start ("from Friday")."""
    words = calendar()
    for fact in sorted(ground.of_kinds("date", "time"), key=lambda fact: fact.start):
        if fact.key == "soon":
            continue
        lead = _last_words(ground.small, fact.start)
        for pattern, key in ((words.until, "until"), (words.start, "from")):
            hits = [
                hit for hit in pattern.finditer(ground.small, lead, fact.start) if ground.is_free(*hit.span())
            ]
            if hits:
                ground.add(*hits[-1].span(), "condition", key)
                break
        else:
            _find_limit_behind(ground, fact)


def _find_limit_behind(ground: Ground, fact: Fact) -> None:
    behind = calendar().after.match(ground.small, fact.end + (ground.small[fact.end : fact.end + 1] == " "))
    if behind:
        ground.add(*behind.span(), "condition", "until")


def _last_words(small: str, end: int) -> int:
    """Return where the last few words in front of ``end`` start, in the same clause."""
    window = small[max(0, end - 60) : end]
    clause = max(window.rfind(mark) for mark in (". ", "! ", "? ", "; ", ", ")) + 1
    starts = [word.start() for word in re.finditer(r"\S+", window[clause:])]
    if not starts:
        return end
    return end - len(window) + clause + starts[-min(len(starts), _REACH)]
