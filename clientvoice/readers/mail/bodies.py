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
LOOKS_HTML = re.compile(r"\s{0,200}<(?:!doctype\s+html|html|head|body)\b", re.I)
"""How a text starts that is HTML, whatever it is said to be."""
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


@dataclass(frozen=True, slots=True)
class _Option:
    """What may be shown of a part: one leaf, or the options that it joins; and how rich that is."""

    letters: int
    is_html: bool
    is_stub: bool
    leaf: int = -1
    joined: tuple[_Option, ...] = ()

    @property
    def richness(self) -> tuple[int, bool]:
        """Visible letters; html counts double, since its sender made it to be read."""
        if self.is_html:
            return 2 * self.letters, True
        return (-1 if self.is_stub and self.letters < _STUB_LETTERS else self.letters), False

    def leaves(self) -> tuple[int, ...]:
        """Return the leaves in their order; no recursion, for mails nest thousands deep."""
        found, left = [], [self]
        while left:
            option = left.pop()
            if option.joined:
                left += reversed(option.joined)
            else:
                found.append(option.leaf)
        return tuple(found)


@dataclass(slots=True)
class Bodies:
    """Chooses bodies among the parts of one file, each part decoded and weighed once.

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
    _chosen: list[_Option | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Parents come before their children: a walk from the start tells which parts have rivals,
        # one from the end chooses, and neither needs recursion.
        weighed = [False] * len(self.parts)
        for index, part in enumerate(self.parts):
            if part.parent is not None:
                weighed[index] = weighed[part.parent] or _has_rivals(self.parts[part.parent])
        children: list[list[_Option]] = [[] for _ in self.parts]
        self._chosen = [None] * len(self.parts)
        for index in range(len(self.parts) - 1, -1, -1):
            part = self.parts[index]
            option = self._choose(index, part, children[index][::-1], weighed=weighed[index])
            children[index] = []
            self._chosen[index] = option
            if option is not None and part.parent is not None:
                children[part.parent].append(option)

    def body(self, root: int) -> Body | None:
        """Return what is seen of the mail whose outermost part is ``root``, or None."""
        chosen = self._chosen[root]
        indexes = tuple(
            index for index in (chosen.leaves() if chosen else ()) if self._leaves[index].text.strip()
        )
        if not indexes:
            return None
        leaves = [self._leaves[index] for index in indexes]
        guessed = tuple(dict.fromkeys(leaf.charset for leaf in leaves if leaf.guessed))
        if any(leaf.is_html for leaf in leaves):
            pieces = [leaf.text if leaf.is_html else _as_html(leaf.text) for leaf in leaves]
            return Body("\n".join(pieces), "html", indexes, guessed)
        return Body("\n\n".join(leaf.text for leaf in leaves), "text", indexes, guessed)

    def _choose(self, index: int, part: Part, options: list[_Option], *, weighed: bool) -> _Option | None:
        if part.is_message:
            return None
        if not part.is_multipart:
            leaf = self._read(index, part)
            return _option_of(index, leaf, weighed=weighed) if leaf else None
        if len(options) < 2 or part.content.value == "multipart/related":
            return options[0] if options else None
        if _has_rivals(part):
            return max(options, key=lambda option: option.richness)
        return _Option(
            sum(option.letters for option in options),
            any(option.is_html for option in options),
            any(option.is_stub for option in options),
            joined=tuple(options),
        )

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
        is_html = media in _HTML or bool(LOOKS_HTML.match(text))
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


def _has_rivals(part: Part) -> bool:
    return part.content.value == "multipart/alternative"


def _option_of(index: int, leaf: Leaf, *, weighed: bool) -> _Option:
    letters = _letters(leaf) if weighed else 0  # a long search, for nothing where nothing is to choose
    is_stub = weighed and letters < _STUB_LETTERS and _STUB.search(leaf.text) is not None
    return _Option(letters, leaf.is_html, is_stub, index)


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
