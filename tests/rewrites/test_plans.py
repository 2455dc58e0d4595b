"""Plans: the shipped ones keep their own examples; a wrong file says where and what."""

import pytest

from clientvoice.errors import RuleError
from clientvoice.rewrites.candidates.plans import check_plans, read_plans
from clientvoice.rewrites.candidates.sentence import calm_tokens
from clientvoice.rewrites.candidates.words import shipped
from clientvoice.rules import RuleBook

CUES = RuleBook.load().cues
FILES = sorted(shipped("plans").glob("*.toml"))
GOOD = """# our own
[[plans]]
match = ["borrow {thing:1-4} (<now>)?"]
say = ["If you need {thing}, you can borrow {thing:them}."]
cue = ["sales_push"]
note = "Starts from the need."
examples = [{before = "Borrow a spade now!", after = "If you need a spade, you can borrow it."}]
"""


def plans_of(tmp_path, text):
    path = tmp_path / "lending.toml"
    path.write_text(text, encoding="utf-8")
    return read_plans(path, CUES)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_shipped_plans_keep_their_examples(path):
    plans = read_plans(path, CUES)
    assert plans
    assert check_plans(plans) == []
    assert all(plan.cue and plan.note and plan.origin.startswith(f"plans/{path.name}:") for plan in plans)


def test_every_act_has_a_file():
    acts = "benefit_pitch call_to_action deadline mass_address officialese penalty price refusal scarcity"
    assert {*acts.split(), "self_praise", "solicitation"} <= {path.stem for path in FILES}


def test_every_file_tells_how_to_add_a_plan():
    for path in FILES:
        head = path.read_text(encoding="utf-8").split("\n\n")[0]
        assert all(line.startswith("#") for line in head.splitlines()), path
        assert "[[plans]]" in head, path


def test_a_plan_of_ones_own(tmp_path):
    (plan,) = plans_of(tmp_path, GOOD)
    assert check_plans([plan]) == []
    assert plan.origin.endswith("lending.toml:2")
    text, tokens = calm_tokens("BORROW OUR BOOTS TODAY!!!")
    assert list(plan.say_instead(text, tokens, "heading")) == ["If you need our boots, you can borrow them"]


def test_an_example_that_fails_is_told(tmp_path):
    (wrong,) = check_plans(plans_of(tmp_path, GOOD.replace("borrow it.", "borrow that.")))
    assert "lending.toml:2: 'Borrow a spade now!' becomes" in wrong


def test_a_text_that_would_lose_a_gap_is_left_out(tmp_path):
    text = GOOD.replace("(<now>)?", "(<now>)? (for {amount})?").replace(
        'say = ["', 'say = ["If you need {thing}, it is {amount} to borrow.", "'
    )
    (plan,) = plans_of(tmp_path, text)
    calm, tokens = calm_tokens("Borrow a spade for $3!")
    assert list(plan.say_instead(calm, tokens, "sentence")) == ["If you need a spade, it is $3 to borrow."]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("match =", "mach =", ["unknown key 'mach'", "Did you mean 'match'?"]),
        ("{thing:1-4}", "{thnig}", ["unknown gap {thnig}", "Did you mean 'thing'?"]),
        ("{thing:them}", "{thing:thme}", ["unknown filter 'thme'", "Did you mean"]),
        ("{thing:them}", "{amount}", ["{amount} is no gap of the pattern"]),
        ("<now>", "<nwo>", ["no list is called <nwo>", "Did you mean 'now'?"]),
        ('cue = ["sales_push"]', 'cue = ["sales"]', ["cue holds 'sales'", "Allowed:"]),
        ('cue = ["sales_push"]', 'kinds = ["buton"]', ["kinds holds 'buton'", "Did you mean 'button'?"]),
        ('cue = ["sales_push"]', 'last = "yes"', ["Allowed: true, false."]),
        ('note = "Starts from the need."\n', "", ["has no note"]),
        ("examples = [{", "examples = [] # [{", ["has no examples"]),
        ("before =", "befor =", ["unknown key 'befor'", "Did you mean 'before'?"]),
        ('say = ["If', 'say = [7, "If', ["say = [7"]),
        ('say = ["If', 'say = ["{ If', ["a lone {"]),
    ],
)
def test_an_error_tells_file_line_and_remedy(tmp_path, old, new, told):
    assert old in GOOD
    with pytest.raises(RuleError) as caught:
        plans_of(tmp_path, GOOD.replace(old, new, 1))
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'lending.toml'}:2: ")
    for part in told:
        assert part.casefold() in message.casefold()


def test_a_key_beside_the_tables_is_told(tmp_path):
    with pytest.raises(RuleError, match="unknown key 'plan'"):
        plans_of(tmp_path, GOOD.replace("[[plans]]", "[[plan]]"))
