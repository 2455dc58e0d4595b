"""Options that several commands share, so that they read and mean the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Model = Annotated[
    str, typer.Option("--model", "-m", metavar="NAME|DIR", help="A shipped model, or the folder of your own.")
]
OwnModel = Annotated[
    str | None,
    typer.Option(
        "--model",
        "-m",
        metavar="NAME|DIR",
        help="A shipped model, or the folder of your own.",
        show_default="the house's, else accurate",
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help="The house style.",
        show_default="clientvoice.toml at or above the input",
    ),
]
Rules = Annotated[
    Path | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="Your own rules, beside the shipped ones.",
    ),
]
MaxBytes = Annotated[
    int,
    typer.Option(
        "--max-bytes", metavar="N", min=1, help="The largest file to read; mailboxes may be larger."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite what --out names.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Write files and errors only.")]
