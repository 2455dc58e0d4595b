"""pandas, polars and Arrow: a table in, a table of the same kind out."""

from __future__ import annotations

from types import ModuleType

import pandas as pd
import pytest

import clientvoice
import clientvoice.integrations.pandas
from clientvoice.errors import ConfigError

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
