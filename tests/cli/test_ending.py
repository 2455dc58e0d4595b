from __future__ import annotations

import signal
import sys
from contextlib import suppress

import pytest

from clientvoice.cli.ending import Interrupted, Terminated, code_of, heeding_signals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind on Windows")


@pytest.fixture
def ctrl_c():
    """Sets what ctrl-C does for as long as the test lasts."""
    before = signal.getsignal(signal.SIGINT)
    yield lambda handler: signal.signal(signal.SIGINT, handler)
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    ("number", "kind", "code"), [(signal.SIGINT, Interrupted, 130), (signal.SIGTERM, Terminated, 143)]
)
def test_a_signal_unwinds_the_block_and_has_its_code(ctrl_c, number, kind, code):
    ctrl_c(signal.default_int_handler)
    before = signal.getsignal(number)
    with pytest.raises(kind) as stop, heeding_signals():
        signal.raise_signal(number)
    assert code_of(stop.value) == code
    assert signal.getsignal(number) is before


def test_a_signal_whose_exception_a_library_swallowed_is_known_all_the_same():
    with heeding_signals():
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        assert code_of(KeyboardInterrupt()) == 143
    assert code_of(KeyboardInterrupt()) == 130


def test_ctrl_c_that_a_shell_has_ignored_stays_ignored(ctrl_c):
    ctrl_c(signal.SIG_IGN)
    with heeding_signals():
        signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
