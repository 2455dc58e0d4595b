"""Goes through suggestions one by one: accept, edit, skip, quit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from clientvoice.cli.suggested import suggestion_lines
from clientvoice.records import Rewrite, SentenceAnalysis
from clientvoice.reports.inert import visible
from clientvoice.rewrites.changes import changes
from clientvoice.rewrites.guards.verdict import guard

if TYPE_CHECKING:
    from rich.console import Console

    from clientvoice.voice import ClientVoice

Ask = Callable[[str], str]
Hinders = Callable[[Rewrite], str]
_LONGEST = 2_000
_LONGEST_NUMBER = 4


class Chooser:
    """Asks about one sentence after the other.

    Parameters
    ----------
    voice : ClientVoice
        Reads what is typed.
    console : Console
    width : int
    ask : callable
        Shows a question and returns the line that is typed; raises EOFError at the end of input.
    hinders : callable
        Returns why a rewrite cannot be applied, or ``""``.
    """

    def __init__(
        self,
        voice: ClientVoice,
        console: Console,
        width: int,
        ask: Ask = input,
        hinders: Hinders = lambda rewrite: "",
    ) -> None:
        self._voice = voice
        self._console = console
        self._width = width
        self._ask = ask
        self._hinders = hinders

    def choose(self, sentences: Sequence[SentenceAnalysis]) -> list[Rewrite]:
        """Return the rewrites that were accepted; quitting keeps those accepted so far."""
        accepted: list[Rewrite] = []
        for number, sentence in enumerate(sentences, 1):
            self._console.print(f"\n{number} of {len(sentences)}", style="bold")
            for line in suggestion_lines(sentence, self._width):
                self._console.print(line, soft_wrap=True)
            try:
                found = self._one(sentence)
            except EOFError:
                break
            if found is not None:
                accepted.append(found)
        return accepted

    def _one(self, sentence: SentenceAnalysis) -> Rewrite | None:
        """Ask about one sentence until there is an answer; EOFError to quit."""
        rewrites = sentence.suggestions.rewrites if sentence.suggestions else ()
        numbers = "1" if len(rewrites) == 1 else f"1-{len(rewrites)}"
        choices = (f"{numbers} accept, " if rewrites else "") + "e edit, s skip, q quit"
        while True:
            answer = self._ask(f"{choices} [s]: ").strip().lower()
            if answer in ("", "s", "skip", "n", "no"):
                return None
            if answer in ("q", "quit"):
                raise EOFError
            if answer in ("e", "edit"):
                edited = self._edited(sentence)
                if edited is not None:
                    return edited
            elif number := _number(answer, len(rewrites)):
                found = rewrites[number - 1]
                if self._can_stand(found):
                    return found
            else:
                typer.echo(f"Got {answer[:40]!r}; expected {choices}.")

    def _edited(self, sentence: SentenceAnalysis) -> Rewrite | None:
        """Ask for words until they can be applied; None to go back."""
        while text := " ".join(self._ask("Your words (empty to go back): ").split()):
            if len(text) > _LONGEST:
                typer.echo(f"Longer than {_LONGEST:,} characters; not taken.")
                continue
            rewrite = typed(sentence, text, self._voice)
            if not self._can_stand(rewrite):
                continue
            for warning in rewrite.warnings:
                typer.echo(visible(f"  warning: {warning}"))
            if rewrite.safe or self._ask("Take it all the same? y/n [n]: ").strip().lower() in ("y", "yes"):
                return rewrite
        return None

    def _can_stand(self, rewrite: Rewrite) -> bool:
        reason = self._hinders(rewrite)
        if reason:
            typer.echo(visible(f"Not taken: {reason}."))
        return not reason


def _number(answer: str, count: int) -> int:
    """Return which of so many suggestions an answer takes, from 1; 0 for none."""
    if answer in ("a", "accept", "y", "yes"):
        return int(count == 1)
    number = int(answer) if answer.isdecimal() and len(answer) <= _LONGEST_NUMBER else 0
    return number if number <= count else 0


def typed(sentence: SentenceAnalysis, text: str, voice: ClientVoice) -> Rewrite:
    """Return words that a person typed as a rewrite: guarded like any other, and warned about."""
    from clientvoice.records import FRAMES

    verdict = guard(sentence.text, text)
    warnings = list(verdict.why)
    chances = dict(zip(FRAMES, map(float, voice.predict_proba([text])[0]), strict=True))
    label = max(FRAMES, key=lambda frame: chances[frame])
    if label == "customer":
        warnings.append(f"It still reads as customer ({chances['customer']:.0%}).")
    rewrite = Rewrite(
        start=sentence.start,
        end=sentence.end,
        original=sentence.text,
        text=text,
        changes=changes(sentence.text, text),
        cues=tuple(cue.name for cue in sentence.cues),
        method="hand",
        gain=0.0,
        before=float(sentence.probabilities["customer"]),
        after=chances["customer"],
        label=label,
        safe=verdict.ok and verdict.safe,
        reason="Typed by hand.",
    )
    return replace(rewrite, warnings=tuple(warnings))
