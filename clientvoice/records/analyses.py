"""What is said of a sentence and of a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clientvoice.records.labels import UNCOUNTED, Frame, MessageLabel, SentenceKind
from clientvoice.records.messages import Message, Notice
from clientvoice.records.rewrites import Rewrite, Suggestions
from clientvoice.records.sentences import Cue, Explanation, Framing, Sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, slots=True)
class SentenceAnalysis:
    """One sentence with its framing and the cues that say why.

    A ``suppressed`` sentence is shown but neither marked nor counted: its author
    or the house style asked so. ``suggestions`` are None where none were asked
    for, and for sentences that need none.

    Examples
    --------
    >>> framing = Framing("client", {"client": 0.75, "customer": 0.05, "neutral": 0.2})
    >>> it = SentenceAnalysis(Sentence(0, 15, "Ring me first."), framing)
    >>> it.label, it.score, it.counted, it.rewrites
    ('client', 85.0, True, ())
    """

    sentence: Sentence
    framing: Framing
    cues: tuple[Cue, ...] = ()
    reason: str = ""
    suppressed: bool = False
    suggestions: Suggestions | None = None

    @property
    def rewrites(self) -> tuple[Rewrite, ...]:
        """The suggested rewrites, best first."""
        return self.suggestions.rewrites if self.suggestions else ()

    @property
    def text(self) -> str:
        """The sentence as it stands in the message."""
        return self.sentence.text

    @property
    def start(self) -> int:
        """First character in the message's text."""
        return self.sentence.start

    @property
    def end(self) -> int:
        """One past the last character in the message's text."""
        return self.sentence.end

    @property
    def kind(self) -> SentenceKind:
        """Subject, heading, sentence, bullet, button, footer or quote."""
        return self.sentence.kind

    @property
    def label(self) -> Frame:
        """The frame with the highest calibrated probability."""
        return self.framing.label

    @property
    def probabilities(self) -> Mapping[str, float]:
        """Calibrated probability of each frame, in [0, 1], summing to one."""
        return self.framing.probabilities

    @property
    def score(self) -> float:
        """0 (customer) to 100 (client)."""
        return sentence_score(self.framing.probabilities)

    @property
    def counted(self) -> bool:
        """Whether the sentence counts toward the message (footers, quotes and suppressed ones do not)."""
        return not self.suppressed and self.sentence.kind not in UNCOUNTED


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice of care in a message: the question, and the sentences that answer it.

    ``evidence`` holds indices into :attr:`MessageAnalysis.sentences`, best first,
    at most five. ``strength`` runs from 0 (no evidence) to 1. ``advice`` says what
    to add where there is no evidence, and is empty where there is some.

    Examples
    --------
    >>> missing = Practice("peace_of_mind", "Am I safe?", (), 0.0, "Say what happens if it fails.")
    >>> bool(missing.evidence)
    False
    """

    key: str
    question: str
    evidence: tuple[int, ...]
    strength: float
    advice: str


@dataclass(frozen=True, slots=True)
class MessageAnalysis:
    """One message, judged as its reader meets it, with all its sentences.

    Examples
    --------
    >>> message = Message("note", "We meet at noon.", ())
    >>> it = MessageAnalysis(message, "neutral", 50.0, {"client": 0.1, "customer": 0.1, "neutral": 0.8}, ())
    >>> it.id, it.label, it.notices
    ('note', 'neutral', ())
    """

    message: Message
    label: MessageLabel
    score: float
    probabilities: Mapping[str, float]
    sentences: tuple[SentenceAnalysis, ...]
    practices: tuple[Practice, ...] = ()
    explanations: Mapping[str, Explanation] = field(default_factory=dict, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The id of the message."""
        return self.message.id

    def _repr_html_(self) -> str:
        """Show the analysis in a notebook; like ``plot`` a look upward, so it is taken when asked for."""
        from clientvoice.reports.page.notebook import analysis_html

        return analysis_html(self, explain=self.explanations.get)

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw the message from opening to close; needs the extra ``plots``.

        Parameters
        ----------
        ax : matplotlib Axes, optional
            Where to draw; a new figure if there is none.

        Examples
        --------
        >>> import clientvoice
        >>> clientvoice.load("fast").analyze("Hurry, buy now!").plot().get_xlabel()  # doctest: +SKIP
        'Sentence'
        """
        from clientvoice.reports.plots import plot_arc

        return plot_arc(self, ax=ax)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What the user should know about this message."""
        return self.message.notices


def sentence_score(probabilities: Mapping[str, float]) -> float:
    """Return 0 (customer) to 100 (client) for calibrated frame probabilities.

    Examples
    --------
    >>> sentence_score({"client": 0.1, "customer": 0.7, "neutral": 0.2})
    20.0
    """
    return round(50 * (1 + probabilities["client"] - probabilities["customer"]), 2)
