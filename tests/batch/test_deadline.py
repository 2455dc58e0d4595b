from __future__ import annotations

import signal
import sys
from contextlib import contextmanager

import pytest

from clientvoice.batch.deadline import TimedOutError, within

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms here")


@pytest.fixture
def untouched():
    """What answers an alarm before a test has to answer it afterwards, and none may be left to ring."""
    before = signal.getsignal(signal.SIGALRM)
    yield
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@pytest.mark.usefixtures("untouched")
def test_an_alarm_in_the_block_ends_it():
    with pytest.raises(TimedOutError, match=r"a.eml: took longer than 60 seconds"), within(60, "a.eml"):
        signal.raise_signal(signal.SIGALRM)


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize("call", ["setitimer", "signal"])
def test_an_alarm_while_the_alarm_is_put_away_is_let_go(monkeypatch, call):
    """It rings after the block has ended, on either side of what disarms it."""
    real = getattr(signal, call)
    done = []
    with within(60, "a.eml"):

        def ringing(*args):
            signal.raise_signal(signal.SIGALRM)
            real(*args)

        monkeypatch.setattr(f"clientvoice.batch.deadline.signal.{call}", ringing)
        done.append(True)
    monkeypatch.undo()
    assert done


@pytest.mark.usefixtures("untouched")
def test_an_alarm_as_the_block_is_armed_ends_it(monkeypatch):
    real = signal.setitimer

    def ringing(which, seconds, *again):
        real(which, seconds, *again)
        if seconds:
            signal.raise_signal(signal.SIGALRM)

    monkeypatch.setattr("clientvoice.batch.deadline.signal.setitimer", ringing)
    with pytest.raises(TimedOutError), within(60, "a.eml"):
        pytest.fail("the alarm rang before")


@pytest.mark.usefixtures("untouched")
def test_an_alarm_on_the_way_into_or_out_of_the_block_waits_for_the_next():
    """There nothing of ours would catch what it raises, and the alarm would go on ringing."""

    @contextmanager
    def entered():
        yield sys._getframe(1)

    with within(60, "a.eml"):
        ring = signal.getsignal(signal.SIGALRM)
        with entered() as between:
            assert between.f_code.co_name == "__enter__"
            ring(signal.SIGALRM, between)
        with pytest.raises(TimedOutError):
            ring(signal.SIGALRM, sys._getframe())
