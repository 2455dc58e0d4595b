"""Libraries that read other formats: loaded when first needed, and never trusted to raise what they say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

from clientvoice.errors import InputError
from clientvoice.readers.characters import one_line


def library(module: str, *, extra: str, name: str, kind: str) -> ModuleType:
    """Return an optional library.

    Parameters
    ----------
    module : str
    extra : str
        The extra of this package that brings it.
    name, kind : str
        The input that needs it, and what it is, for the error.

    Raises
    ------
    InputError
        If it is not installed; the text names the extra.

    Examples
    --------
    >>> library("json", extra="docx", name="a.docx", kind="a Word document").__name__
    'json'
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise InputError(
            "not_installed",
            f"{name}: {kind}, which needs an optional reader ({module}). "
            f"Install it with: pip install 'clientvoice[{extra}]'.",
        ) from error


@contextmanager
def parsing(name: str, kind: str) -> Iterator[None]:
    """Turn whatever a library throws at damaged content into one clear error.

    Examples
    --------
    >>> with parsing("a.docx", "a Word document"):
    ...     raise KeyError("word/document.xml")
    Traceback (most recent call last):
    clientvoice.errors.InputError: a.docx: damaged, or not a Word document (KeyError: ...). Open it ...
    """
    try:
        yield
    except (InputError, MemoryError):
        raise
    except RecursionError as error:
        text = (
            f"{name}: nested too deep to be read; expected {kind} of ordinary depth. Save it again, simpler."
        )
        raise InputError("too_deep", text) from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, not the content
        what = f"{type(error).__name__}: {error}"[:200].rstrip(". ")
        text = f"{name}: damaged, or not {kind} ({what}). Open it in its own program and save it again."
        raise InputError("damaged", one_line(text)) from error
