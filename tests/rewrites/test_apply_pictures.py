"""Alternative texts of pictures are advised on, but never written: the picture shows the same words."""

from __future__ import annotations

import pytest

import clientvoice
from clientvoice.integrations.review import review
from clientvoice.readers import first_message
from clientvoice.records import Message, Rewrite
from clientvoice.reports.checks.fixes import safe_fixes
from clientvoice.reports.checks.positions import Places
from clientvoice.rewrites.applying.apply import apply_rewrites

ALT = "Hurry, buy your ticket now!"
NEW = 'Buy it when "you" like" onerror="alert(1)'


def rewrite(message: Message, start: int = 0) -> Rewrite:
    start = message.text.index(ALT, start)
    return Rewrite(start, start + len(ALT), ALT, NEW, (), (), "phrase", 1.0, 0.9, 0.2, "neutral", True)


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_page_keeps_its_picture(quote: str) -> None:
    data = f"<p>Hello there.</p><img alt={quote}{ALT}{quote}>".encode()
    message = first_message(data, format="html")
    found = apply_rewrites(data, message, [rewrite(message)])
    assert (found.data, found.done) == (data, ())
    assert "alternative text of a picture" in found.refused[0].reason


def test_the_same_words_in_the_text_are_rewritten_alone() -> None:
    data = f'<p>{ALT} It is here.</p><img alt="{ALT}">'.encode()
    message = first_message(data, format="html")
    done = apply_rewrites(data, message, [rewrite(message)]).data
    assert b"onerror=" in done and done.endswith(f'<img alt="{ALT}">'.encode())
    assert first_message(done, format="html").text.startswith(NEW)


def test_a_mail_whose_plain_part_says_the_same_keeps_its_picture() -> None:
    data = (
        "Subject: Tickets\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{ALT} We are open all week and glad to see you, rain or shine.\n\n"
        f'--b\nContent-Type: text/html\n\n<img alt="{ALT}">\n--b--\n'
    ).encode()
    message = first_message(data, format="eml")
    assert message.part == "1 text/plain"
    found = apply_rewrites(data, message, [rewrite(message)])
    assert f'<img alt="{ALT}">'.encode() in found.data
    assert len(found.done) == 1
    assert [notice.code for notice in found.notices] == ["alternative_differs"]


def test_checks_and_editors_find_it_and_offer_no_edit() -> None:
    voice = clientvoice.load("fast")
    source = f'<p>Ring us before you come.</p>\n<img alt="{ALT}">'
    seen = review(source, "html", "a.html", voice)
    (mark,) = seen.marks
    assert source[mark.start : mark.end] == ALT
    assert mark.sentence.kind == "picture"
    assert list(seen.fixes(mark.start, mark.end)) == []
    message = first_message(source.encode(), format="html")
    asked = voice.suggest(next(voice.pipe([message])))
    assert safe_fixes(message, asked.sentences, Places(message)) == {}
    assert asked.sentences[1].suggestions.advice
