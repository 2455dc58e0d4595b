"""The command line: argv to files and exit codes.

Exit codes: 0 all done, 1 something was unreadable or under the bar, 2 wrong
usage or nothing to do, 130 interrupted, 141 whoever read the output has gone.
"""

from clientvoice.cli.commands import app, main

__all__ = ["app", "main"]
