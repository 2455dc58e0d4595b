import io
import re
from contextlib import suppress
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientvoice.care import assess
from clientvoice.errors import ConfigError
from clientvoice.records import Failure, Notice, Precedent, Rewrite, Suggestions
from clientvoice.reports.page.pages import PagesWriter, PageWriter, render_page, report_pages


@pytest.fixture(scope="module")
def page(demo):
    return render_page(demo, model_name="fast", generated="2026-03-06 14:20")


@pytest.fixture(scope="module")
def markup(page, read_markup):
    return read_markup(page)


def test_the_page_is_whole_and_every_id_is_there_once(markup):
    ids = markup.attributes("id")
    assert len(ids) == len(set(ids))
    goals = {href[1:] for href in markup.attributes("href") if href.startswith("#")}
    goals |= set(markup.attributes("aria-labelledby"))
    goals |= {goal for told in markup.attributes("aria-describedby") for goal in told.split()}
    goals |= {goal for told in markup.attributes("for") for goal in told.split()}
    assert goals <= set(ids)


def test_the_page_needs_nothing_else(markup):
    assert not {"img", "iframe", "object", "embed", "form", "base", "video"} & {tag for tag, _ in markup.tags}
    assert not markup.attributes("src")
    assert all(href.startswith(("#", "data:image/svg+xml,")) for href in markup.attributes("href"))
    assert not [name for _, attrs in markup.tags for name in attrs if name.startswith("on")]


def test_the_policy_stands_before_anything_it_governs(page):
    policy = page.index("Content-Security-Policy")
    assert page.index('<meta charset="utf-8">') < policy < min(page.index("<style"), page.index("<title"))
    content = unescape(re.search(r'Policy" content="([^"]*)"', page)[1])
    assert content.startswith(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-"
    )
    assert "'unsafe-eval'" not in content


def test_the_outline_has_one_title_and_skips_no_level(markup):
    levels = [int(tag[1]) for tag, _ in markup.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_landmarks_language_and_labels(markup):
    tags = [tag for tag, _ in markup.tags]
    assert [tags.count(name) for name in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert ("html", {"lang": "en"}) in markup.tags
    labelled = set(" ".join(markup.attributes("for")).split())
    assert {"find", "sort"} <= labelled
    assert "legend" in tags


def test_messages_stand_in_order_of_their_score(markup):
    scores = [float(score) for score in markup.attributes("data-score")]
    assert len(scores) == 16
    assert scores == sorted(scores)


def test_every_marked_sentence_tells_more_than_a_colour(markup):
    marks = [attrs for tag, attrs in markup.tags if tag == "mark"]
    assert marks
    for attrs in marks:
        assert attrs["tabindex"] == "-1"
        assert re.match(r"(client|customer) \d+%, ", attrs["title"])
        assert attrs["class"].split()[1] in attrs["title"]
    assert len(marks) == len(markup.of_class("note"))
    assert {"◆", "●"} <= set(markup.words())


def test_text_of_a_block_keeps_its_white_space(demo, analysis, read_markup):
    page = render_page(
        [analysis(block=[["paragraph", [["neutral", 0.9, "Two  spaces\nand a line."]]]])], model_name="f"
    )
    spans = re.findall(r'<p class="w" dir="auto">(.*?)</p>', page, flags=re.S)
    assert [re.sub(r"<[^>]+>", "", span) for span in spans] == ["Two  spaces\nand a line."]


def test_reasons_stand_beside_their_sentences(page):
    block = page[page.index('<h4 class="w"') :][:1600]
    assert block.index("clock is ticking") < block.index("Presses for time: “the clock is ticking”.")


def test_shapes_of_blocks(markup):
    assert len(markup.of_class("button")) == 6
    assert len(markup.of_class("bullets")) == 3
    assert len(markup.of_class("uncounted")) == 4
    assert "Footer, shown and not counted" in markup.words()
    assert "Quoted text, shown and not counted" in markup.words()


def test_notices_and_failures_are_told(markup):
    words = " ".join(markup.words().split())
    assert "Of the files and messages found, 2 could not be read and 1 was left out on purpose." in words
    assert "old/export.bin is binary, not text." in words
    assert "2 merge tags such as “{{ first_name }}”" in words


def test_nothing_is_said_of_suggestions_where_nobody_asked(page, markup):
    assert not markup.of_class("rewrites") + markup.of_class("mend") + markup.of_class("copy")
    assert "What to fix first" not in page
    assert "A suggestion keeps" not in page


def test_what_is_to_be_fixed_first_has_its_reason_and_leads_to_its_place(analysis, read_markup):
    sentence = ["customer", 0.98, "Unused days are forfeited.", "conditions=are forfeited", "Sets a penalty."]
    it = analysis(block=[["paragraph", [sentence]]])
    told = replace(it.sentences[0], suggestions=Suggestions((), "Say how to use them."))
    page = render_page([replace(it, sentences=(told,))], model_name="fast")
    panel = page[page.index("What to fix first") : page.index("</ol>", page.index("What to fix first"))]
    assert '<a href="#m1s1">Unused days are forfeited.</a>' in panel
    for words in ("Sets a penalty.", "<b>Advice</b> Say how to use them.", "customer 98%"):
        assert words in panel
    assert "→" not in panel


@pytest.fixture(scope="module")
def mended(demo, suggest, read_markup):
    items = [it if isinstance(it, Failure) else suggest(it) for it in demo]
    return read_markup(render_page(items, model_name="fast"))


def test_every_customer_sentence_shows_how_to_mend_it(mended):
    flagged = [attrs for attrs in mended.of_class("note") if "customer" in attrs["class"].split()]
    assert flagged
    assert len(mended.of_class("rw")) == len(mended.of_class("copy")) == 2 * len(flagged)
    assert len(mended.of_class("safe")) > len(mended.of_class("read")) == len(flagged)
    words = mended.words()
    assert words.count("Leave the choice to them.") == len(flagged)
    assert "Check that this is true: “today”." in words
    assert "It promises [name]." in words
    assert "How an editor changed a similar sentence" in words
    ids = mended.attributes("id")
    assert len(ids) == len(set(ids))


def test_what_goes_and_comes_is_told_in_words(mended):
    tags = [tag for tag, _ in mended.tags]
    assert tags.count("ins") == mended.words().count("[added:")
    assert mended.words().count("[removed:") > 0
    buttons = [attrs for tag, attrs in mended.tags if tag == "button"]
    assert all(attrs["type"] == "button" for attrs in buttons)


def test_what_to_fix_first_points_at_the_sentence(mended):
    hrefs = mended.attributes("href")
    (goal,) = {href for href in hrefs if re.fullmatch(r"#m1s1", href)}
    assert goal[1:] in mended.attributes("id")


def test_suggestions_are_asked_for_until_there_are_enough(analysis, suggest, monkeypatch):
    monkeypatch.setattr("clientvoice.reports.page.report.SUGGESTED", 2)
    items = [
        analysis(id=f"{n}", block=[["paragraph", [["customer", 0.9, f"Buy {n} now."]]]]) for n in range(4)
    ]
    page = render_page(items, model_name="fast", suggest=suggest)
    assert page.count('class="rewrites" aria-label') == 2
    given = render_page([suggest(items[0])], model_name="fast", suggest=lambda it: pytest.fail("asked"))
    assert given.count('class="rewrites" aria-label') == 1


def _twelve(analysis):
    return [
        analysis(
            id=f"{n}",
            score=8.0 * n,
            label="client" if n > 6 else "customer",
            date=f"2026-01-{n + 1:02}",
            sender=f"s{n % 2}@x.example",
            block=[["paragraph", [["customer", 0.9, f"Buy {n} now."]]]],
        )
        for n in range(12)
    ]


def test_a_long_report_is_split_into_pages_that_point_at_each_other(analysis, suggest, read_markup):
    items = [Failure("a.bin", "binary", "a.bin is binary"), *map(suggest, _twelve(analysis))]
    pages = {n: read_markup(html) for n, html in report_pages(items, model_name="fast", per_page=5)}
    assert list(pages) == ["report.html", "report-2.html", "report-3.html"]
    for name, page in pages.items():
        ids = page.attributes("id")
        assert len(ids) == len(set(ids))
        for href in page.attributes("href"):
            file, _, anchor = href.partition("#")
            if not href.startswith("data:"):
                assert anchor in pages[file or name].attributes("id"), href
    scores = [float(s) for page in pages.values() for s in page.attributes("data-score")]
    assert scores == sorted(scores)
    assert [len(page.attributes("data-score")) for page in pages.values()] == [5, 5, 2]
    assert [("overview" in page.attributes("id")) for page in pages.values()] == [True, False, False]
    assert [page.attributes("rel").count("next") for page in pages.values()] == [2, 2, 0]
    assert [page.attributes("rel").count("prev") for page in pages.values()] == [0, 2, 2]
    assert "Page 2 of 3: messages 6 to 10 of 12, with scores from 40 to 72." in pages["report-2.html"].words()
    assert "Search, filters and sorting look at this page only" in pages["report-3.html"].words()


def test_a_short_report_says_nothing_of_pages(page):
    assert 'class="pager"' not in page
    assert "look at this page only" not in page


def test_the_pages_are_written_by_name(analysis):
    files = {}
    with PagesWriter(
        lambda name: files.setdefault(name, io.StringIO()), model_name="fast", per_page=6
    ) as pages:
        for item in _twelve(analysis):
            pages.write(item)
        assert not files
    told = dict(report_pages(_twelve(analysis), model_name="fast", per_page=6))
    assert {name: file.getvalue() for name, file in files.items()} == told


def test_a_page_of_no_messages_is_refused():
    with pytest.raises(ConfigError, match="per_page: got 0, expected 1 or more"):
        list(report_pages([], model_name="fast", per_page=0))


def _assessed(items):
    return [replace(it, practices=assess(it.sentences)) for it in items]


def test_the_overview_tells_time_and_senders(analysis, read_markup):
    markup = read_markup(render_page(_assessed(_twelve(analysis)), model_name="fast"))
    assert "The score over time" in markup.words()
    assert "By sender" in markup.words()
    assert "By folder" not in markup.words()


def test_no_line_is_drawn_where_too_little_is_told_of_each_sender(analysis, read_markup):
    some = _assessed(_twelve(analysis))
    senders = [replace(it.message, sender=f"{place}@oak.example") for place, it in enumerate(some)]
    each = [replace(it, message=message) for it, message in zip(some, senders, strict=True)]
    markup = read_markup(render_page(each, model_name="fast"))
    assert "The score over time" not in markup.words()
    assert "too little to tell of 12 senders" in markup.words()


def test_messages_in_another_language_are_listed_and_not_counted(analysis, read_markup):
    notices = (Notice("not_english", "The text reads as 'de'."),)
    german = [replace(it, message=replace(it.message, notices=notices)) for it in _twelve(analysis)]
    markup = read_markup(render_page(german, model_name="fast"))
    assert "No message is in English." in markup.words()
    assert "Left out of all counts: 12 messages in another language." in markup.words()
    assert "What the messages read as" not in markup.words()
    assert len(markup.attributes("data-score")) == 12


def test_messages_can_be_filtered_by_cue_and_score(markup):
    assert {"find", "sort", "cue", "from", "to", "clear"} <= set(markup.attributes("id"))
    cues = {name for told in markup.attributes("data-cues") for name in told.split("|")}
    assert {"pressure", "support"} <= cues
    assert "pressure" in [attrs.get("value") for tag, attrs in markup.tags if tag == "option"]


@pytest.mark.parametrize("items", [[], [Failure("a.eml", "empty", "a.eml is empty")]])
def test_nothing_scored_is_said_plainly(items, read_markup):
    page = render_page(items, model_name="fast")
    assert "No messages were scored." in read_markup(page).words()
    assert 'id="tools"' not in page


def test_one_message_alone_stands_open_with_nothing_to_sort(analysis):
    alone = render_page([analysis(id="one")], model_name="fast")
    two = render_page([analysis(id="one"), analysis(id="two")], model_name="fast")
    assert alone.count("<details open") == 1
    assert "<details open" not in two
    assert 'id="tools"' in two
    assert 'id="tools"' not in alone
    assert 'id="overview"' not in alone


def test_a_message_without_anything(analysis, read_markup):
    words = read_markup(render_page([analysis(id="bare")], model_name="fast")).words()
    assert "There is no text to show." in words
    assert "0 counted: 0 customer, 0 client, 0 neutral" in words


def _suggested(suggestions, text):
    rewrite = Rewrite(
        0, 1, text, f"{text}!", (), (text,), "plan", 1.0, 0.9, 0.1, "neutral", False, (text,), text
    )
    return replace(suggestions, suggestions=Suggestions((rewrite, rewrite), text, Precedent(text, text)))


def _hostile(analysis, text):
    it = analysis(
        id=text,
        path=text,
        sender=text,
        date=text,
        subject=["customer", 0.9, text, f"{text.replace(';', '').replace('=', '')}=", text],
        block=[
            [kind, [["client?", 0.9, text, "", text]]]
            for kind in ("heading", "bullet", "button", "footer", "quote")
        ],
        notices=[[text, text]],
    )
    first, *others = it.sentences
    it = replace(it, label="mixed", sentences=(_suggested(first, text), *others))
    return [it, Failure(text, text, text, text)]


def _shape(markup):
    return [(tag, sorted(attrs)) for tag, attrs in markup.tags]


def test_hostile_text_stays_text(analysis, hostile, read_markup):
    page = render_page(_hostile(analysis, hostile), model_name=hostile, generated=hostile, title=hostile)
    page.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\ud800-\udfff]", page)
    tame = render_page(_hostile(analysis, "tame"), model_name="tame", generated="tame", title="tame")
    assert _shape(read_markup(page)) == _shape(read_markup(tame))
    assert "{{ 7*7 }}" in read_markup(page).words()
    assert page.count("<script") == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=()) | st.sampled_from("<>&\"'{}%#`\n"), min_size=1))
def test_no_text_changes_the_markup(analysis, read_markup, text):
    it = analysis(sender="x", block=[["paragraph", [["customer", 0.9, f"a{text}", "", f"b{text}"]]]])
    it = replace(it, message=replace(it.message, sender=f"c{text}", subject=f"d{text}"))
    shape = _shape(read_markup(render_page([it], model_name="fast")))
    calm = analysis(sender="x", block=[["paragraph", [["customer", 0.9, "a", "", "b"]]]])
    calm = replace(calm, message=replace(calm.message, subject="d"))
    assert shape == _shape(read_markup(render_page([calm], model_name="fast")))


def test_a_megabyte_in_one_word_makes_no_megabyte_of_page(analysis, read_markup):
    word = "W" * 1_000_000
    page = render_page(_hostile(analysis, word), model_name="fast")
    assert len(page) < 200_000
    read_markup(page)


def test_a_long_list_of_notices_is_cut(analysis):
    it = analysis(notices=[["odd", "Odd."]])
    it = replace(it, message=replace(it.message, notices=tuple(Notice("odd", "Odd.") for _ in range(1_200))))
    assert "200 more notices not shown here" in render_page([it], model_name="fast")


def test_writing_to_a_file_gives_the_same_page(demo, page):
    file = io.StringIO()
    with PageWriter(file, model_name="fast", generated="2026-03-06 14:20") as writer:
        for item in demo:
            writer.write(item)
        assert file.getvalue() == ""
    assert file.getvalue() == page


def test_a_run_that_fails_writes_no_page(demo):
    file = io.StringIO()
    with suppress(KeyboardInterrupt), PageWriter(file, model_name="fast") as writer:
        writer.write(demo[0])
        raise KeyboardInterrupt
    assert file.getvalue() == ""


def test_a_long_list_is_laid_out_lazily(analysis):
    few, many = ([analysis(id=str(n)) for n in range(count)] for count in (60, 61))
    assert 'class="list"' in render_page(few, model_name="fast")
    assert 'class="list many"' in render_page(many, model_name="fast")


def test_a_huge_run_is_shown_by_its_ends(analysis, read_markup):
    file = io.StringIO()
    items = [replace(analysis(id=f"m{n:03}.eml"), score=float(n % 100)) for n in range(300)]
    with PageWriter(file, model_name="fast", shown=(20, 10, 30)) as writer:
        for item in items:
            writer.write(item)
    page = file.getvalue()
    words = " ".join(read_markup(page).words().split())
    assert page.count('<details class="m"') == 30
    assert "30 messages of 300 stand here in full" in words
    assert "30 more messages, without their text" in words
    assert "240 more messages are not listed here; messages.csv has them all." in words
    anchors, goals = set(re.findall(r' id="(m\d+t)"', page)), set(re.findall(r'href="#(m\d+t)"', page))
    assert goals <= anchors


def test_what_is_not_shown_in_full_is_not_kept(analysis):
    it = analysis(block=[["paragraph", [["customer", 0.9, "Buy it today. " * 200, "", ""]]]])
    with PageWriter(io.StringIO(), model_name="fast", shown=(1, 1, 1)) as writer:
        for _ in range(50):
            writer.write(it)
        kept = writer._report._spool.tell()
    assert kept < 2 * len(render_page([it], model_name="fast"))


def test_a_small_run_says_nothing_of_a_limit(page):
    assert "in full" not in page
    assert 'id="rows"' not in page


def test_every_message_has_its_checklist(page, markup):
    assert len(markup.of_class("care")) == 16
    assert len(re.findall(r"Practices of care: \d of 7 shown", page)) == 16
    assert len(markup.of_class("shown")) + len(markup.of_class("missing")) == 16 * 7
    assert "Name a person or a direct way to reach you, and say what it is for." in markup.words()


def test_the_overview_counts_the_practices(markup):
    words = " ".join(markup.words().split())
    assert re.search(r"Peace of mind \d+ of 16 Does it bring peace of mind beyond the commodity\?", words)
    assert "it takes dated messages of 4 days." in words


def test_a_sender_with_a_history_is_told_over_time(analysis, read_markup):
    def letter(month):
        care = [["client", 0.9, f"We held payment {n}.", f"protection=payment {n}"] for n in range(5 - month)]
        push = [["customer", 0.9, f"Ends at {n}!", f"pressure=Ends at {n}"] for n in range(month)]
        told = {"sender": "Oak <a@oak.example>", "date": f"2026-0{month}-01", "score": 90.0 - 15 * month}
        return analysis(id=str(month), assessed=True, block=[["paragraph", [*care, *push]]], **told)

    markup = read_markup(render_page([letter(month) for month in range(1, 6)], model_name="fast"))
    words = " ".join(markup.words().split())
    assert "Oak, over time" in words
    assert "“Under your care” fading" in words
    assert "the score falling from 75 to 15." in words
    assert {"svg", "polyline", "circle"} <= {tag for tag, _ in markup.tags}


def test_marked_sentences_tell_the_shares_of_their_words(demo, explain, read_markup):
    markup = read_markup(render_page(demo, model_name="fast", explain=explain))
    marks = [attrs for tag, attrs in markup.tags if tag == "mark"]
    tips = markup.of_class("tip")
    assert len(tips) == len(marks)
    assert {attrs["role"] for attrs in tips} == {"tooltip"}
    ids = set(markup.attributes("id"))
    for attrs in marks:
        assert set(attrs["aria-describedby"].split()) <= ids
        assert "title" not in attrs
    words = markup.words()
    assert "any sentence −0.5" in words
    assert re.search(r"[+−]\d\.\d in all, toward (client|customer)", words)
    assert "Hover over a marked sentence, or follow the number" in words


def test_without_an_explainer_there_is_no_word_of_shares(page):
    assert 'class="tip"' not in page
    assert "hover or focus" not in page


def test_hostile_words_stay_words_in_their_shares(analysis, hostile, explain, read_markup):
    def shape(text):
        it = analysis(assessed=True, block=[["paragraph", [["customer", 0.9, text]]]])
        return _shape(read_markup(render_page([it], model_name="fast", explain=explain)))

    tags = [tag for tag, _ in shape(hostile)]
    assert tags.count("script") == 1
    assert "img" not in tags
