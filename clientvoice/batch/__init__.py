"""Many messages at once: folders of files to analyses, tables of texts to labels.

Whatever goes wrong with one message becomes a :class:`~clientvoice.records.Failure`
in its place; the batch goes on and nothing is lost. To the codes of the readers it adds
``internal`` (a fault of ours), ``timed_out`` (over the time limit) and ``worker_ended``
(it took its process down).
"""

from clientvoice.batch.files import score_files
from clientvoice.batch.fingerprint import code_digest
from clientvoice.batch.finished import Finished
from clientvoice.batch.labels import Labelled, label_rows
from clientvoice.batch.lock import BusyError, FolderLock
from clientvoice.batch.outbox import Outbox
from clientvoice.batch.results import ResultStore, context_of
from clientvoice.batch.source import VoiceSource, opened
from clientvoice.batch.tables import Columns, Row, read_rows

__all__ = [
    "BusyError",
    "Columns",
    "Finished",
    "FolderLock",
    "Labelled",
    "Outbox",
    "ResultStore",
    "Row",
    "VoiceSource",
    "code_digest",
    "context_of",
    "label_rows",
    "opened",
    "read_rows",
    "score_files",
]
