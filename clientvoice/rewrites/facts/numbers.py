"""Numbers in digits and in words, and their normal form."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache

from clientvoice.rewrites.facts.lexicon import any_of, folded, word_lists

DIGITS = (
    r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?(?!\d)"  # 1,000.50
    r"|\d{1,3}(?:\.\d{3}){1,5}(?:,\d{1,2})?(?!\d)"  # 1.000,50
    r"|\d{1,3}(?: \d{3}){1,5}(?:[.,]\d{1,2})?(?![\d-])"  # 1 000
    r"|\d{1,2}(?:,\d{2}){1,4},\d{3}(?!\d)"  # 1,00,000
    r"|\d{1,30}(?:[.,]\d{1,6})?"
    r"|(?<!\d)\.\d{1,4}"
)


@cache
def number_pattern() -> str:
    """Return the pattern of a number in digits or words, such as 1,000.50, twenty-five or two hundred."""
    lists = word_lists("facts")
    tens = any_of(word for word, value in lists["numbers"].items() if value >= 20)
    units = any_of(word for word, value in lists["numbers"].items() if 0 < value < 10)
    words = any_of(lists["numbers"])
    below = rf"(?:(?:{tens})[ -](?:{units})(?!\w)|(?:{words})(?!\w))"
    big = r"(?: (?:hundred|thousand|million|billion)(?!\w))"
    return rf"{DIGITS}|(?:a|{below})(?:{big}(?: and)?(?: {below})?){{1,3}}|{below}"


def number_key(text: str, *, money: bool = False) -> str:
    """Return the normal form of a number in digits or words.

    Examples
    --------
    >>> number_key("1,000"), number_key("twenty-five"), number_key("two hundred"), number_key("7.50")
    ('1000', '25', '200', '7.5')
    """
    lists = word_lists("facts")
    small = folded(text).strip()
    if small[:1].isdigit() or small.startswith("."):
        return _digits_key(small, money=money)
    total = part = 0
    for word in small.replace("-", " ").split():
        if word in lists["numbers"]:
            part += lists["numbers"][word]
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in lists["scales"]:
            total, part = total + max(part, 1) * lists["scales"][word], 0
    return str(total + part)


def _digits_key(text: str, *, money: bool) -> str:
    text = text.replace(" ", "")
    if money and re.fullmatch(r"\d{1,3}\.\d{3}", text):
        return text.replace(".", "")  # 1.000 € is no price of three decimals
    if (
        re.fullmatch(r"\d{1,3}(?:,\d{2,3}){1,5}(?:\.\d+)?", text)
        and len(text.split(".")[0].split(",")[-1]) == 3
    ):
        text = text.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,5}(?:,\d+)?|\d{1,3}(?:\.\d{3}){1,5},\d+", text):
        text = text.replace(".", "").replace(",", ".")
    return plain_key(text.replace(",", "."))


def plain_key(text: str) -> str:
    """Return a decimal number without needless zeros."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return format(value.normalize(), "f") if value else "0"


def scaled(key: str, scale: str | None) -> str:
    """Return the key of a number with "k", "million" or nothing behind it."""
    if not scale:
        return key
    factor = word_lists("facts")["scales"].get(scale)
    return plain_key(str(Decimal(key) * factor)) if factor else key
