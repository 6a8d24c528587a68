"""The totals are right to the cent."""

import pytest

from invoices.__main__ import main
from invoices.totals import Line, discounted, gross, net


def test_net_adds_up_the_pieces():
    assert net([Line(250, 2), Line(99, 1)]) == 599


def test_net_refuses_an_empty_line():
    with pytest.raises(ValueError):
        net([Line(250, 0)])


def test_gross_taxes_each_rate_on_its_own():
    assert gross([Line(1000, 1), Line(1000, 1, "reduced"), Line(1000, 1, "none")]) == 1190 + 1070 + 1000


def test_discount():
    assert discounted(1000, 15) == 850
    with pytest.raises(ValueError):
        discounted(1000, 101)


def test_the_program_prints_the_total(capsys):
    assert main(["1000x2"]) == 0
    assert capsys.readouterr().out == "2380\n"
