"""A spaCy component: ``nlp.add_pipe("clientvoice")``.

It reads each text as a message in plain text, whatever other components did
to it, so that a pipeline gives what :func:`clientvoice.load` gives. Everything
it leaves on a ``Doc`` is plain data and survives ``to_bytes``, ``DocBin`` and
``nlp.pipe(n_process=2)``.

``doc._.clientvoice``
    A dict, the message: ``label``, ``score``, ``probabilities``, ``notices`` (``code`` and ``text``,
    such as ``not_english``) and ``sentences``, each with ``start`` and ``end`` (characters of
    ``doc.text``), ``label``, ``probabilities``, ``score``, ``kind``, ``counted``, ``reason`` and
    ``cues``. None before the component ran.
``span._.clientvoice``
    A list of the sentences that the span touches, as above.
``doc.spans["clientvoice"]`` and ``doc.spans["clientvoice_cues"]``
    Sentences and cues as labelled spans. ``displacy.render(doc, style="span",
    options=DISPLACY_OPTIONS)`` shows the sentences in their colours, and the cues with
    ``options=DISPLACY_OPTIONS | {"spans_key": "clientvoice_cues"}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from clientvoice.readers.language import with_language_notice
from clientvoice.readers.plain.text import text_message
from clientvoice.records import MessageAnalysis, SentenceAnalysis
from clientvoice.reports.page.cards import shipped_cards
from clientvoice.voice import DEFAULT_MODEL, ClientVoice, load

__all__ = ["DISPLACY_OPTIONS", "ClientVoiceComponent", "make_component"]


SPANS = "clientvoice"
CUE_SPANS = "clientvoice_cues"

# Tints of the colours of the report page: displaCy writes black on them.
_TINTS = {"client": "#7cc6c9", "customer": "#f2a679", "neutral": "#d3d6d9"}

DISPLACY_OPTIONS: dict[str, Any] = {
    "spans_key": SPANS,
    "colors": _TINTS | {name: _TINTS[card.family] for name, card in shipped_cards().items()},
}
"""Options for ``displacy.render(doc, style="span")``: the sentences, and colours for them and cues."""


class ClientVoiceComponent:
    """Puts what clientvoice says on each ``Doc``.

    Parameters
    ----------
    voice : ClientVoice

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("clientvoice", config={"model": "fast"})
    >>> doc = nlp("Hurry, only 3 left! Ring me before you sign anything.")
    >>> [(span.text, span.label_) for span in doc.spans["clientvoice"]]
    [('Hurry, only 3 left!', 'customer'), ('Ring me before you sign anything.', 'client')]
    """

    def __init__(self, voice: ClientVoice) -> None:
        self.voice = voice

    def __call__(self, doc: Doc) -> Doc:
        """Analyse one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Analyse documents as they come; the sentences of a batch are scored together."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            messages = [with_language_notice(text_message(doc.text)) for doc in batch]
            for doc, analysis in zip(batch, self.voice.pipe(messages, batch_size=batch_size), strict=True):
                yield _marked(doc, analysis)

    # spaCy asks these of a component that is stored: its settings are in the pipeline's config, and
    # the model in its own folder, so there is nothing to write.

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return nothing: the pipeline's config holds all that is needed."""
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> ClientVoiceComponent:
        """Return the component as the config made it."""
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write nothing: the pipeline's config holds all that is needed."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> ClientVoiceComponent:
        """Return the component as the config made it."""
        return self


@Language.factory(
    "clientvoice",
    default_config={"model": DEFAULT_MODEL, "rules": None, "house": None, "threads": 1},
    assigns=["doc._.clientvoice", "doc.spans", "span._.clientvoice"],
)
def make_component(
    nlp: Language, name: str, model: str, rules: str | None, house: str | None, threads: int
) -> ClientVoiceComponent:
    """Make the component; spaCy finds it by the entry point ``clientvoice``.

    Parameters
    ----------
    nlp : Language
    name : str
    model, rules, house, threads
        As for :func:`clientvoice.load`.

    Examples
    --------
    >>> import spacy
    >>> make_component(spacy.blank("en"), "clientvoice", "fast", None, None, 1).voice.name
    'fast'
    """
    return ClientVoiceComponent(load(model, rules=rules, house=house, threads=threads))


def _marked(doc: Doc, analysis: MessageAnalysis) -> Doc:
    doc._.clientvoice = {
        "label": analysis.label,
        "score": analysis.score,
        "probabilities": dict(analysis.probabilities),
        "sentences": [_plain(sentence) for sentence in analysis.sentences],
        "notices": [{"code": notice.code, "text": notice.text} for notice in analysis.notices],
    }
    sentences = [(found.start, found.end, found.label) for found in analysis.sentences]
    cues = [
        (cue.start, cue.end, cue.name) for found in analysis.sentences if found.counted for cue in found.cues
    ]
    doc.spans[SPANS] = _group(doc, SPANS, sentences)
    doc.spans[CUE_SPANS] = _group(doc, CUE_SPANS, cues)
    return doc


def _plain(sentence: SentenceAnalysis) -> dict[str, Any]:
    return {
        "start": sentence.start,
        "end": sentence.end,
        "label": sentence.label,
        "probabilities": dict(sentence.probabilities),
        "score": sentence.score,
        "kind": sentence.kind,
        "counted": sentence.counted,
        "reason": sentence.reason,
        "cues": [
            {"name": cue.name, "start": cue.start, "end": cue.end, "source": cue.source}
            for cue in sentence.cues
        ],
    }


def _group(doc: Doc, name: str, places: Iterable[tuple[int, int, str]]) -> SpanGroup:
    """Return spans of whole tokens; a place between tokens takes those that it touches."""
    spans = [doc.char_span(start, end, label, alignment_mode="expand") for start, end, label in places]
    return SpanGroup(doc, name=name, spans=[span for span in spans if span is not None])


def _of_span(span: Span) -> list[dict[str, Any]]:
    found = span.doc._.clientvoice
    if found is None:
        return []
    return [
        one for one in found["sentences"] if one["start"] < span.end_char and span.start_char < one["end"]
    ]


Doc.set_extension("clientvoice", default=None, force=True)
Span.set_extension("clientvoice", getter=_of_span, force=True)
