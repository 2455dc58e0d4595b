"""Save and load models as arrays, term lists, an ONNX graph and JSON. Loading runs no code.

A model is a folder: ``config.json`` names every other file with its sha256.
Unknown keys, wrong shapes or types, values that are not finite, files that are
missing, changed or too large are refused with a :class:`ModelError`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clientvoice.arguments import a_type
from clientvoice.errors import ModelError
from clientvoice.framing.messages import MessageModel
from clientvoice.framing.model import CUES, HEADS, Branch, SentenceModel
from clientvoice.framing.second import SecondReading
from clientvoice.records import FRAMES, MESSAGE_LABELS
from clientvoice.vectors.shares import Vectorizer
from clientvoice.vectors.shipped import ENCODER_FILES, model_folder
from clientvoice.vectors.vouched import check_file, read_arrays, sha256, take

SCHEMAS = (1, 2)
"""Models that read once, and models that read twice: an older version must not take one for the other."""
_KEYS = {"schema", "name", "kind", "files", "branches", "settings", "trained", "metrics"}
_TERMS = ("word", "char")
_LICENCE = "encoder.LICENSE.txt"
_KINDS = {"name": str, "files": dict, "branches": list, "trained": dict, "metrics": dict}
_SETTINGS = {"uncertain_below", "second_reading"}
_NUMBERS = ("below", "trust", "sharpness")
SECOND = "second_"
"""What the files of the second reading's encoder begin with."""


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A loaded model: what reads sentences, what reads messages, and its papers.

    Parameters
    ----------
    name : str
        ``fast``, ``accurate`` or the name a user gave.
    digest : str
        sha256 over the configuration and every file: the model's identity.
    sentences : SentenceModel
    messages : MessageModel
    trained, metrics : dict
        The training data's digests and the figures measured, as told in the card.
    """

    name: str
    digest: str
    sentences: SentenceModel
    messages: MessageModel
    trained: dict[str, Any]
    metrics: dict[str, Any]


def save_model(stored: StoredModel, folder: Path) -> Path:
    """Write a model to ``folder``, config last, and return the folder.

    Raises
    ------
    ModelError
        If a part is of a kind that has no files, such as one that a house style adapted.
    """
    from clientvoice.vectors.ngrams import NgramVectorizer

    folder.mkdir(parents=True, exist_ok=True)
    model = stored.sentences
    arrays: dict[str, NDArray[Any]] = {
        "frame_bias": model.frame_bias,
        "cue_bias": model.cue_bias,
        "cue_thresholds": model.cue_thresholds,
        **{f"message_{name}": value for name, value in stored.messages.arrays().items()},
    }
    files: list[str] = ["arrays.npz"]
    for branch in model.branches:
        arrays[f"{branch.name}_frame_weights"] = branch.frame_weights.astype(np.float16)
        arrays[f"{branch.name}_cue_weights"] = branch.cue_weights.astype(np.float16)
        if branch.takeaway_weights is not None:
            arrays[f"{branch.name}_takeaway_weights"] = branch.takeaway_weights.astype(np.float16)
        if isinstance(branch.vectorizer, NgramVectorizer):
            idf, terms = branch.vectorizer.arrays()
            arrays.update(idf)
            for part in _TERMS:
                (folder / f"{part}_terms.txt").write_text(
                    "\n".join(terms[part]), encoding="utf-8", newline="\n"
                )
                files.append(f"{part}_terms.txt")
        else:
            files += _copied(branch.vectorizer, folder)
    settings: dict[str, Any] = {"uncertain_below": model.uncertain_below}
    if model.second:
        arrays["second_frame_weights"] = model.second.frame_weights.astype(np.float16)
        arrays["second_frame_bias"] = model.second.frame_bias
        files += _copied(model.second.vectorizer, folder, SECOND)
        settings["second_reading"] = {name: getattr(model.second, name) for name in _NUMBERS}
    np.savez_compressed(folder / "arrays.npz", **arrays)  # type: ignore[arg-type]
    config = {
        "schema": 2 if model.second else 1,
        "name": stored.name,
        "kind": "clientvoice sentence and message model",
        "branches": [branch.name for branch in model.branches],
        "settings": settings,
        "trained": stored.trained,
        "metrics": stored.metrics,
        "files": {name: sha256(folder / name) for name in sorted(files)},
    }
    text = json.dumps(config, indent=2, ensure_ascii=False, sort_keys=True)
    (folder / "config.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    return folder


def load_model(model: str | Path, *, threads: int = 1) -> StoredModel:
    """Load a shipped model by name or a folder by path; no code from it is run.

    Raises
    ------
    ModelError
        If a part is missing, damaged, too large or of another schema version.

    Examples
    --------
    >>> load_model("fast").name
    'fast'
    """
    folder = model_folder(model)
    config, raw = _read_config(folder)
    if lacking := sorted(_needed(config) - set(config["files"])):
        raise ModelError(
            f"{folder / 'config.json'}: files lacks {', '.join(lacking)}; fetch the model again."
        )
    for name, digest in config["files"].items():
        check_file(folder, name, digest)
    arrays = read_arrays(folder / "arrays.npz")
    branches = tuple(_branch(name, folder, arrays, threads) for name in config["branches"])
    settings = config["settings"]
    sentences = SentenceModel(
        branches=branches,
        frame_bias=take(arrays, "frame_bias", (len(FRAMES),)).astype(np.float64),
        cue_bias=take(arrays, "cue_bias", (len(CUES),)).astype(np.float64),
        cue_thresholds=take(arrays, "cue_thresholds", (len(CUES),)).astype(np.float64),
        uncertain_below=float(settings["uncertain_below"]),
        second=_second(folder, arrays, settings, threads),
    )
    width = len(MessageModel.feature_names())
    messages = MessageModel(
        center=take(arrays, "message_center", (width,)),
        scale=take(arrays, "message_scale", (width,)),
        label_weights=take(arrays, "message_label_weights", (len(MESSAGE_LABELS), width)),
        label_bias=take(arrays, "message_label_bias", (len(MESSAGE_LABELS),)),
        score_weights=take(arrays, "message_score_weights", (width,)),
        score_bias=take(arrays, "message_score_bias", (1,)),
    )
    digest = hashlib.sha256(raw).hexdigest()
    return StoredModel(config["name"], digest, sentences, messages, config["trained"], config["metrics"])


def _copied(encoder: Vectorizer, folder: Path, prefix: str = "") -> list[str]:
    """Copy an encoder's files, and its licence, into a model's folder; return what they are called there."""
    from clientvoice.vectors.encoder import EncoderVectorizer

    if not isinstance(encoder, EncoderVectorizer):
        raise ModelError(
            f"{folder}: a {type(encoder).__name__} has no files to save, expected an EncoderVectorizer; "
            "save the model that no house style has adapted."
        )
    names = []
    for name in (*ENCODER_FILES, _LICENCE):
        if name != _LICENCE or encoder.file(name).is_file():
            content = encoder.file(name).read_bytes()
            (folder / f"{prefix}{name}").write_bytes(content)
            names.append(f"{prefix}{name}")
    return names


def _needed(config: dict[str, Any]) -> set[str]:
    """Return the files that the parts of a model are read from."""
    needed = {"arrays.npz"}
    if "ngrams" in config["branches"]:
        needed |= {f"{part}_terms.txt" for part in _TERMS}
    for there, prefix in (
        ("encoder" in config["branches"], ""),
        ("second_reading" in config["settings"], SECOND),
    ):
        needed |= {f"{prefix}{name}" for name in ENCODER_FILES if there}
    return needed


def _read_config(folder: Path) -> tuple[dict[str, Any], bytes]:
    path = folder / "config.json"
    raw = path.read_bytes()
    try:
        config = json.loads(raw)
    except ValueError as error:
        raise ModelError(
            f"{path}: not valid JSON ({error}); the model is damaged, fetch it again."
        ) from error
    if not isinstance(config, dict) or config.get("schema") not in SCHEMAS:
        got = config.get("schema") if isinstance(config, dict) else type(config).__name__
        raise ModelError(
            f"{path}: schema {got!r}, expected 1 or 2; retrain it with this version of clientvoice."
        )
    if set(config) != _KEYS:
        odd = sorted(set(config) ^ _KEYS)
        raise ModelError(f"{path}: unknown or missing keys {odd}; expected exactly {sorted(_KEYS)}.")
    settings = config["settings"]
    if (
        not isinstance(settings, dict)
        or not {"uncertain_below"} <= set(settings) <= _SETTINGS
        or type(settings["uncertain_below"]) not in (int, float)
    ):
        raise ModelError(
            f"{path}: settings are {settings!r}, expected uncertain_below, a number, and second_reading of a "
            "model that reads twice."
        )
    for name, kind in _KINDS.items():
        if not isinstance(config[name], kind):
            raise ModelError(f"{path}: {name} is {a_type(config[name])}, expected {a_type(kind())}.")
    return config, raw


def _width(arrays: dict[str, NDArray[Any]], name: str) -> int:
    """Return the width of a matrix of weights; where there is none, that of ours, for the refusal to tell."""
    return int(arrays[name].shape[1]) if name in arrays and arrays[name].ndim == 2 else 384


def _second(
    folder: Path, arrays: dict[str, NDArray[Any]], settings: dict[str, Any], threads: int
) -> SecondReading | None:
    from clientvoice.vectors.encoder import EncoderVectorizer

    if "second_reading" not in settings:
        return None
    numbers = settings["second_reading"]
    told = isinstance(numbers, dict) and set(numbers) == set(_NUMBERS)
    told = told and all(type(value) in (int, float) for value in numbers.values())
    if not (
        told and 0 < numbers["below"] <= 1 and 0 <= numbers["trust"] <= 1 and 0 < numbers["sharpness"] < 100
    ):
        raise ModelError(
            f"{folder / 'config.json'}: second_reading is {numbers!r}, expected below, trust and sharpness: "
            "below from above 0 to 1, trust from 0 to 1, sharpness above 0 and below 100."
        )
    width = _width(arrays, "second_frame_weights")
    return SecondReading(
        EncoderVectorizer(folder, threads=threads, prefix=SECOND),
        take(arrays, "second_frame_weights", (len(FRAMES), width)).astype(np.float64),
        take(arrays, "second_frame_bias", (len(FRAMES),)).astype(np.float64),
        **{name: float(value) for name, value in numbers.items()},
    )


def _branch(name: str, folder: Path, arrays: dict[str, NDArray[Any]], threads: int) -> Branch:
    from clientvoice.vectors.encoder import EncoderVectorizer
    from clientvoice.vectors.ngrams import NgramVectorizer

    vectorizer: NgramVectorizer | EncoderVectorizer
    if name == "ngrams":
        terms = {part: (folder / f"{part}_terms.txt").read_text("utf-8").split("\n") for part in _TERMS}
        idf = {f"{part}_idf": take(arrays, f"{part}_idf", (len(terms[part]),)) for part in _TERMS}
        vectorizer = NgramVectorizer.from_arrays(idf, terms)
        width = sum(len(part) for part in terms.values())
    elif name == "encoder":
        vectorizer = EncoderVectorizer(folder, threads=threads)
        width = _width(arrays, "encoder_frame_weights")
    else:
        raise ModelError(f"{folder / 'config.json'}: branch {name!r}, expected 'ngrams' or 'encoder'.")
    takeaways = f"{name}_takeaway_weights"
    return Branch(
        name,
        vectorizer,
        take(arrays, f"{name}_frame_weights", (len(FRAMES), width)).astype(np.float64),
        take(arrays, f"{name}_cue_weights", (len(CUES), width)).astype(np.float64),
        take(arrays, takeaways, (HEADS, width)).astype(np.float64) if takeaways in arrays else None,
    )
