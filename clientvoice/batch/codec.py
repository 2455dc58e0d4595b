"""Results as JSON and back, by the types of the records: what does not fit them is refused.

A stored result may come from anywhere, so nothing is believed of it: every value
is checked against the type of its field, and every place against the text.
"""

from __future__ import annotations

import hashlib
import math
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from clientvoice.records import Failure, Message, MessageAnalysis, Run, SourceMap

LARGEST = 2**53
"""No whole number in a record is as large: JSON readers agree on the smaller ones only."""

_LEFT_OUT = frozenset({(Message, "source"), (MessageAnalysis, "explanations")})
"""Fields that no output is made from; a restored record has their default."""


class UnfitError(ValueError):
    """A value that is not of the type of its field."""


class Shape(NamedTuple):
    """How values of one type become plain JSON values, and plain values such values again."""

    plain: Callable[[Any], Any]
    restored: Callable[[Any], Any]


def to_plain(item: MessageAnalysis | Failure) -> list[Any]:
    """Return a result as nested lists of plain values, without its source.

    Examples
    --------
    >>> to_plain(Failure("a.eml", "empty", "a.eml: empty"))
    [1, ['a.eml', 'empty', 'a.eml: empty', None]]
    """
    if isinstance(item, Failure):
        return [1, _shape(Failure).plain(item)]
    return [0, _shape(MessageAnalysis).plain(_without_source(item))]


def from_plain(value: object) -> MessageAnalysis | Failure:
    """Return the result that :func:`to_plain` made plain.

    Raises
    ------
    UnfitError
        If the value is no such result.

    Examples
    --------
    >>> from_plain([1, ["a.eml", "empty", "a.eml: empty", None]])
    Failure(id='a.eml', code='empty', text='a.eml: empty', path=None)
    """
    if not isinstance(value, list) or len(value) != 2 or value[0] not in (0, 1) or isinstance(value[0], bool):
        raise UnfitError(f"expected a result, got {value!r:.40}")
    if value[0] == 1:
        failure: Failure = _shape(Failure).restored(value[1])
        return failure
    analysis: MessageAnalysis = _shape(MessageAnalysis).restored(value[1])
    _check_places(analysis)
    return analysis


@lru_cache(maxsize=1)
def schema_digest() -> str:
    """Return what changes whenever the records do, so that results of other records are left alone."""
    told: dict[str, list[str]] = {}
    pending: list[Any] = [Failure, MessageAnalysis]
    while pending:
        kind = pending.pop()
        pending += get_args(kind)
        record = isinstance(kind, type) and (is_dataclass(kind) or hasattr(kind, "_fields"))
        if record and kind.__name__ not in told:
            hints = get_type_hints(kind)
            told[kind.__name__] = [f"{name}: {hint}" for name, hint in hints.items()]
            pending += hints.values()
    return hashlib.sha256(repr(sorted(told.items())).encode()).hexdigest()


def _without_source(analysis: MessageAnalysis) -> MessageAnalysis:
    """Keep of the source only where each sentence stands in it, which the outputs tell."""
    message = analysis.message
    spans = sorted({(it.start, it.end) for it in analysis.sentences if it.end > it.start})
    if any(left[1] > right[0] for left, right in pairwise(spans)):
        return analysis
    runs = tuple(
        Run(start, end, *found)
        for start, end in spans
        if (found := message.source_map.to_source(start, end)) is not None
    )
    return replace(analysis, message=replace(message, source="", source_map=SourceMap(runs)))


def _check_places(analysis: MessageAnalysis) -> None:
    length, count = len(analysis.message.text), len(analysis.sentences)
    places = [(block.start, block.end) for block in analysis.message.blocks]
    for it in analysis.sentences:
        places.append((it.start, it.end))
        places += [(cue.start, cue.end) for cue in it.cues]
    if not all(0 <= start <= end <= length for start, end in places):
        raise UnfitError(f"a place outside the text of {length:,} characters")
    if not all(0 <= at < count for practice in analysis.practices for at in practice.evidence):
        raise UnfitError(f"evidence outside the {count:,} sentences")


def _same(value: Any) -> Any:
    return value


def _refused(value: object, expected: object) -> UnfitError:
    return UnfitError(f"expected {expected}, got {value!r:.40}")


@lru_cache(maxsize=256)
def _shape(hint: Any) -> Shape:
    """Return the shape of a type hint: a record, a tuple, a mapping, a union, a literal or a scalar."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _many(inner[0])
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(*inner)
    if origin in (Union, types.UnionType):
        return _optional(hint, inner)
    if origin is Literal:
        return _literal(inner)
    if is_dataclass(hint) or hasattr(hint, "_fields"):
        return _record(hint)
    return _scalar(hint)


def _record(kind: Any) -> Shape:
    hints = get_type_hints(kind)
    every = [field.name for field in fields(kind)] if is_dataclass(kind) else list(kind._fields)
    names = [name for name in every if (kind, name) not in _LEFT_OUT]
    shapes = [_shape(hints[name]) for name in names]
    read = [
        (name, None if shape.plain is _same else shape.plain)
        for name, shape in zip(names, shapes, strict=True)
    ]
    restores = [shape.restored for shape in shapes]

    def plain(value: Any) -> list[Any]:
        return [getattr(value, name) if make is None else make(getattr(value, name)) for name, make in read]

    def restored(value: Any) -> Any:
        if type(value) is not list or len(value) != len(names):
            raise _refused(value, kind.__name__)
        made = [restore(part) for restore, part in zip(restores, value, strict=True)]
        return kind(**dict(zip(names, made, strict=True))) if len(names) < len(every) else kind(*made)

    return Shape(plain, restored)


def _many(hint: Any) -> Shape:
    inner = _shape(hint)

    def restored(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise _refused(value, "a list")
        return tuple([inner.restored(part) for part in value])

    if inner.plain is _same:
        return Shape(list, restored)
    return Shape(lambda value: [inner.plain(part) for part in value], restored)


def _mapping(keys: Any, values: Any) -> Shape:
    key, inner = _shape(keys), _shape(values)

    def restored(value: Any) -> dict[Any, Any]:
        if type(value) is not dict:
            raise _refused(value, "an object")
        return {key.restored(name): inner.restored(part) for name, part in value.items()}

    if inner.plain is _same:
        return Shape(dict, restored)
    return Shape(lambda value: {name: inner.plain(part) for name, part in value.items()}, restored)


def _optional(hint: Any, inner: tuple[Any, ...]) -> Shape:
    others = [each for each in inner if each is not type(None)]
    if len(others) != 1 or len(inner) != 2:
        raise TypeError(f"no shape for {hint}: a field is of one type, or that or None")
    only = _shape(others[0])
    plain = _same if only.plain is _same else (lambda value: None if value is None else only.plain(value))
    return Shape(plain, lambda value: None if value is None else only.restored(value))


def _literal(known: tuple[Any, ...]) -> Shape:
    def restored(value: Any) -> Any:
        if type(value) is not str or value not in known:
            raise _refused(value, f"one of {known}")
        return value

    return Shape(_same, restored)


def _scalar(kind: Any) -> Shape:
    if kind is float:
        return Shape(_same, _number)
    if kind not in (str, int, bool):
        raise TypeError(f"no shape for {kind}")

    def restored(value: Any) -> Any:
        if type(value) is not kind or (kind is int and not -LARGEST < value < LARGEST):
            raise _refused(value, kind.__name__)
        return value

    return Shape(_same, restored)


def _number(value: Any) -> float:
    if type(value) is float and math.isfinite(value):
        return value
    if type(value) is int and -LARGEST < value < LARGEST:
        return value
    raise _refused(value, "a finite number")
