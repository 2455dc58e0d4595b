"""Facts told in numbers: amounts of money, percentages, quantities, durations, ordinals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from clientvoice.rewrites.facts.lexicon import any_of, key_of, keys_by_word, word_lists, words_pattern
from clientvoice.rewrites.facts.numbers import DIGITS, number_key, number_pattern, plain_key, scaled
from clientvoice.rewrites.facts.spans import Ground

_BEHIND = re.compile(r"[ -](?:(?P<word>[a-z][a-z'-]{0,30})|(?=[^\w\s.,;:!?)]))")


@dataclass(frozen=True, slots=True)
class Figures:
    """The patterns of numbers and the words that lead to a key."""

    money: re.Pattern[str]
    percent: re.Pattern[str]
    counted: re.Pattern[str]
    ordinal: re.Pattern[str]
    fixed: re.Pattern[str]
    rate: re.Pattern[str]
    a_rate: re.Pattern[str]
    per: re.Pattern[str]
    free: re.Pattern[str]
    currencies: dict[str, str]
    cents: dict[str, str]
    units: dict[str, str]
    durations: dict[str, str]
    rates: dict[str, str]


@cache
def figures() -> Figures:
    """Return the patterns, made once from ``facts.toml``."""
    lists = word_lists("facts")
    currencies, cents = keys_by_word(lists["currencies"]), keys_by_word(lists["cents"])
    units, durations = keys_by_word(lists["units"]), keys_by_word(lists["durations"])
    scale = any_of(lists["scales"])
    number = rf"(?P<number>{number_pattern()})(?:[ -]?(?P<scale>{scale})(?!\w))?"
    first = number.replace("number", "number1").replace("scale", "scale1")
    second = number.replace("number", "number2").replace("scale", "scale2")
    low = rf"(?:(?P<low>{DIGITS}) ?(?:-|to) ?)?"
    signs = any_of(sign for sign in currencies if not sign[-1].isalpha() or len(sign) <= 3)
    names = any_of(currencies) + "|" + any_of(cents)
    unit = any_of([*durations, *units])
    fillers = f"(?:{any_of(lists['fillers']['words'])})"
    spelled = [rate for rates in lists["rates"].values() for rate in rates]
    plain_rates = [rate for rate in spelled if not re.match(r"an? |/", rate)]
    return Figures(
        money=re.compile(
            rf"(?<![\w])(?P<sign>{signs}) ?{low.replace('low', 'low1')}"
            rf"(?P<high1>)(?:(?:{signs}) ?)?{first}(?![\d])"
            rf"|(?<![\w.,]){low.replace('low', 'low2')}"
            rf"(?P<high2>){second}[ -]?(?P<name>{names})(?!\w)"
        ),
        percent=re.compile(
            rf"(?<![\w.,]){low}(?P<number>{number_pattern()})[ -]?"
            r"(?:%|percent\b|per ?cent\b|pct\b|percentage points?\b)"
        ),
        counted=re.compile(
            rf"(?<![\w.,]){number}(?!(?:st|nd|rd|th)(?!\w))"
            rf"(?:(?:[ -]{{0,2}}|(?: {fillers}){{1,2}} )(?P<unit>{unit})(?!\w))?(?![\d])"
        ),
        ordinal=re.compile(
            rf"(?<!\w)(?:(?P<digits>\d{{1,9}})(?:st|nd|rd|th)|(?P<word>{any_of(lists['ordinals'])}))(?!\w)"
        ),
        fixed=words_pattern(lists["quantities"]),
        rate=words_pattern(plain_rates),
        a_rate=re.compile(
            rf"(?:(?<=[\w%¢])(?= )|(?=/)) ?(?:{any_of(set(spelled) - set(plain_rates))})(?!\w)"
        ),
        per=re.compile(r"(?<!\w)per (?P<what>[a-z]{2,20})(?!\w)|(?<=\w)/(?P<slash>[a-z]{2,20})(?!\w)"),
        free=words_pattern(lists["free"]["words"]),
        currencies=currencies,
        cents=cents,
        units=units,
        durations=durations,
        rates=keys_by_word(lists["rates"]),
    )


def find_figures(ground: Ground) -> None:
    """Take percentages, amounts, durations, quantities, rates and ordinals, in this order."""
    _find_percents(ground)
    _find_amounts(ground)
    _find_free(ground)
    _find_counts(ground)
    _find_rates(ground)
    _find_ordinals(ground)


def _find_percents(ground: Ground) -> None:
    for found in figures().percent.finditer(ground.small):
        start = found.start()
        if found["low"]:
            ground.add(start, found.end("low"), "percent", number_key(found["low"]))
            start = found.start("number")
        ground.add(start, found.end(), "percent", number_key(found["number"]))


def _find_amounts(ground: Ground) -> None:
    patterns = figures()
    for found in patterns.money.finditer(ground.small):
        side = "1" if found["sign"] else "2"
        name = found["sign"] or found["name"]
        scale = found["scale" + side]
        start = found.start()
        low = found["low" + side]
        if low:
            ground.add(
                start,
                found.end("low" + side),
                "amount",
                _currency(patterns, name, scaled(number_key(low, money=True), scale)),
            )
            start = found.start("high" + side)
        value = scaled(number_key(found["number" + side], money=True), scale)
        ground.add(start, found.end(), "amount", _currency(patterns, name, value))


def _currency(patterns: Figures, name: str, value: str) -> str:
    name = " ".join(name.replace("-", " ").split())
    if name in patterns.currencies:
        return f"{patterns.currencies[name]} {value}"
    return f"{patterns.cents[name]} {plain_key(str(Decimal(value) / 100))}"


def _find_free(ground: Ground) -> None:
    for found in figures().free.finditer(ground.small):
        # risk-free, sugar-free and freestyle cost something
        if ground.small[found.start() - 1 : found.start()] != "-" or found.group() != "free":
            ground.add(*found.span(), "amount", "0")


def _find_counts(ground: Ground) -> None:
    patterns = figures()
    for fixed in patterns.fixed.finditer(ground.small):
        key = word_lists("facts")["quantities"].get(" ".join(fixed.group().replace("-", " ").split()))
        ground.add(*fixed.span(), "quantity", key or fixed.group())
    for found in patterns.counted.finditer(ground.small):
        key = scaled(number_key(found["number"]), found["scale"])
        unit = found["unit"]
        if (
            unit is None
            and not found["number"][0].isdigit()
            and _is_pronoun(ground, found["number"], *found.span("number"))
        ):
            continue
        if unit is None:
            end = found.end("scale") if found["scale"] else found.end("number")
            ground.add(found.start(), end, "quantity", key)
        elif " ".join(unit.replace("-", " ").split()) in patterns.durations:
            ground.add(*found.span(), "duration", f"{key} {key_of(patterns.durations, unit)}")
        else:
            ground.add(*found.span(), "quantity", f"{key} {key_of(patterns.units, unit)}")


def _find_rates(ground: Ground) -> None:
    patterns = figures()
    for found in patterns.rate.finditer(ground.small):
        ground.add(*found.span(), "duration", key_of(patterns.rates, found.group()))
    counted = [fact.end for fact in ground.of_kinds("amount", "quantity", "percent", "duration")]
    for found in patterns.a_rate.finditer(ground.small):
        if found.start() in counted:
            words = found.group().strip()
            start = found.end() - len(words)
            ground.add(start, found.end(), "duration", key_of(patterns.rates, words))
    for found in patterns.per.finditer(ground.small):
        what = found["what"] or found["slash"]
        if found["what"] or found.start() in counted:
            ground.add(*found.span(), "quantity", f"per {what}")


def _find_ordinals(ground: Ground) -> None:
    ordinals = word_lists("facts")["ordinals"]
    for found in figures().ordinal.finditer(ground.small):
        if found["word"] and _is_pronoun(ground, found["word"], *found.span()):
            continue
        value = str(int(found["digits"])) if found["digits"] else str(ordinals[found["word"]])
        ground.add(*found.span(), "quantity", f"{value}th")


def _is_pronoun(ground: Ground, word: str, start: int, end: int) -> bool:
    """Whether "one" or "first" counts nothing here: "the blue one.", "ask first", "one of us"."""
    lists = word_lists("facts")["pronouns"]
    behind = _BEHIND.match(ground.small, end)
    if word not in ("one", "first") or (behind and not behind["word"]):
        return False
    front = ground.small[max(0, start - 20) : start].split()
    return (
        behind is None
        or behind["word"] in lists["behind"]
        or (word == "one" and front[-1:] != [] and front[-1] in lists["front"])
    )
