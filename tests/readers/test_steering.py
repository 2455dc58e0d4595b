"""Templates of every dialect, in HTML, Markdown and plain text: merge tags stay, what steers goes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers import read_bytes
from clientvoice.readers.html.page import html_message
from clientvoice.readers.markdown.document import markdown_message
from clientvoice.readers.plain.text import text_message
from clientvoice.readers.templates.steering import steering

DIALECTS = {
    "jinja": (
        "Hi {{ name|title }},{# x #}{% if vip %} thank you{% elif new %} welcome{% else %} hello{% endif %}.",
        "Hi {{ name|title }}, thank you welcome hello.",
    ),
    "liquid": (
        "{%- assign x -%}You have {{ n }} item{% if n %}s{% endif %} here.{% comment %}no{% endcomment %}",
        "You have {{ n }} items here.",
    ),
    "handlebars": (
        "{{!-- a {{note}} --}}{{#each items}}We keep {{this}} safe.{{else}}Ring us.{{/each}}{{> footer}}",
        "We keep {{this}} safe. Ring us.",
    ),
    "mustache": (
        "{{! note }}{{#vip}}Thank you{{/vip}}{{^vip}}Hello{{/vip}} {{{name}}}",
        "Thank you Hello {{{name}}}",
    ),
    "go": (
        "{{/* note */}}{{if .Vip}}Thank you{{else}}Hello{{end}}, {{.Name}}{{- $x := 1 }}.",
        "Thank you Hello, {{.Name}}.",
    ),
    "erb": (
        "<%# note %><% if vip? %>Thank you<% else %>Hello<% end %>, <%= user.name %>.<%-- old --%>",
        "Thank you Hello, <%= user.name %>.",
    ),
    "ejs": (
        "<% items.forEach(function(i) { %>We keep <%- i.name %> safe.<% }) %>",
        "We keep <%- i.name %> safe.",
    ),
    "php": (
        "<?php\n$a = '>';\nif ($vip): ?>Thank you<?php else: ?>Hello<?php endif; ?>, <?= $name ?>.<?php",
        "Thank you Hello, <?= $name ?>.",
    ),
    "ampscript": (
        "%%[\nSET @a = 1\nIF @b THEN ]%%Thank you%%[ ELSE ]%%Hello%%[ ENDIF ]%%, %%=v(@n)=%% and %%first%%.",
        "Thank you Hello, %%=v(@n)=%% and %%first%%.",
    ),
    "mailchimp": ("*|IF:VIP|*Thank you*|ELSE:|*Hello*|END:IF|*, *|FNAME|*.", "Thank you Hello, *|FNAME|*."),
    "klaviyo": (
        "Use {% coupon_code 'June' %} or {{ person|lookup:'x' }}.{% catalog %}",
        "Use {% coupon_code 'June' %} or {{ person|lookup:'x' }}.",
    ),
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("markup", ["html", "markdown", "text"])
def test_copy_without_what_steers(dialect, markup, assert_exact):
    source, copy = DIALECTS[dialect]
    if markup == "html":
        message = html_message(f"<p>{source}</p>" if dialect != "php" else f"<p>{source}", id="x")
    elif markup == "markdown":
        message = markdown_message(source, id="x")
    else:
        message = text_message(source, cut_tags=True)
    assert " ".join(message.text.split()) == copy
    assert_exact(message)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_string_keeps_its_length(dialect, assert_exact):
    source, copy = DIALECTS[dialect]
    message = text_message(source)
    assert len(message.text) == len(source)
    assert "".join(message.text.split()) == "".join(copy.split())
    assert_exact(message)


def test_rows_and_attributes_of_a_template():
    source = (
        '<table {% if wide %}width="600"{% endif %}>{% for item in items %}<tr><td>{{ item.name }}</td>'
        "<td>We keep it safe.</td></tr>{% endfor %}</table><?xml:namespace prefix = o /><p>End.</p>"
    )
    message = html_message(source, id="x")
    blocks = [message.text[block.start : block.end] for block in message.blocks]
    assert blocks == ["{{ item.name }}", "We keep it safe.", "End."]


def test_a_title_without_what_steers():
    message = html_message("<title>{% if vip %}Gold{% endif %} June letter</title><p>Hello.</p>", id="x")
    assert message.subject == "Gold June letter"


def test_front_matter_above_a_page(assert_exact):
    front = "---\nsubject: Your June letter\nfrom: Dana\ndate: 2026-06-01\n---\n"
    source = f"{front}<title>{{{{ t }}}}</title><p>Hello.</p>"
    (message,) = read_bytes(source.encode(), format="html")
    assert (message.subject, message.sender, message.date) == ("Your June letter", "Dana", "2026-06-01")
    assert message.text == "Your June letter\n\nHello."
    assert_exact(message)


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.hbs", "<p>Hi {{name}}{{#if x}}, thank you{{/if}}.</p>", "Hi {{name}}, thank you."),
        ("a.txt.j2", "Hi {{name}},{% if x %} thank you{% endif %}.", "Hi {{name}}, thank you."),
        (
            "a.liquid",
            "---\nlayout: mail\n---\n{% if x %}\n# Hello\n{% endif %}\nWe ring you.",
            "Hello\n\nWe ring you.",
        ),
        ("a.php", "<?php if (1): ?><b>Hello</b><?php endif ?>", "Hello"),
        (
            "a.mjml",
            "<mjml><mj-body><mj-text>{% if x %}Hi{% endif %} you</mj-text></mj-body></mjml>",
            "Hi you",
        ),
    ],
)
def test_template_files(tmp_path, name, content, text):
    from clientvoice.readers import read_path

    (tmp_path / name).write_text(content)
    (message,) = read_path(tmp_path / name)
    assert message.text == text


def test_program_code_has_no_copy(tmp_path):
    (failure,) = read_bytes(b"<?php\nclass Mail { function send() { return 'Buy now'; } }\n", format="html")
    assert failure.code == "no_text"


@pytest.mark.parametrize(
    "text",
    ["5 {% off", "{{ name }}", "a {# b", "<% a", "<?xml version='1.0'?>", "%%name%%", "{%}", "50%% [x]"],
)
def test_nothing_steers_here(text):
    assert not [tag for tag in steering(text) if tag.kind == "steers"]


PIECES = st.sampled_from(
    ["{%", "%}", "{{", "}}", "{#", "#}", "<%", "%>", "<?php ", "?>", "%%[", "]%%", "*|", "|*", "{% if x %}",
     "!--", "/*", "*/", "else", "{% comment %}",
     "{% endcomment %}", "{{/if}}", "word", "s", " ", "\n", "\r\n", "."]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30), st.booleans())
def test_any_template_keeps_exact_offsets(assert_exact, pieces, cut):
    source = "".join(pieces)
    assert_exact(html_message(source, id="x"))
    assert_exact(markdown_message(source, id="x"))
    message = text_message(source, cut_tags=cut)
    assert_exact(message)
    assert cut or len(message.text) == len(source)


OPENERS = ["{{", "{{!--", "{{!", "{{/*", "{{#", "{%", "{% comment %}", "{#", "<%", "<%--", "<%#", "<?",
           "<?php ", "%%[", "%%=", "*|", "{{!-- x }}", "{% if %}", "{{/*a*/"]  # fmt: skip


@pytest.mark.parametrize("opener", OPENERS)
def test_openers_without_end_take_no_time(opener):
    for source in (opener * 100_000, (opener + "\n") * 50_000 + "-- */ }} %} #} %> ?> ]%% =%% |*"):
        started = time.process_time()
        steering(source)
        assert time.process_time() - started < 5


@pytest.mark.parametrize("tags", ["{%comment%}no{%endcomment%}", "{%+ comment %}no{%~ endcomment ~%}"])
def test_comments_end_however_their_tags_are_spaced(tags):
    assert text_message(f"One. {tags}Two.", cut_tags=True).text == "One. Two."
