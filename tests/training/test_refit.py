from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from clientvoice.corpora.sentences import Example, read_corpus
from clientvoice.errors import ConfigError, InputError
from clientvoice.framing.model import CUES
from clientvoice.records import FRAMES
from clientvoice.store import load_model, save_model
from clientvoice.training.correction import fit_path
from clientvoice.training.refit import _with_frames, refit, refit_model
from clientvoice.training.selection import STRENGTHS, Rows

PLACES = ["garden", "roof", "cellar", "porch", "attic", "hall", "kitchen", "shed", "stairs", "yard"]
CARE = "Our warden looks after the {}."
SALE = "The {} club is filling up."


def own(count: int = 10) -> list[Example]:
    """A house whose words the shipped model does not know: 'warden' is care, 'club' is a sale."""
    rows = []
    for number in range(count):
        place, sender = PLACES[number % 10], f"sender {number % 5}"
        for at, (form, label) in enumerate([(CARE, "client"), (SALE, "customer")]):
            text = form.format(f"{place} {chr(97 + number // 10)}{at}")
            cues = ("support",) if label == "client" else ()
            rows.append(Example(text, label, cues, sender, "own"))  # type: ignore[arg-type]
    return rows


@pytest.fixture(scope="module")
def found(fast):
    return refit_model(fast.model, own(20))


def test_a_few_labels_teach_a_house_its_own_words(fast, found):
    texts = ["Our warden looks after the tower.", "The tower club is filling up."]
    before = fast.model.sentences.score(texts).probabilities
    after = found.model.sentences.score(texts).probabilities
    assert found.strength > 0 and found.gain.is_sure and found.beyond.is_sure and found.helps
    assert found.after["macro_f1"] > found.before["macro_f1"]
    for row, frame in enumerate(("client", "customer")):
        assert after[row, FRAMES.index(frame)] > before[row, FRAMES.index(frame)]


def test_labels_that_the_base_gives_already_change_nothing(fast, corpus):
    texts = [f"Buy the {place} lamp today and save!" for place in PLACES]
    texts += [f"We will ring you before we touch your {place}." for place in PLACES]
    texts += [row.text for row in random.Random(3).sample(read_corpus(corpus), 80)]
    with pytest.warns(
        UserWarning, match="gets all of your labels right already: there is nothing to gain"
    ) as told:
        mine = refit(fast, texts, fast.predict(texts).tolist())
    assert "It says what the old voice says; label sentences that it gets wrong" in str(told[0].message)
    assert told[0].filename == __file__
    np.testing.assert_array_equal(mine.predict_proba(texts), fast.predict_proba(texts))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("count", [60, 200])
def test_labels_without_sense_change_nothing(fast, corpus, seed, count):
    rng = random.Random(seed)
    rows = rng.sample(read_corpus(corpus), count)
    given = [
        Example(row.text, rng.choice(FRAMES), (), f"sender {at % 10}", "own") for at, row in enumerate(rows)
    ]
    found = refit_model(fast.model, given)
    assert found.strength == 0 and not found.helps


def test_labels_without_sense_are_warned_of(fast, corpus):
    rng = random.Random(0)
    rows = rng.sample(read_corpus(corpus), 60)
    with pytest.warns(
        UserWarning, match=r"refit: Your labels .* 95 % interval .* to .*; label more, or more"
    ):
        refit(fast, [row.text for row in rows], [rng.choice(FRAMES) for _ in rows])


def test_labels_that_help_are_not_warned_of(fast):
    plain = [
        Example(f"The {place} is open at nine.", "neutral", (), f"sender {at % 5}", "own")
        for at, place in enumerate(PLACES)
    ]
    rows = own(20) + plain
    refit(fast, [row.text for row in rows], [row.label for row in rows], [row.group for row in rows])


def test_the_papers_name_base_and_data(fast, found):
    trained = found.model.trained
    assert trained["base"] == "fast" and trained["base_digest"] == fast.model.digest
    assert len(trained["digest"]) == 64 and trained["groups"] == 5
    assert found.model.metrics["own_labels"]["before"] == found.before


def test_cue_heads_learn_where_cues_are_given_and_stay_where_not(fast, found):
    assert found.cues == ("support",)
    old, new = fast.model.sentences, found.model.sentences
    column = CUES.index("support")
    others = [row for row in range(len(CUES)) if row != column]
    np.testing.assert_array_equal(new.branches[0].cue_weights[others], old.branches[0].cue_weights[others])
    text = ["Our warden looks after the tower."]
    assert new.score(text).cues[0, column] > old.score(text).cues[0, column]
    assert found.model.messages is fast.model.messages


def test_it_is_stored_and_loaded_again(found, tmp_path):
    again = load_model(save_model(found.model, tmp_path / "own"))
    np.testing.assert_allclose(
        again.sentences.score(["Our warden is here."]).frames,
        found.model.sentences.score(["Our warden is here."]).frames,
        atol=1e-9,
    )
    assert again.name == "fast-own" and again.trained == found.model.trained
    assert again.digest == found.model.digest


def test_models_with_other_weights_have_other_digests(fast, found):
    """Cross-validation by other senders may choose another strength on the very same labels."""
    other = refit_model(fast.model, [replace(row, group=row.text) for row in own(20)])
    alike = refit_model(fast.model, own(20))
    assert alike.model.digest == found.model.digest
    same = np.array_equal(*(one.model.sentences.branches[0].frame_weights for one in (other, found)))
    assert same or other.model.digest != found.model.digest
    swapped = {"client": "customer", "customer": "client"}
    turned = refit_model(fast.model, [replace(row, label=swapped[row.label]) for row in own(20)])
    assert turned.model.digest not in (found.model.digest, fast.model.digest)


def test_texts_met_twice_count_once_and_contradictions_not_at_all(fast):
    rows = own(12)
    twice = Example(rows[0].text.upper(), rows[0].label, (), "sender 9", "own")
    torn = Example(rows[1].text, "neutral", (), "sender 9", "own")
    found = refit_model(fast.model, [*rows, twice, torn])
    assert found.before["items"] == 23 and found.dropped == 3


def test_one_sender_is_judged_by_rows(fast):
    rows = [Example(row.text, row.label, (), "me", "own") for row in own()]
    assert refit_model(fast.model, rows).groups == 1


def test_too_little_is_refused(fast):
    with pytest.raises(InputError, match="got 18 different labelled sentences, expected at least 20"):
        refit_model(fast.model, own(9))
    with pytest.raises(InputError, match="all labels are 'client', expected at least two"):
        refit_model(fast.model, [row for row in own(20) if row.label == "client"])


@pytest.mark.filterwarnings("ignore:refit. no sentence is labelled neutral")
def test_a_voice_is_refitted_and_the_old_one_stays(fast):
    rows = own()
    texts, labels = [row.text for row in rows], [row.label for row in rows]
    before = fast.predict_proba(texts)
    mine = refit(fast, texts, labels, [row.group for row in rows])
    np.testing.assert_array_equal(fast.predict_proba(texts), before)
    assert (mine.predict(texts) == labels).mean() >= (fast.predict(texts) == labels).mean()
    with pytest.raises(ConfigError, match="20 texts, 3 labels"):
        refit(fast, texts, labels[:3])
    with pytest.raises(ConfigError, match=r"labels\[0\]: got 'clint'"):
        refit(fast, texts, ["clint", *labels[1:]])


@pytest.mark.parametrize("senders", [1, 3, 10, 60])
def test_shuffled_labels_are_never_said_to_help(fast, corpus, senders):
    some = random.Random(senders).sample(read_corpus(corpus), 60)
    for seed in range(4):
        labels = [row.label for row in some]
        random.Random(seed).shuffle(labels)
        rows = [
            Example(row.text, label, (), f"sender {at % senders}", "own")
            for at, (row, label) in enumerate(zip(some, labels, strict=True))
        ]
        assert not refit_model(fast.model, rows).helps


def test_labels_that_only_tell_how_often_they_are_given_do_not_help(fast):
    rows = own(20)  # to the base, all of them are neutral
    for seed in range(4):
        labels = [row.label for row in rows]
        random.Random(seed).shuffle(labels)
        mixed = [replace(row, label=label) for row, label in zip(rows, labels, strict=True)]
        assert not refit_model(fast.model, mixed).helps


def test_a_model_that_reads_twice_is_judged_as_it_will_read(accurate, corpus):
    """Doubt is told anew by the corrected heads: figures and model must agree on who reads."""
    rng = random.Random(1)
    rows = rng.sample(read_corpus(corpus), 120)
    rows = [replace(row, label=rng.choice(FRAMES)) if rng.random() < 0.3 else row for row in rows]
    texts = [row.text for row in rows]
    found = Rows.of(accurate.model.sentences, rows)
    assert found.second and found.second.in_doubt(found.first).any()
    np.testing.assert_allclose(found.start, accurate.model.sentences.score(texts).frames, atol=1e-9)
    strength, factor = len(STRENGTHS) - 1, 1.7
    path = fit_path(found.frame_matrix, found.start, found.targets, STRENGTHS[1:], weights=found.weights)
    judged = found.settled(np.arange(len(rows)), path[-1])
    model = _with_frames(accurate.model.sentences, found, strength, factor)
    assert (model.second.in_doubt(first_of(model, texts)) != found.second.in_doubt(found.first)).any()
    np.testing.assert_allclose(model.score(texts).frames, judged * factor, atol=1e-8)


def first_of(model, texts):
    return replace(model, second=None).score(texts).frames


@pytest.mark.filterwarnings("ignore:refit. no sentence is labelled neutral")
def test_a_refitted_voice_reads_messages_by_its_new_heads(fast):
    rows = own(20)
    mine = refit(fast, [row.text for row in rows], [row.label for row in rows], [row.group for row in rows])
    text = "Our warden looks after the tower."
    (sentence,) = mine.analyze(text).sentences
    chances = mine.predict_proba([text])[0]
    for column, frame in enumerate(FRAMES):
        assert sentence.probabilities[frame] == pytest.approx(chances[column])
    assert chances.max() > fast.predict_proba([text])[0].max()
    assert mine.digest != fast.digest


def test_a_label_that_no_row_has_is_told(fast, found):
    assert found.absent == ("neutral",) and found.unlearns
    rows = own(20)
    with pytest.warns(UserWarning, match="no sentence is labelled neutral: the new voice may hardly ever"):
        refit(fast, [row.text for row in rows], [row.label for row in rows])
    plain = [Example(f"The {place} is open at nine.", "neutral", (), "me", "own") for place in PLACES]
    full = refit_model(fast.model, [*rows, *plain])
    assert full.absent == () and not full.unlearns


def test_table_and_verdict_tell_the_same_gain(found):
    told = found.after["macro_f1"] - found.before["macro_f1"]
    assert found.gain.value == pytest.approx(told, abs=2e-4)


@pytest.mark.filterwarnings("ignore:refit. ")
def test_labels_are_read_as_in_tables_and_missing_senders_are_their_own(fast, monkeypatch):
    rows = own()
    seen = []

    def keep(stored, examples):
        seen.extend(examples)
        return refit_model(stored, examples)

    monkeypatch.setattr("clientvoice.training.refit.refit_model", keep)
    groups = [None, float("nan"), "", "  ", "Oak", *["Elm"] * (len(rows) - 5)]
    refit(fast, (row.text for row in rows), (f" {row.label.title()} " for row in rows), iter(groups))
    assert [one.label for one in seen] == [row.label for row in rows]
    assert [one.group for one in seen[:6]] == ["row 0", "row 1", "row 2", "row 3", "Oak", "Elm"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"voice": "fast"}, r"refit: voice is a str, expected a ClientVoice; give clientvoice\.load"),
        ({"texts": None}, "refit: texts: expected an iterable of sentences, got NoneType"),
        ({"texts": [None] * 20}, "refit: texts: item 0: expected a string, got NoneType"),
        ({"texts": [b"a"] * 20}, "refit: texts: item 0: expected a string, got bytes"),
        ({"labels": None}, "refit: labels is a NoneType, expected one for each text"),
        ({"labels": "client"}, "refit: labels is a str, expected one for each text"),
        ({"labels": [*["client"] * 19, float("nan")]}, r"refit: labels\[19\]: got a float \(nan\)"),
        ({"labels": [None] * 20}, r"refit: labels\[0\]: got a NoneType \(None\), expected one of client"),
        ({"groups": "me"}, "refit: groups is a str, expected one for each text"),
        ({"labels": {"client", "customer"}}, "refit: labels is a set, expected one for each text"),
    ],
)
def test_what_is_no_label_text_or_voice_is_told_by_its_place(fast, change, told):
    rows = own()
    given = {"voice": fast, "texts": [row.text for row in rows], "labels": [row.label for row in rows]}
    with pytest.raises(TypeError, match=told):
        refit(**(given | change))
