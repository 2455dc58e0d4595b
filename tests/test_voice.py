from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import clientvoice
from clientvoice.errors import ConfigError, InputError
from clientvoice.house import HouseStyle
from clientvoice.readers import read_path
from clientvoice.records import FRAMES, MESSAGE_LABELS, MessageAnalysis
from clientvoice.rewrites.candidates.source import Candidate
from clientvoice.voice import ClientVoice, load

PUSHY = "Last chance! Order now and save 50% before midnight. Don't miss out, buy today!"
CARING = (
    "If anything about your treatment worries you, ring me and I will go through it with you. "
    "We will watch your results for you and tell you at once if something needs attention."
)


def test_push_and_care_fall_on_their_sides(fast: ClientVoice) -> None:
    pushy, caring = fast.pipe([PUSHY, CARING])
    assert pushy.label == "customer" and pushy.score < 50 < caring.score
    assert caring.label == "client"


def test_sentences_slice_back_into_the_users_own_string(fast: ClientVoice) -> None:
    text = "Dear Sam,\n\nYour order is ready.\nBuy now &\nsave!\n"
    found = fast.analyze(text)
    assert len(found.message.text) == len(text)
    for sentence in found.sentences:
        assert found.message.text[sentence.start : sentence.end] == sentence.text
        assert text[sentence.start : sentence.end].split() == sentence.text.split()


def test_cues_point_at_words_inside_their_sentence(fast: ClientVoice) -> None:
    found = fast.analyze(f"{PUSHY} {CARING}")
    cues = [(sentence, cue) for sentence in found.sentences for cue in sentence.cues]
    assert {cue.name for _, cue in cues} & {"pressure", "sales_push", "price"}
    for sentence, cue in cues:
        assert sentence.start <= cue.start < cue.end <= sentence.end


def test_a_flagged_sentence_says_why(fast: ClientVoice) -> None:
    sentence = fast.analyze("Hurry, this offer ends tonight!").sentences[0]
    assert sentence.label == "customer"
    assert sentence.reason


@pytest.mark.parametrize("name", ["fast", "accurate"])
def test_every_flagged_sentence_of_the_samples_says_why(name: str) -> None:
    newsletters = Path(__file__).resolve().parents[1] / "data" / "newsletters"
    messages = [
        item for path in sorted(newsletters.rglob("*.*")) if path.is_file() for item in read_path(path)
    ]
    flagged = [
        sentence
        for analysis in clientvoice.load(name).pipe(messages)  # type: ignore[arg-type]
        for sentence in analysis.sentences
        if sentence.label != "neutral"
    ]
    assert len(flagged) > 100
    assert [sentence.text for sentence in flagged if not sentence.reason] == []


def test_in_a_batch_or_alone_makes_no_difference(fast: ClientVoice) -> None:
    texts = [PUSHY, CARING, "The office is closed on Monday.", ""]
    assert [fast.suggest(found) for found in fast.pipe(texts)] == [fast.analyze(text) for text in texts]
    assert list(fast.pipe(texts, batch_size=1)) == list(fast.pipe(texts, batch_size=4))


def test_predict_follows_predict_proba(fast: ClientVoice) -> None:
    chances = fast.predict_proba([PUSHY, CARING])
    assert chances.shape == (2, 3) and tuple(fast.classes_) == FRAMES
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert list(fast.predict([PUSHY, CARING])) == ["customer", "client"]
    assert fast.predict([]).shape == (0,)


@pytest.mark.parametrize("name", ["fast", "accurate"])
def test_a_note_of_one_line_is_judged_as_its_line(name: str) -> None:
    mended, pushing = clientvoice.load(name).pipe(
        ["We corrected the mistake in your May statement, and you owe nothing.", "Buy now!"]
    )
    assert pushing.score < 50 < mended.score


def test_an_analysis_shows_itself_in_a_notebook_with_the_shares_of_its_words(fast: ClientVoice) -> None:
    found = fast.analyze(PUSHY)
    assert set(found.explanations) == {s.text for s in found.sentences if s.label != "neutral"}
    page = found._repr_html_()
    assert page.startswith('<div class="cv notebook">')
    assert page != next(fast.pipe([PUSHY]))._repr_html_()


def test_reader_nouns_cannot_change_a_probability(fast: ClientVoice) -> None:
    nouns = ["clients", "customers", "guests", "members", "patients"]
    rows = fast.predict_proba([f"We look after our {noun} before anything is signed." for noun in nouns])
    assert (rows == rows[0]).all()


@pytest.mark.parametrize("wrong", ["one string", [None], [3], [b"bytes"]])
def test_wrong_types_are_named(fast: ClientVoice, wrong: object) -> None:
    with pytest.raises(TypeError, match="expected"):
        fast.predict(wrong)  # type: ignore[arg-type]


def test_bytes_of_a_mail_are_read(fast: ClientVoice) -> None:
    mail = f"From: a@example.org\r\nSubject: Hello\r\nContent-Type: text/plain\r\n\r\n{CARING}".encode()
    found = fast.analyze(mail)
    assert found.message.subject == "Hello"
    assert found.sentences[0].kind == "subject"


def test_bytes_that_hold_nothing_are_refused(fast: ClientVoice) -> None:
    with pytest.raises(InputError):
        fast.analyze(b"")


def test_a_frame_keeps_its_rows_and_index(fast: ClientVoice) -> None:
    frame = pd.DataFrame({"body": [PUSHY, None, CARING], "head": ["Sale!", None, None]}, index=[7, 7, 9])
    with pytest.warns(UserWarning, match=r"1 of 3 rows have no score: 1 without text \(7\)"):
        scored = fast.score_frame(frame, "body", subject="head")
    assert list(scored.index) == [7, 7, 9] and list(frame.columns) == ["body", "head"]
    assert scored.iloc[1].isna().sum() == 8
    scored = scored.dropna(subset="label")
    assert scored["score"].iloc[0] < scored["score"].iloc[1]
    np.testing.assert_allclose(scored[[f"p_{label}" for label in MESSAGE_LABELS]].sum(axis=1), 1)


def test_a_missing_column_is_named(fast: ClientVoice) -> None:
    with pytest.raises(ConfigError, match="no column 'text'; the frame has body"):
        fast.score_frame(pd.DataFrame({"body": []}), "text")


def test_an_empty_frame_stays_empty(fast: ClientVoice) -> None:
    assert fast.score_frame(pd.DataFrame({"body": []}), "body").shape == (0, 7)


@pytest.mark.parametrize(
    ("house", "text"),
    [
        (HouseStyle(), f"{PUSHY} {CARING}"),
        (HouseStyle(disable=("pressure", "price"), reader_nouns=("maker",)), f"{PUSHY}\n\n{CARING}"),
        (HouseStyle(ignore_blocks=("paragraph",)), PUSHY),
        (HouseStyle(), ""),
    ],
)
def test_a_message_is_explained_by_its_parts(house: HouseStyle, text: str) -> None:
    voice = load("fast", house=house)
    analysis = voice.analyze(text)
    parts = voice.explain_message(analysis)
    assert analysis.score == pytest.approx(np.clip(sum(parts.values()), 0, 100), abs=0.01)
    assert parts == voice.explain_message(text) == voice.explain_message(analysis.message)
    assert next(iter(parts)) == "start"


def test_a_suppressed_sentence_has_no_part(fast: ClientVoice) -> None:
    page = f'<!-- clientvoice: ignore all reason="legal" --><p>{PUSHY}</p><p>{CARING}</p>'.encode()
    analysis = fast.analyze(page)
    assert any(found.suppressed for found in analysis.sentences)
    assert fast.explain_message(analysis) == fast.explain_message(f"<p>{CARING}</p>".encode())


def test_a_path_is_no_message(fast: ClientVoice) -> None:
    with pytest.raises(TypeError, match=r"got .*Path; .*readers\.read_path, or give path\.read_bytes\(\)"):
        fast.analyze(Path("spring.eml"))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"got int; give plain text as a str"):
        fast.analyze(5)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [1, 2, 64])
def test_what_comes_before_a_wrong_item_is_not_lost(fast: ClientVoice, size: int) -> None:
    found = fast.pipe([PUSHY, CARING, CARING, None, PUSHY], batch_size=size)  # type: ignore[list-item]
    assert [next(found).label for _ in range(3)] == ["customer", "client", "client"]
    with pytest.raises(TypeError, match=r"pipe: item 3: expected str, bytes or Message, got NoneType"):
        next(found)
    with pytest.raises(InputError, match=r"pipe: item 1: .*") as told:
        list(fast.pipe([PUSHY, b""], batch_size=size))
    assert told.value.code == "empty"


@pytest.mark.parametrize("text", [PUSHY, CARING, "We meet at noon on Friday."])
def test_another_voices_analysis_is_refused(fast: ClientVoice, accurate: ClientVoice, text: str) -> None:
    found = next(accurate.pipe([text]))
    for what in (fast.suggest, fast.explain_message):
        with pytest.raises(ConfigError, match=r"another voice made this analysis .*voice\.analyze\("):
            what(found)
    assert accurate.explain_message(found) and accurate.suggest(found)


def test_an_analysis_made_on_another_processor_is_this_voices_own(accurate: ClientVoice) -> None:
    found = next(accurate.pipe([f"{PUSHY} {CARING}"]))

    def moved(chances: Mapping[str, float], by: float) -> dict[str, float]:
        first, *_, last = chances
        return {**chances, first: chances[first] + by, last: chances[last] - by}

    def elsewhere(by: float, points: float, *each: float) -> MessageAnalysis:
        sentences = tuple(
            replace(one, framing=replace(one.framing, probabilities=moved(one.probabilities, own)))
            for one, own in zip(found.sentences, (*each, *[1e-4] * len(found.sentences)), strict=False)
        )
        chances = moved(found.probabilities, by)
        return replace(found, sentences=sentences, probabilities=chances, score=found.score + points)

    own = accurate.explain_message(found)
    told = accurate.suggest(elsewhere(0.01, 0.1, 0.02))
    assert [one.suggestions for one in told.sentences] == [
        one.suggestions for one in accurate.suggest(found).sentences
    ]
    assert accurate.explain_message(elsewhere(0.01, 0.1, 0.02)) == own
    for analysis in (elsewhere(0.05, 0.0), elsewhere(0.0, 1.0), elsewhere(0.0, 0.0, *[0.01] * 4)):
        with pytest.raises(ConfigError, match="another voice made this analysis"):
            accurate.explain_message(analysis)


def test_an_analysis_without_sentences_is_anybodys(fast: ClientVoice, accurate: ClientVoice) -> None:
    found = accurate.analyze("")
    assert fast.suggest(found) == found and fast.explain_message(found) == {"start": 50.0}


def test_candidates_may_be_strings(fast: ClientVoice) -> None:
    found = next(fast.pipe(["Buy your ticket for $45, hurry!"]))
    plain = "A ticket costs $45, and we keep it for you \ud83d."
    asked = []

    def extra(text: str, cues: Sequence[str]) -> Iterator[str | Candidate]:
        asked.append((text, tuple(cues)))
        yield "A ticket costs $45."
        yield Candidate("Your ticket costs $45.", "hand")
        yield plain

    told = {it.text: it for it in fast.suggest(found, limit=20, extra=extra).sentences[0].rewrites}
    assert asked[0][0] == found.sentences[0].text
    assert all(name in told for name in ("A ticket costs $45.", "Your ticket costs $45."))
    assert not told["A ticket costs $45."].safe  # a person reads it first


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        (5, "extra is an int, expected a callable"),
        (lambda text, cues: "Ring me.", "extra returned a str, expected a list of strings or of Candidate"),
        (lambda text, cues: None, "extra returned a NoneType"),
        (lambda text, cues: [("Ring me.", "hand")], "extra returned a tuple in its list"),
    ],
)
def test_other_candidates_are_told(fast: ClientVoice, extra: Any, told: str) -> None:
    with pytest.raises(TypeError, match=f"suggest: {told}"):
        fast.suggest(next(fast.pipe([PUSHY])), extra=extra)


@pytest.mark.parametrize("text", ["", " \n", "😀", "… —"])
def test_a_message_without_words_says_so(fast: ClientVoice, text: str) -> None:
    found = fast.analyze(text)
    assert (found.label, found.score) == ("neutral", 50)
    assert [notice.code for notice in found.notices] == ["no_text"]
    assert not fast.analyze("Hello there.").notices


def test_cells_that_show_nothing_have_no_score(fast: ClientVoice) -> None:
    bodies = ["<script>x</script>", "<!-- c -->", "&nbsp;", "&nbsp;\n &#160;", "Ring me, Q&A; first."]
    with pytest.warns(UserWarning, match=r"4 of 5 rows have no score: 4 without text"):
        scored = fast.score_frame(pd.DataFrame({"body": bodies}), "body")
    assert scored["score"].isna().tolist() == [True] * 4 + [False]


def test_a_column_has_a_name(fast: ClientVoice) -> None:
    with pytest.raises(ConfigError, match=r"column is None, expected the name of one; the frame has body"):
        fast.score_frame(pd.DataFrame({"body": ["Hello."]}), None)  # type: ignore[arg-type]
