from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clientvoice.readers import read_path
from clientvoice.records import UNCOUNTED, Message
from clientvoice.segments import mark_boilerplate
from clientvoice.segments.signatures import is_closing, signature_words, signatures

COPY = "I would leave the policy as it is this year, for the new one costs more and covers less."
SIGNATURE = (
    "Broker and director",
    "Moss & Rigg Insurance",
    "Winner, Adviser of the Year 2025 | The valley's leading independent broker",
    "T 01632 960 245 | M 07700 900 456",
    "www.mossrigg.example",
)


def signed(*below: str, closing: str = "Best wishes", name: str = "Tilda Moss") -> list[str]:
    """Return the lines below the name that count as signature, all without blank lines between."""
    texts = [COPY, closing, name, *below]
    found = signatures(texts, ["paragraph"] * len(texts), range(2, len(texts)))
    assert min(found, default=3) >= 3
    return [texts[index] for index in sorted(found)]


def apart(*below: str) -> list[str]:
    """Return the lines below the name that count as signature, each a paragraph of its own."""
    texts = [COPY, COPY, "Best wishes", "Tilda Moss", *below]
    return [texts[index] for index in sorted(signatures(texts, ["paragraph"] * len(texts)))]


def read(path: Path, source: str) -> tuple[list[str], list[str]]:
    """Return what counts and what does not of a file."""
    path.write_text(source, encoding="utf-8")
    (message,) = read_path(path)
    assert isinstance(message, Message)
    marked = mark_boilerplate(message)
    rows = [(block.kind in UNCOUNTED, marked.text[block.start : block.end]) for block in marked.blocks]
    return [text for uncounted, text in rows if not uncounted], [
        text for uncounted, text in rows if uncounted
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Best wishes",
        "Best wishes,",
        "Kind regards",
        "With kind regards,",
        "Yours sincerely",
        "Many thanks,",
        "Thanks and best regards,",
        "With thanks from all of us,",
        "Cheers!",
        "Warmly,",
        "Love,",
    ],
)
def test_closing_formulas(line: str) -> None:
    assert is_closing(line)
    assert signed(*SIGNATURE, closing=line) == list(SIGNATURE)


@pytest.mark.parametrize(
    "line",
    [
        "Best wishes for the new year",
        "Thank you for your patience.",
        "Warm socks",
        "Love our new loaves?",
        "Best of the month",
        "",
        "and",
        "Ring me. Best wishes",
    ],
)
def test_what_closes_no_letter(line: str) -> None:
    assert not is_closing(line)
    assert signed(*SIGNATURE, closing=line) == []


@pytest.mark.parametrize("line", SIGNATURE)
def test_each_line_of_a_signature_by_itself(line: str) -> None:
    assert signed(line) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Practice manager",
        "head of claims",
        "Senior Growth Executive | Quillstack",
        "Insurance that listens.",
        "Local. Patient. Independent.",
        "Voted the valley’s favourite broker",
        "E: tilda@mossrigg.example",
        "12 Mill Lane, Leeds LS1 4AB",
        "Support engineer",
    ],
)
def test_titles_slogans_and_addresses(line: str) -> None:
    assert signed("Moss & Rigg Ltd", line, "T 01632 960 245") == ["Moss & Rigg Ltd", line, "T 01632 960 245"]


@pytest.mark.parametrize(
    "line",
    [
        "Book now and save 20% at mossrigg.example.",
        "Book a demo: https://mossrigg.example/demo",
        "Moss & Rigg | Book a demo",
        "Half price mugs",
        "Shop our spring range",
        "Only three places left",
        "Tickets £8",
        "Questions? Ring the desk.",
        "Ring me any time on 01632 960 245 before you sign.",
        "Nights and Sundays: 01632 960 114",
        "We sit with you until it is settled.",
        "The winner was Mrs Plum.",
        "The kettle boils in four minutes again.",
        "Great mugs for everyone!",
    ],
)
def test_what_speaks_offers_or_tells_stays_counted(line: str) -> None:
    assert signed("Broker", line) == ["Broker"]
    assert apart("Broker", line) == ["Broker"]


def test_a_line_of_copy_ends_only_its_own_line_inside_the_paragraph() -> None:
    demo = "Book a demo: https://mossrigg.example/demo"
    assert signed("Broker", demo, *SIGNATURE) == ["Broker", *SIGNATURE]
    assert apart("Broker", demo, *SIGNATURE) == ["Broker"]


def test_after_two_lines_of_copy_nothing_is_signature() -> None:
    assert signed("Nell rang on Monday about the kettle.", "Sam did not.", *SIGNATURE) == []


def test_a_slogan_that_stands_apart_needs_more_of_the_signature_below() -> None:
    slogan = "Insurance with both ears"
    assert apart("Broker", slogan, "T 01632 960 245") == ["Broker", slogan, "T 01632 960 245"]
    assert apart("Broker", slogan) == ["Broker"]
    assert apart("Broker", slogan, "Mugs and plates", "T 01632 960 245") == ["Broker"]


@pytest.mark.parametrize("line", ["P.S. Broker Ana rings on Monday", "PS Broker Ana", "NB Broker Ana"])
def test_a_postscript_ends_the_signature(line: str) -> None:
    assert signed(line, *SIGNATURE) == []


@pytest.mark.parametrize("kind", ["bullet", "button", "heading"])
def test_a_heading_a_list_or_a_button_ends_the_signature_unless_it_is_a_contact(kind: str) -> None:
    texts = [COPY, "Cheers,", "Tilda", "Broker", "tilda@mossrigg.example", "Winners of the raffle", "Broker"]
    kinds = ["paragraph"] * 4 + [kind] * 2 + ["paragraph"]
    assert signatures(texts, kinds) == {3, 4}  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Shop now", "Only today", "Here is what Nell found:", "Half price mugs"])
def test_a_formula_without_a_name_below_is_no_sign_off(name: str) -> None:
    assert signed(*SIGNATURE, name=name) == []


def test_the_name_may_stand_on_the_line_of_the_formula() -> None:
    texts = [COPY, "Warmly, Odalys", "Librarian"]
    assert signatures(texts, ["paragraph"] * 3, {2}) == {2}
    assert signatures([COPY, "Thank you, truly.", "Odalys"], ["paragraph"] * 3, {2}) == set()


def test_names_that_look_like_verbs() -> None:
    assert signed("Broker", name="Will Hart") == ["Broker"]


def test_a_letter_that_goes_on_keeps_what_follows() -> None:
    texts = [COPY, "Love,", "Nell", "Baker", COPY + " " + COPY, "Broker"]
    assert signatures(texts, ["paragraph"] * 6, {2, 3}) == set()  # most of the text is still to come
    first = [COPY, "Love,", "Nell", "Baker", "Dear readers,", COPY, "Warmly,", "Odalys", "Librarian"]
    assert signatures(first, ["paragraph"] * 9, {3, 8}) == {8}


def test_the_lists_hold_words_only() -> None:
    for name in ("titles", "firms", "awards", "labels", "offers", "speaks", "times", "verbs", "before"):
        words = getattr(signature_words(), name)
        assert words and all(word == word.lower() and word.split() == [word] for word in words)
    assert "" not in signature_words().closings


LETTER = "\n".join(
    (f"Hi Jo,\n\n{COPY}\n\nRing me if the garage argues.\n\nBest wishes\n\nTilda Moss", *SIGNATURE)
)
OFFER = "Book now and save 20% at mossrigg.example before Friday."


def test_plain_text(tmp_path: Path) -> None:
    disclaimer = "This email and any attachments are confidential and intended solely for the addressee."
    counted, uncounted = read(tmp_path / "letter.txt", f"{LETTER}\n{disclaimer}\n")
    assert counted == ["Hi Jo,", COPY, "Ring me if the garage argues.", "Best wishes", "Tilda Moss"]
    assert uncounted == [*SIGNATURE, disclaimer]


@pytest.mark.parametrize("end", [OFFER, "P.S. Your cover runs until May, whatever you decide."])
def test_what_comes_below_a_signature_stays_counted(tmp_path: Path, end: str) -> None:
    counted, uncounted = read(tmp_path / "letter.txt", f"{LETTER}\n\n{end}\n")
    assert (counted[-2:], uncounted) == (["Tilda Moss", end], list(SIGNATURE))


def test_mail_with_a_quoted_reply(tmp_path: Path) -> None:
    head = "From: tilda@mossrigg.example\nSubject: renewal\nContent-Type: text/plain; charset=utf-8\n\n"
    reply = "On Mon, 2 Nov 2026, Jo Tait <jo@example.com> wrote:\n> Do I need the upgrade?\n"
    counted, uncounted = read(tmp_path / "letter.eml", f"{head}{LETTER}\n\n{reply}")
    assert counted[-2:] == ["Best wishes", "Tilda Moss"]
    assert uncounted[: len(SIGNATURE)] == list(SIGNATURE)


@pytest.mark.parametrize("form", ["<br>", "</p><p>"])
def test_html_by_line_or_by_paragraph(tmp_path: Path, form: str) -> None:
    lines = [line.replace("&", "&amp;") for line in ("Tilda Moss", *SIGNATURE[:-1])]
    page = (
        f"<html><body><p>Hi Jo,</p><p>{COPY}</p><p>Kind regards,</p><p>{form.join(lines)}</p>"
        f"<p>{OFFER}</p></body></html>"
    )
    counted, uncounted = read(tmp_path / "letter.html", page)
    assert counted == ["Hi Jo,", COPY, "Kind regards,", "Tilda Moss", OFFER]
    assert uncounted == list(SIGNATURE[:-1])


def test_markdown_with_hard_breaks(tmp_path: Path) -> None:
    letter = "  \n".join(("Best wishes,", "Tilda Moss", *SIGNATURE[:4]))
    counted, uncounted = read(
        tmp_path / "letter.md", f"{COPY}\n\n{letter}\n\n## Events\n\nWinner of the raffle\n"
    )
    assert counted == [COPY, "Best wishes,", "Tilda Moss", "Events", "Winner of the raffle"]
    assert uncounted == list(SIGNATURE[:4])


@pytest.mark.parametrize(
    "blocks",
    [
        ["Best wishes", "Nell"] * 15_000,
        ["Best wishes"] * 30_000,
        ["Best wishes", "a@" * 200_000, "a@" * 200_000],
        ["Best wishes", "Nell", *["| " * 200_000] * 5],
        ["Best wishes", "Nell", *["0 " * 200_000] * 5],
        ["with and " * 100_000],
        [" and ".join(["thanks"] * 7), "Nell"] * 10_000,
    ],
)
def test_hostile_blocks_take_linear_time(blocks: list[str]) -> None:
    before = time.process_time()
    signatures(blocks, ["paragraph"] * len(blocks), range(len(blocks)))
    assert time.process_time() - before < 5


@pytest.mark.parametrize(
    "line",
    [
        "Trusted lender with instant approval guaranteed",
        "Winners Pay Less",
        "Limited Places Remaining",
        "Upgrade www.oat.example",
    ],
)
def test_what_pushes_is_counted_below_a_name_too(line):
    texts = ["Ring me if it argues, and I will come round.", "Best wishes", "Kirsty Lamb", line]
    assert 3 not in signatures(texts, ["paragraph"] * 4, {3})


def test_closings_are_told_alike_in_every_process():
    code = (
        "from clientvoice.segments.signatures import is_closing as told;"
        "print(told('Love from us all'), told('Best from all of us to all'))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(3)
    }
    assert told == {b"True True\n"}
