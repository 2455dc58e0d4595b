from __future__ import annotations

import json

import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin

import clientvoice
from clientvoice.framing.model import CUES
from clientvoice.integrations.spacy import DISPLACY_OPTIONS

TEXT = "Hurry, only 3 left! Ring me before you sign anything.\nThe office is on Mill Lane."


def pipeline() -> spacy.language.Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("clientvoice", config={"model": "fast"})
    return nlp


def test_a_document_says_what_the_library_says() -> None:
    doc = pipeline()(TEXT)
    found = next(clientvoice.load("fast").pipe([TEXT]))
    assert doc._.clientvoice["label"] == found.label
    assert doc._.clientvoice["score"] == found.score
    assert [(one["start"], one["end"], one["label"]) for one in doc._.clientvoice["sentences"]] == [
        (one.start, one.end, one.label) for one in found.sentences
    ]
    assert [span.label_ for span in doc.spans["clientvoice"]] == ["customer", "client", "neutral"]
    assert "pressure" in {span.label_ for span in doc.spans["clientvoice_cues"]}


def test_a_span_knows_the_sentences_that_it_touches() -> None:
    doc = pipeline()(TEXT)
    assert [one["label"] for one in doc[0:2]._.clientvoice] == ["customer"]
    assert len(doc[0 : len(doc)]._.clientvoice) == 3
    assert spacy.blank("en")("Not read.")[0:1]._.clientvoice == []


def test_many_documents_in_two_processes_are_the_same() -> None:
    nlp = pipeline()
    texts = [TEXT, "", "Save 20% now!", "\n\n  \n"] * 3
    alone = [nlp(text)._.clientvoice for text in texts]
    assert [doc._.clientvoice for doc in nlp.pipe(texts, batch_size=5)] == alone
    assert [doc._.clientvoice for doc in nlp.pipe(texts, n_process=2, batch_size=4)] == alone


def test_documents_and_pipelines_survive_the_disk(tmp_path) -> None:
    nlp = pipeline()
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.clientvoice == doc._.clientvoice
    assert [str(span) for span in again.spans["clientvoice"]] == [
        str(span) for span in doc.spans["clientvoice"]
    ]
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (back,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert json.dumps(back._.clientvoice) == json.dumps(doc._.clientvoice)  # lists may come back as tuples
    nlp.to_disk(tmp_path / "nlp")
    assert spacy.load(tmp_path / "nlp")(TEXT)._.clientvoice == doc._.clientvoice


def test_displacy_shows_it_and_escapes_it() -> None:
    doc = pipeline()("Buy <b>now</b> & save 50%!")
    page = displacy.render(doc, style="span", options={"spans_key": "clientvoice"}, jupyter=False)
    assert "customer" in page
    assert "<b>now" not in page


def test_another_language_is_noticed() -> None:
    nlp = pipeline()
    german, english = nlp.pipe(
        ["Nur heute gibt es zwanzig Prozent Rabatt auf alle Schuhe und Taschen.", TEXT]
    )
    assert [notice["code"] for notice in german._.clientvoice["notices"]] == ["not_english"]
    assert english._.clientvoice["notices"] == []


def test_displacy_shows_labels_and_cues_in_their_colours() -> None:
    doc = pipeline()(TEXT)
    page = displacy.render(doc, style="span", options=DISPLACY_OPTIONS, jupyter=False)
    assert all(DISPLACY_OPTIONS["colors"][label] in page for label in ("client", "customer", "neutral"))
    assert set(CUES) <= set(DISPLACY_OPTIONS["colors"])
    cues = displacy.render(
        doc, style="span", options=DISPLACY_OPTIONS | {"spans_key": "clientvoice_cues"}, jupyter=False
    )
    assert "pressure" in cues
    assert DISPLACY_OPTIONS["colors"]["pressure"] in cues
