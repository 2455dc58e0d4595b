"""Analyses by hand (sixteen demo messages, a builder for small ones) and a strict reader of HTML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from clientvoice.care import assess
from clientvoice.records import (
    MESSAGE_LABELS,
    Block,
    Contribution,
    Cue,
    Explanation,
    Failure,
    Framing,
    Message,
    MessageAnalysis,
    Notice,
    Precedent,
    Rewrite,
    Run,
    Sentence,
    SentenceAnalysis,
    SourceMap,
    Suggestions,
)
from clientvoice.rewrites.changes import changes

VOID = {"meta", "link", "input"}


class Markup(HTMLParser):
    """What stands in a piece of HTML; a tag out of order is an error."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag, f"</{tag}> out of order"

    def handle_data(self, data):
        self.text.append((self._open[-1] if self._open else "", data))

    def attributes(self, name: str) -> list[str]:
        """Return the values of an attribute, wherever it stands."""
        return [attrs[name] for _, attrs in self.tags if attrs.get(name) is not None]

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        """Return the attributes of the elements of a class."""
        return [attrs for _, attrs in self.tags if name in (attrs.get("class") or "").split()]

    def words(self) -> str:
        """Return the text outside styles and scripts."""
        return "".join(data for tag, data in self.text if tag not in {"style", "script"})


DEMO = Path(__file__).with_name("demo.toml")


def _framing(frame: str, p: float) -> Framing:
    rest = (1 - p) / 3
    shares = {"client": rest, "customer": rest, "neutral": 2 * rest}
    if frame.rstrip("?") == "neutral":
        shares = {"client": (1 - p) / 2, "customer": (1 - p) / 2}
    shares[frame.rstrip("?")] = p
    return Framing(frame.rstrip("?"), shares, uncertain=frame.endswith("?"))


def _cues(told: str, text: str, start: int) -> tuple[Cue, ...]:
    cues = []
    for one in filter(None, told.split(";")):
        name, _, words = one.partition("=")
        at = text.index(words)
        source = "model" if name.startswith("~") else "rule"
        cues.append(Cue(name.lstrip("~"), start + at, start + at + len(words), source))
    return tuple(cues)


def build(told: dict[str, Any]) -> MessageAnalysis:
    """Lay blocks out as a reader would: two line breaks between them, a space between sentences."""
    text, blocks, sentences = "", [], []
    laid_out = told.get("block", [])
    if "subject" in told:
        laid_out = [["subject", [told["subject"]]], *laid_out]
    for kind, group in laid_out:
        text += "\n\n" if text else ""
        begin = len(text)
        for frame, p, words, *more in group:
            text += " " if len(text) > begin else ""
            start = len(text)
            text += words
            cues = _cues(more[0], words, start) if more else ()
            reason = more[1] if len(more) > 1 else ""
            sentence = Sentence(start, len(text), words, "sentence" if kind == "paragraph" else kind)
            sentences.append(SentenceAnalysis(sentence, _framing(frame, p), cues, reason))
        blocks.append(Block(begin, len(text), kind))
    body = blocks[1].start if "subject" in told and len(blocks) > 1 else 0
    message = Message(
        id=told.get("id", told.get("path", "m")),
        text=text,
        blocks=tuple(blocks),
        format=told.get("format", "text"),
        subject=told["subject"][2] if "subject" in told else None,
        sender=told.get("sender"),
        date=told.get("date"),
        path=told.get("path"),
        source=text[body:],
        source_map=SourceMap((Run(body, len(text), 0, len(text) - body),)) if text[body:] else SourceMap(),
        part=told.get("part"),
        notices=tuple(Notice(code, words) for code, words in told.get("notices", [])),
    )
    shares = dict(zip(MESSAGE_LABELS, told.get("probabilities", [0.1, 0.2, 0.3, 0.4]), strict=True))
    practices = assess(sentences) if told.get("assessed") else ()
    return MessageAnalysis(
        message, told.get("label", "neutral"), told.get("score", 50.0), shares, tuple(sentences), practices
    )


@pytest.fixture
def analysis() -> Callable[..., MessageAnalysis]:
    """Return the builder: ``analysis(subject=[...], block=[...], label=...)``."""
    return lambda **told: build(told)


@pytest.fixture(scope="session")
def demo() -> list[MessageAnalysis | Failure]:
    """Return sixteen messages and three failures, as one run would give them."""
    told = tomllib.loads(DEMO.read_text(encoding="utf-8"))
    failures = [Failure(it["path"], it["code"], it["text"], it["path"]) for it in told["failure"]]
    return [*(build({**it, "assessed": True}) for it in told["message"]), *failures]


def rewritten(text: str, new: str, *, safe: bool = True, start: int = 0, before: float = 0.9) -> Rewrite:
    """Return a rewrite as the rewriter would give it."""
    warnings = ("Check that this is true: “today”.",) if safe else ("It promises [name].",)
    found = changes(text, new)
    end = start + len(text)
    return Rewrite(
        start,
        end,
        text,
        new,
        found,
        ("price",),
        "plan",
        2.0,
        before,
        0.1,
        "neutral",
        safe,
        warnings,
        "Plain.",
    )


def with_suggestions(analysis: MessageAnalysis) -> MessageAnalysis:
    """Suggest two rewrites for every sentence that speaks to a customer."""
    sentences = []
    for it in analysis.sentences:
        if it.label == "customer" and it.counted:
            p = it.probabilities["customer"]
            first = rewritten(it.text, f"If it helps, {it.text}", start=it.start, before=p)
            second = rewritten(it.text, "You can see it here, [name].", safe=False, start=it.start, before=p)
            pair = Precedent("Shop <now>!", "Have a look & decide.")
            it = replace(it, suggestions=Suggestions((first, second), "Leave the choice to them.", pair))
        sentences.append(it)
    return replace(analysis, sentences=tuple(sentences))


@pytest.fixture(scope="session")
def rewrite() -> Callable[..., Rewrite]:
    """Return the builder: ``rewrite("Buy now.", "You can buy it.", safe=False)``."""
    return rewritten


@pytest.fixture(scope="session")
def suggest() -> Callable[[MessageAnalysis], MessageAnalysis]:
    """Return what adds suggestions to an analysis."""
    return with_suggestions


@pytest.fixture(scope="session")
def explain() -> Callable[[str], Explanation]:
    """Return an explainer: every word with an even number of letters speaks for the client."""

    def words(text: str) -> Explanation:
        found = [(match.start(), match.end(), match.group()) for match in re.finditer(r"\S+", text)]
        parts = tuple(Contribution(a, b, word, 1.25 if (b - a) % 2 == 0 else -0.75) for a, b, word in found)
        return Explanation(-0.5 + sum(part.log_odds for part in parts), -0.5, parts)

    return words


@pytest.fixture(scope="session")
def read_markup() -> type[Markup]:
    """Return the strict reader: ``read_markup(html)`` has ``tags``, ``text`` and ``attributes``."""
    return Markup


@pytest.fixture(scope="session")
def hostile() -> str:
    """Return text that tries to get out of every place that it is put in."""
    return (
        "<script>document.title='owned'</script></mark></p></details>{{ 7*7 }}{% raw %}"
        "\"'><img src=x onerror=alert(1)> javascript:alert(1) --> ]]> </style></title></textarea>"
        "\u202eevil\u202c \x00 \x1b[31m \ud800 &lt;b&gt; &#60;i&#62; \u2028 \r\n end"
    )
