"""Rule files that break the rules for rules: what, where, what is allowed, and the remedy."""

import pytest

from clientvoice.errors import RuleError
from clientvoice.rules import RuleBook

GOOD = """frame = "customer"
summary = "Talks shop."
phrases = [
    "circle back",
    "touch base",
]

[[patterns]]
name = "leverage"
tokens = ["leverage", ["our", "your"]]

[examples]
flag = ["Let us circle back."]
pass = ["Come back soon."]
"""


def load(tmp_path, text, name="our_jargon"):
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return RuleBook.load(tmp_path)


def complaint(tmp_path, text, name="our_jargon"):
    with pytest.raises(RuleError) as caught:
        load(tmp_path, text, name)
    return str(caught.value)


def test_the_good_file_is_good(tmp_path):
    assert load(tmp_path, GOOD).cues[-1] == "our_jargon"


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        (
            "phrases = [",
            "phrase = [",
            3,
            ["unknown key 'phrase'", "Allowed: summary", "Did you mean 'phrases'?"],
        ),
        ('"touch base"', '"Circle-Back"', 5, ["'Circle-Back' stands twice"]),
        ('"touch base"', '"act now"', 5, ["'act now'", "'pressure'"]),
        ('"touch base"', "7", 5, ["phrases holds 7"]),
        ('"touch base"', '" "', 5, ["phrases holds ' '"]),
        ('flag = ["Let us circle back."]', "flag = []", 12, ["no examples.flag", "flag lists texts"]),
        ('pass = ["Come back soon."]', "", 12, ["no examples.pass"]),
        ('pass = ["Come back soon."]', 'passes = ["x"]', 14, ["'passes'", "Did you mean 'pass'?"]),
        ('"leverage", [', '{LEMMA = "leverage"}, [', 9, ["LEMMA needs a trained spaCy pipeline"]),
        ('"leverage", [', '{LOWR = "leverage"}, [', 9, ["unknown attribute 'LOWR'", "Did you mean 'LOWER'?"]),
        ('"leverage", [', '{LOWER = "leverage", OP = "+"}, [', 9, ["OP = '+'", "{n,m}"]),
        ('"leverage", [', '"touch base", [', 9, ["One token is one word"]),
        ('"leverage", [', '{LOWER = "Leverage"}, [', 9, ["lower case: 'leverage'"]),
        ('["leverage", ["our", "your"]]', "[{IS_ALPHA = true}]", 9, ["no word that must be there"]),
        ('["leverage", ["our", "your"]]', "[]", 9, ["no list of 1 to 24 tokens"]),
        ('frame = "customer"', 'frame = "neutral"', 1, ["'neutral'", 'frame = "client"']),
        ('frame = "customer"\n', "", 1, ["no frame"]),
        ('summary = "Talks shop."', "summary = 3", 2, ["summary = 3"]),
        ('summary = "Talks shop."\n', "", 1, ["no summary"]),
        ('summary = "Talks shop."', 'summary = "Talks shop"\nmargin = "No place."', 3, ["{words} once"]),
        ('summary = "Talks shop."', 'summary = "Talks shop."\nyields_to = ["presure"]', 3, ["'pressure'"]),
        (
            "[examples]",
            '[denies]\nleverage = ["presure"]\n\n[examples]',
            13,
            ["denies.leverage", "'pressure'"],
        ),
        (
            "[examples]",
            '[denies]\njargon = ["pressure"]\n\n[examples]',
            13,
            ["'jargon'", "Allowed: leverage"],
        ),
        ('summary = "Talks shop."', 'summary = "Talks shop."\ndenies = "price"', 3, ["denies = 'price'"]),
        ('summary = "Talks shop."', 'summary = "Talks shop."\nquoted = 1', 3, ["Allowed: true, false."]),
        ('summary = "Talks shop."', 'summary = "Talks shop."\nextends = true', 3, ["no shipped cue"]),
        ('summary = "Talks shop."', "summary = ", 2, ["not valid TOML"]),
        (
            "[examples]",
            '[margin]\njargon = "“{words}”."\n\n[examples]',
            13,
            ["'jargon'", "Allowed: leverage, default"],
        ),
        (
            "[examples]",
            '[[evidence]]\nsource = "A 1999"\nfinding = "B"\ngrade = "proof"\nboundary = "C"\n\n[examples]',
            15,
            ["grade = 'proof'", "experiment"],
        ),
        ("[examples]", '[[evidence]]\nsource = "A 1999"\n\n[examples]', 13, ["no finding"]),
    ],
)
def test_an_error_tells_file_line_value_and_remedy(tmp_path, old, new, line, told):
    assert old in GOOD
    message = complaint(tmp_path, GOOD.replace(old, new, 1))
    assert message.startswith(f"{tmp_path / 'our_jargon.toml'}:{line}: ")
    for part in told:
        assert part in message


def test_a_word_that_the_tokenizer_splits_is_told_before_it_fails_to_match(tmp_path):
    from clientvoice.rules import match

    book = load(tmp_path, GOOD.replace('"leverage", [', '"leverage,", ['))
    with pytest.raises(RuleError, match="would never match"):
        match(book, "x")


def test_file_names_must_name_a_cue(tmp_path):
    assert "cannot name a cue" in complaint(tmp_path, GOOD, name="Our Jargon")


def test_bytes_that_are_no_text_are_told(tmp_path):
    (tmp_path / "our_jargon.toml").write_bytes(b"summary = '\xff'")
    with pytest.raises(RuleError, match="not UTF-8"):
        RuleBook.load(tmp_path)


def test_deep_and_huge_files_are_refused(tmp_path):
    assert complaint(tmp_path, "phrases = " + "[" * 90_000)
    assert "at most" in complaint(tmp_path, "#" * 1_000_001)


def test_a_folder_without_rules_is_told(tmp_path):
    with pytest.raises(RuleError, match="no rule files"):
        RuleBook.load(tmp_path)
    with pytest.raises(RuleError, match="no such folder"):
        RuleBook.load(tmp_path / "nowhere")


@pytest.mark.parametrize("kind", ["lists", "tables"])
def test_the_wrong_kind_of_value_never_ends_in_a_traceback(tmp_path, kind):
    value = "[1]" if kind == "lists" else "{a = 1}"
    for key in (
        "summary",
        "why",
        "evidence",
        "phrases",
        "patterns",
        "exceptions",
        "quoted",
        "margin",
        "examples",
    ):
        text = f"{key} = {value}\n" + ("" if key == "summary" else 'summary = "x"\n') + 'frame = "client"\n'
        assert complaint(tmp_path, text).startswith(str(tmp_path))
