"""Facts that must stand letter by letter: merge tags, links, addresses, phone numbers, footnotes, codes."""

from __future__ import annotations

import re
from functools import cache

from clientvoice.readers.templates.tags import PLACEHOLDER, TAG
from clientvoice.rewrites.facts.lexicon import any_of, word_lists
from clientvoice.rewrites.facts.spans import Ground

_TAG = re.compile(rf"{TAG}|{PLACEHOLDER}|(?<![\w%])%(?:[1-9]\$)?[sdif](?!\w)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_HOSTS = (
    "com|org|net|edu|gov|info|biz|io|app|dev|shop|store|online|site|ly|me|tv|ai|eu|uk|us|ca|au|nz|ie|de|fr|nl"
    "|es|it|ch|at|be|se|no|dk|pl|in|jp|cn|sg|za|br|example|test"
)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"()]{1,2000}"
    rf"|(?<![\w.@/-])(?:[\w-]{{1,63}}\.){{1,6}}(?:{_HOSTS})(?![\w-])(?:/[^\s<>\"()]{{0,1000}})?",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w+.,$£€])(?:\+|00)?(?:\(\d{1,5}\)[ .-]?)?\d{1,5}(?:[ .-]{1,2}\(?\d{2,6}\)?){0,6}(?![\w%])"
    r"|(?<![\w])1[ -]8\d\d[ -][A-Z0-9-]{7,9}(?!\w)"
)
_CODE = re.compile(r"(?<![\w#])#?(?=[\w-]{0,30}\d)(?=[\w-]{0,30}[A-Z])[A-Z0-9][\w-]{1,30}(?!\w)")
_FOOTNOTE = re.compile(r"(?<=[\w.,!?%)]) ?[*\u2020\u2021]{1,3}(?![\w*])")
"""A mark that leads to a condition told elsewhere."""

_EMPHASIS = re.compile(r"(?<![\w*])\*{1,3}\w")
_DECADE = re.compile(
    r"\d+(?:st|nd|rd|th|s|k|m|bn|x|am|pm|kg|gb|mb|tb|ml|cm|mm|km|ft|oz|lb|mph|kw|kwh|w|g|l|p)", re.I
)


def find_exact(ground: Ground) -> None:
    """Take merge tags, links, addresses, phone numbers, marks of footnotes and codes, in this order."""
    for tag in _TAG.finditer(ground.text):
        ground.add(*tag.span(), "tag", "".join(tag.group().split()))
    for email in _EMAIL.finditer(ground.text):
        ground.add(email.start(), email.end(), "email", email.group().rstrip(".").casefold())
    for link in _LINK.finditer(ground.text):
        text = link.group().rstrip(".,;:!?'*\u2019\u201d")
        ground.add(link.start(), link.start() + len(text), "link", _link_key(text))
    for phone in _PHONE.finditer(ground.straight):
        if _is_phone(phone.group()):
            ground.add(*phone.span(), "phone", _phone_key(phone.group()))
    if not _EMPHASIS.search(ground.text):  # *so* a star ends what another began
        for mark in _FOOTNOTE.finditer(ground.text):
            ground.add(*mark.span(), "condition", mark.group().strip())
    _find_codes(ground)


def _link_key(link: str) -> str:
    """Return the link with the host in small letters; what follows the host keeps its case."""
    scheme, mark, rest = link.rpartition("://")
    host, slash, path = rest.partition("/")
    return (
        f"{scheme.lower()}{mark}{host.lower()}{slash}{path}"
        if path
        else f"{scheme.lower()}{mark}{host.lower()}"
    )


def _is_phone(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    groups = re.findall(r"\d+", text)
    if re.fullmatch(r"1[ -]8\d\d[ -][A-Z0-9-]+", text):
        return True
    if not 7 <= len(digits) <= 15 or re.fullmatch(
        r"\d{4}[-.]\d{1,2}[-.]\d{1,2}|\d{1,2}[-.]\d{1,2}[-.]\d{4}", text
    ):
        return False
    if text[0] in "+(" or text.startswith("0"):
        return True
    # 555-0134, 212 555 0134: groups as a phone number has them, not 1 000 000
    return len(groups) > 1 and len(groups[-1]) == 4 and "," not in text


def _phone_key(text: str) -> str:
    return re.sub(r"[^0-9A-Z+]", "", text)


@cache
def _told_code() -> re.Pattern[str]:
    before = any_of(word_lists("facts")["codes"]["before"])
    return re.compile(rf"(?<![\w'])(?:{before})(?: is)?[ :\"'#]{{1,3}}([\w-]{{2,30}})")


def _find_codes(ground: Ground) -> None:
    for told in _told_code().finditer(ground.small):
        code = ground.text[told.start(1) : told.end(1)]
        if code.isupper() or any(map(str.isdigit, code)):
            ground.add(told.start(1), told.end(1), "code", code)
    for code_found in _CODE.finditer(ground.straight):
        code = code_found.group()
        if not _DECADE.fullmatch(code):
            ground.add(*code_found.span(), "code", code)
