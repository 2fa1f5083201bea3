from app.models import InvoiceLine
from app.services.invoice_totals import line_amount, totals


def line(unit_price, *, quantity=1000, tax_rate=0):
    return InvoiceLine(unit_price=unit_price, quantity=quantity, tax_rate=tax_rate)


def test_quantity_is_in_thousandths():
    assert line_amount(line(1999, quantity=2500)) == 4998


def test_tax_is_rounded_once_for_each_rate():
    lines = [line(33, tax_rate=1900), line(33, tax_rate=1900), line(33, tax_rate=1900)]
    assert totals(lines, 0).tax_total == 19


def test_different_rates_are_taxed_apart():
    lines = [line(10_000, tax_rate=1900), line(10_000, tax_rate=700), line(10_000)]
    assert totals(lines, 0).tax_total == 2600


def test_discount_is_shared_by_amount():
    result = totals([line(10_000), line(5000), line(5000)], 1001)
    assert result.nets == [9499, 4750, 4750]
    assert result.net_total == 18_999


def test_discount_lowers_the_tax():
    assert totals([line(10_000, tax_rate=1900)], 1000).tax_total == 1710
