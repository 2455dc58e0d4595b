"""Wrong arguments of public functions: each error says where, what was got and what to give instead."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import clientvoice
from clientvoice.arguments import is_missing
from clientvoice.errors import ConfigError, ModelError
from clientvoice.framing import FramingClassifier
from clientvoice.vectors import EncoderVectorizer, NgramVectorizer, mask


@pytest.mark.parametrize(
    "value",
    [
        None,
        float("nan"),
        np.float32("nan"),
        pd.NA,
        pd.NaT,
        np.datetime64("NaT"),
        np.datetime64("NaT", "D"),
        np.timedelta64("NaT"),
    ],
)
def test_whatever_a_library_writes_for_nothing_is_missing(value) -> None:
    assert is_missing(value)


@pytest.mark.parametrize(
    "value", ["", "NaT", 0, np.datetime64("2026-05-01"), np.timedelta64(0, "D"), [], b""]
)
def test_what_is_something_is_not_missing(value) -> None:
    assert not is_missing(value)


@pytest.mark.parametrize("wrong", [None, 5, ["a list"], b"bytes"])
def test_explain_takes_one_sentence(fast, wrong) -> None:
    with pytest.raises(TypeError, match="explain: expected one sentence as a string, got"):
        fast.explain(wrong)


@pytest.mark.parametrize("wrong", ["a text", None, []])
def test_suggest_takes_an_analysis(fast, wrong) -> None:
    with pytest.raises(TypeError, match=r"suggest: expected a MessageAnalysis, got .*analyze or pipe"):
        fast.suggest(wrong)


@pytest.mark.parametrize("limit", [-1, None, "3", 1.5, True, np.float64(2)])
def test_suggest_takes_a_limit(fast, limit) -> None:
    wrong = ValueError if limit == -1 else TypeError
    with pytest.raises(wrong, match=r"limit is .*, expected a whole number of 0 or more"):
        fast.suggest(fast.analyze("Hurry, buy now!"), limit=limit)


def test_whole_numbers_of_numpy_are_whole_numbers(fast) -> None:
    two = np.int64(2)
    assert len(list(fast.pipe(SENTENCES, batch_size=two))) == 2
    assert clientvoice.load("fast", threads=two).predict(SENTENCES).tolist() == ["customer", "client"]
    (sentence,) = fast.suggest(fast.analyze("Buy your ticket for $45, hurry!"), limit=two).sentences
    assert len(sentence.rewrites) <= 2


def test_rules_are_a_folder() -> None:
    with pytest.raises(TypeError, match=r"load: rules is an int.*expected the path of a folder of cue files"):
        clientvoice.load("fast", rules=5)


@pytest.mark.parametrize("threads", [0, True, "2"])
def test_an_encoder_has_threads(threads) -> None:
    with pytest.raises(ValueError if threads == 0 else TypeError, match="EncoderVectorizer: threads is"):
        EncoderVectorizer(threads=threads).transform(SENTENCES)


def test_a_limit_of_nothing_leaves_advice(fast) -> None:
    (sentence,) = fast.suggest(fast.analyze("Hurry, buy now!"), limit=0).sentences
    assert sentence.rewrites == ()
    assert sentence.suggestions.advice


@pytest.mark.parametrize(
    ("wrong", "told"),
    [("text", "wrap it in a list"), (None, "got NoneType"), (3, "int"), ({"a"}, "a set, which has no order")],
)
def test_pipe_takes_an_iterable(fast, wrong, told) -> None:
    with pytest.raises(TypeError, match=told):
        fast.pipe(wrong)


@pytest.mark.parametrize("size", [0, None, 2.5])
def test_pipe_takes_a_batch_size(fast, size) -> None:
    with pytest.raises(ValueError if size == 0 else TypeError, match="batch_size"):
        fast.pipe(["a"], batch_size=size)


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_model_is_no_default(name) -> None:
    with pytest.raises(ConfigError, match="leave it out for the default"):
        clientvoice.load(name)


def test_a_model_is_a_name_or_a_folder() -> None:
    with pytest.raises(TypeError, match="the model is an int, expected a name such as 'fast'"):
        clientvoice.load(5)
    with pytest.raises(ModelError, match="expected one of accurate, fast or a folder"):
        clientvoice.load("acurate")


@pytest.mark.parametrize("threads", [0, -2, None, "2"])
def test_threads_are_one_or_more(threads) -> None:
    wrong = ValueError if isinstance(threads, int) else TypeError
    with pytest.raises(wrong, match=r"threads is .*, expected a whole number of 1 or more"):
        clientvoice.load("fast", threads=threads)


@pytest.mark.parametrize("house", [{}, {"disable": ["pressure"]}, 5, ["clientvoice.toml"]])
def test_a_house_is_a_style_or_its_file(house) -> None:
    with pytest.raises(TypeError, match=r"load: house is an? \w+, expected a HouseStyle such as"):
        clientvoice.load("fast", house=house)


SENTENCES = ["Hurry, buy now!", "Ring me first."]
WRONG = [
    ("one string", "wrap it in a list"),
    (b"bytes", "wrap it in a list"),
    (None, "got NoneType; give a list of strings"),
    (["fine", None], r"item 1: expected a string, got NoneType \(None\); leave missing texts out"),
    ([["a"]], "item 0: expected a string, got list"),
    (pd.DataFrame({"text": SENTENCES}), r'got a DataFrame; give the column, such as frame\["text"\]'),
    ({"text": "a"}, "got a dict; give the column"),
    ({"Ring me first."}, "got a set, which has no order; give a list"),
]


@pytest.mark.parametrize(("wrong", "told"), WRONG)
@pytest.mark.parametrize(
    "vectorizer", [NgramVectorizer(min_df=1).fit(SENTENCES), EncoderVectorizer("accurate")]
)
def test_vectorizers_take_sentences(vectorizer, wrong, told) -> None:
    with pytest.raises(TypeError, match=told):
        vectorizer.transform(wrong)


@pytest.mark.parametrize(("wrong", "told"), WRONG)
def test_so_does_the_voice(fast, wrong, told) -> None:
    with pytest.raises(TypeError, match=told):
        fast.predict(wrong)


@pytest.mark.parametrize(
    "given", [tuple(SENTENCES), np.array(SENTENCES), pd.Series(SENTENCES), iter(SENTENCES)]
)
def test_any_iterable_of_sentences_will_do(fast, given) -> None:
    assert fast.predict(given).tolist() == ["customer", "client"]


def test_the_encoder_goes_by_name_or_folder(tmp_path) -> None:
    shipped = EncoderVectorizer("accurate")
    by_folder = EncoderVectorizer(shipped.path)
    assert (shipped.transform(SENTENCES) == by_folder.transform(SENTENCES)).all()
    assert EncoderVectorizer().folder == "accurate"
    with pytest.raises(ModelError, match=r"fast: no encoder.onnx and no tokenizer.json.*use 'accurate'"):
        EncoderVectorizer("fast").transform(SENTENCES)
    with pytest.raises(ModelError, match="no model at"):
        EncoderVectorizer(tmp_path / "none").transform(SENTENCES)


def test_a_sparse_matrix_is_no_frame() -> None:
    """As with scikit-learn's own TfidfVectorizer."""
    vectorizer = NgramVectorizer(min_df=1).set_output(transform="pandas")
    with pytest.raises(ValueError, match=r"(?i)sparse.*set_output\(transform=.default.\)"):
        vectorizer.fit_transform(SENTENCES)
    rows = NgramVectorizer(min_df=1).fit(SENTENCES)
    frame = pd.DataFrame(rows.transform(SENTENCES).toarray(), columns=rows.get_feature_names_out())
    assert frame.shape[0] == 2


def test_short_paths_lead_to_the_same_things() -> None:
    from clientvoice.framing import classifier
    from clientvoice.vectors import encoder, masking, ngrams

    assert (NgramVectorizer, EncoderVectorizer) == (ngrams.NgramVectorizer, encoder.EncoderVectorizer)
    assert (FramingClassifier, mask) == (classifier.FramingClassifier, masking.mask)
    for package in (clientvoice.vectors, clientvoice.framing):
        assert set(package.__all__) <= set(dir(package))
        with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
            package.Nothing  # noqa: B018


@pytest.mark.parametrize("what", ["import clientvoice", "import clientvoice.vectors, clientvoice.framing"])
def test_importing_costs_nothing_heavy(what: str) -> None:
    heavy = "{'sklearn', 'numpy', 'pandas', 'scipy', 'spacy', 'matplotlib', 'onnxruntime'}"
    code = f"import sys; {what}; print(sorted({heavy} & set(sys.modules)))"
    root = Path(clientvoice.__file__).resolve().parents[1]
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=root, check=True, capture_output=True, text=True, timeout=60
    ).stdout
    assert told.strip() == "[]"


def test_pipe_takes_no_whole_frame(fast) -> None:
    for wrong in (pd.DataFrame({"text": ["Hello."]}), {"text": "Hello."}):
        with pytest.raises(
            TypeError, match=r"pipe: expected an iterable of messages, got a .*; give the col"
        ):
            fast.pipe(wrong)


@pytest.mark.parametrize(
    "vectorizer", [NgramVectorizer(min_df=1).fit(SENTENCES), EncoderVectorizer("accurate")]
)
def test_no_sentences_give_no_rows_of_the_same_width(vectorizer) -> None:
    rows = vectorizer.transform([])
    assert rows.shape == (0, vectorizer.transform(SENTENCES).shape[1])
    assert rows.dtype == vectorizer.transform(SENTENCES).dtype


def test_no_sentences_give_an_empty_frame() -> None:
    frame = EncoderVectorizer("accurate").set_output(transform="pandas").transform([])
    assert frame.shape == (0, 384) and frame.columns[0] == "encoder0"


ODD = "Buy \ud83d now, your \udc00 place is kept!"


@pytest.mark.parametrize("vectorizer", [NgramVectorizer(min_df=1).fit(SENTENCES), EncoderVectorizer()])
def test_half_an_emoji_is_read_as_the_readers_read_it(vectorizer) -> None:
    odd, mended = (np.asarray(vectorizer.transform([text]).sum()) for text in (ODD, mended_of(ODD)))
    assert odd == mended
    weights = np.ones((vectorizer.transform([ODD]).shape[1], 1))
    parts, others = (vectorizer.shares(text, weights) for text in (ODD, mended_of(ODD)))
    for column, other in zip(parts, others, strict=True):
        np.testing.assert_array_equal(column, other)


@pytest.mark.parametrize("name", ["fast", "accurate"])
def test_a_voice_reads_half_an_emoji(name) -> None:
    voice = clientvoice.load(name)
    assert (voice.predict_proba([ODD]) == voice.predict_proba([mended_of(ODD)])).all()
    found = voice.explain(ODD)
    assert found == voice.explain(mended_of(ODD))
    assert all(ODD[part.start : part.end].split() for part in found.contributions)


def mended_of(text: str) -> str:
    mended = text.replace("\ud83d", "\ufffd").replace("\udc00", "\ufffd")
    assert len(mended) == len(text)
    return mended
