"""What users hand to public functions, checked before anything is computed of it.

Each check says where, what was got, what was expected and the remedy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral, Number
from os import PathLike
from typing import Any, cast

from clientvoice.errors import ConfigError
from clientvoice.records import Failure, MessageAnalysis


def a_type(value: object) -> str:
    """Return what something is, with its article.

    Examples
    --------
    >>> a_type(5), a_type({})
    ('an int', 'a dict')
    """
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeio' else 'a'} {name}"


def is_missing(value: object) -> bool:
    """Tell whether a value is none: None, or a number or time unequal to itself (``NaN``, ``NaT``, ``NA``).

    Examples
    --------
    >>> is_missing(None), is_missing(float("nan")), is_missing("")
    (True, True, False)
    """
    kind = type(value).__name__  # none of these libraries is imported for a question
    if value is None or kind in ("NAType", "NaTType"):
        return True
    return (isinstance(value, Number) or kind in ("datetime64", "timedelta64")) and bool(value != value)


def is_blank(value: object) -> bool:
    """Tell whether a cell names nothing: it is missing, as tables of every format write that, or blanks.

    Examples
    --------
    >>> is_blank(float("nan")), is_blank(" "), is_blank(0)
    (True, True, False)
    """
    return is_missing(value) or (isinstance(value, str) and not value.strip())


def checked_sentences(sentences: Iterable[str], where: str = "") -> list[str]:
    """Return the sentences as a list.

    Parameters
    ----------
    sentences : iterable of str
        A list, an array, a column of a frame.
    where : str
        Who asks, to be named in the error.

    Raises
    ------
    TypeError
        If it is one string, a whole frame, a set (which has no order) or nothing that can be
        gone through, or if an item is no string; the message tells which.

    Examples
    --------
    >>> checked_sentences(("Ring me first.",))
    ['Ring me first.']
    >>> checked_sentences(["Ring me first.", None])
    Traceback (most recent call last):
    TypeError: item 1: expected a string, got NoneType (None); leave missing texts out, or make them "".
    """
    told = f"{where}: " if where else ""
    expected = f"{told}expected an iterable of sentences, got"
    if isinstance(sentences, str | bytes):
        raise TypeError(f"{expected} one string; wrap it in a list.")
    if isinstance(sentences, Mapping) or hasattr(sentences, "columns"):
        raise TypeError(f'{expected} {a_type(sentences)}; give the column, such as frame["text"].')
    if isinstance(sentences, set | frozenset):
        raise TypeError(f"{expected} {a_type(sentences)}, which has no order; give a list.")
    try:
        texts: list[Any] = list(sentences)
    except TypeError:
        raise TypeError(f"{expected} {type(sentences).__name__}; give a list of strings.") from None
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(
                f"{told}item {row}: expected a string, got {type(text).__name__} ({repr(text)[:60]}); "
                'leave missing texts out, or make them "".'
            )
    return texts


def check_sentence(sentence: object, where: str) -> None:
    """Refuse what is not one sentence.

    Examples
    --------
    >>> check_sentence("Ring me first.", "explain")
    """
    if not isinstance(sentence, str):
        raise TypeError(f"{where}: expected one sentence as a string, got {type(sentence).__name__}.")


def check_messages(messages: object, where: str) -> None:
    """Refuse what is no iterable of messages: one message by itself, a whole frame.

    Examples
    --------
    >>> check_messages(["Ring me first."], "pipe")
    """
    if isinstance(messages, str | bytes):
        raise TypeError(
            f"{where}: expected an iterable of messages, got one; wrap it in a list or use analyze."
        )
    if isinstance(messages, Mapping) or hasattr(messages, "columns"):
        raise TypeError(
            f"{where}: expected an iterable of messages, got {a_type(messages)}; "
            'give the column, such as frame["text"].'
        )
    if isinstance(messages, set | frozenset):
        told = f"got {a_type(messages)}, which has no order; give a list."
        raise TypeError(f"{where}: expected an iterable of messages, {told}")
    if not isinstance(messages, Iterable):
        raise TypeError(
            f"{where}: expected an iterable of messages, got {type(messages).__name__}; give a list."
        )


def check_analysis(analysis: object, where: str) -> None:
    """Refuse what is not the analysis of a message.

    Examples
    --------
    >>> check_analysis("Ring me first.", "suggest")
    Traceback (most recent call last):
    TypeError: suggest: expected a MessageAnalysis, got str; give what analyze or pipe returns.
    """
    if not isinstance(analysis, MessageAnalysis):
        raise TypeError(
            f"{where}: expected a MessageAnalysis, got {type(analysis).__name__}; "
            "give what analyze or pipe returns."
        )


def checked_analyses(analyses: object, where: str) -> list[MessageAnalysis]:
    """Return the analyses of many messages, without the failures among them.

    Examples
    --------
    >>> checked_analyses("Ring me first.", "plot_cues")
    Traceback (most recent call last):
    TypeError: plot_cues: expected an iterable of MessageAnalysis, got a str; give list(voice.pipe(texts)).
    """
    expected = f"{where}: expected an iterable of MessageAnalysis, got"
    if isinstance(analyses, MessageAnalysis):
        raise TypeError(f"{expected} one; wrap it in a list.")
    listed = isinstance(analyses, Iterable) and not isinstance(analyses, str | bytes | Mapping)
    if not listed or hasattr(analyses, "columns"):
        raise TypeError(f"{expected} {a_type(analyses)}; give list(voice.pipe(texts)).")
    found = []
    for row, item in enumerate(cast("Iterable[object]", analyses)):
        if isinstance(item, MessageAnalysis):
            found.append(item)
        elif not isinstance(item, Failure):
            raise TypeError(f"{where}: item {row} is {a_type(item)}, expected what analyze or pipe returns.")
    return found


def check_whole(value: object, name: str, least: int) -> None:
    """Refuse what is no whole number (a ``TypeError``), or too small (a ``ValueError``).

    Whole numbers of NumPy are some, and ``True`` is none.

    Examples
    --------
    >>> check_whole(0, "load: threads", 1)
    Traceback (most recent call last):
    ValueError: load: threads is 0, expected a whole number of 1 or more.
    """
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} is {a_type(value)} ({value!r}), expected a whole number of {least} or more.")
    if int(value) < least:
        raise ValueError(f"{name} is {value}, expected a whole number of {least} or more.")


def check_path(value: object, name: str, what: str) -> None:
    """Refuse what is no path.

    Examples
    --------
    >>> check_path(5, "load: rules", "a folder")
    Traceback (most recent call last):
    TypeError: load: rules is an int (5), expected the path of a folder.
    """
    if not isinstance(value, str | PathLike):
        raise TypeError(f"{name} is {a_type(value)} ({repr(value)[:60]}), expected the path of {what}.")


def check_model(model: object, where: str) -> None:
    """Refuse what is neither a name or folder of a model, nor None for the default.

    Examples
    --------
    >>> check_model("fast", "load")
    """
    if model is None:
        return
    if not isinstance(model, str | PathLike):
        raise TypeError(
            f"{where}: the model is {a_type(model)}, expected a name such as 'fast', or a folder."
        )
    if not str(model).strip():
        raise ConfigError(
            f"{where}: the model's name is empty, expected 'accurate', 'fast' or a folder; "
            "leave it out for the default."
        )
