"""Measure the shipped models on every behavioural suite and keep the floors of ``quality.json``.

``python tests/quality.py`` prints the table for the models' cards and says what
fell; ``--update`` pins new models and data and raises the floors, and refuses to
lower one without ``--allow-regression``.
"""

import sys

if __name__ == "__main__":
    from behaviour.command import main

    sys.exit(main())
