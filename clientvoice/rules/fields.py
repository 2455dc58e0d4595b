"""The fields of a rule file, each read strictly: of its type, not empty, nothing unknown in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast, get_args

from clientvoice.rules.folding import plain
from clientvoice.rules.rule import GRADES, Evidence, Grade, Phrase
from clientvoice.rules.source import RuleSource, choices

EVIDENCE_KEYS = ("source", "finding", "grade", "boundary")
EXAMPLE_KEYS = ("flag", "pass")


def read_text(source: RuleSource, table: Mapping[str, Any], key: str) -> str:
    """Return a text on one line, or ``""`` if the key is absent."""
    value = table.get(key, "")
    if not isinstance(value, str) or (key in table and not value.strip()):
        raise source.error(
            source.line_of_key(key), f"{key} = {value!r}", f'Write {key} as text in quotes: {key} = "…".'
        )
    return " ".join(value.split())


def read_switch(source: RuleSource, table: Mapping[str, Any], key: str) -> bool:
    """Return true or false; false if the key is absent."""
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise source.error(source.line_of_key(key), f"{key} = {value!r}", "Allowed: true, false.")
    return value


def read_texts(source: RuleSource, table: Mapping[str, Any], key: str, told_as: str = "") -> list[str]:
    """Return a list of texts, none of them empty."""
    told = told_as or key
    values = table.get(key, [])
    if not isinstance(values, list):
        raise source.error(
            source.line_of_key(key), f"{told} = {values!r}", f'Write a list of texts: {key} = ["…"].'
        )
    for value in values:
        if not isinstance(value, str) or not plain(value):
            line = source.line_of_value(value) if value else source.line_of_key(key)
            raise source.error(line, f"{told} holds {value!r}", "Each entry is text in quotes and not empty.")
    return values


def read_phrases(source: RuleSource, table: Mapping[str, Any]) -> Iterator[Phrase]:
    """Yield the phrases of a plain list, or of lists by kind."""
    told = table.get("phrases", [])
    if isinstance(told, Mapping):
        for kind in told:
            for text in read_texts(source, told, kind, f"phrases.{kind}"):
                yield Phrase(text, kind)
    else:
        for text in read_texts(source, table, "phrases"):
            yield Phrase(text)


def check_repeats(source: RuleSource, phrases: Iterable[Phrase]) -> None:
    """Complain about a phrase that stands twice in one file."""
    seen: dict[str, str] = {}
    for phrase in phrases:
        key = plain(phrase.text)
        if key in seen:
            raise source.error(
                source.line_of_value(phrase.text, last=True),
                f"the phrase {phrase.text!r} stands twice",
                "Case, curly quotes and hyphens make no difference; remove one of them.",
            )
        seen[key] = phrase.text


def read_evidence(source: RuleSource, table: Mapping[str, Any]) -> Iterator[Evidence]:
    """Yield the pieces of evidence, each with its source, finding, grade and boundary."""
    told = table.get("evidence", [])
    if not isinstance(told, list) or not all(isinstance(entry, Mapping) for entry in told):
        raise source.error(
            source.line_of_key("evidence"), "evidence is no list of tables", "Write [[evidence]]."
        )
    for entry in told:
        for key in entry:
            if key not in EVIDENCE_KEYS:
                raise source.unknown("key in [[evidence]]", key, EVIDENCE_KEYS)
        for key in EVIDENCE_KEYS:
            if not isinstance(entry.get(key), str) or not entry[key].strip():
                raise source.error(
                    source.line_of_value(entry.get("source", "")),
                    f"[[evidence]] has no {key}",
                    f"Each piece of evidence has {', '.join(EVIDENCE_KEYS)}, each as text.",
                )
        if entry["grade"] not in GRADES:
            raise source.error(
                source.line_of_value(entry["grade"]),
                f"grade = {entry['grade']!r}",
                choices(entry["grade"], get_args(Grade)),
            )
        texts = {key: " ".join(entry[key].split()) for key in EVIDENCE_KEYS}
        yield Evidence(**{**texts, "grade": cast(Any, entry["grade"])})


def read_examples(source: RuleSource, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return the examples that a rule must hit (``flag``) or let pass (``pass``)."""
    told = table.get("examples", {})
    if not isinstance(told, Mapping):
        raise source.error(
            source.line_of_key("examples"),
            "examples is no table",
            "Write [examples] with the lists flag and pass.",
        )
    for got in told:
        if got not in EXAMPLE_KEYS:
            raise source.unknown("key in [examples]", got, EXAMPLE_KEYS)
    return tuple(read_texts(source, told, key, f"examples.{key}"))


def read_denials(source: RuleSource, table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the cues that are never said of words of a kind, by kind."""
    told = table.get("denies", {})
    if not isinstance(told, Mapping):
        raise source.error(
            source.line_of_key("denies"), f"denies = {told!r}", 'Write [denies], and in it kind = ["cue"].'
        )
    return {kind: tuple(read_texts(source, told, kind, f"denies.{kind}")) for kind in told}


def read_margin(source: RuleSource, table: Mapping[str, Any]) -> dict[str, str]:
    """Return the templates of the note in the margin, by kind; ``""`` is the default."""
    told = table.get("margin", {})
    notes = {"default": told} if isinstance(told, str) else told
    if not isinstance(notes, Mapping):
        raise source.error(
            source.line_of_key("margin"), f"margin = {told!r}", "Write margin as text or as [margin]."
        )
    for kind, note in notes.items():
        if (
            not isinstance(note, str)
            or note.count("{words}") != 1
            or re.search(r"[{}]", note.replace("{words}", ""))
        ):
            raise source.error(
                source.line_of_key(kind if kind in source.text else "margin"),
                f"the margin note {kind!r} is {note!r}",
                "A note is one line of text that holds {words} once, such as 'Presses with “{words}”.'",
            )
    return {"" if kind == "default" else kind: " ".join(note.split()) for kind, note in notes.items()}
