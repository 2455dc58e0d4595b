"""What may be shown waits, and is rendered once it is sure: the page is the same either way."""

from __future__ import annotations

from pathlib import Path

import pytest

import clientvoice
from clientvoice.readers import find_files, read_path
from clientvoice.records import Message
from clientvoice.reports.page import report
from clientvoice.reports.page.pages import report_pages
from clientvoice.reports.page.report import Report

NEWSLETTERS = Path(__file__).resolve().parents[2] / "data" / "newsletters"


@pytest.fixture(scope="module")
def analyses():
    files = find_files([NEWSLETTERS])
    messages = [
        item for it in files for item in read_path(it.path, name=it.name) if isinstance(item, Message)
    ]
    return list(clientvoice.load("fast").pipe(messages))


def written(analyses, **options):
    made = Report(model_name="fast", **options)
    for analysis in analyses:
        made.write(analysis)
    pages = {name: "".join(parts) for name, parts in made.pages(4)}
    waiting = len(made._waiting)
    made.close()
    return pages, waiting


def test_a_message_rendered_at_once_looks_like_one_that_waited(analyses, monkeypatch):
    waited, waiting = written(analyses)
    assert waiting == len(analyses)
    monkeypatch.setattr(report, "WAITING", 0)
    assert written(analyses) == (waited, 0)


def test_no_more_wait_than_may_be_shown(analyses):
    _, waiting = written(analyses * 10, shown=(3, 2, 5))
    assert waiting <= 2 * (3 + 2)


def test_only_what_is_shown_is_explained(analyses):
    asked = []
    voice = clientvoice.load("fast")

    def explain(text):
        asked.append(text)
        return voice.explain(text)

    written(analyses, shown=(1, 0, 2), explain=explain)
    (lowest,) = [it for it in analyses if it.score == min(one.score for one in analyses)][:1]
    assert set(asked) <= {sentence.text for sentence in lowest.sentences}
    assert asked


def test_a_fault_beside_one_message_does_not_end_the_report(analyses, monkeypatch):
    voice = clientvoice.load("fast")
    pushing = [it for it in analyses if any(one.label == "customer" for one in it.sentences)][:2]
    broken = pushing[0].id

    class Panic(BaseException):
        """As a compiled parser raises it."""

    def suggest(analysis):
        if analysis.id == broken:
            raise Panic("odd")
        return voice.suggest(analysis)

    def explain(text):
        if text in {one.text for one in pushing[0].sentences}:
            raise ValueError("odd, too")
        return voice.explain(text)

    def stop(text):
        raise KeyboardInterrupt

    for at_once in (0, report.WAITING):
        monkeypatch.setattr(report, "WAITING", at_once)
        pages, _ = written(pushing, suggest=suggest, explain=explain)
        text = "".join(pages.values())
        assert text.count("Shown without suggestions: Panic: odd.") == 2  # beside it, and among the notices
        assert text.count("Shown without the shares of its words: ValueError: odd, too.") == 1
        assert "any sentence <b>" in text and 'class="mend"' in text  # the other message has both
        with pytest.raises(KeyboardInterrupt):
            list(report_pages(pushing, model_name="fast", explain=stop))
