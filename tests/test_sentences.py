from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice import sentences
from clientvoice.records import Sentence
from clientvoice.rules import margin_note, match
from clientvoice.sentences import LONGEST, SentenceReader
from clientvoice.voice import ClientVoice

TEXTS = [
    "Hurry, buy now before this offer ends tonight!",
    "Take your time, we will ring you before anything changes.",
    "Doors open at seven.",
    "",
]


@pytest.fixture
def read(fast: ClientVoice) -> SentenceReader:
    return SentenceReader(fast.model.sentences, fast.book, remembered=3)


def test_what_is_remembered_is_what_is_found_anew(fast: ClientVoice, read: SentenceReader) -> None:
    first = read([*TEXTS, TEXTS[0]])
    again = read(TEXTS[::-1])[::-1]
    for one, other in zip(first, again, strict=False):
        assert (one.framing.label, one.cues, one.reason) == (other.framing.label, other.cues, other.reason)
        np.testing.assert_allclose(one.scores.cues, other.scores.cues, rtol=1e-12)
    assert first[0] is first[-1]
    np.testing.assert_allclose(
        first[1].scores.frames[0], fast.model.sentences.score([TEXTS[1]]).frames[0], rtol=1e-12
    )


def test_only_so_many_are_remembered_and_no_long_one(read: SentenceReader) -> None:
    read([*TEXTS, "buy " * LONGEST])
    assert len(read._kept) == 3
    assert all(len(text) <= LONGEST for text in read._kept)
    before = read([TEXTS[-1]])[0]
    assert read([TEXTS[-1]])[0] is before


def test_nothing_gives_nothing(read: SentenceReader) -> None:
    assert read([]) == []


def test_a_copy_for_another_process_forgets(read: SentenceReader) -> None:
    read(TEXTS)
    other = copy.copy(read)  # made as a process makes its own
    assert len(other._kept) == 0
    assert other(TEXTS[:1])[0].framing.label == read(TEXTS[:1])[0].framing.label


@given(st.integers(0, 1000))
def test_cues_move_with_their_sentence(fast: ClientVoice, start: int) -> None:
    judged = fast._judge(TEXTS[:1])[0]
    found = judged.at(Sentence(start, start + len(TEXTS[0]), TEXTS[0]))
    assert found.cues
    assert [(cue.start - start, cue.end - start) for cue in found.cues] == [
        (cue.start, cue.end) for cue in judged.cues
    ]


def test_the_note_in_the_margin_is_that_of_the_words_in_their_sentence(fast: ClientVoice) -> None:
    text = "Hurry, only 3 rooms left at this price!"
    (judged,) = SentenceReader(fast.model.sentences, fast.book)([text])
    first = next(cue for cue in judged.cues if fast.book.frame_of(cue.name) == judged.framing.label)
    (hit,) = (one for one in match(fast.book, text) if (one.cue, one.start) == (first.name, first.start))
    note = margin_note(first.name, text[first.start : first.end], kind=hit.kind, book=fast.book)
    assert judged.reason == note


def test_many_at_once_read_as_they_do_alone(fast: ClientVoice, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = SentenceReader(fast.model.sentences, fast.book)(TEXTS)
    monkeypatch.setattr(sentences, "AT_ONCE", 2)
    parts = SentenceReader(fast.model.sentences, fast.book)(TEXTS)
    assert [(one.framing, one.cues, one.reason) for one in whole] == [
        (one.framing, one.cues, one.reason) for one in parts
    ]
