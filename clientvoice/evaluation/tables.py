"""Figures as plain text, as they stand in cards and on the terminal."""

from __future__ import annotations

from typing import Any

from clientvoice.evaluation.measures import FEW

NO_VALUE = "(no value)"
"""What the rows without a value are called, where figures are measured by a column."""


def figures_text(figures: dict[str, Any]) -> str:
    """Return figures as aligned lines.

    Examples
    --------
    >>> print(figures_text({"items": 2, "macro_f1": 0.5, "accuracy": 0.5, "per_label": {}}))
    items                      2
    macro-F1                   0.5
    accuracy                   0.5
    """
    lines = [f"{'items':<26} {figures['items']}"]
    if figures.get("unlabelled"):
        lines.append(f"{'skipped, without a label':<26} {figures['unlabelled']}")
    lines.append(f"{'macro-F1':<26} {figures['macro_f1']}{_interval(figures)}")
    names = {
        "accuracy": "accuracy",
        "expected_calibration_error": "calibration error",
        "score_spearman": "score, Spearman",
        "score_mean_absolute_error": "score, mean error",
        "right_side_of_50": "right side of 50",
    }
    lines += [f"{title:<26} {figures[key]}" for key, title in names.items() if figures.get(key) is not None]
    lines += _rows("label", figures["per_label"])
    if "cues" in figures:
        lines.append(f"{'cues, micro-F1':<26} {figures['cues']['micro_f1']}")
        lines += _rows("cue", figures["cues"]["per_cue"])
    if "by" in figures:
        lines.append(f"{'by':<26} {'items':>9} {'macro-F1':>9} {'accuracy':>9}")
        lines += [
            f"  {value or NO_VALUE:<24} {row['items']:>9} {row['macro_f1']:>9.3f} {row['accuracy']:>9.3f}"
            for value, row in figures["by"].items()
        ]
    return "\n".join(lines)


def second_text(figures: dict[str, Any]) -> str:
    """Return what the second reading brought on the senders held out for it.

    Examples
    --------
    >>> before = {"macro_f1": 0.74, "expected_calibration_error": 0.01, "cues_micro_f1": 0.6}
    >>> figures = {"items": 90, "read_again": 0.35, "before": before, "after": before | {"macro_f1": 0.79}}
    >>> print(second_text(figures))
    second reading, of 35 in a hundred of 90 held-out sentences
      macro-F1                 0.74 -> 0.79
      calibration error        0.01 -> 0.01
      cues, micro-F1           0.6 -> 0.6
    """
    before, after, share = figures["before"], figures["after"], 100 * figures["read_again"]
    rows = (
        ("macro-F1", "macro_f1"),
        ("calibration error", "expected_calibration_error"),
        ("cues, micro-F1", "cues_micro_f1"),
    )
    return "\n".join(
        [
            f"second reading, of {share:.0f} in a hundred of {figures['items']} held-out sentences",
            *(f"  {name:<24} {before[key]} -> {after[key]}" for name, key in rows),
        ]
    )


def _interval(figures: dict[str, Any]) -> str:
    if interval := figures.get("macro_f1_95"):
        return f"  (95 %: {interval[0]} to {interval[1]})"
    senders = figures.get("senders")
    if senders is None:
        return ""
    told = "1 sender is" if senders == 1 else f"{senders} senders are"
    return f"  (no interval: {told} too few, at least {FEW} are needed)"


def shown(value: float | None, width: int) -> str:
    """Return a figure in so many columns, a dash where there is none.

    Examples
    --------
    >>> shown(0.5, 6), shown(None, 6)
    (' 0.500', '     –')
    """
    return f"{'–' if value is None else f'{value:.3f}':>{width}}"


def _rows(title: str, figures: dict[str, dict[str, Any]]) -> list[str]:
    if not figures:
        return []
    head = f"{title:<26} {'precision':>9} {'recall':>7} {'F1':>6} {'support':>8}"
    return [head] + [
        f"  {name:<24} {shown(row['precision'], 9)} {shown(row['recall'], 7)}"
        f" {shown(row['f1'], 6)} {row['support']:>8.0f}"
        for name, row in figures.items()
    ]
