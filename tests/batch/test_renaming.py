from __future__ import annotations

from pathlib import Path

import pytest

import clientvoice
from clientvoice.batch.renaming import renamed
from clientvoice.readers import find_files, read_path
from clientvoice.records import Failure, Message, MessageAnalysis, Notice

NEWSLETTERS = Path(__file__).resolve().parents[2] / "data" / "newsletters"


def analysis(name="in/a.eml", path="in/a.eml", notices=()):
    return MessageAnalysis(Message(name, "", (), path=path, notices=notices), "neutral", 50.0, {}, ())


def test_a_file_read_under_another_name_gives_what_is_renamed():
    voice = clientvoice.load("fast")

    def read(path, name):
        read = list(read_path(path, name=name))
        found = voice.pipe(item for item in read if isinstance(item, Message))
        return [next(found) if isinstance(item, Message) else item for item in read]

    for found in find_files([NEWSLETTERS]):
        one, two = read(found.path, f"one/{found.path.name}"), read(found.path, f"two/x{found.path.suffix}")
        moved = renamed(one, f"one/{found.path.name}", f"two/x{found.path.suffix}")
        assert moved is None or moved == two


@pytest.mark.parametrize(
    "result",
    [
        analysis(name="other.eml"),
        analysis(path="elsewhere.eml"),
        analysis(name="in/a.eml#in/a.eml"),
        analysis(notices=(Notice("nested_message", "in/a.eml#2 is a row of its own"),)),
        Failure("in/a.eml", "empty", "something about in/a.eml", "in/a.eml"),
        Failure("in/a.eml", "empty", "in/a.eml: empty", "elsewhere.eml"),
    ],
)
def test_where_the_name_stands_elsewhere_nothing_is_guessed(result):
    assert renamed([result], "in/a.eml", "in/b.eml") is None


def test_ids_inside_a_mailbox_follow_their_file():
    (moved,) = renamed([analysis(name="in/a.eml#3.2")], "in/a.eml", "out/b.eml")
    assert (moved.id, moved.message.path) == ("out/b.eml#3.2", "out/b.eml")
