"""The small cascade that decides what a page hides."""

import time

import pytest

from clientvoice.readers.html.hidden import declarations, look, style_look
from clientvoice.readers.html.stylesheet import StyleSheet, style_text

NOTE = ("p", "main", frozenset({"note", "small"}))
ABOVE = (("body", "", frozenset()), ("div", "", frozenset({"box"})))


def hides(css: str) -> bool:
    return look(StyleSheet(css).declarations(NOTE, ABOVE)).gone


@pytest.mark.parametrize(
    "selector",
    [
        ".note",
        "p",
        "P.note",
        "#main",
        "*",
        ".note.small",
        "p#main.note",
        ".box .note",
        "div > p",
        "body div p",
        "a, p",
    ],
)
def test_selectors_that_match(selector):
    assert hides(f"{selector} {{ display: none }}")


@pytest.mark.parametrize(
    "selector",
    [
        ".other",
        "div",
        "#other",
        ".note.other",
        ".a .note",
        ".note .box",
        "p:hover",
        "p[x]",
        "div + p",
        "p::after",
    ],
)
def test_selectors_that_do_not(selector):
    assert not hides(f"{selector} {{ display: none }}")


@pytest.mark.parametrize(
    ("css", "gone"),
    [
        (".note{display:none} .note{display:block}", False),
        ("p.note{display:none} .note{display:block}", True),
        ("#main{display:block} .note.small{display:none}", False),
        (".note{display:none !important} #main{display:block}", True),
        ("@media screen{p{display:none}}", True),
        ("@media only screen and (max-width:480px){p{display:none}} p{opacity:1}", False),
        ("@media print{p{display:none}}", False),
        ("@import url(x.css); p{display:none}", True),
        ("@font-face{font-family:x} p{display:none}", True),
        ("/* p{display:block} */ p{display:none}", True),
        ("<!-- p{display:none} -->", True),
        ("p{display:none", True),
        ("}}p{display:none}", True),
        ("", False),
    ],
)
def test_the_cascade(css, gone):
    assert hides(css) is gone


def test_style_elements_in_comments_and_for_print_are_not_read():
    source = "<style>a</style><!--<style>b</style>--><style media='print'>c</style>"
    assert style_text(source + "<STYLE type=x>d</STYLE ><style>e") == "a\nd"


@pytest.mark.parametrize(
    "css", [".a{display:none}" * 50_000, "@x{" * 50_000, "/*" * 50_000, "a," * 50_000 + "b{top:0}"]
)
def test_large_sheets_take_no_time(css):
    started = time.process_time()
    StyleSheet(css)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("style", "field", "value"),
    [
        ("font-size:14px", "tiny", False),
        ("font-size:0", "tiny", True),
        ("font:0/0 a", "tiny", True),
        ("font-size:1.2em", "tiny", None),
        ("font-size:24px", "large", True),
        ("font-size:large", "large", False),
        ("font-weight:700", "bold", True),
        ("font-weight:normal", "bold", False),
        ("visibility:visible", "unseen", False),
        ("white-space:pre-wrap", "lines_kept", True),
        ("background:#eee;padding:9px", "filled", True),
        ("padding:9px", "filled", False),
        ("opacity:0.9", "gone", False),
        ("height:0", "gone", False),
        ("height:0;overflow:hidden", "gone", True),
        ("left:-9999px", "gone", False),
        ("color:red;background:blue", "gone", False),
        ("display:nonexistent", "gone", False),
        ("", "gone", False),
    ],
)
def test_what_a_style_says(style, field, value):
    assert getattr(style_look(style), field) is value


def test_important_declarations_win():
    assert declarations("display:none!important; display:block") == {"display": ("none", True)}
