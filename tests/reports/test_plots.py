import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from clientvoice.errors import ConfigError
from clientvoice.records import Failure
from clientvoice.reports import plots

matplotlib = pytest.importorskip("matplotlib", reason="matplotlib is not installed (extra: plots)")
matplotlib.use("Agg")
pyplot = pytest.importorskip("matplotlib.pyplot")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    pyplot.close("all")


@pytest.fixture
def mended(demo, suggest):
    return [it if isinstance(it, Failure) else suggest(it) for it in demo]


def _drawn(ax):
    ax.figure.canvas.draw()
    return ax


def test_the_distribution_counts_every_message(demo):
    ax = _drawn(plots.plot_distribution(demo))
    assert sum(bar.get_height() for bar in ax.patches) == 16
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("Score: 0 customer to 100 client", "Messages")


def test_the_trend_follows_the_dates_and_says_what_it_lacks(demo):
    assert _drawn(plots.plot_trend(demo)).get_title(loc="left").startswith("The score over time, by ")
    ax = _drawn(plots.plot_trend(demo[:2]))
    assert [text.get_text() for text in ax.texts] == [
        "Too few dated messages: expected messages of three days or more"
    ]
    assert not ax.lines


@pytest.mark.parametrize("by", ["message", "sender"])
def test_the_heat_map_has_a_row_each(demo, by):
    ax = _drawn(plots.plot_cues(demo, by=by, most=9))
    assert len(ax.get_yticks()) == 9
    assert "Pressure" in [tick.get_text() for tick in ax.get_xticklabels()]
    assert all(0 < int(text.get_text()) <= 100 for text in ax.texts)


def test_the_heat_map_knows_two_ways(demo):
    with pytest.raises(ConfigError, match="expected 'message' or 'sender'"):
        plots.plot_cues(demo, by="week")


def test_the_arc_has_a_bar_for_each_counted_sentence(demo):
    ax = _drawn(demo[0].plot())
    assert len(ax.patches) == sum(it.counted for it in demo[0].sentences)
    assert [bar.get_hatch() for bar in ax.patches].count("///") == 1


def test_rewrites_go_from_before_to_after(mended):
    ax = _drawn(plots.plot_rewrites(mended, most=5))
    before, after = (points.get_offsets()[:, 0] for points in ax.collections[1:])
    assert len(before) == len(after) == 5
    assert all(before > after)
    assert len(_drawn(plots.plot_rewrites(mended[0])).get_yticks()) == 9


@pytest.mark.parametrize(("most", "error"), [(-1, ValueError), (0, ValueError), ("5", TypeError)])
def test_the_most_that_is_drawn_is_a_number_of_rows(demo, most, error):
    for plot in (plots.plot_cues, plots.plot_rewrites):
        with pytest.raises(error, match="most"):
            plot(demo, most=most)


def test_they_draw_where_they_are_told(mended):
    figure, places = pyplot.subplots(5, 1)
    drawn = [
        plots.plot_distribution(mended, ax=places[0]),
        plots.plot_trend(mended, ax=places[1]),
        plots.plot_cues(mended, ax=places[2]),
        plots.plot_arc(mended[0], ax=places[3]),
        plots.plot_rewrites(mended, ax=places[4]),
    ]
    assert drawn == list(places)
    figure.canvas.draw()


def test_of_nothing_every_plot_says_so(analysis):
    drawn = [
        plots.plot_distribution([]),
        plots.plot_trend([]),
        plots.plot_cues([]),
        plots.plot_rewrites([]),
        plots.plot_rewrites([analysis(subject=["neutral", 0.9, "We meet at noon."])]),
        analysis().plot(),
    ]
    told = [[text.get_text() for text in _drawn(ax).texts if text.get_text()] for ax in drawn]
    assert [len(one) for one in told] == [1] * 6
    assert told[0] == told[2] == told[3] == ["No messages to draw"]


@pytest.mark.parametrize(
    "plot", [plots.plot_distribution, plots.plot_trend, plots.plot_cues, plots.plot_rewrites]
)
def test_plots_take_analyses(plot, analysis):
    frame = pytest.importorskip("pandas").DataFrame({"score": [50.0]})
    if plot is not plots.plot_rewrites:
        with pytest.raises(TypeError, match="got one; wrap it in a list"):
            plot(analysis())
    for wrong, told in [
        (frame, r"got a DataFrame; give list\(voice\.pipe\(texts\)\)"),
        ("text", "got a str"),
        (None, "got a NoneType"),
        (["text"], "item 0 is a str, expected what analyze or pipe returns"),
    ]:
        with pytest.raises(TypeError, match=f"{plot.__name__}: .*{told}"):
            plot(wrong)


def test_the_trend_names_what_is_no_date(analysis):
    made = analysis()
    wrong = replace(made, message=replace(made.message, date=2024))
    told = r"plot_trend: the date of message .* is an int \(2024\), expected ISO 8601"
    with pytest.raises(TypeError, match=told):
        plots.plot_trend([wrong])


def test_the_arc_takes_one_analysis(analysis):
    for wrong in ([analysis()], "text", None):
        with pytest.raises(TypeError, match="plot_arc: expected a MessageAnalysis"):
            plots.plot_arc(wrong)


def test_a_long_title_stays_in_the_picture(analysis):
    subject = "Wonderful women's winter wardrobes: what we would mend, wear and warmly welcome"
    ax = _drawn(analysis(subject=["customer", 0.9, subject]).plot())
    box = ax._left_title.get_window_extent()
    assert box.x1 <= ax.figure.bbox.x1
    assert box.y1 <= ax.figure.bbox.y1
    assert ax._left_title.get_fontweight() == "bold"


def test_the_arc_tells_what_grey_and_hatches_mean(demo):
    legend = _drawn(demo[0].plot()).get_legend()
    names = [text.get_text() for text in legend.get_texts()]
    labels = {it.label for it in demo[0].sentences if it.counted}
    assert names == [name for name in ("client", "customer", "neutral") if name in labels] + ["uncertain"]
    assert legend.get_patches()[-1].get_hatch() == "///"


def test_dollars_and_emoji_are_text(analysis):
    ax = analysis(subject=["customer", 0.9, "⏰ $5 off, $9 before \x1b[0m"]).plot()
    assert _drawn(ax).get_title(loc="left").startswith(r"\$5 off, \$9 before")


def test_without_matplotlib_the_extra_is_named(monkeypatch, demo):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ConfigError, match=r"pip install 'clientvoice\[plots\]'"):
        plots.plot_distribution(demo)


def test_senders_go_by_name(analysis):
    told = [
        analysis(sender="Marian Oduya, Ledgerwright <m@ledger.example>"),
        analysis(sender=None, path="mail/2026/harbour-light/spring.txt"),
        analysis(sender=None, path="a/same/1.txt"),
        analysis(sender=None, path="b/same/1.txt"),
    ]
    names = [tick.get_text() for tick in _drawn(plots.plot_cues(told, by="sender")).get_yticklabels()]
    assert names == ["Marian Oduya, Ledgerwright", "harbour-light", "a/same", "b/same"]


def _boxes(ax):
    """Where the title, the legend and the names of the axes are drawn."""
    paint = ax.figure.canvas.get_renderer()
    shown = [ax.title, ax._left_title, ax.get_legend(), ax.xaxis.label, ax.yaxis.label]
    shown = [it for it in shown if it is not None and getattr(it, "get_text", lambda: "legend")()]
    return [it.get_window_extent(paint) for it in shown]


def test_nothing_is_drawn_over_anything_or_out_of_the_picture(demo, mended):
    drawn = [
        plots.plot_distribution(demo),
        plots.plot_trend(demo),
        plots.plot_cues(demo, by="sender"),
        plots.plot_arc(demo[0]),
        plots.plot_rewrites(mended),
        plots.plot_rewrites(mended[:1]),
    ]
    for ax in map(_drawn, drawn):
        boxes = _boxes(ax)
        assert not any(a.overlaps(b) for place, a in enumerate(boxes) for b in boxes[place + 1 :])
        ticks = [
            tick.label1.get_window_extent()
            for axis in (ax.xaxis, ax.yaxis)
            for tick in axis.get_major_ticks()
            if min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
        ]
        picture = ax.figure.bbox
        assert all(box.x0 >= -1 and box.y0 >= -1 and box.x1 <= picture.x1 + 1 for box in (*boxes, *ticks))


def test_the_highest_bar_has_room_for_its_number(demo):
    ax = _drawn(plots.plot_distribution(demo))
    assert max(text.get_window_extent().y1 for text in ax.texts) <= ax.bbox.y1
    assert _drawn(plots.plot_distribution([])).get_ylim() == (0, 1)
