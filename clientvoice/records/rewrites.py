"""How a sentence might be said to a client."""

from __future__ import annotations

from dataclasses import dataclass

from clientvoice.records.labels import Frame, RewriteMethod


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``before``, at ``[start, end)`` of the sentence, becomes ``after``.

    Examples
    --------
    >>> change = Change(0, 8, "Buy now", "Ask us")
    >>> change.before, change.after
    ('Buy now', 'Ask us')
    """

    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A way to say a sentence to a client, which passed every guard.

    Parameters
    ----------
    start, end : int
        The span that ``text`` replaces, in the message's text.
    original, text : str
        The sentence as it stands, and as it might.
    changes : tuple of Change
        The differences word by word, ascending; offsets are in ``original``.
    cues : tuple of str
        The cues of the sentence that it answers, first the one that it answers most.
    method : str
        What proposed it: ``phrase``, ``plan``, ``clause``, ``pair``, ``llm``, or the user's ``hand``.
    gain : float
        By how much the log-odds of customer against the rest fall; above zero.
    before, after : float
        Probability of ``customer`` before and after, in [0, 1].
    label : str
        The frame of the rewritten sentence.
    safe : bool
        Whether it may be applied without a person reading it.
    warnings : tuple of str
        Why it is not safe, or what the sender should check is true.
    reason : str
        Why it is better, in a line.

    Examples
    --------
    >>> cues = ("sales_push",)
    >>> it = Rewrite(0, 8, "Buy now!", "See if it suits.", (), cues, "plan", 1.5, 0.9, 0.2, "neutral", True)
    >>> it.safe, round(it.before - it.after, 1)
    (True, 0.7)
    """

    start: int
    end: int
    original: str
    text: str
    changes: tuple[Change, ...]
    cues: tuple[str, ...]
    method: RewriteMethod
    gain: float
    before: float
    after: float
    label: Frame
    safe: bool
    warnings: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Precedent:
    """How an editor sent a similar sentence back; to learn from, not to paste.

    Examples
    --------
    >>> Precedent("Buy now!", "See if it suits you.").client
    'See if it suits you.'
    """

    customer: str
    client: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What an editor might do about one sentence: rewrites, best first, advice always.

    Examples
    --------
    >>> Suggestions((), "Say what the reader gains by waiting.").rewrites
    ()
    """

    rewrites: tuple[Rewrite, ...]
    advice: str
    example: Precedent | None = None
