"""One rule: what a cue is, why it matters, and the words that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

CueFrame = Literal["client", "customer"]
Grade = Literal["experiment", "validated lexicon", "theory", "practice"]
Place = Literal["anywhere", "start", "end"]
Token = Mapping[str, object]

FRAMES: tuple[CueFrame, ...] = ("client", "customer")

GRADES: Mapping[Grade, str] = {
    "experiment": "tested in experiments or in the field",
    "validated lexicon": "measured on real text with a published word list or collection",
    "theory": "follows from an established theory; the wording itself was not tested",
    "practice": "what experienced writers advise, or this project's own guide; not tested",
}
"""How strong the evidence is, strongest first, in words for the reader of a page."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence for a cue: who found what, how firmly, and where it stops.

    Examples
    --------
    >>> from clientvoice.rules import RuleBook
    >>> RuleBook.load()["pressure"].evidence[0].grade in GRADES
    True
    """

    source: str
    finding: str
    grade: Grade
    boundary: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a fixed order; ``kind`` is the group that it stands in, or ``""``.

    Examples
    --------
    >>> from clientvoice.rules import RuleBook
    >>> any(phrase.text == "act now" for phrase in RuleBook.load()["pressure"].phrases)
    True
    """

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words with gaps and choices: one spaCy token pattern under a name.

    Examples
    --------
    >>> from clientvoice.rules import RuleBook
    >>> all(isinstance(pattern, Pattern) for pattern in RuleBook.load()["pressure"].patterns)
    True
    """

    name: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words to find and what to say in their place; the rest of the sentence stays.

    The texts of ``find``, ``say``, ``unless``, ``before`` and ``after`` are in the
    pattern language of the rewrites, which compiles and checks them.

    Parameters
    ----------
    find, say : tuple of str
        Any of ``find`` becomes each of ``say``; an empty text drops the words.
    at : {"anywhere", "start", "end"}
        Where in the sentence they must stand.
    kinds : tuple of str
        Kinds of sentence, such as ``button``; empty for all.
    unless : tuple of str
        Words that forbid it anywhere in the sentence.
    before, after : tuple of str
        What must stand directly before or after; empty for anything.
    note : str
        Why it is better, in a line for the editor.
    examples : tuple of (str, str, str)
        Sentence before, sentence after, and its kind.
    line : int
        Where it stands in the file.
    house : bool
        Whether it is of a file of the user's own.

    Examples
    --------
    >>> from clientvoice.rules import RuleBook
    >>> all(isinstance(one, Rewording) for one in RuleBook.load()["pressure"].rewrites)
    True
    """

    find: tuple[str, ...]
    say: tuple[str, ...]
    at: Place = "anywhere"
    kinds: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    note: str = ""
    examples: tuple[tuple[str, str, str], ...] = ()
    line: int = 1
    house: bool = False


@dataclass(frozen=True, slots=True)
class CueRule:
    """One cue of the rule book, as its TOML file tells it.

    Parameters
    ----------
    name : str
        The name of the file, such as ``pressure``.
    frame : {"client", "customer"}
    summary : str
        What the sentence does, in one line.
    why : str
        Why it matters to the reader.
    instead : str
        What to write instead; for a client cue, how to do more of it.
    evidence : tuple of Evidence
    phrases : tuple of Phrase
    patterns : tuple of Pattern
    exceptions : tuple of str
        Phrases that veto every hit that they overlap.
    unless : tuple of str
        Phrases that veto every hit of this cue in a sentence, wherever they stand in it.
    yields_to : tuple of str
        Cues that take the sentence: where one of them hits, this cue says nothing.
    denies : mapping of str to tuple of str
        Cues that are never said of words where a phrase or pattern of this kind hits, not
        even where the model names them: who threatens gives no reassurance.
    quoted : bool
        Whether words inside quotation marks count.
    rewrites : tuple of Rewording
        What to say instead of some of its words.
    flag, clean : tuple of str
        The rule's own tests: texts that it must hit and texts that it must let pass.
    margin : mapping of str to str
        Templates of the note in the margin by kind of phrase or name of pattern; ``""`` is for the rest.
    path : Path or None
        The file that it came from.

    Examples
    --------
    >>> from clientvoice.rules import RuleBook
    >>> rule = RuleBook.load()["sales_push"]
    >>> rule.frame, rule.title
    ('customer', 'Sales push')
    """

    name: str
    frame: CueFrame
    summary: str
    why: str = ""
    instead: str = ""
    evidence: tuple[Evidence, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    exceptions: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    denies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quoted: bool = False
    rewrites: tuple[Rewording, ...] = ()
    flag: tuple[str, ...] = ()
    clean: tuple[str, ...] = ()
    margin: Mapping[str, str] = field(default_factory=dict)
    path: Path | None = None

    @property
    def title(self) -> str:
        """The name in plain words, such as ``Sales push``."""
        return self.name.replace("_", " ").capitalize()
