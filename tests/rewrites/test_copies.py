"""What a page says a second time, hidden: it changes with the sentence, or it is told that it did not."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from clientvoice.readers import first_message
from clientvoice.records import Rewrite
from clientvoice.rewrites.applying.apply import Applied, apply_rewrites

PUSH, GENTLE = "Hurry, buy it now!", "It is here whenever you want it."


def hidden(text: str) -> str:
    return f'<div style="display:none;max-height:0;overflow:hidden">{text}</div>'


def applied(data: bytes, after: str = GENTLE, **options: bool) -> Applied:
    message = first_message(data, format=None if options.pop("mail", False) else "html")
    rewrites = []
    for block in message.blocks:
        start = message.text.find(PUSH, block.start, block.end)
        if start >= 0:
            span = start, start + len(PUSH)
            rewrites.append(Rewrite(*span, PUSH, after, (), (), "phrase", 1.0, 0.9, 0.2, "neutral", True))
    found = apply_rewrites(data, message, rewrites, **options)
    assert not found.refused and len(found.done) == len(rewrites)
    return found


@pytest.mark.parametrize(
    "page",
    [
        f"{hidden(PUSH)}<p>{PUSH}</p>",
        f"{hidden(f'{PUSH} We wait.')}<p><b>{PUSH}</b> We wait.</p>",
        f"{hidden(PUSH)}<p>{PUSH}</p><p>Bye.</p><p>{PUSH}</p>",
        f"<mjml><mj-head><mj-preview>{PUSH}</mj-preview></mj-head><mj-body><mj-text>{PUSH}</mj-text></mj-body></mjml>",
    ],
)
def test_a_preheader_that_the_body_repeats_changes_with_it(page: str) -> None:
    found = applied(page.encode())
    assert found.data.decode().replace("<b>", "").replace("</b>", "") == page.replace(PUSH, GENTLE).replace(
        "<b>", ""
    ).replace("</b>", "")
    assert found.notices == ()
    assert first_message(found.data, format="html").text.count(GENTLE) == page.count(PUSH)


def test_so_does_one_that_repeats_the_subject() -> None:
    found = applied(f"<title>{PUSH}</title>{hidden(PUSH)}<p>Hello to you.</p>".encode(), subjects=True)
    assert found.data.decode() == f"<title>{GENTLE}</title>{hidden(GENTLE)}<p>Hello to you.</p>"


@pytest.mark.parametrize(
    "copy",
    [
        hidden("Hurry, buy it now"),
        hidden("HURRY, buy it now!"),
        hidden("Hurry, <b>buy it</b> now!"),
        f'<img alt="{PUSH}">',
    ],
)
def test_one_that_says_it_otherwise_is_left_and_told(copy: str) -> None:
    found = applied(f"{copy}<p>{PUSH}</p>".encode())
    assert found.data.decode() == f"{copy}<p>{GENTLE}</p>"
    assert [notice.code for notice in found.notices] == ["preheader_differs"]


def test_what_would_be_too_long_for_a_preheader_changes_in_the_body_alone() -> None:
    long = " ".join(["It is here."] * 40)
    found = applied(f"{hidden(PUSH)}<p>{PUSH}</p>".encode(), long)
    assert found.data.decode() == f"{hidden(PUSH)}<p>{long}</p>"
    assert [notice.code for notice in found.notices] == ["preheader_differs"]


def test_a_preheader_of_its_own_words_is_not_told_of() -> None:
    found = applied(f"{hidden('We wrote you a letter.')}<p>{PUSH}</p>".encode())
    assert found.notices == () and "We wrote you a letter." in found.data.decode()


def test_in_a_mail_it_changes_with_both_alternatives() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Hello"
    mail.set_content(f"{PUSH}\n\nBye.\n")
    mail.add_alternative(f"{hidden(PUSH)}<p>{PUSH}</p><p>Bye.</p>", subtype="html", cte="8bit")
    data = mail.as_bytes()
    found = applied(data, mail=True)
    assert found.data == data.replace(PUSH.encode(), GENTLE.encode())
    assert found.data.count(GENTLE.encode()) == 3 and found.notices == ()
