"""How much of one input the readers take before they stop and say so."""

from __future__ import annotations

from dataclasses import dataclass, fields

from clientvoice.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one input; beyond them there is a notice or a failure, never a hang.

    Parameters
    ----------
    max_bytes : int
        Largest file, and largest message inside a mailbox. A mailbox itself is
        read as a stream and may have any size.
    max_header : int
        Longest header that is decoded, in bytes; what follows is cut.
    max_lines : int
        Most lines (text, Markdown) or tags (HTML) of one message. A newsletter has
        hundreds; hundreds of thousands would take minutes.
    max_markdown : int
        Longest Markdown text, in characters without white space; it takes the most time.
    max_parts : int
        Most parts of one mail; further parts are left out.
    max_depth : int
        Deepest nesting of mail parts, and of folders.
    max_unpacked : int
        Most bytes of one document or workbook once it is unpacked, and of one entry
        of an archive that cannot be read as a stream.
    max_archive : int
        Most bytes of all entries of an archive together, and of standard input.
    max_entries : int
        Most entries of an archive.
    max_ratio : int
        How many times larger an entry may become by unpacking; copy stays far below.

    Examples
    --------
    >>> Limits(max_bytes=1_000).max_bytes
    1000
    """

    max_bytes: int = 20_000_000
    max_header: int = 8_192
    max_lines: int = 250_000
    max_markdown: int = 1_500_000
    max_parts: int = 25_000
    max_depth: int = 2_500
    max_unpacked: int = 64_000_000
    max_archive: int = 2_000_000_000
    max_entries: int = 50_000
    max_ratio: int = 250

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, int) or value < 1:
                msg = f"Limits.{field.name}: got {value!r}, expected a whole number of at least 1"
                raise ConfigError(msg)

    def excess(self, source: str, kind: str) -> str | None:
        r"""Say what a decoded source has too much of, or None.

        Examples
        --------
        >>> Limits(max_lines=2).excess("a\nb\nc\nd\n", "text")
        'more than 2 lines (max_lines)'
        """
        if kind == "markdown" and sum(map(len, source.split())) > self.max_markdown:
            return f"more than {self.max_markdown:,} characters of Markdown (max_markdown)"
        if kind == "html":
            return (
                f"more than {self.max_lines:,} tags (max_lines)"
                if source.count("<") > self.max_lines
                else None
            )
        lines = max(source.count("\n"), source.count("\r"))
        return f"more than {self.max_lines:,} lines (max_lines)" if lines > self.max_lines else None


DEFAULT_LIMITS = Limits()
