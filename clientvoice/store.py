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

from clientvoice.errors import ModelError
from clientvoice.framing.messages import MessageModel
from clientvoice.framing.model import CUES, TAKEAWAYS, Branch, SentenceModel
from clientvoice.records import FRAMES, MESSAGE_LABELS
from clientvoice.vectors.shipped import model_folder

SCHEMA = 1
MAX_FILE_BYTES = 256_000_000
_KEYS = {"schema", "name", "kind", "files", "branches", "settings", "trained", "metrics"}
_TERMS = ("word", "char")


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
    """Write a model to ``folder``, config last, and return the folder."""
    from clientvoice.vectors.encoder import EncoderVectorizer
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
        elif isinstance(branch.vectorizer, EncoderVectorizer):
            for name in ("encoder.onnx", "tokenizer.json"):
                content = (branch.vectorizer.path / name).read_bytes()
                (folder / name).write_bytes(content)
                files.append(name)
    np.savez_compressed(folder / "arrays.npz", **arrays)  # type: ignore[arg-type]
    config = {
        "schema": SCHEMA,
        "name": stored.name,
        "kind": "clientvoice sentence and message model",
        "branches": [branch.name for branch in model.branches],
        "settings": {"uncertain_below": model.uncertain_below, **model.settings},
        "trained": stored.trained,
        "metrics": stored.metrics,
        "files": {name: _sha256(folder / name) for name in sorted(files)},
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
    for name, digest in config["files"].items():
        _check_file(folder, name, digest)
    arrays = _read_arrays(folder / "arrays.npz")
    branches = tuple(_branch(name, folder, arrays, threads) for name in config["branches"])
    settings = dict(config["settings"])
    sentences = SentenceModel(
        branches=branches,
        frame_bias=_take(arrays, "frame_bias", (len(FRAMES),)).astype(np.float64),
        cue_bias=_take(arrays, "cue_bias", (len(CUES),)).astype(np.float64),
        cue_thresholds=_take(arrays, "cue_thresholds", (len(CUES),)).astype(np.float64),
        uncertain_below=float(settings.pop("uncertain_below")),
        settings=settings,
    )
    width = len(MessageModel.feature_names())
    messages = MessageModel(
        center=_take(arrays, "message_center", (width,)),
        scale=_take(arrays, "message_scale", (width,)),
        label_weights=_take(arrays, "message_label_weights", (len(MESSAGE_LABELS), width)),
        label_bias=_take(arrays, "message_label_bias", (len(MESSAGE_LABELS),)),
        score_weights=_take(arrays, "message_score_weights", (width,)),
        score_bias=_take(arrays, "message_score_bias", (1,)),
    )
    digest = hashlib.sha256(raw).hexdigest()
    return StoredModel(config["name"], digest, sentences, messages, config["trained"], config["metrics"])


def _read_config(folder: Path) -> tuple[dict[str, Any], bytes]:
    path = folder / "config.json"
    raw = path.read_bytes()
    try:
        config = json.loads(raw)
    except ValueError as error:
        raise ModelError(
            f"{path}: not valid JSON ({error}); the model is damaged, fetch it again."
        ) from error
    if not isinstance(config, dict) or config.get("schema") != SCHEMA:
        got = config.get("schema") if isinstance(config, dict) else type(config).__name__
        raise ModelError(
            f"{path}: schema {got!r}, expected {SCHEMA}; retrain it with this version of clientvoice."
        )
    if set(config) != _KEYS:
        odd = sorted(set(config) ^ _KEYS)
        raise ModelError(f"{path}: unknown or missing keys {odd}; expected exactly {sorted(_KEYS)}.")
    return config, raw


def _check_file(folder: Path, name: str, digest: str) -> None:
    path = folder / name
    if Path(name).name != name:
        raise ModelError(f"{folder / 'config.json'}: file name {name!r} leaves the model's folder; refused.")
    if not path.is_file():
        raise ModelError(f"{path}: missing; a model needs every file that its config.json names.")
    if path.stat().st_size > MAX_FILE_BYTES:
        raise ModelError(f"{path}: {path.stat().st_size} bytes, the limit is {MAX_FILE_BYTES}; refused.")
    if (got := _sha256(path)) != digest:
        raise ModelError(
            f"{path}: sha256 {got[:12]}…, expected {digest[:12]}…; the file is damaged or was changed."
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:  # a zip may unpack to anything: look before reading
            total = sum(item.file_size for item in archive.infolist())
        if total > MAX_FILE_BYTES:
            raise ModelError(f"{path}: unpacks to {total} bytes, the limit is {MAX_FILE_BYTES}; refused.")
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (ValueError, zipfile.BadZipFile) as error:  # numpy says ValueError where it meets a pickle
        raise ModelError(f"{path}: not a file of plain arrays ({error}); refused.") from error
    for name, array in arrays.items():
        if array.dtype.kind != "f" or not np.isfinite(array).all():
            raise ModelError(f"{path}: array {name!r} is not made of finite floats; the model is damaged.")
    return arrays


def _take(arrays: dict[str, NDArray[Any]], name: str, shape: tuple[int, ...]) -> NDArray[Any]:
    if name not in arrays or arrays[name].shape != shape:
        got = arrays[name].shape if name in arrays else "nothing"
        raise ModelError(f"arrays.npz: {name!r} is {got}, expected shape {shape}; retrain with this version.")
    return arrays[name]


def _branch(name: str, folder: Path, arrays: dict[str, NDArray[Any]], threads: int) -> Branch:
    from clientvoice.vectors.encoder import EncoderVectorizer
    from clientvoice.vectors.ngrams import NgramVectorizer

    vectorizer: NgramVectorizer | EncoderVectorizer
    if name == "ngrams":
        terms = {part: (folder / f"{part}_terms.txt").read_text("utf-8").split("\n") for part in _TERMS}
        idf = {f"{part}_idf": _take(arrays, f"{part}_idf", (len(terms[part]),)) for part in _TERMS}
        vectorizer = NgramVectorizer.from_arrays(idf, terms)
        width = sum(len(part) for part in terms.values())
    elif name == "encoder":
        vectorizer = EncoderVectorizer(folder, threads=threads)
        width = arrays["encoder_frame_weights"].shape[-1]
    else:
        raise ModelError(f"{folder / 'config.json'}: branch {name!r}, expected 'ngrams' or 'encoder'.")
    takeaways = f"{name}_takeaway_weights"
    return Branch(
        name,
        vectorizer,
        _take(arrays, f"{name}_frame_weights", (len(FRAMES), width)).astype(np.float64),
        _take(arrays, f"{name}_cue_weights", (len(CUES), width)).astype(np.float64),
        _take(arrays, takeaways, (TAKEAWAYS, width)).astype(np.float64) if takeaways in arrays else None,
    )
