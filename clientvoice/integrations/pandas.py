"""``df.clientvoice``: an accessor for DataFrames of messages; importing this module registers it.

>>> import pandas as pd
>>> import clientvoice.integrations.pandas
>>> mails = pd.DataFrame({"body": ["Buy now and save!", "Ring me before you sign anything."]})
>>> mails.clientvoice.score("body", model="fast")["label"].tolist()
['customer', 'client']
"""

from __future__ import annotations

import pandas as pd

from clientvoice.dataframes import Cells, as_table, check_columns
from clientvoice.integrations.partitions import kept_voice
from clientvoice.readers.items import CELL_FORMATS, CellFormat
from clientvoice.readers.reading import check_format
from clientvoice.reports.frames import sentences_frame
from clientvoice.voice import DEFAULT_MODEL, ClientVoice

__all__ = ["ClientVoiceAccessor"]


@pd.api.extensions.register_dataframe_accessor("clientvoice")
class ClientVoiceAccessor:
    """Scores the messages in a column of the frame.

    Parameters
    ----------
    frame : DataFrame

    Examples
    --------
    >>> mails = pd.DataFrame({"body": ["Buy now and save!", "Ring me before you sign anything."]})
    >>> mails.clientvoice.score("body", model="fast")["label"].tolist()
    ['customer', 'client']
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def score(
        self,
        column: str,
        *,
        subject: str | None = None,
        model: str | ClientVoice = DEFAULT_MODEL,
        format: CellFormat = "auto",  # noqa: A002 - as the readers call it
    ) -> pd.DataFrame:
        """Return the frame with label, score and probabilities of each message.

        Parameters
        ----------
        column : str
            Where the messages' text is.
        subject : str, optional
            Where their subjects are.
        model : str or ClientVoice
            A model's name or folder, loaded once; or a voice.
        format : {"auto", "html", "text"}
            How the text is written; by default told by its tags.

        See Also
        --------
        ClientVoice.score_frame : the same, with the columns and warnings described.

        Examples
        --------
        >>> mails = pd.DataFrame({"body": ["<p>Buy <b>now</b> and save!</p>"]})
        >>> mails.clientvoice.score("body", model="fast")["label"].item()
        'customer'
        """
        return _voice(model).score_frame(self._frame, column, subject=subject, format=format)

    def sentences(
        self,
        column: str,
        *,
        subject: str | None = None,
        model: str | ClientVoice = DEFAULT_MODEL,
        format: CellFormat = "auto",  # noqa: A002 - as the readers call it
    ) -> pd.DataFrame:
        """Return one row a sentence; ``id`` is the row's label in this frame's index.

        Parameters
        ----------
        column, subject, model, format
            As for :meth:`score`.

        Examples
        --------
        >>> mails = pd.DataFrame({"body": ["Buy now and save! Ring me before you sign anything."]})
        >>> mails.clientvoice.sentences("body", model="fast")["label"].tolist()
        ['customer', 'client']
        """
        check_format(format, CELL_FORMATS, "sentences: format")
        table = as_table(self._frame, "sentences")
        check_columns(table.columns, column, subject)
        cells = Cells.of(table, column, subject, format, "sentences")
        found = sentences_frame(_voice(model).pipe(cells))
        cells.warn(stacklevel=3)
        return found


def _voice(model: str | ClientVoice) -> ClientVoice:
    return model if isinstance(model, ClientVoice) else kept_voice(model)
