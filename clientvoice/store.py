"""Save and load models as arrays, term lists, an ONNX graph and JSON. Loading runs no code.

A model is a folder: ``config.json`` names every other file with its sha256.
Unknown keys, wrong shapes or types, values that are not finite, files that are
missing, changed or too large are refused with a :class:`ModelError`.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from clientvoice.arguments import a_type, check_path
from clientvoice.errors import ModelError
from clientvoice.framing.messages import MessageModel
from clientvoice.framing.model import CUES, HEADS, Branch, SentenceModel
from clientvoice.framing.second import SecondReading
from clientvoice.records import FRAMES, MESSAGE_LABELS
from clientvoice.vectors.nouns import NounVectorizer
from clientvoice.vectors.shares import Vectorizer
from clientvoice.vectors.shipped import ENCODER_FILES, model_folder
from clientvoice.vectors.vouched import check_file, read_arrays, take

SCHEMAS = (1, 3)
"""Models that read once, and models that read twice, cues too: a version must not take one for the other."""
_KEYS = {"schema", "name", "kind", "files", "branches", "settings", "trained", "metrics"}
_TERMS = ("word", "char")
_CONFIG = "config.json"
_PRECISION = np.float16
"""How exact the weights of a saved model are."""
_LICENCE = "encoder.LICENSE.txt"
_KINDS = {"name": str, "files": dict, "branches": list, "trained": dict, "metrics": dict}
_SETTINGS = {"uncertain_below", "second_reading"}
_NUMBERS = ("below", "trust", "cue_trust", "sharpness")
_Part = TypeVar("_Part", Branch, SecondReading)
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
        sha256 of the configuration, which holds that of every file: the model's identity. A
        model that was not loaded has it from :func:`identified`.
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


def save_model(stored: StoredModel, folder: str | Path) -> Path:
    """Write a model to ``folder``, config last, and return the folder.

    Raises
    ------
    ModelError
        If a part is of a kind that has no files, such as one that a house style adapted.
        Nothing is written then.
    TypeError
        If an argument is of another kind.

    Examples
    --------
    >>> import tempfile
    >>> model = load_model("fast")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     load_model(save_model(model, f"{folder}/mine")).digest == identified(model).digest
    True
    """
    if not isinstance(stored, StoredModel):
        raise TypeError(f"save_model: got {a_type(stored)}, expected a StoredModel; give voice.model.")
    check_path(folder, "save_model: folder", "a folder")
    folder = Path(folder)
    _check_savable(stored.sentences, folder)
    files = _packed(stored)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / _CONFIG).write_bytes(_config(stored, files))
    return folder


def identified(stored: StoredModel) -> StoredModel:
    """Return a model with the digest that it has once it is saved, decided by weights and papers.

    Examples
    --------
    >>> from dataclasses import replace
    >>> model = load_model("fast")
    >>> bolder = replace(model, sentences=replace(model.sentences, frame_bias=np.array([1.0, 0.0, 0.0])))
    >>> identified(bolder).digest == identified(model).digest
    False
    """
    return replace(stored, digest=hashlib.sha256(_config(stored, _packed(stored))).hexdigest())


def as_saved(model: SentenceModel) -> SentenceModel:
    """Return a model with its weights as exact as files keep them, for it to say the same once saved.

    Examples
    --------
    >>> model = load_model("fast").sentences
    >>> bool((as_saved(model).branches[0].frame_weights == model.branches[0].frame_weights).all())
    True
    """
    branches = tuple(map(_part_as_saved, model.branches))
    return replace(model, branches=branches, second=model.second and _part_as_saved(model.second))


def _part_as_saved(part: _Part) -> _Part:
    changes: dict[str, Any] = {name: _rounded(weights) for name, weights in _weights(part).items()}
    return replace(part, **changes)


def _rounded(weights: NDArray[Any]) -> NDArray[np.float64]:
    return weights.astype(_PRECISION).astype(np.float64)


def _weights(part: Branch | SecondReading) -> dict[str, NDArray[np.float64]]:
    """Return the weights that a branch or the second reading has, by the names of its fields."""
    names = ("frame_weights", "cue_weights", "takeaway_weights")
    return {name: weights for name in names if (weights := getattr(part, name, None)) is not None}


def _check_savable(model: SentenceModel, folder: Path) -> None:
    """Refuse parts that have no files, and numbers that loading would refuse."""
    readers = [branch.vectorizer for branch in model.branches]
    readers += [model.second.vectorizer] if model.second else []
    remedy = "save the model that no house style has adapted."
    for reader in readers:
        if reader is not _bare(reader):
            raise ModelError(f"{folder}: a {type(reader).__name__} has no files to save; {remedy}")
    if not np.isfinite(model.cue_thresholds).all():
        raise ModelError(f"{folder}: a cue's threshold is endless, expected finite numbers; {remedy}")


def _bare(reader: Vectorizer) -> Vectorizer:
    """Return what reads under the nouns of a house."""
    return reader.inner if isinstance(reader, NounVectorizer) else reader


def _packed(stored: StoredModel) -> dict[str, bytes]:
    """Return the files of a model but its configuration, always the same bytes for the same weights."""
    model = stored.sentences
    files: dict[str, bytes] = {}
    arrays: dict[str, NDArray[Any]] = {
        "frame_bias": model.frame_bias,
        "cue_bias": model.cue_bias,
        "cue_thresholds": model.cue_thresholds,
        **{f"message_{name}": value for name, value in stored.messages.arrays().items()},
    }
    for branch in model.branches:
        arrays |= {f"{branch.name}_{name}": own.astype(_PRECISION) for name, own in _weights(branch).items()}
        learned, own_files = _of_vectorizer(_bare(branch.vectorizer))
        arrays |= learned
        files |= own_files
    if model.second:
        arrays |= {f"{SECOND}{name}": own.astype(_PRECISION) for name, own in _weights(model.second).items()}
        arrays |= {f"{SECOND}{name}": getattr(model.second, name) for name in ("frame_bias", "cue_bias")}
        files |= _of_vectorizer(_bare(model.second.vectorizer), SECOND)[1]
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)  # type: ignore[arg-type]
    return {"arrays.npz": packed.getvalue(), **files}


def _config(stored: StoredModel, files: Mapping[str, bytes]) -> bytes:
    """Return the configuration that names and vouches for the files of a model."""
    model = stored.sentences
    settings: dict[str, Any] = {"uncertain_below": model.uncertain_below}
    if model.second:
        settings["second_reading"] = {name: getattr(model.second, name) for name in _NUMBERS}
    config = {
        "schema": SCHEMAS[bool(model.second)],
        "name": stored.name,
        "kind": "clientvoice sentence and message model",
        "branches": [branch.name for branch in model.branches],
        "settings": settings,
        "trained": stored.trained,
        "metrics": stored.metrics,
        "files": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    return (json.dumps(config, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()


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


def _of_vectorizer(reader: Vectorizer, prefix: str = "") -> tuple[dict[str, NDArray[Any]], dict[str, bytes]]:
    """Return the arrays and the files of a vectoriser; an encoder has its licence with it.

    Raises
    ------
    ModelError
        If it is of a kind that has none.
    """
    from clientvoice.vectors.encoder import EncoderVectorizer
    from clientvoice.vectors.ngrams import NgramVectorizer

    if isinstance(reader, NgramVectorizer):
        idf, terms = reader.arrays()
        return idf, {f"{part}_terms.txt": "\n".join(terms[part]).encode() for part in _TERMS}
    if isinstance(reader, EncoderVectorizer):
        paths = {name: reader.file(name) for name in (*ENCODER_FILES, _LICENCE)}
        own = {f"{prefix}{name}": path.read_bytes() for name, path in paths.items() if path.is_file()}
        return {}, own
    raise ModelError(
        f"a {type(reader).__name__} has no files to save, expected an NgramVectorizer or EncoderVectorizer."
    )


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
    path = folder / _CONFIG
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
            f"{path}: schema {got!r}, expected {' or '.join(map(str, SCHEMAS))};"
            " retrain it with this version of clientvoice."
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
        told
        and 0 < numbers["below"] <= 1
        and all(0 <= numbers[name] <= 1 for name in ("trust", "cue_trust"))
        and 0 < numbers["sharpness"] < 100
    ):
        raise ModelError(
            f"{folder / 'config.json'}: second_reading is {numbers!r}, expected {', '.join(_NUMBERS)}: "
            "below from above 0 to 1, trust and cue_trust from 0 to 1, sharpness above 0 and below 100."
        )
    width = _width(arrays, f"{SECOND}frame_weights")

    def head(name: str, *shape: int) -> NDArray[np.float64]:
        return take(arrays, f"{SECOND}{name}", shape).astype(np.float64)

    return SecondReading(
        vectorizer=EncoderVectorizer(folder, threads=threads, prefix=SECOND),
        frame_weights=head("frame_weights", len(FRAMES), width),
        frame_bias=head("frame_bias", len(FRAMES)),
        cue_weights=head("cue_weights", len(CUES), width),
        cue_bias=head("cue_bias", len(CUES)),
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
