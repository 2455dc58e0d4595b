"""Damages our own sample mails, and files that we make, in every way a disk or a person might.

For as many seconds as ``CLIENTVOICE_MUTATION_SECONDS`` says (20 by default; the
longer run is ``tests/benchmarks/mutations.py``): a message or a clear failure, no
exception, no mutant over ten seconds, memory bounded.
"""

import importlib.util
import os
import sys
from pathlib import Path

LOOP = Path(__file__).resolve().parents[1] / "benchmarks" / "mutations.py"


def test_no_mutant_breaks_a_reader():
    spec = importlib.util.spec_from_file_location("mutations", LOOP)
    mutations = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = mutations
    spec.loader.exec_module(mutations)
    seconds = float(os.environ.get("CLIENTVOICE_MUTATION_SECONDS", "20"))
    tally = mutations.run(mutations.samples(), seconds=seconds, seed=20261)
    assert tally.mutants > seconds  # a loop that hardly runs proves nothing
    assert tally.faults == []
    assert tally.grown < 600_000_000
