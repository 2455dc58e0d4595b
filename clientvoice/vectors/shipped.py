"""Where the shipped models are: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path

from clientvoice.errors import ModelError

_PACKAGE = Path(__file__).resolve().parents[1]
_HOMES = (_PACKAGE / "models", _PACKAGE.parent / "models")


def shipped_models() -> tuple[str, ...]:
    """Return the names of the shipped models.

    Examples
    --------
    >>> shipped_models()
    ('accurate', 'fast')
    """
    return tuple(sorted({path.parent.name for home in _HOMES for path in home.glob("*/config.json")}))


def model_folder(model: str | Path) -> Path:
    """Return the folder of a shipped model's name or of a path.

    Raises
    ------
    ModelError
        If there is no such folder; the message names the shipped models.

    Examples
    --------
    >>> model_folder("fast").name
    'fast'
    """
    for home in _HOMES:
        if isinstance(model, str) and model and (home / model / "config.json").is_file():
            return home / model
    if (Path(model) / "config.json").is_file():
        return Path(model)
    raise ModelError(
        f"no model at {str(model)!r}: expected one of {', '.join(shipped_models()) or 'no shipped models'}"
        " or a folder with a config.json, as `clientvoice train --out FOLDER` writes it."
    )


ENCODER_FILES = ("encoder.onnx", "tokenizer.json")


def encoder_folder(model: str | Path, prefix: str = "") -> Path:
    """Return the folder that holds the encoder of a shipped model, or is given as one.

    Raises
    ------
    ModelError
        If there is none.

    Examples
    --------
    >>> encoder_folder("accurate") == model_folder("accurate")
    True
    """
    given = Path(model)
    needed = [f"{prefix}{name}" for name in ENCODER_FILES]
    folder = given if (given / needed[0]).is_file() else model_folder(model)
    lacking = [name for name in needed if not (folder / name).is_file()]
    if lacking:
        raise ModelError(
            f"{folder}: no {' and no '.join(lacking)}, so this model has no such encoder; "
            "use 'accurate', or a folder that holds both."
        )
    return folder
