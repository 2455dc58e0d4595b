"""The report page: one HTML file that needs nothing else, for a reader and not for a machine."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from clientvoice.records import MESSAGE_LABELS, Failure, MessageAnalysis
from clientvoice.reports.cards import Card, shipped_cards
from clientvoice.reports.inert import one_line
from clientvoice.reports.overview import Overview
from clientvoice.reports.sections import section
from clientvoice.reports.shares import Explain
from clientvoice.reports.template import policy, resource, template

if TYPE_CHECKING:
    from markupsafe import Markup

TITLE = "Client voice report"
_IN_MEMORY = 8_000_000


@dataclass(frozen=True, slots=True)
class _Stored:
    score: float
    number: int
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
        words on hover and focus. It is asked once for each marked sentence.

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
    ) -> None:
        self._stream = stream
        self._explain = explain
        self._facts = {"model": one_line(model_name, 120), "generated": one_line(generated or "", 60)}
        self._title = one_line(title, 200)
        self._overview = Overview({**shipped_cards(), **(cards or {})})
        self._spool = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by close()
        self._stored: list[_Stored] = []

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
        part = section(item, len(self._stored) + 1, self._overview.cards, explain=self._explain)
        self._overview.add(item, part)
        html = template("message.html").render(m=part).encode("utf-8")
        self._stored.append(_Stored(item.score, part.number, self._spool.tell(), len(html)))
        self._spool.write(html)

    def close(self) -> None:
        """Write the page, the most transactional message first."""
        with self._spool:
            script = resource("page.js")
            for text in template("page.html").generate(
                title=self._title,
                policy=policy(script),
                script=_trusted(script),
                styles=_trusted(resource("text.css") + resource("page.css")),
                icon=resource("icon.txt").strip(),
                labels=MESSAGE_LABELS,
                overview=self._overview,
                tally=self._overview.tally,
                messages=self._messages(),
                explained=self._explain is not None,
                **self._facts,
            ):
                self._stream.write(text)

    def _messages(self) -> Iterator[Markup]:
        for stored in sorted(self._stored, key=lambda it: (it.score, it.number)):
            self._spool.seek(stored.start)
            html = self._spool.read(stored.size).decode("utf-8")
            # One message alone is what the reader came for: it stands open.
            yield _trusted(html.replace("<details ", "<details open ", 1) if len(self._stored) == 1 else html)


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
