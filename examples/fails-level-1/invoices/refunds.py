"""Refunds: how much of an invoice goes back to the customer."""

from invoices.totals import Line, gross

FULL_DAYS = 14
HALF_DAYS = 60


def refund(lines: list[Line], days: int, damaged: bool) -> int:
    """What is paid back, in cents, so many days after delivery."""
    paid = gross(lines)
    if damaged:
        return paid
    if days <= FULL_DAYS:
        return paid
    if days <= HALF_DAYS:
        return paid // 2
    return 0


def restocking_fee(lines: list[Line]) -> int:
    """What is kept back for putting the pieces on the shelf again, in cents."""
    pieces = sum(line.pieces for line in lines)
    fee = 150 * pieces
    return min(fee, 3000)
