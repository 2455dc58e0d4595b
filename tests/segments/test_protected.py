from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from clientvoice.segments.protected import masked, protected_spans

from .samples import odd_text


@pytest.mark.parametrize(
    "stretch",
    [
        "{{first_name}}",
        '{{ date | default: "Mon. or Tue." }}',
        "*|FNAME|*",
        "<%= user.name %>",
        "%{count}",
        "${name}",
        "#{name}",
        "{$customer.first}",
        "{name}",
        "%FIRSTNAME%",
        "%%name%%",
        "[Name]",
        "[First Name]",
        "[FIRSTNAME,fallback=you]",
        "[% name %]",
        "[[agent]]",
        "<<Client.Name>>",
        "$user",
        "$user.name",
        "nell.o.brien@example.co.uk",
        "https://example.com/a.b?x=1!&y=2",
        "www.example.com/a",
        "example.com/Sale.Now",
        "Booking.com",
    ],
)
def test_one_stretch(stretch: str) -> None:
    text = f"See {stretch}. Then go."
    assert [text[start:end] for start, end in protected_spans(text)] == [stretch]


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5.00 or 20% off 3.5%",
        "now.Click",
        "Dr. Smith [sic!] is in",
        "U.S. and e.g. this",
        "a {b c} d",
        "50% or 60% off",
    ],
)
def test_plain_text_has_none(text: str) -> None:
    assert protected_spans(text) == []
    assert masked(text) == text


@given(odd_text)
def test_masking_keeps_length_and_the_rest(text: str) -> None:
    spans = protected_spans(text)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "X" * (end - start)
    assert masked(text) == "".join(letters)
