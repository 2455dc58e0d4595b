"""Globs for files, as people know them from ignore files."""

from __future__ import annotations

from collections.abc import Callable, Sequence

_FOREIGN = {
    "[": "Sets of signs in [ ] are not known here; write ? for any one sign.",
    "{": "Choices in { } are not known here; write an entry for each, or ? for any one sign.",
    "\\": "Part folders by /, also on Windows; write ? for any one sign.",
}
"""Signs that mean something in the globs of other tools."""


def fault_of(glob: str) -> str | None:
    """Say what to write instead of a glob that would take in nothing or everything, None where it is well.

    A sign that other tools read as more than itself is refused: it would match its like only,
    hence most often nothing, and nobody would be told.

    Examples
    --------
    >>> fault_of("drafts/**/*.md")
    >>> fault_of("*.[mt]d")
    'Sets of signs in [ ] are not known here; write ? for any one sign.'
    """
    if all(part in ("", ".", "*", "**") for part in glob.split("/")):
        return "It takes in everything. Name the files or folders that you mean, or leave it out."
    if glob.startswith("!"):
        return "An entry takes nothing back; name what is read by include, what is left out by exclude."
    return next((remedy for sign, remedy in _FOREIGN.items() if sign in glob), None)


def matches(glob: str, place: str) -> bool:
    """Tell whether a glob takes in a file, or a folder that the file lies in.

    ``*`` and ``?`` stop at slashes, ``**`` goes through any folders. A glob
    without a slash inside is for names at any depth; another starts where the
    settings lie.

    Parameters
    ----------
    glob : str
        Such as ``*.md``, ``drafts`` or ``letters/**/final-*.html``.
    place : str
        The file, with slashes, relative to the folder of the settings.

    Examples
    --------
    >>> matches("drafts", "mail/drafts/june.md"), matches("mail/*.md", "mail/drafts/june.md")
    (True, False)
    >>> matches("mail/**/june.md", "mail/drafts/june.md")
    True
    """
    parts = [part for part in glob.split("/") if part not in ("", ".")]
    anchored = len(parts) > 1 or glob.startswith("/")
    # What is below a folder that fits, fits too.
    return _fits([*([] if anchored else ["**"]), *parts, "**"], place.split("/"), "**", _same_name)


def _same_name(glob: str, name: str) -> bool:
    return _fits(glob, name, "*", lambda sign, letter: sign in ("?", letter))


def _fits(
    wanted: Sequence[str], given: Sequence[str], any_run: str, same: Callable[[str, str], bool]
) -> bool:
    """Match one by one; on a mismatch let the last ``any_run`` take one more, which is never cubic."""
    at = here = 0
    star, taken = -1, 0
    while here < len(given):
        if at < len(wanted) and wanted[at] == any_run:
            star, taken = at, here
            at += 1
        elif at < len(wanted) and same(wanted[at], given[here]):
            at, here = at + 1, here + 1
        elif star >= 0:
            taken += 1
            at, here = star + 1, taken
        else:
            return False
    return all(part == any_run for part in wanted[at:])
