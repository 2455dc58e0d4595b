from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clientvoice.integrations.utf16 import Lines, Position, edited

TEXTS = st.text(alphabet="ab \n\r\u2028\x0b😀🎉é\ud800", max_size=40)


def reference(text: str, offset: int) -> Position:
    """Count by the bytes of UTF-16, the break before an offset folded to one sign."""
    before = text[:offset]
    if before.endswith("\r") and text[offset : offset + 1] == "\n":
        before = before[:-1]
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Position(len(lines) - 1, len(lines[-1].encode("utf-16-le", "surrogatepass")) // 2)


@given(TEXTS, st.data())
def test_positions_are_those_of_utf_16(text, data):
    offset = data.draw(st.integers(0, len(text)))
    lines = Lines(text)
    assert lines.position(offset) == reference(text, offset)
    split = text[offset - 1 : offset + 1] == "\r\n" if offset else False
    assert lines.offset(lines.position(offset)) == offset - split


@given(TEXTS, st.integers(-2, 50), st.integers(-2, 50))
def test_any_position_has_an_offset(text, line, column):
    lines = Lines(text)
    offset = lines.offset(Position(line, column))
    assert 0 <= offset <= len(text)
    found = lines.position(offset)
    assert found.line <= max(line, 0) or not text
    assert lines.offset(found) == offset


@given(TEXTS, TEXTS, st.data())
def test_an_edit_by_positions_is_the_edit_by_offsets(text, new, data):
    first, last = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    lines = Lines(text)
    start, end = lines.position(first), lines.position(last)
    first, last = lines.offset(start), lines.offset(end)
    assert edited(text, start, end, new) == text[:first] + new + text[last:]
    assert edited(text, end, start, new) == edited(text, start, end, new)
