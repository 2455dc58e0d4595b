from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from clientvoice.segments.phrases import compile_phrases, footer_words, plain_text

SETS = {"letter": ["email", "news letter"], "leave": ["opt out", "unsubscribe"]}


@pytest.mark.parametrize(
    ("phrase", "text", "there"),
    [
        ("sent to you", "it was sent to you today", True),
        ("sent to you", "it was resent to yours", False),
        ("^sent to you", "hello. sent to you", True),
        ("^sent to you", "it was sent to you", False),
        ("mailing list$", "the fern mailing list.", True),
        ("mailing list$", "the mailing list is long", False),
        ("this {letter} was", "this news letter was", True),
        ("this {letter} was", "this letter was", False),
        ("to * {leave}", "to stop it all, opt out", True),
        ("to {leave}", "to: opt out", True),
        ("if you * again", "if you one two three four five six seven again", False),
        ("copyright #", "copyright 2024", True),
        ("copyright #", "copyright law", False),
        ("^©", "© fern", True),
        ("(un)subscribe", "(un)subscribe", True),
    ],
)
def test_notation(phrase: str, text: str, there: bool) -> None:
    assert bool(compile_phrases([phrase], SETS).hits(text)) is there


def test_hits_are_in_order() -> None:
    phrases = compile_phrases(["two", "one"], {})
    assert phrases.hits("one and two and two") == [0, 8]
    assert phrases.hits("") == []


def test_plain_text() -> None:
    assert plain_text(" Don’t  SHOUT\n“here” ") == 'don\'t shout "here"'


def test_every_set_is_used_and_known() -> None:
    path = files("clientvoice") / "resources" / "segments" / "footers.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    text = " ".join(data[name]["phrases"] for name in ("machinery", "legal", "head"))
    names = {word[1:-1] for word in text.split() if word.startswith("{") and word.endswith("}")}
    assert names == data["sets"].keys()


def test_every_phrase_matches_itself() -> None:
    path = files("clientvoice") / "resources" / "segments" / "footers.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    first = {name: words.split()[0].replace("_", " ") for name, words in data["sets"].items()}
    words = footer_words()
    for name, phrases in (("machinery", words.machinery), ("legal", words.legal), ("head", words.head)):
        for phrase in data[name]["phrases"].strip().splitlines():
            example = phrase.removeprefix("^").removesuffix("$").replace(" * ", " that ").replace("#", "7")
            for key, word in first.items():
                example = example.replace(f"{{{key}}}", word)
            assert phrases.hits(example), phrase
