from __future__ import annotations

import base64
import email
import email.policy
import quopri
from dataclasses import replace
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientvoice.errors import InputError
from clientvoice.readers import first_message, read_bytes
from clientvoice.records import Message, Rewrite
from clientvoice.rewrites.applying.apply import apply_rewrites
from clientvoice.rewrites.applying.encoded import encoded
from clientvoice.rewrites.applying.mails import read_parts

BUY, GENTLE = "Buy it now!", "It is here whenever you want it."
FOOTER = "You receive this mail because you bought from us. Unsubscribe here."


def rewrite(message, before, after, *, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = message.text.index(before, start + 1)
    return Rewrite(
        start, start + len(before), before, after, (), ("pressure",), "phrase", 2.0, 0.9, 0.2, "neutral", True
    )


def applied(data, pairs, *, format=None, **options):  # noqa: A002
    message = first_message(data, format=format)
    rewrites = [rewrite(message, before, after) for before, after in pairs]
    return apply_rewrites(data, message, rewrites, **options)


def html_mail(
    plain=f"Hello,\n\n{BUY}\n", page=f"<p>Hello,</p><p><b>Buy it now!</b></p><p>{FOOTER}</p>", **ways
):
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["Subject"] = "Kettle House <kettles@example.com>", "Last chance to buy a kettle"
    mail["X-Odd"] = "kept   as  it is"
    mail.set_content(plain, cte=ways.get("plain_cte"))
    mail.add_alternative(page, subtype="html", cte=ways.get("html_cte"))
    mail.add_attachment(b"%PDF-1.4 \x00\xff", maintype="application", subtype="pdf", filename="terms.pdf")
    return mail.as_bytes()


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (b"\xef\xbb\xbfHello.\r\n\r\nBuy it now!\r\nCaf\xc3\xa9 hours below.\r\n", "text",
         b"\xef\xbb\xbfHello.\r\n\r\nIt is here whenever you want it.\r\nCaf\xc3\xa9 hours below.\r\n"),
        (b"Caf\xe9.\r\rBuy it now!\r", "text", b"Caf\xe9.\r\rIt is here whenever you want it.\r"),
        ("Né.\n\nBuy it now!\n".encode("utf-16"), "text",
         "Né.\n\nIt is here whenever you want it.\n".encode("utf-16")),
        (b"---\nsubject: Hi\n---\n# A *word*\n\n**Buy it now!**\n\n`x`  \n", "markdown",
         b"---\nsubject: Hi\n---\n# A *word*\n\n**It is here whenever you want it.**\n\n`x`  \n"),
        (b"<META charset=iso-8859-1><P CLASS=a>Caf\xe9 <br/>\r\n<P><B>Buy it now!</b>", "html",
         b"<META charset=iso-8859-1><P CLASS=a>Caf\xe9 <br/>\r\n<P><B>It is here whenever you want it.</b>"),
    ],
)  # fmt: skip
def test_a_document_keeps_every_other_byte(data, kind, expected):
    found = applied(data, [(BUY, GENTLE)], format=kind)
    assert not found.refused
    gained, wished = found.data, expected
    if kind in ("html", "markdown"):  # which side of a tag a word falls is the splice's own affair
        tags = (b"<B>", b"</b>", b"**")
        for tag in tags:
            assert gained.count(tag) == wished.count(tag)
            gained, wished = gained.replace(tag, b""), wished.replace(tag, b"")
    assert gained == wished


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<title>👩\u200d👧 Hi</title><p>👩&zwj;👧 Buy it now! <b>👩🏽</b>&#x200d;🚀 Bye.</p>", "html"),
        ("<p>Hello 👩&zwj;👧.</p><p>Buy 👩&#x200d;👧 it now!</p>", "html"),
        ("👩\u200d👧 Buy it now! Bye 👩&zwj;👧.", "markdown"),
        ("- [ ] Buy it now![^1]\r\n- [x]  Ring *us*[^1]\r\n\r\n[^1]: Until 👩&zwj;👧 nine.\r\n", "markdown"),
        ("Hello you.[^b_c]\n\n[^b_c]: Buy it now!\n\n    Or [^1].\n", "markdown"),
        ("- [x] **Buy**[^1] it now!\n\n[^1]: At nine.", "markdown"),
    ],
)
def test_emoji_of_several_boxes_and_notes_are_written_back_as_they_were(source, kind):
    message = first_message(source.encode(), format=kind)
    before = next(line for line in message.text.splitlines() if "now!" in line)
    found = apply_rewrites(
        source.encode(), message, [rewrite(message, before, before.replace("it now!", "it soon."))]
    )
    assert not found.refused
    assert found.data.decode() == source.replace("it now!", "it soon.")


def test_a_mark_of_a_note_among_words_that_change_is_not_lost():
    data = b"Buy it[^1] now!\n\n[^1]: At nine."
    changed = b"It is here whenever you want it[^1].\n\n[^1]: At nine."
    assert applied(data, [(BUY, GENTLE)], format="markdown").data == changed
    data = data.replace(b"Buy it[^1] now", b"Buy[^1] it now")
    found = applied(data, [(BUY, "Look around.")], format="markdown")
    assert found.data == data and "run across the edge" in found.refused[0].reason


def test_a_character_that_the_charset_lacks_becomes_an_entity_or_a_plainer_one_or_is_told():
    page = b'<meta charset="iso-8859-1"><p>Buy it now! Caf\xe9.</p>'
    assert b"It\xe2" not in (data := applied(page, [(BUY, "It is 5 \u20bd — “here”.")], format="html").data)
    assert b"5 &#8381; \x97 \x93here\x94." in data
    assert b"&#8212;" in applied(b"<p>Buy it now!</p>", [(BUY, "It is — here.")], format="html").data
    mail = b"Subject: Hi\nContent-Type: text/plain; charset=us-ascii\n\nHello you.\n\nBuy it now!\n"
    assert b"It's here - now." in applied(mail, [(BUY, "It’s here — now.")]).data
    refused = applied(mail, [(BUY, "It is 5 \u20bd.")])
    assert (
        refused.data == mail
        and "'\u20bd' cannot be written in the charset ascii" in refused.refused[0].reason
    )


def test_damaged_bytes_stay_as_they_are():
    data = b"Good day caf\xc3\xa9, caf\xc3\xa9 \xe2\x82 na\xc3\xafve!\n\nBuy it now!\n\nAnd \xff \xfe then.\n"
    found = applied(data, [(BUY, GENTLE)], format="text")
    assert found.data == data.replace(BUY.encode(), GENTLE.encode())


@pytest.mark.parametrize("plain_cte", ["7bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("html_cte", ["7bit", "quoted-printable", "base64"])
def test_a_mail_changes_in_both_alternatives_and_nowhere_else(plain_cte, html_cte):
    data = html_mail(plain_cte=plain_cte, html_cte=html_cte)
    found = applied(data, [(BUY, GENTLE)])
    assert not found.refused and not found.notices
    old, new = email.message_from_bytes(data), email.message_from_bytes(found.data)
    assert old.items() == new.items()
    olds, news = list(old.walk()), list(new.walk())
    assert [part.items() for part in olds] == [part.items() for part in news]
    texts = [part.get_payload(decode=True) for part in news if part.get_content_maintype() == "text"]
    assert texts[0] == f"Hello,\r\n\r\n{GENTLE}\r\n".encode()
    assert (
        b"".join(texts[1].replace(b"<b>", b"").replace(b"</b>", b"").split())
        == "".join(f"<p>Hello,</p><p>{GENTLE}</p><p>{FOOTER}</p>".split()).encode()
    )
    assert olds[-1].get_payload() == news[-1].get_payload()
    assert found.data[: data.index(b"\r\n\r\n")] == data[: data.index(b"\r\n\r\n")]
    assert first_message(found.data).text == first_message(data).text.replace(BUY, GENTLE)
    assert found.diff("a.eml").count("+++ ") == 2


def test_lines_of_quoted_printable_that_no_edit_touches_keep_their_bytes():
    body = b"Caf=C3=A9 =\r\nand t=65a.\r\n\r\nBuy it now!=20\r\n\r\nT=6F the end =E2=80=94.\r\n"
    head = b"Subject: Hi\r\nContent-Type: text/plain; charset=utf-8\r\n"
    data = head + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + body
    found = applied(data, [(BUY, "It’s here — é " + "whenever you want it " * 6 + ".")])
    assert not found.refused
    new = found.data[len(data) - len(body) :]
    assert new.startswith(body[: body.index(b"Buy")]) and new.endswith(b"\r\n\r\nT=6F the end =E2=80=94.\r\n")
    assert max(map(len, new.split(b"\r\n"))) <= 76 and b"\n" not in new.replace(b"\r\n", b"")
    assert "It’s here — é" in quopri.decodestring(new).decode()


def test_base64_keeps_its_width():
    text = f"{BUY} And then there is some more to say about it, and more again.\r\n".encode() * 1
    lines = [base64.b64encode(text)[at : at + 60] for at in range(0, 2 * len(text), 60)]
    data = b"Subject: Hi\nContent-Transfer-Encoding: base64\n\n" + b"\n".join(filter(None, lines)) + b"\n\n"
    found = applied(data, [(BUY, GENTLE)])
    body = found.data.partition(b"\n\n")[2]
    assert [len(line) for line in body.split(b"\n")][:2] == [60, 60] and body.endswith(b"\n\n")
    assert base64.b64decode(body) == text.replace(BUY.encode(), GENTLE.encode())


def test_an_alternative_in_other_words_is_told():
    found = applied(html_mail(plain="Hello,\n\nKettles are on sale.\n"), [(BUY, GENTLE)])
    assert [notice.code for notice in found.notices] == ["alternative_differs"]
    assert "part 1.1" in found.notices[0].text and f"<b>{GENTLE}</b>" in found.views[0].after
    assert b"Kettles are on sale." in found.data


def test_sealed_mails_are_refused_and_dkim_is_told():
    signed = (
        b"Subject: Hi\nContent-Type: multipart/signed; boundary=x\n\n--x\n\nHello you. Buy it now!\n--x\n"
        b"Content-Type: application/pgp-signature\n\nabc\n--x--\n"
    )
    found = applied(signed, [(BUY, GENTLE)])
    assert found.data == signed and found.notices[0].code == "not_rewritten"
    assert "signed or encrypted" in found.refused[0].reason
    dkim = b"DKIM-Signature: v=1; a=rsa-sha256;\n b=abc\nSubject: Hi\n\nHello you. Buy it now!\n"
    found = applied(dkim, [(BUY, GENTLE)])
    assert found.data == dkim.replace(BUY.encode(), GENTLE.encode())
    assert [notice.code for notice in found.notices] == ["signature"]


def test_footers_quotations_and_stale_or_overlapping_rewrites_are_refused():
    data = f"Hello you.\n\n{BUY}\n\nOn Monday Jo wrote:\n> Buy two now!\n".encode()
    message = first_message(data, format="text")
    here = rewrite(message, BUY, GENTLE)
    quoted = rewrite(message, "Buy two now!", "Two are here.")
    inner = rewrite(message, "it now", "it then")
    stale = Rewrite(0, 5, "Hullo", "Hi", (), (), "phrase", 1, 1, 0, "neutral", True)
    found = apply_rewrites(data, message, [quoted, here, inner, stale])
    assert found.done == (here,)
    reasons = " ".join(one.reason for one in found.refused)
    assert all(told in reasons for told in ("never rewritten", "another rewrite", "not about what stands"))
    page = html_mail()
    message = first_message(page)
    assert not apply_rewrites(page, message, [rewrite(message, "Unsubscribe here.", "Leave here.")]).done


def test_of_many_rewrites_only_the_ones_that_cannot_be_written_are_left_out():
    data = b"<p>Buy it now!</p><p><b>Hurry</b> or <i>rush</i></p><p>Order today.</p>"
    pairs = [(BUY, GENTLE), ("Hurry or rush", "It is here"), ("Order today.", "You can order today.")]
    found = applied(data, pairs)
    assert len(found.done) == 2 and [one.rewrite.original for one in found.refused] == ["Hurry or rush"]
    assert b"<b>Hurry</b> or <i>rush</i>" in found.data and b"You can order today." in found.data


def test_a_subject_is_rewritten_only_when_asked_and_encoded_as_a_header():
    data = html_mail()
    last = "Last chance to buy a kettle"
    assert "ask for subjects" in applied(data, [(last, "A kettle")]).refused[0].reason
    for words in ("A kettle, if you need one", "Für Sie – ein Kessel, " + "wenn Sie ihn brauchen " * 4):
        found = applied(data, [(last, words.strip()), (BUY, GENTLE)], subjects=True)
        assert len(found.done) == 2
        mail = email.message_from_bytes(found.data, policy=email.policy.default)
        assert mail["Subject"] == words.strip() and mail["X-Odd"] == "kept   as  it is"
        head = found.data.partition(b"\r\n\r\n")[0]
        assert head.isascii() and all(len(line) <= 78 for line in head.split(b"\r\n"))
    page = b"<title>Last chance!</title><p>Buy it now!</p>"
    found = applied(page, [("Last chance!", "Tea & cake")], format="html", subjects=True)
    assert found.data == b"<title>Tea &amp; cake</title><p>Buy it now!</p>"


def test_a_forwarded_mail_and_another_file_are_not_touched():
    inner = b"Subject: In\n\nHello you. Buy it now!\n"
    data = b"Subject: Out\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nSee below. Buy it now!\n--x\n"
    data += b"Content-Type: message/rfc822\n\n" + inner + b"\n--x--\n"
    messages = [item for item in read_bytes(data, name="a") if isinstance(item, Message)]
    assert len(messages) == 2
    with pytest.raises(InputError, match="does not hold this message"):
        apply_rewrites(data, messages[1], [rewrite(messages[1], BUY, GENTLE)])
    found = apply_rewrites(data, messages[0], [rewrite(messages[0], BUY, GENTLE)])
    assert found.data == data.replace(BUY.encode(), GENTLE.encode(), 1)
    with pytest.raises(InputError, match="docx is not written"):
        apply_rewrites(data, replace(messages[0], format="docx"), [])


@pytest.mark.parametrize("kind", ["text", "html", "markdown"])
def test_tags_that_steer_a_template_stay(kind):
    data = b"{% if vip %}Buy it {{ day }} now!{% else %}Buy it!{% endif %}\n\n"
    data += b"We rang {% comment %}x{% endcomment %}you."
    message = first_message(data, format=kind)
    before = next(line for line in message.text.splitlines() if "now!" in line)
    found = apply_rewrites(data, message, [rewrite(message, before, before.replace("now!", "soon."))])
    if found.done:
        assert found.data == data.replace(b"now!", b"soon.")
    else:
        assert found.refused and found.data == data


def test_a_body_of_several_parts_and_flowed_lines():
    data = (
        b"Subject: Hi\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
        b"Content-Type: text/plain; format=flowed\n\nHello you, dear reader of ours. Buy it \nnow!\n--x\n"
        b"Content-Type: text/html\n\n<p><i>Buy it now!</i></p>\n--x--\n"
    )
    message = first_message(data)
    both = [rewrite(message, BUY, GENTLE), rewrite(message, BUY, "It is here.", nth=1)]
    found = apply_rewrites(data, message, both)
    assert not found.refused
    assert first_message(found.data).text == message.text.replace(BUY, GENTLE, 1).replace(BUY, "It is here.")


def test_the_diff_is_one_that_patch_can_read():
    found = applied(b"Hello.\n\nBuy it now!", [(BUY, GENTLE)], format="text")
    assert found.diff("a.txt") == (
        "--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n Hello.\n \n-Buy it now!\n\\ No newline at end of file\n"
        f"+{GENTLE}\n\\ No newline at end of file\n"
    )


PARTS = st.lists(
    st.sampled_from(
        ["Buy it now!", "Hurry, only today.", "We ring you first.", "Café & tea — “good”.",
         "{{name}} <b>x</b>", "\n", "\r\n\r\n", "> quoted", "# head", "* item one", "<p>", "<b>bold</b>",
         "&amp;", "[a](b)", "| c |"]
    ),
    min_size=1, max_size=12,
).map(" ".join)  # fmt: skip
CHARSETS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])


@settings(max_examples=150)
@given(PARTS, CHARSETS, st.sampled_from(["text", "html", "markdown"]), st.data())
def test_outside_the_spans_no_byte_changes_and_the_message_reads_as_it_should(text, charset, kind, draw):
    data = text.encode(charset)
    message = next(iter(read_bytes(data, format=kind)))
    if not isinstance(message, Message):
        return
    assert apply_rewrites(data, message, []).data == data
    rewrites = [
        rewrite(
            message, before, draw.draw(st.sampled_from([GENTLE, "Só é “ja” & <so>.", "Call *us*_ [name]."]))
        )
        for before in ("Buy it now!", "Hurry, only today.")
        if before in message.text
    ]
    found = apply_rewrites(data, message, rewrites)
    assert len(found.done) + len(found.refused) == len(rewrites)
    again = first_message(found.data, format=kind)
    expected = message.text
    for one in found.done:
        expected = expected.replace(one.original, one.text, 1)
    assert again.text.split() == expected.split()
    if not found.done:
        assert found.data == data
        return
    first, last = found.done[0], found.done[-1]
    file = encoded(data, kind)
    start = message.source_map.to_source(first.start, first.end)[0]
    end = message.source_map.to_source(last.start, last.end)[1]
    head = data[: file.mark] + file.text[:start].encode(file.codec)
    assert found.data.startswith(head) and found.data.endswith(file.text[end:].encode(file.codec))


@settings(max_examples=60)
@given(PARTS, st.sampled_from(["7bit", "8bit", "quoted-printable", "base64"]), st.booleans())
def test_mails_of_every_transfer_encoding_read_as_they_should(text, way, is_html):
    body = f"Hello you.\r\n\r\n{text}\r\n\r\n{BUY}\r\n".encode()
    kind = b"html" if is_html else b"plain"
    if way == "quoted-printable":
        body = quopri.encodestring(body)
    elif way == "base64":
        body = base64.encodebytes(body)
    data = b"Subject: Hi\r\nContent-Type: text/%s; charset=utf-8\r\n" % kind
    data += b"Content-Transfer-Encoding: %s\r\n\r\n%s" % (way.encode(), body)
    message = first_message(data)
    if BUY not in message.text:
        return
    one = rewrite(message, BUY, GENTLE)
    found = apply_rewrites(data, message, [one])
    if found.done:
        assert first_message(found.data).text.split() == message.text.replace(BUY, GENTLE, 1).split()
        assert found.data.startswith(data[: read_parts(data).body])
    else:
        assert found.data == data and found.refused
