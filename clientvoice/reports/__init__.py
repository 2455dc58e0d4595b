"""Results for people and programs: page, table, frames, CSV, JSON Lines, notebook.

Each writer takes one :class:`~clientvoice.records.MessageAnalysis` or
:class:`~clientvoice.records.Failure` at a time by its ``write`` method.
"""

from clientvoice.reports.csv import MessagesWriter, SentencesWriter
from clientvoice.reports.frames import messages_frame, sentences_frame
from clientvoice.reports.jsonl import JsonlWriter, analysis_record, failure_record
from clientvoice.reports.page.notebook import analysis_html
from clientvoice.reports.page.pages import PagesWriter, PageWriter, render_page, report_pages
from clientvoice.reports.rows import Row, row
from clientvoice.reports.tally import Tally
from clientvoice.reports.terminal import ranking_table, summary_line

__all__ = [
    "JsonlWriter",
    "MessagesWriter",
    "PageWriter",
    "PagesWriter",
    "Row",
    "SentencesWriter",
    "Tally",
    "analysis_html",
    "analysis_record",
    "failure_record",
    "messages_frame",
    "ranking_table",
    "render_page",
    "report_pages",
    "row",
    "sentences_frame",
    "summary_line",
]
