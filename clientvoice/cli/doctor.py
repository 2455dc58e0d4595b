"""``clientvoice doctor``: what is installed, whether the models are whole, and what to do if not."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from clientvoice import __version__
from clientvoice.cli.outcomes import DONE, FLAWED
from clientvoice.errors import ClientVoiceError

if TYPE_CHECKING:
    from packaging.requirements import Requirement

State = Literal["ok", "missing", "wrong"]
MODELS = ("accurate", "fast")
_PITCH = "Hurry, buy now before it is gone!"
_MARKS = {"ok": "ok     ", "missing": "missing", "wrong": "WRONG  "}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``missing`` is an extra that nobody needs, ``wrong`` is a fault."""

    part: str
    name: str
    state: State
    told: str


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> int:
    """Check the installation: versions, extras, rules, and that each model is whole and answers.

    Put its output into a bug report. It reads no mail and sends nothing.

    Exit code 0: all that is needed works. 1: something is wrong, with the remedy.

    Example: clientvoice doctor
    """
    found = [*_platform(), *_packages(), *_rules(), *_models()]
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in found], indent=2))
    else:
        part = ""
        for finding in found:
            if finding.part != part:
                part = finding.part
                typer.echo(f"{part}:")
            typer.echo(f"  {_MARKS[finding.state]}  {finding.name:<22} {finding.told}")
    return FLAWED if any(finding.state == "wrong" for finding in found) else DONE


def _platform() -> Iterator[Finding]:
    yield Finding("machine", "clientvoice", "ok", __version__)
    yield Finding("machine", "python", "ok", f"{platform.python_version()} ({sys.executable})")
    yield Finding("machine", "system", "ok", platform.platform())


def _packages() -> Iterator[Finding]:
    from packaging.requirements import Requirement

    extras: dict[str, list[Requirement]] = {}
    try:
        lines = requires("clientvoice") or []
    except PackageNotFoundError:
        told = "a checkout that is not installed: pip install -e . tells its packages too"
        yield Finding("packages", "clientvoice", "missing", told)
        return
    for line in lines:
        requirement = Requirement(line)
        marker = str(requirement.marker or "")
        extra = marker.split("extra ==")[-1].strip(" '\"") if "extra ==" in marker else ""
        extras.setdefault(extra, []).append(requirement)
    for requirement in extras.pop("", []):
        yield _package("packages", requirement.name, requirement)
    for extra, wanted in sorted(extras.items()):
        lacking = [one.name for one in wanted if _package("", one.name, one).state != "ok"]
        told = f"needs {', '.join(lacking)}: pip install 'clientvoice[{extra}]'" if lacking else "installed"
        yield Finding("extras", extra, "missing" if lacking else "ok", told)


def _package(part: str, name: str, requirement: Requirement) -> Finding:
    try:
        got = version(name)
    except PackageNotFoundError:
        return Finding(part, name, "wrong", f"not installed: pip install '{name}{requirement.specifier}'")
    if requirement.specifier and not requirement.specifier.contains(got, prereleases=True):
        remedy = f"pip install '{name}{requirement.specifier}'"
        return Finding(part, name, "wrong", f"{got}, expected {requirement.specifier}: {remedy}")
    return Finding(part, name, "ok", got)


def _rules() -> Iterator[Finding]:
    from clientvoice.rules import RuleBook

    try:
        book = RuleBook.load()
    except ClientVoiceError as error:
        yield Finding("rules", "rule book", "wrong", f"{error} Install clientvoice again.")
    else:
        yield Finding("rules", "rule book", "ok", f"{len(book)} cues, {book.digest()[:12]}")


def _models() -> Iterator[Finding]:
    from clientvoice.store import load_model

    for name in MODELS:
        try:
            model = load_model(name)
            chances = model.sentences.score([_PITCH]).probabilities[0]
            if model.sentences.second:  # so plain a sentence is never read twice
                model.sentences.second.logits([_PITCH])
        except (ClientVoiceError, OSError) as error:
            yield Finding("models", name, "wrong", f"{error} Install clientvoice again.")
            continue
        sane = abs(float(chances.sum()) - 1) < 1e-6 and int(chances.argmax()) == 1
        told = f"whole, {model.digest[:12]}, reads “buy now” as customer {chances[1]:.2f}"
        yield Finding("models", name, "ok" if sane else "wrong", told)
