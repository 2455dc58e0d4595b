"""Many messages at once: folders of files to analyses, tables of texts to labels.

Whatever goes wrong with one message becomes a :class:`~clientvoice.records.Failure`
in its place; the batch goes on and nothing is lost.
"""

from clientvoice.batch.files import VoiceSource, opened, score_files
from clientvoice.batch.labels import Labelled, label_rows
from clientvoice.batch.outbox import Outbox
from clientvoice.batch.tables import Columns, Row, read_rows

__all__ = [
    "Columns",
    "Labelled",
    "Outbox",
    "Row",
    "VoiceSource",
    "label_rows",
    "opened",
    "read_rows",
    "score_files",
]
