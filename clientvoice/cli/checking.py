"""One check from paths to findings: read, judge, compare with the bar and the baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from clientvoice.batch.containment import contained, failure_from
from clientvoice.batch.source import VoiceSource
from clientvoice.batch.work import Order, analyse_contained, read_contained
from clientvoice.cli.bar import CUSTOMER, Bar
from clientvoice.cli.inputs import Inputs, shares_of
from clientvoice.cli.progress import progress
from clientvoice.readers import read_bytes
from clientvoice.readers.charset import decode
from clientvoice.readers.formats import NAMED, format_of, sniff_template
from clientvoice.records import Failure, Message, MessageAnalysis
from clientvoice.records.messages import is_foreign
from clientvoice.reports.checks.baseline import Baseline
from clientvoice.reports.checks.checked import Checked, CheckedMessage
from clientvoice.reports.checks.findings import Finding, findings, low_score, numbered
from clientvoice.reports.checks.positions import is_written
from clientvoice.rules import RuleBook
from clientvoice.voice import BATCH, ClientVoice, load

if TYPE_CHECKING:
    from clientvoice.house import HouseStyle
    from clientvoice.readers import Found


@dataclass(frozen=True, slots=True)
class Settings:
    """How messages are judged, and what the findings are compared with."""

    bar: Bar
    model: str | None = None
    rules: Path | None = None
    config: Path | None = None
    baseline: Path | None = None
    write_baseline: Path | None = None
    advised: bool = False
    quiet: bool = False


Item = tuple[Message | Failure, bytes | Path | None]
"""A message, and the file that it comes from or its bytes."""


def run_check(inputs: Inputs, settings: Settings, data: bytes = b"") -> Checked:
    """Read, judge and compare, each file by the house style at or above it.

    Parameters
    ----------
    inputs : Inputs
    settings : Settings
    data : bytes
        Standard input, where that is read.
    """
    inputs.checked()
    known = Baseline.read(settings.baseline) if settings.baseline else None
    shares = shares_of(inputs, settings.config)
    parts = [_by_one_style(inputs, house, found, settings, data) for house, found in shares]
    return _compared(_joined(parts), known, settings.write_baseline)


def _joined(parts: Sequence[Checked]) -> Checked:
    first, *more = parts
    if not more:
        return first
    rules = {rule.name: rule for part in reversed(parts) for rule in part.book}
    return replace(
        first,
        findings=tuple(one for part in parts for one in part.findings),
        messages=tuple(one for part in parts for one in part.messages),
        failures=tuple(one for part in parts for one in part.failures),
        book=RuleBook(tuple(rules.values())),
        files={name: path for part in parts for name, path in part.files.items()},
    )


def _by_one_style(
    inputs: Inputs, house: HouseStyle, found: Sequence[Found | Failure], settings: Settings, data: bytes
) -> Checked:
    voice = load(settings.model, rules=settings.rules, house=house)
    bar = settings.bar.checked(voice.book)
    told: list[Finding] = []
    messages: list[CheckedMessage] = []
    failures: list[Failure] = []
    with progress(len(found) or None, "files", quiet=settings.quiet) as advance:
        items = _from_stdin(inputs, data) if inputs.from_stdin else _from_files(found, inputs, advance)
        for result, origin in _judged(voice, items, _order(inputs)):
            if isinstance(result, Failure):
                failures.append(result)
                continue
            raw = _raw(result, origin, inputs)
            work = partial(_found, voice=voice, bar=bar, advised=settings.advised, raw=raw)
            (own,) = contained(work, [result], _failed)
            if isinstance(own, Failure):
                failures.append(own)
                continue
            messages.append(_message(result))
            told += own
    told = [replace(one, level=bar.level(one)) for one in numbered(told)]
    return Checked(
        tuple(told), tuple(messages), tuple(failures), voice.book, voice.name, files=_odd_names(found)
    )


def _compared(checked: Checked, known: Baseline | None, write: Path | None) -> Checked:
    unread = {failure.path for failure in checked.unread}
    read = {message.path for message in checked.messages} - unread
    if write is not None:
        old = Baseline.read(write) if write.is_file() else Baseline(write.parent)
        known = old.with_findings(checked.findings, read)
        known.write(write)
    if known is None:
        return checked
    marked = known.marked(checked.findings)
    return replace(checked, findings=marked, compared=True, stale=known.stale(marked, read))


def _odd_names(found: Sequence[Found | Failure]) -> dict[str, str]:
    """Return the paths of files whose names are told escaped, by the names that are told."""
    return {
        entry.name: entry.path.as_posix()
        for entry in found
        if not isinstance(entry, Failure) and entry.name != entry.path.as_posix()
    }


def _from_files(
    found: Sequence[Found | Failure], inputs: Inputs, advance: Callable[[int], None]
) -> Iterator[Item]:
    for entry in found:
        if isinstance(entry, Failure):
            yield entry, None
        else:
            for item in read_contained(entry, _order(inputs)):
                yield item, entry.path
        advance(1)


def _from_stdin(inputs: Inputs, data: bytes) -> Iterator[Item]:
    name = inputs.stdin_name or "standard input"
    kind = format_of(Path(name)) if inputs.stdin_name else None
    if kind == "template":
        kind = sniff_template(decode(data).text)
    form = kind if kind in NAMED else None
    for item in read_bytes(data, format=form, name=name, limits=inputs.limits):
        yield replace(item, path=name), data


def _judged(
    voice: ClientVoice, items: Iterable[Item], order: Order
) -> Iterator[tuple[MessageAnalysis | Failure, bytes | Path | None]]:
    """Yield results in order; sentences are scored together, and a fault in one message stays there."""
    stream = iter(items)
    while batch := list(islice(stream, BATCH)):
        messages = [item for item, _ in batch if isinstance(item, Message)]
        judged = iter(analyse_contained(voice, messages, order))
        for item, origin in batch:
            yield (next(judged) if isinstance(item, Message) else item), origin


def _order(inputs: Inputs) -> Order:
    """Return how files are read and judged: as in a run of many, without a limit of time."""
    return Order(VoiceSource(), inputs.limits, time_limit=None)


def _failed(analysis: MessageAnalysis, error: BaseException) -> Failure:
    return failure_from(
        error, name=analysis.id, path=analysis.message.path, doing="looking for findings in it"
    )


def _found(
    analyses: Sequence[MessageAnalysis], *, voice: ClientVoice, bar: Bar, advised: bool, raw: bytes | None
) -> list[list[Finding]]:
    return [list(_told(one, voice, bar, advised=advised, raw=raw)) for one in analyses]


def _told(
    analysis: MessageAnalysis, voice: ClientVoice, bar: Bar, *, advised: bool, raw: bytes | None
) -> Iterator[Finding]:
    if is_foreign(analysis.notices):
        return
    if bar.min_score is not None and analysis.score < bar.min_score:
        yield low_score(analysis, bar.min_score)
    advised = advised and any(found.label == CUSTOMER for found in analysis.sentences)
    advised_on = voice.suggest_kept(analysis) if advised else analysis
    yield from findings(advised_on, book=voice.book, raw=raw, named=bar.by_words)


def _message(analysis: MessageAnalysis) -> CheckedMessage:
    message = analysis.message
    path, written = message.path or message.id, is_written(message)
    return CheckedMessage(message.id, path, analysis.label, analysis.score, analysis.notices, written)


def _raw(result: MessageAnalysis, origin: bytes | Path | None, inputs: Inputs) -> bytes | None:
    """Return the file of a mail that is the whole file, to find its parts in it."""
    message = result.message
    if message.format != "eml" or message.id != message.path or origin is None:
        return None
    if isinstance(origin, bytes):
        return origin
    try:
        with origin.open("rb") as file:
            return file.read(inputs.max_bytes)
    except OSError:
        return None
