"""Merge tags of the mail services, masked."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers.templates.merge_tags import MASK, mask, masked_template

TAGS = [
    "{{first_name}}",
    "{{{raw}}}",
    '{{ name | default: "there" }}',
    "{{ a < b }}",
    "{% if a > b %}",
    "*|FNAME|*",
    "*|IF:VIP|*",
    "%%name%%",
    "%FIRSTNAME%",
    "%recipient.name%",
    "${name}",
    "[[name]]",
    "<%= user.name %>",
    "<?php echo $x; ?>",
    "{!Contact.Name}",
    "#{name}",
    "{$name}",
    "@@name@@",
]


@pytest.mark.parametrize("tag", TAGS)
def test_every_dialect_is_masked_whole(tag):
    masked, spans = mask(f"Hi {tag}, hello")
    assert spans == ((3, 3 + len(tag)),)
    assert masked == f"Hi {MASK * len(tag)}, hello"


@pytest.mark.parametrize(
    "text",
    [
        "20% off, 30% back",
        "100%off%",
        "a {b} c",
        "<?xml version='1.0'?>",
        "5 * 3 | 2 *",
        "[one] [two]",
        "{{\n}}",
    ],
)
def test_plain_text_is_left_alone(text):
    assert mask(text) == (text, ())


@given(st.text(alphabet="{}%*|[]<>?$#!@a \n", max_size=60))
def test_masking_keeps_the_length_and_all_that_is_no_tag(source):
    masked, spans = mask(source)
    assert len(masked) == len(source)
    tags = {place for start, end in spans for place in range(start, end)}
    assert all(masked[at] == (MASK if at in tags else sign) for at, sign in enumerate(source))


@given(
    st.lists(
        st.sampled_from(["{{a}}", "{% if a %}", "<%", "%>", "?>", "<?php ", "{#", "#}", "x", "\n"]),
        max_size=20,
    )
)
def test_a_template_keeps_its_length_and_its_tags_are_disjoint(pieces):
    source = "".join(pieces)
    template = masked_template(source)
    assert len(template.masked) == len(source)
    spans = sorted((*template.spans, *(tag[:2] for tag in template.steers)))
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(template.masked[start:end] == MASK * (end - start) for start, end in spans)


def test_a_tag_over_several_lines_is_masked_too():
    source = "Dear <%=\n  user.name %>, {% if\n vip %}thank you{% endif %}"
    template = masked_template(source)
    assert [source[start:end] for start, end in template.spans] == ["<%=\n  user.name %>"]
    assert len(template.steers) == 2


@pytest.mark.parametrize(
    "opener", ["{{", "{%", "*|", "%%", "%a", "${", "[[", "<%", "<?", "{!", "#{", "{$", "@@"]
)
def test_openers_without_end_take_no_time(opener):
    started = time.process_time()
    masked_template(opener * 50_000)
    assert time.process_time() - started < 5
