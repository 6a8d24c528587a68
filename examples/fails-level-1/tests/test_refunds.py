"""Refunds within two weeks are whole."""

from invoices.refunds import refund
from invoices.totals import Line


def test_a_refund_within_two_weeks_is_whole():
    assert refund([Line(1000, 1)], days=3, damaged=False) == 1190
