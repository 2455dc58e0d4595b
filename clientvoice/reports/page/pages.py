"""The report page: HTML files that need nothing else, for a reader and not for a machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Self, TextIO, Unpack

from clientvoice.records import Failure, MessageAnalysis
from clientvoice.reports.page.report import PER_PAGE, Options, Report


class PagesWriter:
    """Writes the report as linked pages; messages are taken one at a time and put in order at the end.

    The files are written by :meth:`close`, or when a ``with`` block ends well.

    Parameters
    ----------
    open_page : callable
        Gives a text file for the name of a page, such as ``outbox.open``; the first page
        is ``report.html``, the others are ``report-2.html`` and so on.
    per_page : int
        Messages on a page.
    **options
        What :class:`~clientvoice.reports.page.report.Report` takes: ``model_name``, and if you
        like ``generated``, ``title``, ``cards``, ``explain``, ``suggest``, ``shown``.

    Examples
    --------
    >>> import io
    >>> files = {}
    >>> with PagesWriter(lambda name: files.setdefault(name, io.StringIO()), model_name="fast") as pages:
    ...     pages.write(Failure("a.eml", "empty", "a.eml is empty"))
    >>> list(files)
    ['report.html']
    """

    def __init__(
        self,
        open_page: Callable[[str], TextIO],
        *,
        per_page: int | None = PER_PAGE,
        **options: Unpack[Options],
    ) -> None:
        self._open = open_page
        self._per_page = per_page
        self._report = Report(**options)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._report.close()

    def write(self, item: MessageAnalysis | Failure) -> None:
        """Take in one result."""
        self._report.write(item)

    def close(self) -> None:
        """Write the pages, the most transactional message first.

        Examples
        --------
        >>> import io
        >>> PagesWriter(lambda name: io.StringIO(), model_name="fast").close()
        """
        try:
            for name, parts in self._report.pages(self._per_page):
                self._open(name).writelines(parts)
        finally:
            self._report.close()


class PageWriter(PagesWriter):
    """Writes the whole report to one file, however many messages there are.

    Parameters
    ----------
    stream : text file
        Open for UTF-8 text.
    **options
        What :class:`PagesWriter` takes.

    Examples
    --------
    >>> import io
    >>> file = io.StringIO()
    >>> with PageWriter(file, model_name="fast") as page:
    ...     page.write(Failure("a.eml", "empty", "a.eml is empty"))
    >>> file.getvalue().startswith("<!doctype html>")
    True
    """

    def __init__(self, stream: TextIO, **options: Unpack[Options]) -> None:
        super().__init__(lambda name: stream, per_page=None, **options)


def report_pages(
    items: Iterable[MessageAnalysis | Failure], *, per_page: int | None = PER_PAGE, **options: Unpack[Options]
) -> Iterator[tuple[str, str]]:
    """Yield the name and the HTML of each page of the report.

    Parameters
    ----------
    items : iterable of MessageAnalysis or Failure
    per_page : int or None
        Messages on a page; None puts all on one.
    **options
        What :class:`PagesWriter` takes.

    Examples
    --------
    >>> [(name, "No messages" in html) for name, html in report_pages([], model_name="fast")]
    [('report.html', True)]
    """
    report = Report(**options)
    try:
        for item in items:
            report.write(item)
        for name, parts in report.pages(per_page):
            yield name, "".join(parts)
    finally:
        report.close()


def render_page(items: Iterable[MessageAnalysis | Failure], **options: Unpack[Options]) -> str:
    """Return the whole report as one page; :class:`PagesWriter` writes a large one to files.

    Examples
    --------
    >>> "No messages" in render_page([], model_name="fast")
    True
    """
    ((_, html),) = report_pages(items, per_page=None, **options)
    return html
