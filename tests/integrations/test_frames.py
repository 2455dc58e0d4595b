"""pandas, polars and Arrow: a table in, a table of the same kind out."""

from __future__ import annotations

from types import ModuleType

import pandas as pd
import pytest

import clientvoice
import clientvoice.integrations.pandas
from clientvoice.errors import ConfigError, InputError

ROWS = {
    "body": ["Buy now and save 50%!", None, "Ring me before you sign anything."],
    "head": ["Sale", "Nothing", None],
}
ADDED = ["label", "score", "p_client", "p_customer", "p_mixed", "p_neutral"]


@pytest.fixture(scope="module")
def voice() -> clientvoice.ClientVoice:
    return clientvoice.load("fast")


def table(kind: str) -> object:
    library: ModuleType = pytest.importorskip(kind, reason=f"{kind} is not installed: pip install {kind}")
    return library.table(ROWS) if kind == "pyarrow" else library.DataFrame(ROWS)


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_a_table_comes_back_as_its_own_kind(voice: clientvoice.ClientVoice, kind: str) -> None:
    scored = voice.score_frame(table(kind), "body", subject="head")
    assert type(scored) is type(table(kind))
    names = scored.column_names if kind == "pyarrow" else list(scored.columns)
    assert names == ["body", "head", *ADDED]
    labels = scored["label"].to_pylist() if kind == "pyarrow" else list(scored["label"])
    assert labels == ["customer", "neutral", "client"]


def test_an_odd_index_is_kept(voice: clientvoice.ClientVoice) -> None:
    frame = pd.DataFrame(ROWS, index=["x", "x", "z"])
    scored = voice.score_frame(frame, "body")
    assert list(scored.index) == ["x", "x", "z"]
    assert list(scored["label"]) == ["customer", "neutral", "client"]
    assert "label" not in frame


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_a_missing_column_is_named(voice: clientvoice.ClientVoice, kind: str) -> None:
    with pytest.raises(ConfigError, match="no column 'text'; the frame has body, head"):
        voice.score_frame(table(kind), "text")


def test_the_accessor_scores_messages_and_sentences(voice: clientvoice.ClientVoice) -> None:
    frame = pd.DataFrame(ROWS, index=[7, 8, 9])
    scored = frame.clientvoice.score("body", subject="head", model=voice)
    pd.testing.assert_frame_equal(scored, voice.score_frame(frame, "body", subject="head"))
    sentences = frame.clientvoice.sentences("body", model=voice)
    assert list(sentences["id"]) == ["7", "9"]
    assert list(sentences["label"]) == ["customer", "client"]
    assert list(frame.clientvoice.score("body", model="fast")["label"]) == ["customer", "neutral", "client"]


HTML = "<style>p { color: red }</style><p>Ring me before you <b>sign</b> anything.</p><p hidden>Buy now!</p>"
GERMAN = "Nur heute gibt es zwanzig Prozent Rabatt auf alle Schuhe und Taschen."


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_html_is_read_without_its_tags(voice: clientvoice.ClientVoice, kind: str) -> None:
    library: ModuleType = pytest.importorskip(kind, reason=f"{kind} is not installed: pip install {kind}")
    make = library.table if kind == "pyarrow" else library.DataFrame
    said = "Ring me before you sign anything."
    scores = voice.score_frame(make({"body": [HTML, said, "5 < 6 and 7 > 3"]}), "body")["score"]
    html, plain, _ = scores.to_pylist() if kind == "pyarrow" else list(scores)
    assert html == plain


def test_the_format_may_be_forced(voice: clientvoice.ClientVoice) -> None:
    frame = pd.DataFrame({"body": [HTML, "Ring us &amp; ask."]})
    texts = {
        how: frame.clientvoice.sentences("body", model=voice, format=how)["text"].tolist()
        for how in ("auto", "html", "text")
    }
    assert texts["auto"] == ["Ring me before you sign anything.", "Ring us &amp; ask."]
    assert texts["html"] == ["Ring me before you sign anything.", "Ring us & ask."]
    assert any("<p hidden>" in text for text in texts["text"])
    for ask in (
        lambda: voice.score_frame(frame, "body", format="markdown"),
        lambda: frame.clientvoice.sentences("body", model=voice, format="rtf"),
    ):
        with pytest.raises(InputError, match="expected one of auto, html, text"):
            ask()


def test_rows_in_other_languages_are_told_once(voice: clientvoice.ClientVoice) -> None:
    frame = pd.DataFrame({"body": [GERMAN, "Ring me before you sign anything.", f"<p>{GERMAN}</p>"]})
    with pytest.warns(UserWarning, match="2 of 3 rows read as another language") as told:
        scored = voice.score_frame(frame, "body")
    assert len(told) == 1
    assert told[0].filename == __file__
    assert scored["label"].notna().all()
    with pytest.warns(UserWarning, match="2 of 3 rows") as told:
        frame.clientvoice.sentences("body", model=voice)
    assert told[0].filename == __file__


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_a_row_of_nothing_but_tags_has_no_score(voice: clientvoice.ClientVoice, kind: str) -> None:
    library: ModuleType = pytest.importorskip(kind, reason=f"{kind} is not installed: pip install {kind}")
    make = library.table if kind == "pyarrow" else library.DataFrame
    with pytest.warns(
        UserWarning, match="1 of 3 rows could not be read and have no score; the first is row 1"
    ):
        scored = voice.score_frame(make({"body": ["Buy now!", "<b>" * 250_001, "Hello."]}), "body")
    labels = scored["label"].to_pylist() if kind == "pyarrow" else list(scored["label"])
    assert [label if isinstance(label, str) else None for label in labels] == ["customer", None, "neutral"]


def test_missing_cells_of_every_kind_are_empty(voice: clientvoice.ClientVoice) -> None:
    frame = pd.DataFrame({"body": ["Buy now!", None, float("nan"), pd.NA, pd.NaT]}, dtype=object)
    assert voice.score_frame(frame, "body")["label"].tolist() == ["customer", *["neutral"] * 4]


def test_the_accessor_names_a_missing_column() -> None:
    with pytest.raises(ConfigError, match="no column 'text'; the frame has body"):
        pd.DataFrame({"body": []}).clientvoice.sentences("text", model="fast")
