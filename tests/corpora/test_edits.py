"""The edits of ``data/edits`` are as its README says; nothing in the library reads them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from clientvoice.corpora.sentences import read_corpus
from clientvoice.records import FRAMES

DATA = Path(__file__).resolve().parents[2] / "data"


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / "edits" / name).read_text("utf-8").splitlines()]


def words_in_order(words: list[object]) -> bool:
    numbers = [part for part in words if isinstance(part, int)]
    return numbers == sorted(set(numbers)) and all(
        isinstance(part, int | str) and part != "" for part in words
    )


def test_our_own_are_customer_sentences_of_the_corpus_each_once() -> None:
    ours = {(one.text, one.group) for one in read_corpus(DATA / "corpus") if one.label == "customer"}
    found = rows("natural.jsonl")
    assert len(found) == len({row["customer"] for row in found}) == 5_111
    for row in found:
        assert set(row) - {"label"} == {"customer", "client", "group"}
        assert (row["customer"], row["group"]) in ours
        assert row["client"] is None or row["client"].strip()
        assert row.get("label", "neutral") in FRAMES


def test_real_ones_hold_no_text() -> None:
    for name, count, key in (("real.jsonl", 7_875, "label"), ("verdicts.jsonl", 5_815, "faults")):
        found = rows(name)
        assert len(found) == count
        for row in found:
            assert {"sha256", "words"} <= set(row) <= {"sha256", "words", key}
            assert re.fullmatch(r"[0-9a-f]{64}", row["sha256"])
            assert row["words"] is None or words_in_order(row["words"])


def test_faults_are_letters_and_every_proposal_is_one_of_a_real_sentence() -> None:
    known = {row["sha256"] for row in rows("real.jsonl")}
    for row in rows("verdicts.jsonl"):
        assert row["sha256"] in known
        assert row["words"] is not None
        assert set(row["faults"]) <= set("gmpbu")


def test_the_readme_tells_how_many_are_labelled() -> None:
    labelled = sum("label" in row for name in ("natural.jsonl", "real.jsonl") for row in rows(name))
    assert f"{labelled:,} of the edited sentences" in (DATA / "edits" / "README.md").read_text("utf-8")
