"""The report page: one HTML file that needs nothing else, for a reader and not for a machine."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from clientvoice.records import MESSAGE_LABELS, Failure, MessageAnalysis
from clientvoice.reports.cards import Card, shipped_cards
from clientvoice.reports.inert import one_line
from clientvoice.reports.overview import Overview
from clientvoice.reports.sections import section
from clientvoice.reports.selection import CARING, PUSHING, ROWS, Selection
from clientvoice.reports.shares import Explain, sparing
from clientvoice.reports.template import policy, resource, template

if TYPE_CHECKING:
    from markupsafe import Markup

TITLE = "Client voice report"
EXPLAINED = 5_000
"""Marked sentences of a page that tell the shares of their words: the first, in the order read."""

_IN_MEMORY = 8_000_000


@dataclass(frozen=True, slots=True)
class _Stored:
    """A message on the page: its row, and where its part waits, if it was rendered."""

    number: int
    score: float
    label: str
    title: str
    path: str
    start: int
    size: int


class PageWriter:
    """Writes the report page; messages are taken one at a time and put in order at the end.

    What was taken in waits in a temporary file, so memory stays bounded. The
    page is written by :meth:`close`, or when a ``with`` block ends well.

    Parameters
    ----------
    stream : text file
        Open for UTF-8 text.
    model_name : str
    generated : str, optional
        When the report was made, as it is to be shown.
    title : str
    cards : mapping of str to Card, optional
        How cues are named and which family they belong to, beyond the shipped ones.
    explain : callable, optional
        Such as ``voice.explain``: marked sentences then show the shares of their
        words on hover and focus, up to :data:`EXPLAINED` of them.
    shown : tuple of int
        How many messages are shown in full from the transactional and from the
        caring end, and how many more have a row.

    Examples
    --------
    >>> file = io.StringIO()
    >>> with PageWriter(file, model_name="fast") as page:
    ...     page.write(Failure("a.eml", "empty", "a.eml is empty"))
    >>> file.getvalue().startswith("<!doctype html>")
    True
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        model_name: str,
        generated: str | None = None,
        title: str = TITLE,
        cards: Mapping[str, Card] | None = None,
        explain: Explain | None = None,
        shown: tuple[int, int, int] = (PUSHING, CARING, ROWS),
    ) -> None:
        self._stream = stream
        self._explain = sparing(explain, EXPLAINED) if explain else None
        self._facts = {"model": one_line(model_name, 120), "generated": one_line(generated or "", 60)}
        self._title = one_line(title, 200)
        self._overview = Overview({**shipped_cards(), **(cards or {})})
        self._spool = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by close()
        self._chosen: Selection[_Stored] = Selection(*shown)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._spool.close()

    def write(self, item: MessageAnalysis | Failure) -> None:
        """Take in one result."""
        if isinstance(item, Failure):
            self._overview.fail(item)
            return
        full = self._chosen.wants(item.score)
        explain = self._explain if full else None
        part = section(item, self._chosen.seen + 1, self._overview.cards, explain=explain)
        self._overview.add(item, part)
        # What is not shown in full is never rendered: a huge run fills neither memory nor disk.
        html = template("message.html").render(m=part).encode("utf-8") if full else b""
        stored = _Stored(
            part.number, item.score, item.label, part.title, part.path, self._spool.tell(), len(html)
        )
        self._chosen.add(item.score, stored)
        self._spool.write(html)

    def close(self) -> None:
        """Write the page, the most transactional message first."""
        with self._spool:
            script = resource("page.js")
            full = self._chosen.full
            for text in template("page.html").generate(
                title=self._title,
                policy=policy(script),
                script=_trusted(script),
                styles=_trusted(resource("text.css") + resource("page.css")),
                icon=resource("icon.txt").strip(),
                labels=MESSAGE_LABELS,
                overview=self._overview,
                tally=self._overview.tally,
                messages=self._messages(full),
                full=frozenset(stored.number for stored in full),
                rows=self._chosen.rows,
                left=self._chosen.left,
                explained=EXPLAINED if self._explain else 0,
                **self._facts,
            ):
                self._stream.write(text)

    def _messages(self, full: Sequence[_Stored]) -> Iterator[Markup]:
        for stored in full:
            self._spool.seek(stored.start)
            html = self._spool.read(stored.size).decode("utf-8")
            # One message alone is what the reader came for: it stands open.
            yield _trusted(html.replace("<details ", "<details open ", 1) if len(full) == 1 else html)


def render_page(
    items: Iterable[MessageAnalysis | Failure],
    *,
    model_name: str,
    generated: str | None = None,
    title: str = TITLE,
    cards: Mapping[str, Card] | None = None,
    explain: Explain | None = None,
) -> str:
    """Return the report page as a string; :class:`PageWriter` writes a large one to a file.

    Examples
    --------
    >>> "No messages" in render_page([], model_name="fast")
    True
    """
    stream = io.StringIO()
    with PageWriter(
        stream, model_name=model_name, generated=generated, title=title, cards=cards, explain=explain
    ) as page:
        for item in items:
            page.write(item)
    return stream.getvalue()


def _trusted(html: str) -> Markup:
    """Mark our own file, or what a template of ours has already escaped."""
    from markupsafe import Markup

    return Markup(html)  # noqa: S704 - never called on text of a user
