"""Prints the gross total of an invoice given as CENTSxPIECES words."""

import sys

from invoices.totals import Line, gross


def main(words: list[str]) -> int:
    """Adds up the words and prints the total."""
    lines = [Line(int(cents), int(pieces)) for cents, pieces in (word.split("x") for word in words)]
    print(gross(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
