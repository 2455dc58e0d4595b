"""One check by hand, with all that a format has to tell."""

from __future__ import annotations

from clientvoice.records import Failure, Notice
from clientvoice.reports.checks.checked import Checked, CheckedMessage
from clientvoice.reports.checks.findings import Finding
from clientvoice.reports.checks.fixes import Fix
from clientvoice.reports.checks.positions import Place
from clientvoice.rules import RuleBook


def checked(text: str = "Save now!", path: str = "mails/june.md") -> Checked:
    """Return a check of four messages, with a hostile text in every place where one can stand."""
    box = f"{path}.mbox"
    cues = ("price", "pressure")
    place = Place(3, 5, 3, 14)
    fix = Fix(f"Keep it. {text}", text, ((Place(3, 5, 3, 9), text), (Place(3, 9, 3, 14), "")))
    found = (
        Finding("price", path, path, text, f"Leads: “{text}”.", text, place, cues, 0.9, fixes=(fix,)),
        Finding("pressure", path, path, text, "Presses.", place=Place(4), unsure=True, level="note"),
        Finding("price", path, path, text, "Leads.", place=place, silenced="inSource", justification=text),
        Finding("price", path, path, text, "Old.", place=place, known=True),
        Finding("price", box, f"{box}#1", text, "In a mail.", place=Place(2, 1, 2, 4, "part 1, decoded")),
        Finding("conditions", box, f"{box}#1", text, "In a subject."),
    )
    messages = (
        CheckedMessage(path, path, "customer", 12.0, (Notice("unused_suppression", text),)),
        CheckedMessage(f"{path}.mbox#1", f"{path}.mbox", "client", 88.0),
        CheckedMessage("july.md", "july.md", "client", 90.0),
        CheckedMessage(
            "juli.md", "juli.md", "customer", 20.0, (Notice("not_english", "The text reads as 'de'."),)
        ),
    )
    failures = (
        Failure("a.bin", "binary", f"a.bin: {text}", "a.bin"),
        Failure("empty.md", "empty", "empty.md: empty.", "empty.md"),
        Failure("x.png", "skipped_unknown", "x.png: no message.", "x.png"),
    )
    return Checked(found, messages, failures, RuleBook.load(), "fast", compared=True, stale=2)
