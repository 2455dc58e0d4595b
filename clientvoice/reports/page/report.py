"""The report as pages: messages are taken in one at a time and put in order at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Required, TypedDict

from clientvoice.care.trend import TELLING
from clientvoice.errors import ENDING, ConfigError
from clientvoice.records import MESSAGE_LABELS, Failure, MessageAnalysis, Notice
from clientvoice.reports.inert import one_line
from clientvoice.reports.page.cards import Card, shipped_cards
from clientvoice.reports.page.overview import Overview
from clientvoice.reports.page.sections import section
from clientvoice.reports.page.selection import CARING, PUSHING, ROWS, Selection
from clientvoice.reports.page.shares import Explain, sparing
from clientvoice.reports.page.template import policy, resource, template

if TYPE_CHECKING:
    from markupsafe import Markup

TITLE = "Client voice report"
PER_PAGE = 200
"""Messages on one page, where a report is split into pages."""

EXPLAINED = 5_000
"""Marked sentences of a report that tell the shares of their words: the first, in the order shown."""

SUGGESTED = 500
"""Sentences of a report that a page asks suggestions for: the first, in the order read."""

Suggest = Callable[[MessageAnalysis], MessageAnalysis]
"""What adds suggestions to an analysis, such as ``voice.suggest``."""

WAITING = 20_000
"""Characters of a message that waits as it is until it is sure to be shown; a longer one is rendered now."""

_IN_MEMORY = 8_000_000


class Options(TypedDict, total=False):
    """What a report can be told; see :class:`Report`."""

    model_name: Required[str]
    generated: str | None
    title: str
    cards: Mapping[str, Card] | None
    explain: Explain | None
    suggest: Suggest | None
    shown: tuple[int, int, int]


def page_name(place: int, stem: str = "report") -> str:
    """Return the file name of a page, counted from one.

    Examples
    --------
    >>> page_name(1), page_name(2)
    ('report.html', 'report-2.html')
    """
    return f"{stem}.html" if place == 1 else f"{stem}-{place}.html"


@dataclass(frozen=True, slots=True)
class _Stored:
    """A message of the report: its row, and where its part waits, if it was rendered."""

    number: int
    score: float
    label: str
    title: str
    path: str
    cues: tuple[Card, ...]
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One page among all: its place from one, the names of all, and the messages on it."""

    place: int
    names: tuple[str, ...]
    messages: tuple[_Stored, ...]
    before: int

    @property
    def first(self) -> int:
        return self.before + 1

    @property
    def last(self) -> int:
        return self.before + len(self.messages)

    @property
    def labels(self) -> Counter[str]:
        return Counter(stored.label for stored in self.messages)

    def cues(self, family: str) -> list[tuple[Card, int]]:
        """Return the cues of a family and how many messages of the page have them."""
        found = Counter(it for stored in self.messages for it in stored.cues if it.family == family)
        return sorted(found.items(), key=lambda pair: pair[0].title)


class Report:
    """Takes in results and gives the pages of the report.

    What may be shown waits, long messages in a temporary file until :meth:`close`: memory stays bounded.

    Parameters
    ----------
    model_name : str
    generated : str, optional
        When the report was made, as it is to be shown.
    title : str
    cards : mapping of str to Card, optional
        How cues are named and which family they belong to, beyond the shipped ones.
    explain : callable, optional
        Such as ``voice.explain``: marked sentences then show the shares of their
        words on hover and focus, up to :data:`EXPLAINED` of them.
    suggest : callable, optional
        Such as ``voice.suggest``: messages that are shown in full and have no suggestions
        yet are given some, until :data:`SUGGESTED` sentences have theirs.
    shown : tuple of int
        How many messages are shown in full from the transactional and from the
        caring end, and how many more have a row.

    Examples
    --------
    >>> report = Report(model_name="fast")
    >>> report.write(Failure("a.eml", "empty", "a.eml is empty"))
    >>> [name for name, parts in report.pages()]
    ['report.html']
    >>> report.close()
    """

    def __init__(
        self,
        *,
        model_name: str,
        generated: str | None = None,
        title: str = TITLE,
        cards: Mapping[str, Card] | None = None,
        explain: Explain | None = None,
        suggest: Suggest | None = None,
        shown: tuple[int, int, int] = (PUSHING, CARING, ROWS),
    ) -> None:
        self._explain = sparing(explain, EXPLAINED) if explain else None
        self._suggest = suggest
        self._to_suggest = SUGGESTED
        self._facts = {"model": one_line(model_name, 120), "generated": one_line(generated or "", 60)}
        self._title = one_line(title, 200)
        self._overview = Overview({**shipped_cards(), **(cards or {})})
        self._spool = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by close()
        self._chosen: Selection[_Stored] = Selection(*shown)
        self._most_waiting = 2 * (shown[0] + shown[1])
        self._waiting: dict[int, MessageAnalysis] = {}

    def close(self) -> None:
        """Let the temporary file go."""
        self._spool.close()

    def write(self, item: MessageAnalysis | Failure) -> None:
        """Take in one result."""
        if isinstance(item, Failure):
            self._overview.fail(item)
            return
        full = self._chosen.wants(item.score)
        if full:
            item = self._mended(item)
        # The overview points at the notes of sentences that have suggestions, and needs no other text.
        pointed_at = any(it.suggestions for it in item.sentences)
        part = section(item, self._chosen.seen + 1, self._overview.cards, shown=pointed_at)
        self._overview.add(item, part)
        # What is not shown in full is never rendered, and most of what may be waits until that is
        # sure: a huge run fills neither memory nor disk, and no work is thrown away.
        html = b""
        if full and len(item.message.text) <= WAITING:
            self._wait(item, part.number)
        elif full:
            html = self._rendered(item, part.number).encode("utf-8")
        at = self._spool.tell()
        self._chosen.add(
            item.score,
            _Stored(part.number, item.score, item.label, part.title, part.path, part.cues, at, len(html)),
        )
        self._spool.write(html)

    def _wait(self, item: MessageAnalysis, number: int) -> None:
        self._waiting[number] = replace(item, message=replace(item.message, source=""))
        if len(self._waiting) > self._most_waiting:
            full = {stored.number for stored in self._chosen.full} | {number}
            self._waiting = {number: kept for number, kept in self._waiting.items() if number in full}

    def _rendered(self, item: MessageAnalysis, number: int) -> str:
        try:
            part = section(item, number, self._overview.cards, explain=self._explain)
        except ENDING:
            raise
        except BaseException as error:  # noqa: BLE001  a fault in one message must not end the report
            without = _noticed(item, "unexplained", "Shown without the shares of its words", error)
            part = section(without, number, self._overview.cards)
        return template("message.html").render(m=part)

    def _mended(self, item: MessageAnalysis) -> MessageAnalysis:
        if self._suggest is None or self._to_suggest <= 0 or any(it.suggestions for it in item.sentences):
            return item
        try:
            told = self._suggest(item)
        except ENDING:
            raise
        except BaseException as error:  # noqa: BLE001  a fault in one message must not end the report
            return _noticed(item, "unsuggested", "Shown without suggestions", error)
        self._to_suggest -= sum(it.suggestions is not None for it in told.sentences)
        return told

    def pages(
        self, per_page: int | None = PER_PAGE, stem: str = "report"
    ) -> Iterator[tuple[str, Iterator[str]]]:
        """Yield the name of each page and its text in parts, the most transactional messages first.

        Parameters
        ----------
        per_page : int or None
            Messages on a page; None puts all on one.
        stem : str
            What the names of the files begin with.
        """
        if per_page is not None and per_page < 1:
            raise ConfigError(f"per_page: got {per_page}, expected 1 or more messages on a page.")
        full = self._chosen.full
        size = per_page or max(1, len(full))
        starts = range(0, max(1, len(full)), size)
        names = tuple(page_name(place, stem) for place in range(1, len(starts) + 1))
        # Where each message stands, so that the overview can point at it across pages.
        homes = {stored.number: names[at // size] for at, stored in enumerate(full)}
        for place, start in enumerate(starts, 1):
            leaf = _Leaf(place, names, tuple(full[start : start + size]), start)
            yield names[place - 1], self._page(leaf, full, homes)

    def _page(self, leaf: _Leaf, full: Sequence[_Stored], homes: Mapping[int, str]) -> Iterator[str]:
        script, name = resource("page.js"), leaf.names[leaf.place - 1]

        def href(number: int, target: str) -> str:
            """Return the link to a place in a message, empty where the message is not shown in full."""
            home = homes.get(number)
            return f"{'' if home == name else home}#m{number}{target}" if home else ""

        return template("page.html").generate(
            title=self._title,
            policy=policy(script),
            script=_trusted(script),
            styles=_trusted(resource("text.css") + resource("page.css")),
            icon=resource("icon.txt").strip(),
            labels=MESSAGE_LABELS,
            telling=TELLING,
            overview=self._overview,
            tally=self._overview.tally,
            leaf=leaf,
            messages=self._messages(leaf.messages, alone=len(full) == 1),
            full=full,
            href=href,
            rows=self._chosen.rows,
            left=self._chosen.left,
            explained=EXPLAINED if self._explain else 0,
            suggested=SUGGESTED if self._suggest else 0,
            **self._facts,
        )

    def _messages(self, chosen: Sequence[_Stored], *, alone: bool) -> Iterator[Markup]:
        for stored in chosen:
            if waiting := self._waiting.get(stored.number):
                html = self._rendered(waiting, stored.number)
            else:
                self._spool.seek(stored.start)
                html = self._spool.read(stored.size).decode("utf-8")
            # One message alone is what the reader came for: it stands open.
            yield _trusted(html.replace("<details ", "<details open ", 1) if alone else html)


def _noticed(item: MessageAnalysis, code: str, what: str, error: BaseException) -> MessageAnalysis:
    """Return an analysis that tells what failed beside it."""
    why = one_line(f"{type(error).__name__}: {error}", 300)
    notice = Notice(code, f"{what}: {why}. Please report it with the message.")
    return replace(item, message=replace(item.message, notices=(*item.message.notices, notice)))


def _trusted(html: str) -> Markup:
    """Mark our own file, or what a template of ours has already escaped."""
    from markupsafe import Markup

    return Markup(html)  # noqa: S704 - never called on text of a user
