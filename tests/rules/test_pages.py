"""Pages and margin notes: what an editor reads."""

import subprocess
import sys

import pytest

from clientvoice.errors import RuleError
from clientvoice.rules import RuleBook, cue_list, cue_page, margin_note, match

BOOK = RuleBook.load()


@pytest.mark.parametrize("cue", BOOK.cues)
def test_a_page_tells_what_why_evidence_examples_and_what_to_do(cue):
    page = cue_page(cue)
    end = "What to write instead" if BOOK.frame_of(cue) == "customer" else "How to do more of it"
    headings = [line[3:] for line in page.splitlines() if line.startswith("## ")]
    mended = ["Words that it mends"] if BOOK[cue].rewrites else []
    assert headings == ["What it is", "Why it matters", "Evidence", "Examples", *mended, end]
    for item in BOOK[cue].evidence:
        assert item.source in page
        assert item.boundary in page
    assert all(f"- {text}" in page for text in BOOK[cue].flag + BOOK[cue].clean)


def test_the_list_has_a_row_for_each_cue():
    assert len(cue_list().splitlines()) == 2 + len(BOOK)


def test_an_unknown_page_is_told():
    with pytest.raises(RuleError, match="Allowed: protection"):
        cue_page("presure")


@pytest.mark.parametrize(
    ("cue", "words", "note"),
    [
        ("pressure", "Ends tonight!", "Presses with a deadline: “Ends tonight!”."),
        ("pressure", "only 3 left", "Presses with scarcity: “only 3 left”."),
        ("pressure", "quick quick", "Sounds like pressure: “quick quick”."),
        ("price", "save 20%", "Leads with the discount: “save 20%”."),
        ("support", "happy to help", "Stands ready to help: “happy to help”."),
        ("candour", "our mistake", "Owns the fault: “our mistake”."),
    ],
)
def test_a_note_fits_the_words(cue, words, note):
    assert margin_note(cue, words) == note


def test_a_note_takes_its_kind_from_the_hit():
    hit = match(BOOK, "Hurry, only 3 rooms left")[-1]
    assert margin_note(hit.cue, "only 3 rooms left", kind=hit.kind).startswith("Presses with scarcity")


def test_a_long_quotation_is_cut_at_a_word():
    note = margin_note("support", "we will be glad " * 20)
    assert len(note) < 110
    assert note.endswith(" …”.")


def test_line_breaks_and_braces_in_the_words_do_no_harm():
    assert margin_note("pressure", "act\n  now {words}") == "Tells the reader to hurry: “act now {words}”."


@pytest.mark.parametrize("cue", BOOK.cues)
def test_every_flagged_example_gets_a_note_that_quotes_it(cue):
    for text in BOOK[cue].flag:
        hit = next(hit for hit in match(BOOK, text) if hit.cue == cue)
        words = text[hit.start : hit.end]
        note = margin_note(cue, words)
        assert " ".join(words.split())[:20] in note


def test_pages_need_no_spacy():
    code = (
        "import sys; from clientvoice import rules; rules.cue_page('price'); sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
