"""What every reader must keep: the way from the text back to the source."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from clientvoice.records import Message


def _folds(seen: str, origin: str) -> bool:
    space = seen in " \n" and (
        origin.isspace() or origin in "\u2800\u3164" or ord(origin) < 32 or origin == "\x7f"
    )
    return seen == origin or space or (seen == "\ufffd" and "\ud800" <= origin <= "\udfff")


def _check(message: Message) -> None:
    text, source = message.text, message.source
    text.encode()
    text_end = source_end = 0
    for run in message.source_map.runs:
        assert run.text_start >= text_end
        assert run.source_start >= source_end
        text_end, source_end = run.text_end, run.source_end
        if run.text_end - run.text_start == run.source_end - run.source_start:
            copy = zip(text[run.text_start : text_end], source[run.source_start : source_end], strict=True)
            assert all(_folds(seen, origin) for seen, origin in copy)
    assert text_end <= len(text)
    assert source_end <= len(source)
    end = 0
    for block in message.blocks:
        words = text[block.start : block.end]
        assert block.start >= end
        assert words == words.strip() != ""
        end = block.end


@pytest.fixture(scope="session")
def assert_exact() -> Callable[[Message], None]:
    """Check that runs ascend and copy the source but for its spaces, and that blocks part the text."""
    return _check


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """What makes Outlook messages, Word documents and archives."""
    spec = importlib.util.spec_from_file_location("made", Path(__file__).with_name("made.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
