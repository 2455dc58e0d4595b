"""``df.clientvoice``: an accessor for DataFrames of messages; importing this module registers it.

>>> import pandas as pd
>>> import clientvoice.integrations.pandas
>>> mails = pd.DataFrame({"body": ["Buy now and save!", "Ring me before you sign anything."]})
>>> mails.clientvoice.score("body", model="fast")["label"].tolist()
['customer', 'client']
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from clientvoice.readers.plain.text import text_message
from clientvoice.reports.frames import sentences_frame
from clientvoice.voice import DEFAULT_MODEL, ClientVoice, load


@pd.api.extensions.register_dataframe_accessor("clientvoice")
class ClientVoiceAccessor:
    """Scores the messages in a column of the frame.

    Parameters
    ----------
    frame : DataFrame
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def score(
        self, column: str, *, subject: str | None = None, model: str | ClientVoice = DEFAULT_MODEL
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

        See Also
        --------
        ClientVoice.score_frame : the same, with the columns described.
        """
        return _voice(model).score_frame(self._frame, column, subject=subject)

    def sentences(
        self, column: str, *, subject: str | None = None, model: str | ClientVoice = DEFAULT_MODEL
    ) -> pd.DataFrame:
        """Return one row a sentence; ``id`` is the row's label in this frame's index.

        Parameters
        ----------
        column, subject, model
            As for :meth:`score`.
        """
        bodies = self._frame[column].fillna("").astype(str)
        subjects = self._frame[subject].fillna("").astype(str) if subject else [""] * len(bodies)
        messages = [
            text_message(body, id=str(label), subject=head or None)
            for label, body, head in zip(self._frame.index, bodies, subjects, strict=True)
        ]
        return sentences_frame(_voice(model).pipe(messages))


def _voice(model: str | ClientVoice) -> ClientVoice:
    return model if isinstance(model, ClientVoice) else _loaded(model)


@lru_cache(maxsize=2)
def _loaded(model: str) -> ClientVoice:
    return load(model)
