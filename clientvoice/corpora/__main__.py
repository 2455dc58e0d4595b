"""Count what a folder of authored text holds: ``python -m clientvoice.corpora data/corpus``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from clientvoice.corpora.sentences import read_contrast, read_corpus
from clientvoice.framing.model import CUES
from clientvoice.records import FRAMES


def count(folder: Path) -> str:
    """Return sentences, groups, labels and cues of each corpus as text."""
    examples = read_corpus(folder) + read_contrast(folder)
    lines = []
    for origin in sorted({example.origin for example in examples}):
        part = [example for example in examples if example.origin == origin]
        labels = Counter(example.label for example in part)
        cues = Counter(cue for example in part for cue in example.cues)
        lines.append(f"{origin}: {len(part)} sentences in {len({e.group for e in part})} groups")
        lines.append("  " + " · ".join(f"{label} {labels[label]}" for label in FRAMES))
        lines.append("  " + " · ".join(f"{cue} {cues[cue]}" for cue in CUES))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(count(Path(sys.argv[1])) + "\n")
