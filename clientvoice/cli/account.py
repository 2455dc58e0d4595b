"""What a run came to: its exit code, and what is told about it at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientvoice.cli.outcomes import DONE, FLAWED, WRONG_USAGE, complain, complain_of, note
from clientvoice.cli.screen import screen
from clientvoice.records import Failure, MessageAnalysis
from clientvoice.reports import Tally, ranking_table, row, summary_line
from clientvoice.reports.inert import one_line
from clientvoice.reports.page.template import counted

if TYPE_CHECKING:
    from rich.text import Text

TOLD = 20
"""How many failures, and how many messages under the bar, are told one by one."""

PIPED_WIDTH = 120
"""Columns of the table where there is no terminal to fit."""


class Account:
    """Takes results as they stream by and keeps only what is told at the end.

    Parameters
    ----------
    bar : float, optional
        A message with a lower score is under the bar.

    Examples
    --------
    >>> account = Account()
    >>> account.write(Failure("a.eml", "empty", "a.eml is empty"))
    >>> account.exit_code
    1
    """

    def __init__(self, bar: float | None = None) -> None:
        self.bar = bar
        self.tally = Tally()
        self.under = Tally(shown=TOLD)
        self.noticed = 0
        self.unread = 0
        self.kept = 0
        self.left_out: list[Failure] = []
        self.problems: list[Failure] = []

    def write(self, item: MessageAnalysis | Failure) -> None:
        """Take in one result."""
        told = row(item)
        self.tally.add(told)
        if isinstance(item, Failure):
            if told.status == "failed":
                self.unread += 1
                self.problems += [item][: TOLD - len(self.problems)]
            elif item.code == "skipped_excluded":
                self.left_out += [item][: 1 - len(self.left_out)]
            return
        self.noticed += bool(item.notices)
        if self.bar is not None and item.score < self.bar and not told.foreign:
            self.under.add(told)

    def unchanged(self, item: MessageAnalysis | Failure) -> None:
        """Hear of a result that an earlier run had found out."""
        self.kept += isinstance(item, MessageAnalysis)

    @property
    def exit_code(self) -> int:
        """0 all done, 1 something was unreadable or under the bar, 2 nothing to score."""
        if self.unread or self.under.messages:
            return FLAWED
        return DONE if self.tally.messages else WRONG_USAGE

    def show(self) -> None:
        """Print the most transactional messages and one line that sums up."""
        console = screen(PIPED_WIDTH)
        if self.tally.judged:
            console.print(ranking_table(self.tally))
        console.print(self._line(), soft_wrap=True)

    def summary(self) -> str:
        """Return the line that sums up, without styles."""
        return self._line().plain

    def complain(self, *, everything_in: str | None) -> None:
        """Tell on stderr what could not be read and what is under the bar."""
        for failure in self.problems:
            complain_of(failure)
        _rest(self.unread - len(self.problems), "could not be read", everything_in)
        if self.under.messages:
            total = f"{self.under.messages:,} of {self.tally.judged:,}"
            complain(f"{total} messages score under {self.bar:g}:")
            rows = self.under.transactional
            for told in rows:
                subject = f"  {one_line(told.subject, 80)}" if told.subject else ""
                note(f"  {told.score:6.2f}  {one_line(told.id, 200)}{subject}")
            _rest(self.under.messages - len(rows), "score under the bar", everything_in)
        if not self.tally.messages and not self.unread:
            complain(f"nothing to score{self._why_nothing()}")

    def _why_nothing(self) -> str:
        if self.left_out:
            return f" but what the house style leaves out: {one_line(self.left_out[0].text, 500)}"
        return ": none of the files is a message. Expected .eml, .mbox, .html, .md or .txt."

    def _line(self) -> Text:
        line = summary_line(self.tally)
        if self.noticed:
            line.append(f" · {self.noticed:,} with notices")
        if self.kept:
            line.append(f"\n{self.kept:,} of {counted(self.tally.messages, 'message')}")
            line.append(" unchanged since the last run")
        return line


def _rest(count: int, what: str, everything_in: str | None) -> None:
    if count > 0:
        note(f"  and {count:,} more {what}" + (f"; see {everything_in}" if everything_in else ""))
