import base64
import hashlib
import re

import jinja2
import pytest

from clientvoice.reports.page.template import counted, percent, policy, resource, template


def test_the_policy_allows_this_script_and_no_other():
    script = resource("page.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy(script)
    assert policy(script).startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")


@pytest.mark.parametrize("name", ["page.js", "text.css", "page.css"])
def test_what_is_set_inline_cannot_end_its_element(name):
    text = resource(name)
    assert "</" not in text
    assert "<!--" not in text
    assert "\r" not in text


@pytest.mark.parametrize(
    "name", ["page.js", "text.css", "page.css", "page.html", "marks.html", "message.html"]
)
def test_nothing_comes_from_elsewhere(name):
    assert not re.search(r"https?:|@import|url\(|\son\w+=", resource(name))


def test_a_name_that_is_missing_is_an_error_and_not_a_gap():
    with pytest.raises(jinja2.UndefinedError):
        template("notebook.html").render()


def test_notebook_styles_touch_nothing_around():
    styles = re.sub(r"/\*.*?\*/", "", resource("text.css"), flags=re.S)
    styles = re.sub(r"@keyframes cv-[\w-]+ \{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", styles)
    for selectors in re.findall(r"(?:^|\})\s*([^{}@]+)\{", styles):
        for selector in selectors.split(","):
            assert ".cv" in selector, selector


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "0%"), (0.004, "<1%"), (0.5, "50%"), (0.999, "100%"), (1.0, "100%")]
)
def test_a_share_is_said_as_a_person_says_it(share, words):
    assert percent(share) == words


def test_one_is_not_many():
    assert [counted(n, "message") for n in (0, 1, 2)] == ["0 messages", "1 message", "2 messages"]
    assert counted(2, "was", "were") == "2 were"
