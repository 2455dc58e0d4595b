import re

from clientvoice.reports.page.notebook import analysis_html


def test_a_message_shows_itself_with_marks_and_notes(demo, read_markup):
    markup = read_markup(analysis_html(demo[2]))
    assert "Your March renewal" in markup.words()
    assert "Advises against its own sale" in markup.words()
    assert len([tag for tag, _ in markup.tags if tag == "mark"]) == len(markup.of_class("note")) == 7


def test_nothing_runs_and_nothing_is_loaded(demo, hostile, analysis, read_markup):
    for item in (demo[0], analysis(subject=["customer", 0.9, hostile])):
        markup = read_markup(analysis_html(item))
        assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in markup.tags}
        assert not [name for _, attrs in markup.tags for name in attrs if name.startswith("on")]
        assert all(href.startswith("#") for href in markup.attributes("href"))


def test_ids_of_two_messages_do_not_meet(demo, read_markup):
    first, second = (set(read_markup(analysis_html(item)).attributes("id")) for item in demo[:2])
    assert first
    assert not first & second


def test_every_link_has_a_goal(demo, read_markup):
    markup = read_markup(analysis_html(demo[0]))
    assert {href[1:] for href in markup.attributes("href")} <= set(markup.attributes("id"))


def test_the_styles_come_along_once(demo):
    assert len(re.findall("<style>", analysis_html(demo[0]))) == 1


def test_a_message_without_text_says_so(analysis):
    assert "There is no text to show." in analysis_html(analysis())


def test_the_practices_and_the_shares_come_along(demo, explain, read_markup):
    markup = read_markup(analysis_html(demo[2], explain=explain))
    assert "of 7 shown" in markup.words()
    assert len(markup.of_class("tip")) == 7
    assert {href[1:] for href in markup.attributes("href")} <= set(markup.attributes("id"))


def test_suggestions_come_along_to_be_selected_and_no_button(demo, suggest, read_markup):
    markup = read_markup(analysis_html(suggest(demo[0])))
    assert markup.of_class("rw")
    assert "Leave the choice to them." in markup.words()
    assert "button" not in [tag for tag, _ in markup.tags]


def test_a_text_is_called_by_its_first_words(read_markup):
    import clientvoice

    said = "Ring me before you sign anything, for <b>I</b> will tell you what it costs."
    found = clientvoice.load("fast").analyze(said)
    markup = read_markup(analysis_html(found))
    assert markup.words().count("<text>") == 0
    assert "Ring me before you sign anything, for <b>I</b> will…" in markup.words()
    assert "File" not in markup.words()
