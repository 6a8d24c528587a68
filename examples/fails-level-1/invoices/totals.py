"""The total of an invoice."""

from dataclasses import dataclass

TAX_PERCENT = {"standard": 19, "reduced": 7, "none": 0}


@dataclass(frozen=True)
class Line:
    """One line: a price per piece in cents, a number of pieces, and its tax rate."""

    cents: int
    pieces: int
    tax: str = "standard"


def net(lines: list[Line]) -> int:
    """The sum without tax, in cents."""
    for line in lines:
        if line.pieces < 1:
            raise ValueError("a line has at least one piece")
    return sum(line.cents * line.pieces for line in lines)


def gross(lines: list[Line]) -> int:
    """The sum with tax, in cents, rounded half up for each rate."""
    total = 0
    for rate, percent in TAX_PERCENT.items():
        part = net([line for line in lines if line.tax == rate])
        total += part + (part * percent + 50) // 100
    return total


def discounted(cents: int, percent: int) -> int:
    """A price after a discount in percent, in cents."""
    if not 0 <= percent <= 100:
        raise ValueError("a discount lies between 0 and 100 percent")
    return cents - cents * percent // 100
