"""Merge tags of the mail services, masked and put back."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientvoice.readers.merge_tags import MASK, mask, unmask, without_controls

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
def test_masking_keeps_the_length_and_can_be_undone(source):
    masked, spans = mask(source)
    assert len(masked) == len(source)
    assert unmask(masked, source, spans) == source
    assert all(masked[start:end] == MASK * (end - start) for start, end in spans)


@pytest.mark.parametrize(
    "control",
    [
        "{{#if x}}",
        "{{/if}}",
        "{{else}}",
        "{% if x %}",
        "*|IF:VIP|*",
        "*|END:IF|*",
        "<% if x %>",
        "<?php if(1) ?>",
    ],
)
def test_controls_show_nothing(control):
    assert without_controls(f"{control}Gold") == "Gold"


@pytest.mark.parametrize(
    "shown", ["{{name}}", "{{ endpoint }}", "*|FNAME|*", "<%= x %>", "<?php echo $x; ?>"]
)
def test_values_show(shown):
    assert without_controls(shown) == shown


@pytest.mark.parametrize(
    "opener", ["{{", "{%", "*|", "%%", "%a", "${", "[[", "<%", "<?", "{!", "#{", "{$", "@@"]
)
def test_openers_without_end_take_no_time(opener):
    started = time.process_time()
    mask(opener * 50_000)
    without_controls(opener * 50_000)
    assert time.process_time() - started < 5
