"""Where a message lies: its path, as it is shown, taken apart."""

from __future__ import annotations

import re

_STEP = re.compile(r"\\(?!x[0-9a-f]{2}|\Z)")
"""A backslash that parts folders; one before such as ``x0a`` escapes a sign that cannot be shown."""


def parted(path: str) -> tuple[str, str]:
    r"""Return the folder, parted by ``/``, and the name at the end of a path as it is shown.

    The readers show every path with ``/``, on Windows too; there a backslash is a sign of a name,
    or escapes one. Only a path without ``/`` is taken as one that Windows wrote.

    Examples
    --------
    >>> parted("mail/bad\\xff.txt"), parted("june.eml")
    (('mail', 'bad\\xff.txt'), ('', 'june.eml'))
    >>> parted("mail\\2026\\june.eml")
    ('mail/2026', 'june.eml')
    """
    folder, _, name = (path if "/" in path else _STEP.sub("/", path)).rpartition("/")
    return folder, name
