"""Where a message only quotes an earlier one."""

import pytest

from clientvoice.readers.mail.quotes import mark_replies, read_indented, starts_reply
from clientvoice.records import Block


@pytest.mark.parametrize(
    "lines",
    [
        ["On Mon, 1 June 2026 at 09:12, Bo Smith <bo@example.com> wrote:"],
        ["On Mon, 1 June 2026, Bo Smith", "<bo@example.com> wrote:"],
        ["Le 1 juin 2026 à 09:12, Bo a écrit :"],
        ["Am 01.06.2026 um 09:12 schrieb Bo Smith:"],
        ["-----Original Message-----"],
        ["---------- Forwarded message ---------"],
        ["Begin forwarded message:"],
        ["From: Bo Smith", "Sent: Monday", "To: Dana", "Subject: Plants"],
        ["*From:* Bo Smith", "", "*Date:* Monday", "*To:* Dana"],
    ],
)
def test_introductions(lines):
    assert starts_reply(lines, 0)


@pytest.mark.parametrize(
    "lines",
    [
        ["On Monday we wrote to you."],
        ["On 1 June our founder wrote: we care."],
        ["From: our family to yours", "Thank you."],
        ["This is the original message of the brand."],
        ["From Monday on we are open.", "To: all", "Date: 1 June"],
        [""],
        ["On 1 " + "x" * 500 + " wrote:"],
    ],
)
def test_copy_that_is_none(lines):
    assert not starts_reply(lines, 0)


def marked(*lines: str) -> list[str]:
    text = "\n".join(lines)
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block(start, start + len(line), "paragraph"))
        start += len(line) + 1
    return [block.kind for block in mark_replies(text, blocks)]


def test_all_below_an_introduction_is_quoted():
    assert marked("Thank you.", "-----Original Message-----", "Hello") == ["paragraph", "quote", "quote"]


def test_a_message_that_is_only_forwarded_is_read():
    assert marked("-----Original Message-----", "Hello") == ["paragraph", "paragraph"]


def test_indentation_of_most_of_a_message_is_no_quote():
    blocks = [Block(0, 5, "paragraph"), Block(6, 60, "quote"), Block(61, 70, "quote")]
    assert [block.kind for block in read_indented(blocks, {6: "bullet"})] == ["paragraph", "bullet", "quote"]
    assert [block.kind for block in read_indented(blocks, {})] == ["paragraph", "quote", "quote"]
