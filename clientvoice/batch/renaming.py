"""The results of one file under the name of another with the same content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clientvoice.records import Failure, MessageAnalysis

Result = MessageAnalysis | Failure


def renamed(results: Sequence[Result], old: str, new: str) -> list[Result] | None:
    """Return results of the file ``old`` as those of ``new``; None where that is not sure.

    A reader puts the name at the start of ids and problems and in the path. Where
    it stands anywhere else, nobody can tell whether the name of the file is meant.

    Examples
    --------
    >>> renamed([Failure("a.eml", "empty", "a.eml: empty.", "a.eml")], "a.eml", "b.eml")
    [Failure(id='b.eml', code='empty', text='b.eml: empty.', path='b.eml')]
    >>> renamed([Failure("a.eml", "empty", "not as a.eml.", "a.eml")], "a.eml", "b.eml") is None
    True
    """
    if not old:
        return None
    made: list[Result] = []
    for result in results:
        one = _failure(result, old, new) if isinstance(result, Failure) else _analysis(result, old, new)
        if one is None:
            return None
        made.append(one)
    return made


def _failure(failure: Failure, old: str, new: str) -> Failure | None:
    name, text = _moved(failure.id, old, new), _moved(failure.text, old, new)
    if name is None or text is None or failure.path not in (old, None):
        return None
    return Failure(name, failure.code, text, failure.path and new)


def _analysis(analysis: MessageAnalysis, old: str, new: str) -> MessageAnalysis | None:
    message = analysis.message
    name = _moved(message.id, old, new)
    if name is None or message.path not in (old, None):
        return None
    if any(old in notice.text for notice in message.notices):
        return None
    return replace(analysis, message=replace(message, id=name, path=message.path and new))


def _moved(text: str, old: str, new: str) -> str | None:
    """Return ``text`` with the name at its start exchanged, None where it stands elsewhere."""
    if not text.startswith(old) or old in text[len(old) :]:
        return None
    return new + text[len(old) :]
