"""How much each labelled sentence weighs: what senders wrote themselves counts most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clientvoice.corpora.sentences import Example

AUTHORED = 0.5
"""What an authored sentence weighs beside a real one.

Out of fold on 30,580 real sentences of unseen senders, n-grams have a macro-F1 of 0.660
with a weight of 1, 0.666 with a half and 0.671 with a quarter; at a quarter some of what only authored
text shows enough of (officialese, thanks that mean it) is lost.
"""


def weights_of(examples: Sequence[Example]) -> NDArray[np.float64]:
    """Return a weight a sentence, with a mean of one; all weigh the same where none is real.

    Examples
    --------
    >>> real = Example("Buy now", "customer", (), "a", "real")
    >>> ours = Example("Take your time", "client", (), "b", "natural")
    >>> weights_of([real, real, real, ours]).round(2).tolist()
    [1.14, 1.14, 1.14, 0.57]
    >>> weights_of([ours, ours]).tolist()
    [1.0, 1.0]
    """
    weights = np.array([1.0 if example.origin == "real" else AUTHORED for example in examples])
    return np.asarray(weights / weights.mean(), dtype=np.float64)
