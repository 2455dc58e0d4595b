"""Labelled sentences: the authored corpora of ``data/`` and tables of your own."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from clientvoice.corpora.labelled import LabelledRows, checked_cues, cues_of, one_of, read_labelled
from clientvoice.errors import InputError
from clientvoice.records import FRAMES, Frame

_LINE = re.compile(r"([SHPBXF]) ([nck])(?::([a-z_,]+))? \| (.+)")
_LETTERS: dict[str, Frame] = {"k": "client", "c": "customer", "n": "neutral"}


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled sentence.

    Parameters
    ----------
    text : str
    label : str
        ``client``, ``customer`` or ``neutral``.
    cues : tuple of str
    group : str
        What must not be on both sides of a split: a sender, a message, a contrast group.
    origin : str
        ``natural``, ``contrast``, ``real`` or ``own``.
    """

    text: str
    label: Frame
    cues: tuple[str, ...]
    group: str
    origin: str


def read_corpus(folder: Path) -> list[Example]:
    """Read the whole authored messages, ``natural/*.txt`` below a folder, in sorted order.

    Contrast groups are not among them: they test a model (see
    :func:`read_contrast`), they do not teach the task.

    Raises
    ------
    InputError
        If there is none, or a line breaks the format; the message names file and line.
    """
    examples = [example for path in sorted(folder.glob("natural/*.txt")) for example in read_natural(path)]
    if not examples:
        raise InputError("empty", f"{folder}: no natural/*.txt there, so nothing to learn from.")
    return examples


def read_contrast(folder: Path) -> list[Example]:
    """Read the contrast groups, ``contrast/*.jsonl`` below a folder: for behavioural tests."""
    return [
        example
        for path in sorted(folder.glob("contrast/*.jsonl"))
        for example in read_examples(path, origin="contrast")
    ]


def read_natural(path: Path) -> Iterator[Example]:
    """Yield the labelled lines of one file of whole messages (format: ``data/corpus/RECIPE.md``)."""
    group = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("### "):
            group = line[4:].split(" | ")[0]
        elif line.strip():
            found = _LINE.fullmatch(line.rstrip())
            if not found:
                raise InputError("damaged", f"{path}:{number}: expected 'P n | text', got {line[:60]!r}.")
            cues = checked_cues(filter(None, (found[3] or "").split(",")), f"{path}:{number}")
            yield Example(found[4].strip(), _LETTERS[found[2]], cues, group, "natural")


def read_examples(path: Path, *, origin: str = "real") -> list[Example]:
    r"""Read a table with ``text`` and ``label``, and where there are ``cues`` and a sender.

    Rows whose label is empty, as ``clientvoice suggest-labels`` writes them, are skipped. The
    sender is ``org``, or where that names nobody ``sender`` or ``group``.

    Parameters
    ----------
    path : Path
        JSON Lines, CSV, TSV, Excel or Parquet. Cues are a list, or names with spaces, commas or
        semicolons between.
    origin : str
        What the examples are called.

    Raises
    ------
    ConfigError
        If the table lacks a column or is of another kind.
    InputError
        If a row cannot be read, has no text, or an unknown label or cue, or if none has a label.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder) / "mine.csv"
    ...     _ = table.write_text("text,label,cues,org\nBuy now!,customer,sales_push,Oak\n")
    ...     read_examples(table)[0].cues
    ('sales_push',)
    """
    return examples_of(read_labelled(path), origin=origin)


def examples_of(table: LabelledRows, *, origin: str = "real") -> list[Example]:
    """Return the rows of a table as examples; see :func:`read_examples`."""
    return [
        Example(row.text, one_of(row.label, FRAMES, row.where), cues_of(row), row.group, origin)
        for row in table.rows
    ]


def apply_labels(
    examples: Iterable[Example], texts: Iterable[tuple[str, str]], labels: Path
) -> list[Example]:
    """Correct and extend examples by a label file that holds hashes instead of texts.

    Parameters
    ----------
    examples : iterable of Example
    texts : iterable of (str, str)
        Unlabelled sentences and their senders, which the labels may name.
    labels : Path
        JSON Lines with ``sha256`` of the text, ``label`` and ``cues``; a label
        of ``null`` drops the sentence.
    """
    with labels.open(encoding="utf-8") as lines:
        rows = {row["sha256"]: row for row in map(json.loads, lines)}
    corrected = []
    for example in examples:
        row = rows.get(sha256(example.text))
        if row is None:
            corrected.append(example)
        elif row["label"]:
            corrected.append(replace(example, label=row["label"], cues=tuple(row["cues"])))
    for text, group in texts:
        row = rows.get(sha256(text))
        if row and row["label"]:
            corrected.append(Example(text, row["label"], tuple(row["cues"]), group, "real"))
    return corrected


def read_texts(path: Path) -> list[tuple[str, str]]:
    """Read JSON Lines of unlabelled sentences as (text, sender)."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [(row["text"], str(row.get("org") or row["id"])) for row in rows]


def sha256(text: str) -> str:
    """Return the hash by which a sentence is named where its text may not stand."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest(examples: Iterable[Example]) -> str:
    """Return one hash over texts, labels and cues: the identity of a training set."""
    total = hashlib.sha256()
    for example in examples:
        total.update(f"{sha256(example.text)} {example.label} {','.join(example.cues)}\n".encode())
    return total.hexdigest()


def fold_of(group: str, folds: int) -> int:
    """Return the fold of a group: the same on every machine, whatever else is in the set."""
    return int(hashlib.sha256(group.encode("utf-8", "surrogatepass")).hexdigest()[:8], 16) % folds
