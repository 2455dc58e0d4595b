from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.house.comments import html_comments, markdown_comments, template_comments

HTML = [
    ("<p>a</p><!-- x --><p>b", [" x "]),
    ("<!-- x\r\ny -->\r\n<!--z-->", [" x\r\ny ", "z"]),
    ("<!-- {{ a<b }} -->", [" {{ a<b }} "]),
    ("<script><!-- x --></script><style><!-- x --></style>", []),
    ("<title><!-- x --></title><textarea><!-- x --></textarea>", []),
    ("<img alt=\"<!-- x -->\"><p title='<!-- x -->'>", []),
    ("&lt;!-- x --&gt;<!x>", []),
    ("<!--[if mso]> x <![endif]-->", ["[if mso]> x <![endif]"]),
    ("<noscript><!-- x --></noscript>", [" x "]),
    ("<!-- x", [" x"]),
    ("{# <!-- x --> #}<p>b", []),
    ("{% comment %}<!-- x -->{% endcomment %}", []),
]
MARKDOWN = [
    ("a <!-- x --> b", [" x "]),
    ("<!-- x -->\n\n<!-- y -->", [" x ", " y "]),
    ("- item\n  <!-- x -->", [" x "]),
    ("> quote\n> <!-- x -->", [" x "]),
    ("| a | b |\n|---|---|\n| <!-- x --> c | d |", [" x "]),
    ("---\ntitle: <!-- no -->\n---\n<!-- x -->", [" x "]),
    ("`<!-- no -->` <!-- x -->", [" x "]),
    ("```\n<!-- no -->\n```\n\n<!-- x -->", [" x "]),
    (r"\<!-- no -->" "\n\n<!-- x -->", [" x "]),
    ("<script>\n<!-- no -->\n</script>\n\n<!-- x -->", [" x "]),
    ("<div>\n<!-- x -->\n</div>\ntext", [" x "]),
    ("a\r\n\r\n<!-- x -->\r\nb", [" x "]),
]


@pytest.mark.parametrize(("source", "texts"), HTML)
def test_html_comments_are_told_from_what_looks_like_one(source: str, texts: list[str]) -> None:
    found = list(html_comments(source))
    assert [comment.text for comment in found] == texts
    assert all(source[c.start : c.end].startswith("<!--" + c.text) for c in found)


@pytest.mark.parametrize(("source", "texts"), MARKDOWN)
def test_markdown_comments_are_told_from_what_looks_like_one(source: str, texts: list[str]) -> None:
    found = list(markdown_comments(source))
    assert [comment.text for comment in found] == texts
    assert all(source[c.start : c.end] == f"<!--{c.text}-->" for c in found)


PIECES = st.sampled_from(
    [
        "<!--",
        "-->",
        " x ",
        "`",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "<p>",
        "</p>",
        "<script>",
        "</script>",
        "{{",
        "}}",
        "```",
    ]
)


@pytest.mark.parametrize("read", [html_comments, markdown_comments])
@given(st.lists(PIECES, max_size=25).map("".join))
def test_comments_stand_where_they_are_said_to_stand(read, source: str) -> None:
    end = 0
    for comment in read(source):
        assert end <= comment.start < comment.end <= len(source)
        assert source.startswith("<!--", comment.start)
        end = comment.end if read is html_comments else comment.start + 4


ASKS = "clientvoice: ignore price"
OF_TEMPLATES = [
    "{# {} #}",
    "{#- {} -#}",
    "{% comment %}{}{% endcomment %}",
    '{%- comment "why" -%} {} {%- endcomment -%}',
    "{%comment%}{}{%endcomment%}",
    "{% # {} %}",
    "{{! {} }}",
    "{{!-- {} --}}",
    "{{~!-- {} --~}}",
    "{{- /* {} */ -}}",
    "<%# {} %>",
    "<%#{}-%>",
    "<%-- {} --%>",
    "<% # {} %>",
    "<?php /* {} */ ?>",
    "<?php // {} ?>",
    "<?php\n$a = '//x';\n# {}\n$b = 1; ?>",
    "%%[ set @a = 1 /* {} */ ]%%",
]


@pytest.mark.parametrize("form", OF_TEMPLATES)
@pytest.mark.parametrize("read", [html_comments, markdown_comments, template_comments])
def test_comments_of_every_template_language_are_found(form: str, read) -> None:
    source = f"One.\n\n{form.replace('{}', ASKS)}\nTwo."
    (found,) = read(source)
    assert found.text.strip() == ASKS
    assert source[found.start : found.end].count(ASKS) == 1 and found.end <= source.index("\nTwo.")


def test_several_comments_may_stand_in_one_piece_of_code() -> None:
    source = f"<?php /* {ASKS} */ $a = 1; // {ASKS}\n/* another */ ?><!-- {ASKS} --><p>One.</p>"
    assert [found.text.strip() for found in html_comments(source)] == [ASKS] * 3


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("<script>{# {} #}</script>", html_comments),
        ("<p title='{# {} #}'>", html_comments),
        ("<!-- {# {} #} <p>old</p> {# {} #} -->", html_comments),
        ("{% comment %}<!-- {} -->{% endcomment %}", html_comments),
        ("{% comment %}<!-- {} -->{% endcomment %}", template_comments),
        ("{{ name }} {} <%= name %>", template_comments),
        ("`{# {} #}`", markdown_comments),
        ("```\n{# {} #}\n```", markdown_comments),
    ],
)
def test_what_only_looks_like_a_comment_of_a_template_asks_for_nothing(source: str, read) -> None:
    assert [found for found in read(source.replace("{}", ASKS)) if found.text.strip() == ASKS] == []
