from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clientvoice
from clientvoice.framing.model import CUES
from clientvoice.house import HouseStyle
from clientvoice.readers import read_text
from clientvoice.records import MessageAnalysis
from clientvoice.store import load_model
from clientvoice.voice import ClientVoice

CARING = "If anything about your treatment worries you, ring me and I will go through it with you."
PUSHY = "Hurry, the sale ends tonight!"


def analysed(voice: ClientVoice, source: str) -> MessageAnalysis:
    return voice.analyze(read_text(source, format="markdown"))


def of(analysis: MessageAnalysis, text: str):
    return next(sentence for sentence in analysis.sentences if sentence.text == text)


def housed(fast: ClientVoice, **settings) -> ClientVoice:
    return ClientVoice(load_model("fast"), fast.book, HouseStyle(**settings))


def test_an_ignored_sentence_is_shown_and_neither_marked_nor_counted(fast: ClientVoice) -> None:
    plain = analysed(fast, f"{CARING}\n\n{PUSHY}")
    quiet = analysed(fast, f"{CARING}\n\n<!-- clientvoice: ignore all -->\n{PUSHY}")
    sentence = of(quiet, PUSHY)
    assert sentence.label == "customer" and of(plain, PUSHY).cues
    assert (sentence.cues, sentence.reason, sentence.suppressed, sentence.counted) == ((), "", True, False)
    alone = analysed(fast, CARING)
    assert (quiet.score, quiet.label, quiet.probabilities) == (alone.score, alone.label, alone.probabilities)
    assert plain.score < quiet.score
    assert quiet.notices == ()


def test_a_sentence_with_another_cue_stays_marked(fast: ClientVoice) -> None:
    text = "Hurry and save 50% today!"
    assert {"pressure", "price"} <= {cue.name for cue in of(analysed(fast, text), text).cues}
    sentence = of(analysed(fast, f"<!-- clientvoice: ignore price -->\n{text}"), text)
    assert "price" not in {cue.name for cue in sentence.cues}
    assert sentence.counted and sentence.reason and "50%" not in sentence.reason


def test_without_all_its_cues_a_sentence_is_suppressed(fast: ClientVoice) -> None:
    names = " ".join(cue.name for cue in of(analysed(fast, PUSHY), PUSHY).cues)
    sentence = of(analysed(fast, f"<!-- clientvoice: ignore {names} -->\n{PUSHY}"), PUSHY)
    assert sentence.suppressed and not sentence.cues


def test_only_the_next_block_is_ignored(fast: ClientVoice) -> None:
    found = analysed(fast, f"<!-- clientvoice: ignore all -->\n{PUSHY}\n\nShop now and save 50%!")
    assert [sentence.suppressed for sentence in found.sentences] == [True, False]


def test_what_suppresses_nothing_is_told(fast: ClientVoice) -> None:
    found = analysed(fast, f"One.\n\n<!-- clientvoice: ignore price -->\n{CARING}")
    (notice,) = found.notices
    assert notice.code == "unused_suppression"
    assert notice.text.startswith("line 3: the comment suppresses nothing: no price to ignore")
    assert of(found, CARING) == of(analysed(fast, f"One.\n\n{CARING}"), CARING)


def test_what_a_comment_of_a_template_suppresses_in_vain_is_told(fast: ClientVoice) -> None:
    asks = "{% comment %}clientvoice: ignore pressure{% endcomment %}"
    for kind in ("markdown", "text"):
        obeyed = fast.analyze(read_text(f"{asks}\n\n{PUSHY}\n", format=kind))
        assert "pressure" not in {cue.name for cue in of(obeyed, PUSHY).cues} and obeyed.notices == ()
        (notice,) = fast.analyze(read_text(f"One.\n\n{asks}\n\n{CARING}\n", format=kind)).notices
        assert notice.text.startswith("line 3: the comment suppresses nothing: no pressure to ignore")


def test_of_several_cues_the_unused_are_told(fast: ClientVoice) -> None:
    found = analysed(fast, f"<!-- clientvoice: ignore pressure candour support -->\n{PUSHY}")
    (notice,) = found.notices
    assert notice.text.startswith("line 1: no candour or support to ignore in the text")


def test_all_is_unused_where_nothing_speaks(fast: ClientVoice) -> None:
    found = analysed(fast, "<!-- clientvoice: ignore all -->\nThe office is closed on Monday.")
    assert "there is nothing to ignore" in found.notices[0].text


def test_many_notices_are_summed_up(fast: ClientVoice) -> None:
    found = analysed(fast, "<!-- clientvoice: ignore price -->\nIt rains.\n\n" * 30)
    assert len(found.notices) == 21 and found.notices[-1].text == "and 10 more comments like these."


def test_a_cue_that_is_switched_off_is_never_named(fast: ClientVoice) -> None:
    voice = housed(fast, disable=("pressure",))
    for text in (PUSHY, "Save 50% now, last chance!"):
        assert all(cue.name != "pressure" for s in analysed(voice, text).sentences for cue in s.cues)
    only = housed(fast, enable=("price",))
    names = {cue.name for s in analysed(only, f"{PUSHY} Save 50% now!").sentences for cue in s.cues}
    assert names == {"price"}


def test_blocks_of_a_kind_or_with_first_words_do_not_count(fast: ClientVoice) -> None:
    voice = housed(fast, ignore_blocks=("button", "Terms apply*"))
    source = f"{CARING}\n\n[Shop now](#)\n\nTerms apply: no refunds, no exchanges. You must pay at once."
    found = analysed(voice, source)
    assert [sentence.counted for sentence in found.sentences] == [True, False, False, False]
    assert found.score == analysed(fast, CARING).score
    assert found.notices == ()


def test_a_threshold_decides_which_cues_the_model_names(fast: ClientVoice) -> None:
    text = f"{PUSHY} {CARING} Only for you: our prize-winning cakes."

    def by_model(voice: ClientVoice) -> list[str]:
        return [c.name for s in voice.analyze(text).sentences for c in s.cues if c.source == "model"]

    assert by_model(housed(fast, thresholds=dict.fromkeys(CUES, 1.0))) == []
    eager = by_model(housed(fast, thresholds=dict.fromkeys(CUES, 0.0)))
    assert len(set(eager)) == len(CUES)
    unsure = housed(fast, thresholds={"uncertain": 1.0}).analyze(text)
    assert all(sentence.framing.uncertain for sentence in unsure.sentences)


def test_own_nouns_for_readers_cannot_change_a_label_either(fast: ClientVoice) -> None:
    voice = housed(fast, reader_nouns=("maker", "club friend"))
    texts = [f"We look after our {noun} before they pay." for noun in ("customers", "makers", "Club Friends")]
    rows = voice.predict_proba(texts)
    assert (rows == rows[0]).all()
    assert (fast.predict_proba(texts)[1] != rows[1]).any()


@given(st.lists(st.sampled_from(["makers ", "We ring our maker’s wife, ", "club friend", "25% ", "{{x}}"])))
def test_with_own_nouns_every_share_is_at_its_words(pieces: list[str]) -> None:
    sentence = "".join(pieces)
    voice = _with_own_nouns()
    found = voice.explain(sentence)
    logits = voice.model.sentences.score([sentence]).frames[0]
    # Vectors are of float32: near zero, where shares cancel out, only so much agrees.
    assert found.decision == pytest.approx(logits[0] - logits[1], rel=1e-6, abs=1e-5)
    assert [part.text for part in found.contributions] == sentence.split()


@cache
def _with_own_nouns() -> ClientVoice:
    return clientvoice.load("fast", house=HouseStyle(reader_nouns=("maker", "club friend")))


def test_house_styles_have_identities_of_their_own(fast: ClientVoice) -> None:
    assert housed(fast).digest == fast.digest != housed(fast, disable=("price",)).digest


def test_a_house_style_is_loaded_from_its_file(tmp_path) -> None:
    path = tmp_path / "clientvoice.toml"
    path.write_text('disable = ["pressure"]')
    assert clientvoice.load(house=path).house.disable == ("pressure",)
    path.write_text('disable = ["presure"]')
    with pytest.raises(clientvoice.errors.ConfigError, match="Did you mean 'pressure'"):
        clientvoice.load(house=str(path))


def test_the_order_of_sentences_and_their_text_stay(fast: ClientVoice) -> None:
    source = (
        f"<!-- clientvoice: ignore-start all -->\n{PUSHY}\n\n{CARING}\n<!-- clientvoice: ignore-end -->\nBye."
    )
    plain = source.replace("<!-- clientvoice: ignore-start all -->\n", "").replace(
        "\n<!-- clientvoice: ignore-end -->", "\n"
    )
    left, right = analysed(fast, source), analysed(fast, plain)
    assert [s.sentence for s in left.sentences] == [s.sentence for s in right.sentences]
    assert left.score != right.score
