import math

import pytest

from clientvoice.records import Failure
from clientvoice.reports.rows import number, row, status


def test_counts_leave_out_what_does_not_count(analysis):
    it = row(
        analysis(
            block=[
                ["paragraph", [["customer", 0.9, "Buy now."], ["client", 0.8, "We ring you."]]],
                ["footer", [["customer", 0.9, "No refunds."]]],
                ["quote", [["client", 0.9, "You wrote to us."]]],
            ]
        )
    )
    assert (it.sentences, it.counts["customer"], it.counts["client"], it.counts["neutral"]) == (2, 1, 1, 0)
    assert it.share("customer") == 0.5
    assert it.share("neutral") == 0.0


def test_a_message_without_counted_sentences_has_no_shares(analysis):
    it = row(analysis(block=[["footer", [["neutral", 0.9, "Unsubscribe."]]]]))
    assert it.sentences == 0
    assert it.share("client") is None


def test_a_failure_has_no_score_and_one_notice():
    it = row(Failure("a.eml", "too_large", "a.eml has 40 MB", "in/a.eml"))
    assert (it.status, it.label, it.score, it.sentences) == ("failed", None, None, None)
    assert [notice.code for notice in it.notices] == ["too_large"]
    assert it.problem == "a.eml has 40 MB"


@pytest.mark.parametrize("code", ["skipped_hidden", "skipped_unknown", "skipped_link"])
def test_what_was_left_out_on_purpose_is_skipped(code):
    assert status(Failure("a", code, "")) == "skipped"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, None])
def test_what_is_no_number_is_none(value):
    assert number(value) is None


def test_numbers_have_six_digits():
    assert number(1 / 3) == 0.333333
