"""Makes files of other formats from nothing: an Outlook message, a Word document, archives and tables."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR, _SMALL = 512, 64
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

Storage = Mapping[str, "bytes | Storage"]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)


def zipped(files: Mapping[str, bytes | str] | Sequence[tuple[str, bytes | str]]) -> bytes:
    """Pack files in the order given."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def packed_as(*entries: tuple[str, bytes, int, bytes]) -> bytes:
    """Make a zip of names, what is packed, by which method, and what the listing says that it is."""
    data, listing = b"", b""
    for name, packed, method, says in entries:
        path = name.encode()
        sizes = (zlib.crc32(says), len(packed), len(says), len(path))
        usual = (46, 0, method, 0, 0, *sizes, 0)
        listing += b"PK\1\2" + struct.pack("<HHHHHHLLLHHHHHLL", 46, *usual, 0, 0, 0, 0, len(data)) + path
        data += b"PK\3\4" + struct.pack("<HHHHHLLLHH", *usual) + path + packed
    count = len(entries)
    end = struct.pack("<HHHHLLH", 0, 0, count, count, len(listing), len(data), 0)
    return data + listing + b"PK\5\6" + end


def wide(packed: bytes) -> bytes:
    """Give a zip the end record for large ones, and take the size of the listing out of the usual one."""
    at = packed.rfind(b"PK\5\6")
    count, size, offset = struct.unpack_from("<HLL", packed, at + 10)
    record = b"PK\6\6" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = b"PK\6\7" + struct.pack("<LQL", 0, at, 1)
    return packed[:at] + record + locator + packed[at : at + 12] + struct.pack("<LLH", 47, offset, 0)


def encrypted(packed: bytes) -> bytes:
    """Set the flag of a password on every entry."""
    data = bytearray(packed)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def docx(body: str, extra: Mapping[str, bytes | str] | None = None) -> bytes:
    """Make a Word document of the content of its body."""
    document = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    files = {"[Content_Types].xml": _TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document}
    return zipped({**files, **(extra or {})})


def paragraph(text: str, style: str = "") -> str:
    """Make a paragraph of a Word document."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def heading_styles() -> dict[str, str]:
    """Return the part of a Word document that names its headings."""
    style = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{1}"/></w:style>'
    styles = style.format("Heading1", "heading 1") + style.format("Title", "Title")
    return {"word/styles.xml": f'<?xml version="1.0"?><w:styles {W}>{styles}</w:styles>'}


def msg(
    *,
    subject: str | None = "Monday",
    text: str | None = None,
    html: bytes | None = None,
    sender: tuple[str, str] | None = ("Dana Reyes", "dana@example.com"),
    sent: int | None = 134_248_608_000_000_000,
    files: Sequence[str] = (),
    inside: Sequence[Storage] = (),
    header: int = 32,
) -> Storage:
    """Make the storage of an Outlook message; ``compound`` makes a file of it."""
    held: dict[str, bytes | Storage] = {}
    properties = [struct.pack("<HHIQ", 0x0003, 0x3FDE, 6, 65_001)]
    if sent is not None:
        properties.append(struct.pack("<HHIQ", 0x0040, 0x0039, 6, sent))
    texts = {0x0037: subject, 0x1000: text}
    if sender:
        texts |= {0x0C1A: sender[0], 0x5D01: sender[1]}
    for number, value in texts.items():
        if value is not None:
            raw = value.encode("utf-16-le")
            held[f"__substg1.0_{number:04X}001F"] = raw
            properties.append(struct.pack("<HHIII", 0x001F, number, 6, len(raw) + 2, 0))
    if html is not None:
        held["__substg1.0_10130102"] = html
        properties.append(struct.pack("<HHIII", 0x0102, 0x1013, 6, len(html), 0))
    held["__properties_version1.0"] = bytes(header) + b"".join(properties)
    attachments: list[dict[str, bytes | Storage]] = [
        {"__substg1.0_3707001F": name.encode("utf-16-le"), "__substg1.0_37010102": b"x" * 50}
        for name in files
    ]
    attachments += [{"__substg1.0_3701000D": message} for message in inside]
    for number, attachment in enumerate(attachments):
        attachment["__properties_version1.0"] = bytes(8) + struct.pack("<HHIQ", 0x0003, 0x3705, 6, 1)
        held[f"__attach_version1.0_#{number:08X}"] = attachment
    return held


def compound(root: Storage) -> bytes:
    """Write storages and streams as a compound file, the way Office does."""
    entries: list[list[object]] = [["Root Entry", 5, None, _FREE]]  # name, type, data, child

    def add(storage: Storage) -> int:
        """Add what a storage holds, as a chain of siblings to the right, and return the first."""
        numbers = []
        for name in sorted(storage, key=lambda name: (len(name), name.upper())):
            value = storage[name]
            numbers.append(len(entries))
            entries.append([name, 2 if isinstance(value, bytes) else 1, value, _FREE])
            if not isinstance(value, bytes):
                entries[numbers[-1]][3] = add(value)
        for number, following in zip(numbers, [*numbers[1:], _FREE], strict=True):
            entries[number].append(following)
        return numbers[0] if numbers else _FREE

    entries[0][3] = add(root)
    entries[0].append(_FREE)
    small, small_fat, sectors, fat = bytearray(), [], bytearray(), []

    def chain(data: bytes, size: int, into: bytearray, table: list[int]) -> int:
        start, count = len(table), -(-len(data) // size)
        into += data.ljust(count * size, b"\0")
        table += [*range(start + 1, start + count), _END] if count else []
        return start if count else _END

    places = [
        (
            (
                chain(data, _SMALL, small, small_fat)
                if len(data) < 4_096
                else chain(data, _SECTOR, sectors, fat)
            ),
            len(data),
        )
        if isinstance(data := entry[2], bytes)
        else (0, 0)
        for entry in entries
    ]
    places[0] = (chain(bytes(small), _SECTOR, sectors, fat), len(small))
    small_table = b"".join(struct.pack("<I", number) for number in small_fat)
    small_start = chain(small_table + b"\xff" * (-len(small_table) % _SECTOR), _SECTOR, sectors, fat)
    directory = b"".join(
        _entry(str(entry[0]), int(entry[1]), int(entry[3]), int(entry[4]), *place)  # type: ignore[call-overload]
        for entry, place in zip(entries, places, strict=True)
    )
    directory_start = chain(directory, _SECTOR, sectors, fat)
    count = 1
    while count * 128 < len(fat) + count:
        count += 1
    fat_start = len(fat)
    fat += [_FAT] * count
    table = b"".join(struct.pack("<I", number) for number in fat).ljust(count * _SECTOR, b"\xff")
    head = MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack(
        "<IIIIIIIII",
        0,
        count,
        directory_start,
        0,
        4_096,
        small_start,
        -(-len(small_table) // _SECTOR),
        _END,
        0,
    )
    head += b"".join(struct.pack("<I", fat_start + n if n < count else _FREE) for n in range(109))
    return head + bytes(sectors) + table


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le")
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(wide) + 2, kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
