"""What your labels brought, as text: base and refitted heads side by side, and a plain verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientvoice.evaluation.tables import shown
from clientvoice.records import FRAMES

if TYPE_CHECKING:
    from clientvoice.corpora.labelled import LabelledRows
    from clientvoice.training.gain import Gain
    from clientvoice.training.refit import Refit


def comparison_text(found: Refit, table: LabelledRows) -> str:
    """Return the figures before and after, what they rest on, and whether the labels help."""
    before, after = found.before, found.after
    lines = [_basis(found, table), f"{'':<26} {'before':>7} {'after':>7} {'rows':>6}"]
    lines.append(_line("macro-F1", before["macro_f1"], after["macro_f1"], before["items"]))
    for frame in FRAMES:
        old, new = before["per_label"][frame], after["per_label"][frame]
        lines.append(_line(f"  {frame}, F1", old["f1"], new["f1"], old["support"]))
    key = "expected_calibration_error"
    lines.append(_line("calibration error", before[key], after[key], before["items"]))
    if found.cues:
        lines.append(f"Cues refitted too: {', '.join(found.cues)}.")
    lines.append(found.verdict)
    if found.absent:
        lines.append(_notice(found))
    return "\n".join(lines)


def comparison_record(found: Refit, table: LabelledRows) -> dict[str, Any]:
    """Return the same figures as plain values, ready for JSON."""
    gain = found.gain
    return {
        "rows": found.before["items"],
        "senders": found.groups if table.has_groups else None,
        "unlabelled": table.unlabelled,
        "dropped": found.dropped,
        "before": found.before,
        "after": found.after,
        "gain": _interval(gain),
        "beyond_frequencies": _interval(found.beyond),
        "helps": found.helps,
        "strength": found.strength,
        "cues": list(found.cues),
        "absent": list(found.absent),
        "unlearns": found.unlearns,
    }


def _interval(gain: Gain) -> dict[str, float]:
    return {"macro_f1": gain.value, "low": gain.low, "high": gain.high}


def _line(title: str, old: float | None, new: float | None, rows: Any) -> str:
    return f"{title:<26} {shown(old, 7)} {shown(new, 7)} {rows:>6}"


def _basis(found: Refit, table: LabelledRows) -> str:
    rows = found.before["items"]
    text = f"{rows:,} labelled sentences"
    if not table.has_groups:
        text += ", no senders named: judged on rows left out, so new senders may do worse than this"
    elif found.groups == 1:
        text += " of one sender: judged on rows left out, so other senders may do worse than this"
    else:
        text += f" of {found.groups:,} senders, each judged by heads that never saw it"
    text += "."
    if table.unlabelled:
        text += f" {table.unlabelled:,} rows without a label were skipped."
    if found.dropped:
        text += f" {found.dropped:,} were left out, their text met before or labelled in two ways."
    return text


def _notice(found: Refit) -> str:
    absent = " or ".join(found.absent)
    text = f"No sentence is labelled {absent}, so macro-F1 leaves it out and nothing tells what it costs."
    if found.unlearns:
        text += f" The new model may hardly ever say {absent} any more: label some of those, too."
    return text
