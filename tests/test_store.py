from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from clientvoice.errors import ModelError
from clientvoice.house import HouseStyle
from clientvoice.house.adapted import adapted
from clientvoice.store import identified, load_model, save_model
from clientvoice.vectors.shipped import model_folder
from clientvoice.voice import ClientVoice

TEXTS = ["Order today and save!", "We are here if you need us.", "The shop opens at nine."]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(model_folder("fast"), tmp_path / "copy"))


def edit(folder: Path, **changes: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def test_saved_and_loaded_it_scores_the_same(fast: ClientVoice, tmp_path: Path) -> None:
    again = load_model(save_model(fast.model, tmp_path / "again"))
    np.testing.assert_allclose(
        again.sentences.score(TEXTS).frames, fast.model.sentences.score(TEXTS).frames, atol=1e-9
    )
    assert again.name == "fast"


def test_saving_twice_gives_the_same_bytes(fast: ClientVoice, tmp_path: Path) -> None:
    one, other = (save_model(fast.model, tmp_path / name) for name in ("one", "other"))
    for path in one.iterdir():
        assert path.read_bytes() == (other / path.name).read_bytes()


def test_an_unknown_model_names_the_shipped_ones() -> None:
    with pytest.raises(ModelError, match=r"no model at 'fats'.*fast"):
        load_model("fats")


def test_a_changed_file_is_refused(copy: Path) -> None:
    with (copy / "word_terms.txt").open("a", encoding="utf-8") as file:
        file.write("\nsurprise")
    with pytest.raises(ModelError, match=r"word_terms.txt: sha256 .*damaged"):
        load_model(copy)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "char_terms.txt").unlink()
    with pytest.raises(ModelError, match=r"char_terms.txt: missing"):
        load_model(copy)


def test_another_schema_is_refused(copy: Path) -> None:
    edit(copy, schema=99)
    with pytest.raises(ModelError, match="schema 99, expected 1 or 3"):
        load_model(copy)


def test_unknown_keys_are_refused(copy: Path) -> None:
    edit(copy, run="rm -rf /")
    with pytest.raises(ModelError, match=r"unknown or missing keys \['run'\]"):
        load_model(copy)


def test_a_path_out_of_the_folder_is_refused(copy: Path) -> None:
    files = json.loads((copy / "config.json").read_text("utf-8"))["files"]
    edit(copy, files={"../evil.npz": "0"} | files)
    with pytest.raises(ModelError, match="leaves the model's folder"):
        load_model(copy)


def _replace_arrays(folder: Path, **changes: np.ndarray) -> None:
    with np.load(folder / "arrays.npz") as stored:
        arrays = {name: stored[name] for name in stored.files}
    np.savez_compressed(folder / "arrays.npz", **(arrays | changes))
    config = json.loads((folder / "config.json").read_text("utf-8"))
    import hashlib

    digest = hashlib.sha256((folder / "arrays.npz").read_bytes()).hexdigest()
    edit(folder, files=config["files"] | {"arrays.npz": digest})


def test_wrong_shapes_are_refused(copy: Path) -> None:
    _replace_arrays(copy, frame_bias=np.zeros(5))
    with pytest.raises(ModelError, match=r"'frame_bias' is \(5,\), expected shape \(3,\)"):
        load_model(copy)


def test_values_that_are_not_finite_are_refused(copy: Path) -> None:
    _replace_arrays(copy, frame_bias=np.array([0.0, np.nan, 0.0]))
    with pytest.raises(ModelError, match="finite"):
        load_model(copy)


def test_pickled_objects_are_refused(copy: Path) -> None:
    _replace_arrays(copy, frame_bias=np.array([print, None, {}], dtype=object))
    with pytest.raises(ModelError, match="not a file of plain arrays"):
        load_model(copy)


def test_both_readings_are_saved_and_loaded(accurate: ClientVoice, tmp_path: Path) -> None:
    again = load_model(save_model(accurate.model, tmp_path / "again"))
    assert again.sentences.second and accurate.model.sentences.second
    assert again.sentences.second.below == accurate.model.sentences.second.below
    one, other = again.sentences.score(TEXTS), accurate.model.sentences.score(TEXTS)
    np.testing.assert_allclose(one.frames, other.frames, atol=1e-9)
    np.testing.assert_allclose(one.cues, other.cues, atol=1e-9)


SECOND = {"below": 0.8, "trust": 0.5, "cue_trust": 0.5, "sharpness": 1.0}


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """A copy of the model that reads twice."""
    return Path(shutil.copytree(model_folder("accurate"), tmp_path / "twice"))


@pytest.mark.parametrize(
    "numbers",
    [
        3,
        None,
        {"below": 0.8},
        SECOND | {"below": "0.8"},
        SECOND | {"below": 0},
        SECOND | {"trust": 7},
        SECOND | {"cue_trust": -1},
        {name: value for name, value in SECOND.items() if name != "cue_trust"},
        SECOND | {"trust": True},
        SECOND | {"sharpness": float("nan")},
        SECOND | {"sharpness": float("inf")},
    ],
)
def test_a_second_reading_of_odd_numbers_is_refused(twice: Path, numbers: object) -> None:
    edit(twice, settings={"uncertain_below": 0.6, "second_reading": numbers})
    with pytest.raises(ModelError, match=r"second_reading is .*, expected below, trust, cue_trust,"):
        load_model(twice)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"settings": {"uncertain_below": "high"}}, "settings are .*a number"),
        ({"files": ["arrays.npz"]}, "files is a list, expected a dict"),
        ({"branches": "ngrams"}, "branches is a str, expected a list"),
    ],
)
def test_parts_of_another_type_are_refused(copy: Path, changes: dict[str, object], told: str) -> None:
    edit(copy, **changes)
    with pytest.raises(ModelError, match=told):
        load_model(copy)


def test_unknown_settings_are_refused(copy: Path) -> None:
    edit(copy, settings={"uncertain_below": 0.6, "second_readings": SECOND})
    with pytest.raises(ModelError, match=r"settings are .*second_readings"):
        load_model(copy)


def test_a_second_reading_without_its_weights_is_refused(twice: Path) -> None:
    with np.load(twice / "arrays.npz") as stored:
        arrays = {name: stored[name] for name in stored.files if name != "second_frame_weights"}
    np.savez_compressed(twice / "arrays.npz", **arrays)
    _replace_arrays(twice)
    with pytest.raises(ModelError, match=r"'second_frame_weights' is nothing, expected shape \(3, 384\)"):
        load_model(twice)


@pytest.mark.parametrize("name", ["second_encoder.onnx", "encoder.onnx", "word_terms.txt", "arrays.npz"])
def test_a_file_that_is_not_vouched_for_is_refused(twice: Path, name: str) -> None:
    files = json.loads((twice / "config.json").read_text("utf-8"))["files"]
    edit(twice, files={key: value for key, value in files.items() if key != name})
    with pytest.raises(ModelError, match=f"files lacks {name}"):
        load_model(twice)


def test_the_licence_of_an_encoder_goes_where_it_goes(accurate: ClientVoice, tmp_path: Path) -> None:
    folder = save_model(accurate.model, tmp_path / "again")
    assert "MIT License" in (folder / "second_encoder.LICENSE.txt").read_text("utf-8")
    for config in (folder / "config.json", model_folder("accurate") / "config.json"):
        assert "second_encoder.LICENSE.txt" in json.loads(config.read_text("utf-8"))["files"]


def test_a_model_that_a_house_adapted_is_not_saved_by_halves(fast: ClientVoice, tmp_path: Path) -> None:
    model = adapted(fast.model.sentences, HouseStyle(reader_nouns=("maker",)))
    with pytest.raises(ModelError, match="a NounVectorizer has no files to save"):
        save_model(replace(fast.model, sentences=model), tmp_path / "house")
    assert not (tmp_path / "house").exists()
    endless = adapted(fast.model.sentences, HouseStyle(thresholds={"price": 1.0}))
    with pytest.raises(ModelError, match="a cue's threshold is endless"):
        save_model(replace(fast.model, sentences=endless), tmp_path / "house")
    assert not (tmp_path / "house").exists()


def test_a_model_is_saved_by_a_path_as_text(fast: ClientVoice, tmp_path: Path) -> None:
    assert save_model(fast.model, str(tmp_path / "m3")) == tmp_path / "m3"
    with pytest.raises(TypeError, match="save_model: folder is an int"):
        save_model(fast.model, 5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"save_model: got a ClientVoice, .*give voice\.model"):
        save_model(fast, tmp_path / "voice")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["fast", "accurate"])
def test_a_digest_is_the_same_before_and_after_saving(name: str, tmp_path: Path) -> None:
    model = load_model(name)
    assert identified(model).digest == model.digest == load_model(save_model(model, tmp_path / name)).digest


def test_a_digest_is_decided_by_the_weights(fast: ClientVoice) -> None:
    sentences = fast.model.sentences
    (branch,) = sentences.branches
    moved = replace(branch, frame_weights=branch.frame_weights * 2)
    other = replace(fast.model, sentences=replace(sentences, branches=(moved,)))
    assert identified(other).digest != identified(fast.model).digest
    nouns = replace(fast.model, sentences=adapted(sentences, HouseStyle(reader_nouns=("maker",))))
    assert len(identified(nouns).digest) == 64  # it has no files, but an identity
