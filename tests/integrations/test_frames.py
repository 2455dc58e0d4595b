"""pandas, polars and Arrow: a table in, a table of the same kind out."""

from __future__ import annotations

import warnings
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
    assert labels == ["customer", "neutral", "client"]  # the second has a subject


def test_an_odd_index_is_kept(voice: clientvoice.ClientVoice) -> None:
    frame = pd.DataFrame(ROWS, index=["x", "x", "z"])
    scored = voice.score_frame(frame, "body", subject="head")
    assert list(scored.index) == ["x", "x", "z"]
    assert list(scored["label"]) == ["customer", "neutral", "client"]
    assert "label" not in frame


class Letters(pd.DataFrame):
    """A frame of a library of somebody's own, with something to remember."""

    _metadata = ("sender",)

    @property
    def _constructor(self) -> type[Letters]:
        return Letters


def test_a_frame_of_pandas_keeps_its_class_and_what_it_remembers(voice: clientvoice.ClientVoice) -> None:
    frame = Letters(ROWS, index=["x", "x", "z"])
    frame.columns.name = "parts"
    frame.attrs["source"] = {"month": "May"}
    frame.sender = "Oak"
    kept = frame.assign(label="")
    for scored in (
        voice.score_frame(frame, "body", subject="head"),
        frame.clientvoice.score("body", subject="head", model=voice),
    ):
        assert type(scored) is type(kept) is Letters
        assert (scored.attrs, scored.sender) == (kept.attrs, kept.sender) == (frame.attrs, "Oak")
        assert scored.columns.name == kept.columns.name
        assert list(scored["label"]) == ["customer", "neutral", "client"]
        scored.attrs["source"]["month"] = "June"
        assert frame.attrs == {"source": {"month": "May"}}
        assert list(frame) == list(ROWS)


@pytest.mark.parametrize("rows", [ROWS, {"body": [], "head": []}])
def test_the_columns_of_pandas_have_the_types_that_narwhals_gives(voice, rows) -> None:
    scored = voice.score_frame(pd.DataFrame(rows, dtype=object), "body", subject="head")
    assert scored["label"].dtype == pd.Series(["client"], dtype="str").dtype
    assert set(scored[ADDED[1:]].dtypes) == {pd.Series([0.5]).dtype}


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_a_missing_column_is_named(voice: clientvoice.ClientVoice, kind: str) -> None:
    with pytest.raises(ConfigError, match="no column 'text'; the frame has body, head"):
        voice.score_frame(table(kind), "text")


def test_the_accessor_scores_messages_and_sentences(voice: clientvoice.ClientVoice) -> None:
    frame = pd.DataFrame(ROWS, index=[7, 8, 9])
    scored = frame.clientvoice.score("body", subject="head", model=voice)
    pd.testing.assert_frame_equal(scored, voice.score_frame(frame, "body", subject="head"))
    with pytest.warns(UserWarning, match=r"1 of 3 rows have no score: 1 without text \(8\)\.") as told:
        sentences = frame.clientvoice.sentences("body", model=voice)
    assert told[0].filename == __file__
    assert list(sentences["id"]) == ["7", "9"]
    assert list(sentences["label"]) == ["customer", "client"]
    again = frame.clientvoice.score("body", subject="head", model="fast")
    assert list(again["label"]) == ["customer", "neutral", "client"]


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
    with pytest.warns(UserWarning, match=r"2 of 3 rows .* language than English \(0, 2\); ") as told:
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
        UserWarning, match=r"1 of 3 rows .*: 1 that could not be read \(1\)\. Row 1: .*split it"
    ):
        scored = voice.score_frame(make({"body": ["Buy now!", "<b>" * 250_001, "Hello."]}), "body")
    labels = scored["label"].to_pylist() if kind == "pyarrow" else list(scored["label"])
    assert [label if isinstance(label, str) else None for label in labels] == ["customer", None, "neutral"]


def test_rows_without_text_have_no_score(voice: clientvoice.ClientVoice) -> None:
    bodies = ["Buy now!", None, float("nan"), pd.NA, pd.NaT, "", " \n", "\u200b", "<p> </p>"]
    frame = pd.DataFrame({"body": bodies}, index=list("abcdefghi"), dtype=object)
    with pytest.warns(
        UserWarning, match=r"8 of 9 rows have no score: 8 without text \(b, c, d, e, f, g, h, i\)\."
    ) as told:
        scored = voice.score_frame(frame, "body")
    assert len(told) == 1
    assert scored[ADDED].isna().all(axis=1).tolist() == [False, *[True] * 8]
    assert scored["label"].iloc[0] == "customer"


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_a_column_of_nothing_keeps_its_types(voice: clientvoice.ClientVoice, kind: str) -> None:
    library: ModuleType = pytest.importorskip(kind, reason=f"{kind} is not installed: pip install {kind}")
    make = library.table if kind == "pyarrow" else library.DataFrame
    with pytest.warns(UserWarning, match=r"12 of 12 rows .* \(0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more\)"):
        scored = voice.score_frame(make({"body": [""] * 12}), "body")
    score = scored["score"].to_pylist() if kind == "pyarrow" else list(scored["score"])
    assert all(value is None or value != value for value in score)


@pytest.mark.parametrize("cell", [b"Buy now!", 5, True, ["Buy now!"], {"a": 1}])
def test_a_cell_that_is_no_text_is_named(voice: clientvoice.ClientVoice, cell: object) -> None:
    frame = pd.DataFrame({"body": ["Hello.", cell], "head": [cell, "Hello."]}, index=["x", "y"], dtype=object)
    with pytest.raises(TypeError, match=r"score_frame: column 'body', row y: expected a string, got an? "):
        voice.score_frame(frame, "body")
    with pytest.raises(TypeError, match=r"sentences: column 'head', row x: expected a string"):
        frame[:1].clientvoice.sentences("body", subject="head", model=voice)


def test_columns_may_be_numbered(voice: clientvoice.ClientVoice) -> None:
    frame = pd.DataFrame({0: ["Buy now and save 50%!"], 1: ["Sale"]})
    assert voice.score_frame(frame, 0, subject=1)["label"].tolist() == ["customer"]
    assert frame.clientvoice.sentences(1, subject=0, model=voice)["kind"].tolist() == ["subject", "sentence"]
    with pytest.raises(ConfigError, match="no column 2; the frame has 0, 1"):
        voice.score_frame(frame, 2)


def test_what_is_no_table_is_told_what_to_do(voice: clientvoice.ClientVoice) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed: pip install polars")
    for wrong, told in [
        (pd.Series(["a"]), r"got a Series; give a DataFrame: series\.to_frame\(\)"),
        (polars.Series(["a"]), r"got a Series; give a DataFrame"),
        (polars.LazyFrame(ROWS), r"got a LazyFrame; call \.collect\(\) first"),
        (["a"], "got a list; make one of it"),
        ({"body": ["a"]}, "got a dict; make one of it"),
        (None, "got a NoneType"),
    ]:
        with pytest.raises(TypeError, match=f"score_frame: expected a DataFrame of .*{told}"):
            voice.score_frame(wrong, "body")


def test_columns_of_one_name_are_refused(voice: clientvoice.ClientVoice) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install pyarrow")
    frame = pd.DataFrame([["a", "b"]], columns=["body", "body"])
    for ask in (
        lambda: voice.score_frame(frame, "body"),
        lambda: frame.clientvoice.sentences("body", model=voice),
        lambda: voice.score_frame(arrow.Table.from_arrays([["a"], ["b"]], names=["body", "body"]), "body"),
    ):
        with pytest.raises(ConfigError, match="several columns named 'body'; give each a name of its own"):
            ask()


def test_the_accessor_names_a_missing_column() -> None:
    with pytest.raises(ConfigError, match="no column 'text'; the frame has body"):
        pd.DataFrame({"body": []}).clientvoice.sentences("text", model="fast")


def test_columns_of_several_levels_get_more_of_them(voice: clientvoice.ClientVoice) -> None:
    frame = pd.DataFrame(
        [["Buy now and save 50%!", "Sale"]],
        columns=pd.MultiIndex.from_tuples([("mail", "body"), ("mail", "head")]),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scored = voice.score_frame(frame, ("mail", "body"), subject=("mail", "head"))
    assert scored["label"].tolist() == ["customer"] and scored["mail"].equals(frame["mail"])
    assert list(frame.columns) == [("mail", "body"), ("mail", "head")]
    with pytest.raises(ConfigError, match=r"the frame has label, score, .* already"):
        voice.score_frame(scored, ("mail", "body"))
