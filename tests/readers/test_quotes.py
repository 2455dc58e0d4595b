"""Where a message only quotes an earlier one."""

from clientvoice.readers.mail.quotes import mark_replies, read_indented
from clientvoice.records import Block


def marked(*lines: str) -> list[str]:
    text = "\n".join(lines)
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block(start, start + len(line), "paragraph"))
        start += len(line) + 1
    return [block.kind for block in mark_replies(text, blocks)]


def test_all_below_an_introduction_is_quoted():
    assert marked("Thank you.", "-----Original Message-----", "Hello") == ["paragraph", "quote", "quote"]


def test_all_below_a_name_and_address_is_quoted():
    lines = ("Thank you.", "Jo Baker <jo@example.com> wrote:", "Hello")
    assert marked(*lines) == ["paragraph", "quote", "quote"]


def test_a_message_that_is_only_forwarded_is_read():
    assert marked("-----Original Message-----", "Hello") == ["paragraph", "paragraph"]


def test_indentation_of_most_of_a_message_is_no_quote():
    blocks = [Block(0, 5, "paragraph"), Block(6, 60, "quote"), Block(61, 70, "quote")]
    assert [block.kind for block in read_indented(blocks, {6: "bullet"})] == ["paragraph", "bullet", "quote"]
    assert [block.kind for block in read_indented(blocks, {})] == ["paragraph", "quote", "quote"]
