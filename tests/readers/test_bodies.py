import pytest

from clientvoice.readers.limits import Limits
from clientvoice.readers.mail import bodies
from clientvoice.readers.mail.bodies import Bodies, part_number
from clientvoice.readers.mail.mime import split_parts

PLAIN = "\r\nWe will ring you on Monday, before anything changes. " + "Your file stays with Dana. " * 30
HTML = "Content-Type: text/html\r\n\r\n<style>.a{color:red}</style><p>" + PLAIN.strip()


def mail(kind, *parts):
    body = "".join(f"--q\r\n{part}\r\n" for part in parts)
    return f"Content-Type: multipart/{kind}; boundary=q\r\n\r\n{body}--q--\r\n".encode()


def body_of(data):
    parts = split_parts(data).parts
    return Bodies(data, parts, Limits()).body(0)


def test_html_is_preferred_where_both_say_the_same():
    body = body_of(mail("alternative", PLAIN, HTML))
    assert (body.format, body.leaves) == ("html", (2,))


@pytest.mark.parametrize(
    "plain",
    [
        "Your mail client does not support HTML.",
        "To view this mail, open it in a browser: http://example.com/1",
    ],
)
def test_html_is_preferred_to_a_stub(plain):
    html = "Content-Type: text/html\r\n\r\n<p>We ring you.</p>"
    assert body_of(mail("alternative", "\r\n" + plain, html)).format == "html"
    empty = "Content-Type: text/html\r\n\r\n<img src=a.png> "
    assert body_of(mail("alternative", "\r\n" + plain, empty)).format == "html"


def test_plain_is_preferred_to_html_that_is_all_images():
    images = "Content-Type: text/html\r\n\r\n<html><body>" + "<img src=a.png><br>" * 50 + "Unsubscribe</body>"
    assert body_of(mail("alternative", PLAIN, images)).format == "text"


def test_addresses_of_links_do_not_make_plain_richer():
    links = "\r\nWe ring you. " + "https://example.com/" + "a" * 5_000
    html = "Content-Type: text/html\r\n\r\n<p>We ring you on Monday.</p>"
    assert body_of(mail("alternative", links, html)).format == "html"


def test_inline_texts_are_joined_and_files_left_out():
    named = "Content-Type: text/plain; name=notes.txt\r\n\r\nNOTES"
    attached = "Content-Type: text/html\r\nContent-Disposition: attachment\r\n\r\nFILE"
    image = "Content-Type: image/png\r\n\r\nPNG"
    body = body_of(mail("mixed", "\r\nfirst", attached, image, "\r\nsecond", named))
    assert (body.source, body.leaves) == ("first\n\nsecond", (1, 4))


def test_a_named_body_is_still_the_body():
    named = 'Content-Type: text/html; name="index.html"\r\n\r\n<p>We ring you.</p>'
    assert body_of(mail("mixed", named)).source == "<p>We ring you.</p>"


def test_plain_text_beside_html_is_escaped_into_it():
    body = body_of(mail("mixed", HTML, "\r\nfooter <one>\r\n\r\nfooter & two"))
    assert body.format == "html"
    assert body.source.endswith("<p>footer &lt;one&gt;</p>\n<p>footer &amp; two</p>")


def test_related_takes_its_root():
    page = "Content-Type: text/html\r\n\r\n<p>page</p>"
    assert body_of(mail("related", page, "\r\nnot shown")).leaves == (1,)


def test_html_sent_as_plain_text_is_read_as_html():
    assert body_of(b"\n\n<!DOCTYPE html><html><p>We ring you.</p>").format == "html"


def test_flowed_text_is_unwrapped():
    data = b"Content-Type: text/plain; format=flowed\n\nWe ring \nyou first.\n"
    assert body_of(data).source == "We ring you first.\n"


def test_html_may_name_its_own_encoding():
    page = '<meta charset="koi8-r"><p>Мы звоним'.encode("koi8-r")
    assert body_of(b"Content-Type: text/html\n\n" + page).source.endswith("Мы звоним")


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Type: image/png\n\nPNG",
        b"Content-Type: text/calendar\n\nBEGIN:VCALENDAR",
        b"Subject: x\n\n   \n",
        b"Subject: x\n\n" + bytes(range(256)) * 9,
        b"",
    ],
)
def test_no_text_is_no_body(data):
    assert body_of(data) is None


def test_parts_are_numbered_as_mail_programs_number_them():
    alternative = "Content-Type: multipart/alternative; boundary=r\n\n--r\n\na\n--r\n\nb\n--r--"
    inner = "Content-Type: message/rfc822\n\nSubject: in\n\nwords"
    wrapped = "Content-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=s\n\n--s\n\nc\n--s--"
    parts = split_parts(mail("mixed", alternative, inner, wrapped)).parts
    numbers = [part_number(parts, index) for index in range(len(parts))]
    assert numbers == ["", "1", "1.1", "1.2", "2", "2.1", "3", "3", "3.1"]
    assert part_number(split_parts(b"\nwords").parts, 0) == "1"


@pytest.mark.parametrize("kinds", [("alternative",), ("alternative", "mixed")])
def test_each_leaf_is_weighed_once_however_deep(kinds, monkeypatch):
    weighed, letters = [], bodies._letters
    monkeypatch.setattr(bodies, "_letters", lambda leaf: weighed.append(leaf.text) or letters(leaf))
    depth = 61
    data = HTML
    for level in range(depth):
        kind = kinds[level % len(kinds)]
        head = f"Content-Type: multipart/{kind}; boundary=b{level}x"
        data = f"{head}\r\n\r\n--b{level}x\r\n\r\nlittle {level}\r\n--b{level}x\r\n{data}\r\n--b{level}x--"
    body = body_of(data.encode())
    assert body.format == "html" and "We will ring you" in body.source
    assert len(body.leaves) == 1 + depth // 2 * (len(kinds) - 1)
    assert len(weighed) == len(set(weighed)) == depth + 1


def test_what_has_no_rival_is_not_weighed(monkeypatch):
    monkeypatch.setattr(bodies, "_letters", None)
    assert body_of(mail("mixed", PLAIN, HTML)).format == "html"


def test_a_stub_among_several_texts_is_a_stub():
    stub = mail("mixed", "\r\nHello.", "\r\nOpen this in your browser.").decode().replace("q", "s")
    html = "Content-Type: text/html\r\n\r\n<p>Hi"
    assert body_of(mail("alternative", stub, html)).format == "html"
