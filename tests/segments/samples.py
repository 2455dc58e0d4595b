"""What the tests of this room share: boundary cases, messages built of lines, odd text."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from clientvoice.records import Block, BlockKind, Message

BULLETS = "•▪✓→-"
CASES = Path(__file__).parent / "cases"


def boundary_cases(name: str) -> list[tuple[str, list[str]]]:
    """Return (text, sentences) of a file of cases; ¦ stands at every boundary."""
    found = []
    for line in (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            case = line.replace("\\n", "\n")
            found.append(
                (case.replace("¦", ""), [part.strip().lstrip(BULLETS + " ") for part in case.split("¦")])
            )
    return found


def message_of(*lines: str | tuple[str, BlockKind], subject: str | None = None) -> Message:
    """Return a message with a block a line, paragraphs unless a line names its kind."""
    rows = [line if isinstance(line, tuple) else (line, "paragraph") for line in lines]
    if subject is not None:
        rows.insert(0, (subject, "subject"))
    blocks, offset = [], 0
    for line, kind in rows:
        blocks.append(Block(offset, offset + len(line), kind))
        offset += len(line) + 2
    text = "\n\n".join(line for line, _ in rows)
    return Message(id="sample", text=text, blocks=tuple(blocks), subject=subject)


_PIECES = """
now Click the Dr. U.S. No. 5 p.m. Friday e.g. J. K. iPhone Yahoo! Inc. etc. P.S. 1. a. $4.50 3.5% {{name}}
*|FNAME|* %{n} [Name] $user <%= %> a.b@example.com www.example.com/a. https://example.com?x=1! ... … !!! ?!
. ! ? : ; , - – — • ✓ → > " ' “ ” ( ) [ ] { } * _ 🎉 ❤️
"""
_ODD = ("\u200b", "\u200d", "\u00a0", "\u0085", "\u2028", "\ud800", "\r", "\t", " ", "  ", "\n", "\n\n")
_KINDS = ("heading", "paragraph", "bullet", "button", "footer", "quote")
odd_text = st.lists(st.sampled_from([*_PIECES.split(), *_ODD, " ", " "]), max_size=40).map("".join) | st.text(
    max_size=60
)
odd_message = st.lists(st.tuples(odd_text, st.sampled_from(_KINDS)), max_size=6).map(
    lambda rows: message_of(*rows)
)
