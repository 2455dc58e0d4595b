"""Plots for papers and notebooks, in the colours of the report page; matplotlib is an extra.

Every function draws on ``ax``, or on a new figure of its own, and returns the axes. Teal
is client and vermilion customer: they are told apart in every common colour blindness and
in grey, and never by colour alone. Where there is nothing to draw, the axes say so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from clientvoice.arguments import a_type, check_analysis, check_whole, checked_analyses
from clientvoice.care import reading
from clientvoice.errors import ConfigError
from clientvoice.records import Failure, MessageAnalysis, SentenceAnalysis
from clientvoice.reports.drawing import (
    CLIENT,
    COLOURS,
    CUSTOMER,
    MIXED,
    MUTED,
    NEUTRAL,
    NOTHING,
    axes,
    heat,
    labels,
    legend,
    note,
    plain,
    whole_numbers,
)
from clientvoice.reports.page.cards import card, shipped_cards
from clientvoice.reports.page.sections import title_of
from clientvoice.reports.page.timeline import WIDTH, Curve, Timeline
from clientvoice.reports.rows import row

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Patch

_BINS = 10
_REWRITES = 20

Items = Iterable[MessageAnalysis | Failure]


def plot_distribution(analyses: Items, *, ax: Axes | None = None) -> Axes:
    """Draw how the scores of messages spread, from 0 (customer) to 100 (client).

    Parameters
    ----------
    analyses : iterable of MessageAnalysis or Failure
        Failures are left out, here and in every plot.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> plot_distribution([]).get_xlabel()  # doctest: +SKIP
    'Score: 0 customer to 100 client'
    """
    ax = axes(ax, (6.0, 3.2))
    scores = [item.score for item in checked_analyses(analyses, "plot_distribution")]
    width = 100 / _BINS
    bins = Counter(min(_BINS - 1, max(0, int(score / width))) for score in scores)
    for place in range(_BINS):
        side = "customer" if place < _BINS // 2 else "client"
        bar = ax.bar((place + 0.5) * width, bins[place], width * 0.92, color=COLOURS[side])
        ax.bar_label(bar, labels=[str(bins[place] or "")], color=MUTED)
    ax.axvline(50, color=MUTED, linewidth=1, linestyle="--")
    labels(ax, "How the scores spread", "Score: 0 customer to 100 client", "Messages")
    ax.set_xlim(0, 100)
    ax.set_ylim(0, max(1.0, 1.12 * max(bins.values(), default=0)))  # room for the number on the highest bar
    whole_numbers(ax.yaxis)
    if not scores:
        note(ax, NOTHING)
    return ax


def plot_trend(analyses: Items, *, ax: Axes | None = None) -> Axes:
    """Draw the mean score over time, one point a day, week, month or year with dated messages.

    Parameters
    ----------
    analyses : iterable of MessageAnalysis or Failure
        Dated messages of three different days at least; of fewer there is no line.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> plot_trend(analyses).get_ylabel()  # doctest: +SKIP
    'Mean score'
    """
    line = Timeline()
    for item in checked_analyses(analyses, "plot_trend"):
        told = item.message.date
        if not isinstance(told, str | None):
            raise TypeError(
                f"plot_trend: the date of message {item.id!r} is {a_type(told)} ({repr(told)[:60]}),"
                " expected ISO 8601 as a string, or None."
            )
        line.add(told, item.score)
    ax = axes(ax, (7.0, 3.2))
    curve = line.curve()
    labels(ax, f"The score over time{f', by {curve.unit}' if curve else ''}", "", "Mean score")
    ax.set_ylim(0, 100)
    if curve:
        _line(ax, curve)
    else:
        ax.set_xticks([])
        note(ax, "Too few dated messages: expected messages of three days or more")
    return ax


def _line(ax: Axes, curve: Curve) -> None:
    """Draw the points of a curve, each in the colour of its side, and the line through them."""
    scores = [point.score for point in curve.points]
    ax.plot([point.x for point in curve.points], scores, color=MUTED, linewidth=1.5, zorder=2)
    for frame, marker in (("customer", "D"), ("client", "o")):
        some = [it for it in curve.points if (it.score < 50) == (frame == "customer")]
        ax.scatter(
            [it.x for it in some],
            [it.score for it in some],
            color=COLOURS[frame],
            marker=marker,
            label=f"toward {frame}",
            zorder=3,
        )
    ax.axhline(50, color=MUTED, linewidth=1, linestyle="--")
    shown = [curve.points[0]]
    for point in curve.points:  # labels as near as a tenth of the line would overlap
        shown += [point] if point.x - shown[-1].x >= WIDTH / 10 else []
    ax.set_xticks([it.x for it in shown], [it.name for it in shown], rotation=30, ha="right")
    legend(ax)


def plot_cues(
    analyses: Items, *, by: Literal["message", "sender"] = "message", most: int = 20, ax: Axes | None = None
) -> Axes:
    """Draw a heat map: the share of counted sentences with each cue, by message or by sender.

    Parameters
    ----------
    analyses : iterable of MessageAnalysis or Failure
    by : {"message", "sender"}
        Where a message names no sender, its folder stands for one.
    most : int
        Rows at most: the senders with the most messages, or the first messages.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> plot_cues(analyses, by="sender").get_ylabel()  # doctest: +SKIP
    'Sender'
    """
    if by not in ("message", "sender"):
        raise ConfigError(f"plot_cues: got by={by!r}, expected 'message' or 'sender'.")
    check_whole(most, "plot_cues: most", 1)
    groups: dict[str, list[MessageAnalysis]] = {}
    names: dict[str, str] = {}
    for place, item in enumerate(checked_analyses(analyses, "plot_cues")):
        told = reading(item)
        key = told.key if by == "sender" else str(place)
        groups.setdefault(key, []).append(item)
        names[key] = told.name if by == "sender" else title_of(row(item))
    keys = sorted(groups, key=lambda key: -len(groups[key]))[:most]
    shown = _short_names(names) if by == "sender" else names
    cards = shipped_cards()
    shares = [_cue_shares(groups[key]) for key in keys]
    cues = [*cards, *sorted({name for some in shares for name in some} - cards.keys())]
    colours = [COLOURS.get(card(name, cards).family, MIXED) for name in cues]
    ax = axes(ax, (8.0, 1.6 + 0.3 * max(1, len(keys))))
    heat(ax, [[some.get(name, 0.0) for name in cues] for some in shares], colours)
    ax.set_xticks(range(len(cues)), [card(name, cards).title for name in cues], rotation=40, ha="right")
    ax.set_yticks(range(len(keys)), [plain(shown[key]) for key in keys])
    for tick, colour in zip(ax.get_xticklabels(), colours, strict=True):
        tick.set_color(colour)
    labels(ax, f"Cues by {by}: percent of sentences", "", by.capitalize())
    if not keys:
        note(ax, NOTHING)
    return ax


def plot_arc(analysis: MessageAnalysis, *, ax: Axes | None = None) -> Axes:
    """Draw a message from opening to close: the balance of client and customer of each counted sentence.

    Hatched bars are sentences whose label is uncertain.

    Parameters
    ----------
    analysis : MessageAnalysis
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> plot_arc(voice.analyze("Buy now. Ring me if it is too large.")).get_xlabel()  # doctest: +SKIP
    'Sentence'
    """
    check_analysis(analysis, "plot_arc")
    ax = axes(ax, (7.0, 2.8))
    counted = [it for it in analysis.sentences if it.counted]
    places = range(1, len(counted) + 1)
    balances = [it.probabilities["client"] - it.probabilities["customer"] for it in counted]
    bars = ax.bar(places, balances, 0.85, color=[COLOURS[it.label] for it in counted])
    for bar, it in zip(bars, counted, strict=True):
        bar.set_hatch("///" if it.framing.uncertain else "")
        bar.set_edgecolor("white")
    ax.axhline(0, color=MUTED, linewidth=1)
    title = plain(title_of(row(analysis)), 60)
    labels(ax, f"{title}: {analysis.label}, {analysis.score:.0f}", "Sentence", "customer ↔ client")
    legend(ax, _bar_keys(counted))
    ax.set_ylim(-1, 1)
    ax.set_xlim(0.4, max(1, len(counted)) + 0.6)
    whole_numbers(ax.xaxis)
    if not counted:
        note(ax, "No sentence that counts")
    return ax


def _bar_keys(counted: Sequence[SentenceAnalysis]) -> list[Patch]:
    """Return what the colours of the bars mean, and the hatches, of those that are drawn."""
    from matplotlib.patches import Patch

    found = {it.label for it in counted}
    keys = [Patch(facecolor=colour, label=name) for name, colour in COLOURS.items() if name in found]
    if any(it.framing.uncertain for it in counted):
        keys.append(Patch(facecolor=MUTED, edgecolor="white", hatch="///", label="uncertain"))
    return keys


def plot_rewrites(
    analyses: MessageAnalysis | Items, *, most: int = _REWRITES, ax: Axes | None = None
) -> Axes:
    """Draw what suggestions gain: each sentence's probability of customer before and after.

    Parameters
    ----------
    analyses : MessageAnalysis, or iterable of MessageAnalysis or Failure
        With suggestions, such as ``voice.suggest`` adds; the best of each sentence is drawn.
    most : int
        Sentences at most, those that gain most.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> plot_rewrites(voice.suggest(analysis)).get_xlabel()  # doctest: +SKIP
    'Probability of customer'
    """
    check_whole(most, "plot_rewrites: most", 1)
    one = isinstance(analyses, MessageAnalysis)
    items = checked_analyses([analyses] if one else analyses, "plot_rewrites")
    best = [it.rewrites[0] for item in items for it in item.sentences if it.rewrites]
    best = sorted(best, key=lambda it: it.before - it.after, reverse=True)[:most][::-1]
    ax = axes(ax, (7.5, 1.4 + 0.32 * max(1, len(best))))
    places = range(len(best))
    ax.hlines(places, [it.after for it in best], [it.before for it in best], color=NEUTRAL, linewidth=3)
    ax.scatter([it.before for it in best], places, color=CUSTOMER, marker="D", label="before", zorder=3)
    ax.scatter([it.after for it in best], places, color=CLIENT, marker="o", label="after", zorder=3)
    ax.set_yticks(places, [plain(it.original) for it in best])
    labels(ax, "What the suggestions gain", "Probability of customer", "")
    ax.set_xlim(-0.02, 1.02)
    if best:
        legend(ax)
    else:
        note(ax, "No rewrites; voice.suggest adds them where any is safe" if items else NOTHING)
    return ax


def _short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return who sent what by name; of a folder only its last part, where that tells it from the others."""
    short = {
        key: name.rpartition("/")[2] if key.startswith("folder ") else name for key, name in names.items()
    }
    often = Counter(short.values())
    return {key: name if often[name] == 1 else names[key] for key, name in short.items()}


def _cue_shares(items: Sequence[MessageAnalysis]) -> dict[str, float]:
    counted = [it for item in items for it in item.sentences if it.counted]
    found = Counter(name for it in counted for name in {cue.name for cue in it.cues})
    return {name: number / len(counted) for name, number in found.items()}
