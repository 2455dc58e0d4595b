"""The readers: paths, bytes and strings to messages.

Nothing that a file holds makes a reader raise. A file or mail that cannot be
read becomes a :class:`~clientvoice.records.Failure`; what a user should know
about one that could is a :class:`~clientvoice.records.Notice` on its message.

=============== ======= ========================================================================
Code            Kind    Meaning
=============== ======= ========================================================================
not_found       failure no such file or folder
unreadable      failure the system refuses, or it is a pipe, a device or a folder
empty           failure no bytes but white space
too_large       failure over one of the :class:`Limits`, or made to become so by unpacking
binary          failure not text but an image, a program, ...
unknown_format  failure a known kind of file, or way to pack one, that no reader takes (pdf, bzip2, ...)
not_installed   failure it needs an optional reader; the text names the extra
encrypted       failure protected by a password
unknown_columns failure a table in which no column is known to hold a message
bad_row         failure a row of a table that does not fit its header or types
no_text         failure nothing to judge: no words that a reader would see
too_deep        failure nothing readable within ``max_depth`` or ``max_parts``
damaged         failure beyond reading in a way that no other code names
skipped_hidden  failure in a folder: the name starts with a dot
skipped_unknown failure in a folder: an ending that is not read
skipped_link    failure in a folder: a link out of it, or to nowhere
skipped_own     failure written by clientvoice itself
not_english     notice  the body surely is in another language
charset_guessed notice  the text does not fit what it declares; a detector chose
truncated       notice  a header or parts over a limit were left out
nested_message  notice  forwarded mails inside are rows of their own
attachments     notice  files attached to an Outlook message were not read
no_text         notice  only the subject could be read
front_matter    notice  the front matter is broken and was read line by line
flattened       notice  a Word document nested too deep was read paragraph by paragraph
=============== ======= ========================================================================

The ``skipped_*`` codes are for what a folder holds besides messages: they are
reported so that nothing is lost from sight, and are no errors.
"""

from __future__ import annotations

from clientvoice.readers.folder import Found, find_files
from clientvoice.readers.formats import FORMATS, NAMED, holds_many
from clientvoice.readers.language import detect_language
from clientvoice.readers.limits import Limits
from clientvoice.readers.reading import first_message, read_bytes, read_path, read_text
from clientvoice.readers.stdin import STDIN, kept_stdin
from clientvoice.readers.tables.columns import TableColumns

__all__ = [
    "FORMATS",
    "NAMED",
    "STDIN",
    "Found",
    "Limits",
    "TableColumns",
    "detect_language",
    "find_files",
    "first_message",
    "holds_many",
    "kept_stdin",
    "read_bytes",
    "read_path",
    "read_text",
]
