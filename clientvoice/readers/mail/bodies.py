"""Which parts of a mail its reader sees: the richer of html and plain, without the files."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Literal

from clientvoice.readers.charset import binary_kind, decode, meta_charset
from clientvoice.readers.limits import Limits
from clientvoice.readers.mail.headers import media_type
from clientvoice.readers.mail.mime import Part
from clientvoice.readers.mail.transfer import decode_transfer, unwrap_flowed

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_TEXT = frozenset({"text/plain", "text/enriched", "text/richtext", "text/markdown", "text/x-markdown"})
_LOOKS_HTML = re.compile(r"\s{0,200}<(?:!doctype\s+html|html|head|body)\b", re.I)
# Each alternative runs to its own end or to the end of the text, so the whole stays linear.
_UNSEEN = re.compile(
    r"<!--(?:[^-]++|-(?!->))*+(?:-->)?|<(style|script|title)\b(?:[^<]++|<(?!/\1))*+|<[^<>]*+>?|&[#\w]{1,30};?",
    re.I,
)
_LINK = re.compile(r"[a-z]{2,10}://\S++|www\.\S++", re.I)
_STUB = re.compile(
    r"\bhtml\b|\b(?:view|read|see|open)\b.{0,60}\b(?:browser|online|web)|\bmail (?:client|reader|program)",
    re.I,
)
_STUB_LETTERS = 400


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text part, decoded."""

    text: str
    is_html: bool
    charset: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class Body:
    """What the reader of one mail sees, and the parts that it comes from."""

    source: str
    format: Literal["html", "text"]
    leaves: tuple[int, ...]
    guessed: tuple[str, ...] = ()


@dataclass(slots=True)
class Bodies:
    """Chooses bodies among the parts of one file, each part decoded once.

    Parameters
    ----------
    data : bytes
        The whole mail.
    parts : list of Part
    limits : Limits
    """

    data: bytes
    parts: list[Part]
    limits: Limits
    _leaves: dict[int, Leaf] = field(default_factory=dict)
    _chosen: list[tuple[int, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Children come after their parents, so a walk from the end needs no recursion.
        children: list[list[tuple[int, ...]]] = [[] for _ in self.parts]
        self._chosen = [()] * len(self.parts)
        for index in range(len(self.parts) - 1, -1, -1):
            part = self.parts[index]
            options = [option for option in reversed(children[index]) if option]
            self._chosen[index] = self._choose(index, part, options)
            if part.parent is not None:
                children[part.parent].append(self._chosen[index])

    def body(self, root: int) -> Body | None:
        """Return what is seen of the mail whose outermost part is ``root``, or None."""
        indexes = tuple(index for index in self._chosen[root] if self._leaves[index].text.strip())
        if not indexes:
            return None
        leaves = [self._leaves[index] for index in indexes]
        guessed = tuple(dict.fromkeys(leaf.charset for leaf in leaves if leaf.guessed))
        if any(leaf.is_html for leaf in leaves):
            pieces = [leaf.text if leaf.is_html else _as_html(leaf.text) for leaf in leaves]
            return Body("\n".join(pieces), "html", indexes, guessed)
        return Body("\n\n".join(leaf.text for leaf in leaves), "text", indexes, guessed)

    def _choose(self, index: int, part: Part, options: list[tuple[int, ...]]) -> tuple[int, ...]:
        if part.is_message:
            return ()
        if not part.is_multipart:
            return (index,) if self._read(index, part) else ()
        if part.content.value == "multipart/alternative" and options:
            return max(options, key=self._richness)
        if part.content.value == "multipart/related":
            return options[0] if options else ()
        return tuple(leaf for option in options for leaf in option)

    def _read(self, index: int, part: Part) -> Leaf | None:
        media = part.content.value
        if (media not in _TEXT and media not in _HTML) or self._is_file(part):
            return None
        raw = decode_transfer(
            self.data[part.start : part.end], part.headers.get("content-transfer-encoding", b"")
        )
        if raw is None or binary_kind(raw):
            return None
        parameters = part.content.parameters
        meta = meta_charset(raw) if media in _HTML else None
        decoded = decode(raw, parameters.get("charset"), meta)
        text = decoded.text
        is_html = media in _HTML or bool(_LOOKS_HTML.match(text))
        if not is_html and parameters.get("format", "").lower() == "flowed":
            text = unwrap_flowed(text, delete_space=parameters.get("delsp", "").lower() == "yes")
        leaf = Leaf(text, is_html, decoded.charset, decoded.guessed)
        self._leaves[index] = leaf
        return leaf

    def _is_file(self, part: Part) -> bool:
        disposition = media_type(part.headers.get("content-disposition", b""), self.limits.max_header)
        if disposition.value == "attachment":
            return True
        # A name alone makes a file only of what follows the body; some senders name the body, too.
        in_mixed = part.parent is not None and self.parts[part.parent].content.value == "multipart/mixed"
        named = "name" in part.content.parameters or "filename" in disposition.parameters
        return in_mixed and named and part.ordinal > 1

    def _richness(self, option: tuple[int, ...]) -> tuple[int, int]:
        """Visible letters; html counts double, since its sender made it to be read."""
        leaves = [self._leaves[index] for index in option]
        if any(leaf.is_html for leaf in leaves):
            return 2 * sum(_letters(leaf) for leaf in leaves), 1
        text = "\n".join(leaf.text for leaf in leaves)
        letters = sum(_letters(leaf) for leaf in leaves)
        return (-1 if letters < _STUB_LETTERS and _STUB.search(text) else letters), 0


def _letters(leaf: Leaf) -> int:
    seen = _UNSEEN.sub(" ", leaf.text) if leaf.is_html else leaf.text
    return sum(map(str.isalpha, _LINK.sub(" ", seen)))


def _as_html(text: str) -> str:
    paragraphs = re.split(r"(?:\r?\n[ \t]*+){2,}", text.strip())
    return "\n".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)


def part_number(parts: list[Part], index: int) -> str:
    r"""Return the number of a part as mail programs count it, such as ``1.2``.

    Examples
    --------
    >>> from clientvoice.readers.mail.mime import split_parts
    >>> mail = b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x\n\ntwo\n--x--\n"
    >>> part_number(split_parts(mail).parts, 2)
    '2'
    """
    numbers: list[str] = []
    at: int | None = index
    while at is not None:
        part = parts[at]
        parent = None if part.parent is None else parts[part.parent]
        # A mail's own multipart takes no number; a body that is no multipart is part 1 of its mail.
        if (parent is None or parent.is_message) and part.is_multipart:
            pass
        else:
            numbers.append(str(part.ordinal))
        at = part.parent
    return ".".join(reversed(numbers))
