"""``python -m clientvoice`` is the command line."""

from clientvoice.cli import main

if __name__ == "__main__":
    main()
