from __future__ import annotations

import json
from pathlib import Path

import pytest

from clientvoice.corpora.sentences import (
    apply_labels,
    digest,
    fold_of,
    read_contrast,
    read_corpus,
    read_examples,
    read_natural,
    sha256,
)
from clientvoice.errors import InputError


def test_the_authored_corpora_are_well_formed(corpus: Path) -> None:
    natural, contrast = read_corpus(corpus), read_contrast(corpus)
    assert {example.label for example in natural} == {"client", "customer", "neutral"}
    assert len(contrast) == 6 * len({example.group for example in contrast})
    assert all(bool(example.cues) == (example.label != "neutral") for example in contrast)


def test_a_natural_message_is_one_group(tmp_path: Path) -> None:
    path = tmp_path / "n.txt"
    path.write_text(
        "### x-1 | a | b | c | client\nS n | Hello\nP k:support,candour | We will help | you.\n", "utf-8"
    )
    subject, care = read_natural(path)
    assert subject.group == care.group == "x-1"
    assert (care.label, care.cues, care.text) == ("client", ("support", "candour"), "We will help | you.")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("P x | what", r"n.txt:2: expected 'P n \| text'"),
        ("P c:prize | what", "unknown cue 'prize'"),
        ("no format at all", "got 'no format at all'"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "n.txt"
    path.write_text(f"### x-1 | a | b | c | client\n{line}\n", "utf-8")
    with pytest.raises(InputError, match=message):
        list(read_natural(path))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "expected one object a line"),
        ('{"text": "a", "label": "good"}', "label 'good'"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(row + "\n", "utf-8")
    with pytest.raises(InputError, match=message):
        read_examples(path)


def test_an_empty_folder_says_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no natural/\*.txt"):
        read_corpus(tmp_path)


def test_labels_by_hash_correct_drop_and_extend(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        "".join(json.dumps({"text": t, "label": "neutral"}) + "\n" for t in ("one", "two")), "utf-8"
    )
    labels = tmp_path / "labels.jsonl"
    made = [("one", "client", ["support"]), ("two", None, []), ("three", "customer", ["price"])]
    labels.write_text(
        "".join(json.dumps({"sha256": sha256(t), "label": lb, "cues": c}) + "\n" for t, lb, c in made),
        "utf-8",
    )
    found = apply_labels(read_examples(rows), [("three", "Org"), ("four", "Org")], labels)
    assert [(example.text, example.label) for example in found] == [("one", "client"), ("three", "customer")]


def test_folds_and_digests_are_stable() -> None:
    assert fold_of("Example Ltd", 4) == fold_of("Example Ltd", 4) < 4
    assert {fold_of(str(number), 4) for number in range(50)} == {0, 1, 2, 3}
    assert digest([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
