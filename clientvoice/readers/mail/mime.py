"""A mail as a flat list of parts, found in one pass over its bytes.

The standard library's parser tries every open boundary on every line: 20 MB
nested twenty deep take 21 seconds there, and a few hundred levels exhaust its
recursion. Here a line that opens with two dashes is looked up once among the
open boundaries, so the cost does not depend on depth, and each part keeps its
exact place in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from clientvoice.readers.limits import DEFAULT_LIMITS, Limits
from clientvoice.readers.mail.headers import Headers, MediaType, media_type, read_headers

_DASHES = re.compile(rb"--(?<![^\r\n]--)([^\r\n]*+)")
_LONGEST_BOUNDARY = 300
_PREAMBLE = 4_096
_MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})
_ENCODED = (b"base64", b"quoted-printable")
_PLAIN = MediaType("text/plain", {})
_TOO_DEEP = MediaType("application/x-too-deep", {})


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mail; its body is ``data[start:end]`` of the whole file.

    Parameters
    ----------
    parent : int or None
        Index of the part that holds this one; parents come before children.
    ordinal : int
        Its place among the parts of its parent, from 1.
    headers : dict
    content : MediaType
        ``text/plain`` where nothing usable is declared.
    start, end : int
    """

    parent: int | None
    ordinal: int
    headers: Headers
    content: MediaType
    start: int
    end: int

    @property
    def is_multipart(self) -> bool:
        """Whether the body is a sequence of parts."""
        return self.content.value.startswith("multipart/")

    @property
    def is_message(self) -> bool:
        """Whether the body is a whole mail of its own."""
        return self.content.value in _MESSAGES


class Parts(NamedTuple):
    """The parts of a mail in the order of the file, and whether a limit cut some off."""

    parts: list[Part]
    cut: bool


def split_parts(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Parts:
    r"""Find all parts of a mail, to any depth, in time linear in its size.

    Examples
    --------
    >>> mail = b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x\n\ntwo\n--x--\n"
    >>> [mail[part.start:part.end] for part in split_parts(mail).parts[1:]]
    [b'one', b'two']
    """
    return _Splitter(data, limits).run()


class _Open(NamedTuple):
    part: int
    boundary: bytes | None
    shadowed: int | None


@dataclass(slots=True)
class _Splitter:
    """The parts found so far and the stack of those that have not ended yet."""

    data: bytes
    limits: Limits
    parts: list[Part] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    depth_of: dict[bytes, int] = field(default_factory=dict)
    cut: bool = False

    def run(self) -> Parts:
        self.enter(0)
        for line in _DASHES.finditer(self.data, self.parts[0].start):
            if line.end() - line.start() > _LONGEST_BOUNDARY or not self.depth_of:
                continue
            label = line[1].rstrip()
            depth = self.depth_of.get(label)
            closing = depth is None and label.endswith(b"--")
            if closing:
                depth = self.depth_of.get(label[:-2])
            if depth is None:
                continue
            self.close_above(depth, self.before_line_break(line.start()))
            if closing:
                self.close_above(depth - 1, line.end())
            elif len(self.parts) >= self.limits.max_parts:
                self.cut = True
                break
            else:
                self.enter(self.after_line_break(line.end()))
        else:
            self.close_above(-1, len(self.data))
        return Parts([self.usable(index) for index in range(len(self.parts))], self.cut)

    def enter(self, position: int) -> None:
        """Read the headers of a new part, and of the mails that it opens with."""
        while True:
            parent = self.stack[-1].part if self.stack else None
            headers, start = read_headers(self.data, position)
            content = self.content_of(headers, parent)
            index = len(self.parts)
            ordinal = 1
            if parent is not None:
                self.children[parent] += 1
                ordinal = self.children[parent]
            part = Part(parent, ordinal, headers, content, start, len(self.data))
            self.parts.append(part)
            self.children.append(0)
            boundary = self.boundary_of(part)
            shadowed = None
            if boundary is not None:
                shadowed = self.depth_of.get(boundary)
                self.depth_of[boundary] = len(self.stack)
            self.stack.append(_Open(index, boundary, shadowed))
            if not part.is_message or len(self.parts) >= self.limits.max_parts:
                return
            position = start

    def content_of(self, headers: Headers, parent: int | None) -> MediaType:
        raw = headers.get("content-type")
        if raw is None:
            in_digest = parent is not None and self.parts[parent].content.value == "multipart/digest"
            return MediaType("message/rfc822", {}) if in_digest else _PLAIN
        content = media_type(raw, self.limits.max_header)
        holds_parts = content.value.startswith("multipart/") or content.value in _MESSAGES
        if holds_parts and len(self.stack) >= self.limits.max_depth:
            self.cut = True
            return _TOO_DEEP
        encoding = headers.get("content-transfer-encoding", b"").strip().lower()
        if content.value in _MESSAGES and encoding in _ENCODED:
            return MediaType("application/octet-stream", {})
        return content if "/" in content.value else content._replace(value="text/plain")

    def boundary_of(self, part: Part) -> bytes | None:
        if not part.is_multipart:
            return None
        declared = part.content.parameters.get("boundary", "").rstrip().encode("latin-1", "replace")
        if declared:
            return declared[:_LONGEST_BOUNDARY]
        # None is declared, or an empty one: the first line of dashes is as good as told.
        first = _DASHES.search(self.data, part.start, part.start + _PREAMBLE)
        return first[1].rstrip() if first and first[1].rstrip() not in self.depth_of else None

    def close_above(self, depth: int, end: int) -> None:
        """End every part on the stack above ``depth``."""
        while len(self.stack) > depth + 1:
            index, boundary, shadowed = self.stack.pop()
            part = self.parts[index]
            end = max(part.start, end)  # an empty part may start behind the break that ends it
            self.parts[index] = replace(part, end=end)
            if boundary is not None:
                if shadowed is None:
                    del self.depth_of[boundary]
                else:
                    self.depth_of[boundary] = shadowed

    def before_line_break(self, position: int) -> int:
        # The line break before a boundary belongs to the boundary.
        if self.data[position - 2 : position] == b"\r\n":
            return position - 2
        return max(0, position - 1)

    def after_line_break(self, position: int) -> int:
        return position + (2 if self.data[position : position + 2] == b"\r\n" else 1)

    def usable(self, index: int) -> Part:
        # A multipart without a single part is read as the plain text it then is.
        part = self.parts[index]
        return replace(part, content=_PLAIN) if part.is_multipart and not self.children[index] else part
