from decimal import Decimal
from fractions import Fraction

import pytest

from app.core.money import allocate, apply_rate, format_amount, parse_amount, round_minor


def test_halves_round_away_from_zero():
    assert [round_minor(Decimal(value)) for value in ("0.5", "1.5", "2.5", "-0.5", "-2.5")] == [
        1,
        2,
        3,
        -1,
        -3,
    ]


def test_fractions_round_without_passing_through_floats():
    assert round_minor(Fraction(10**15 + 1, 2)) == 500_000_000_000_001


def test_rate_is_in_basis_points():
    assert apply_rate(10_050, 1900) == 1910
    assert apply_rate(-10_050, 1900) == -1910


def test_allocation_keeps_the_total():
    assert sum(allocate(10_001, [3, 3, 1])) == 10_001


def test_allocation_gives_spare_units_to_the_largest_remainders():
    assert allocate(100, [1, 1, 4]) == [17, 17, 66]
    assert allocate(10, [5, 3, 3]) == [4, 3, 3]


def test_allocation_ties_go_to_the_earlier_share():
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]


def test_allocation_of_a_negative_total_mirrors_the_positive_one():
    assert allocate(-100, [1, 1, 1]) == [-34, -33, -33]


def test_allocation_gives_nothing_to_weight_zero():
    assert allocate(7, [0, 2, 0, 1]) == [0, 5, 0, 2]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1]])
def test_allocation_refuses_weights_without_a_share(weights):
    with pytest.raises(ValueError, match="weights"):
        allocate(100, weights)


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("12,5", "EUR", 1250),
        ("1.234,50", "EUR", 123_450),
        ("1,234.50", "EUR", 123_450),
        ("1.234", "EUR", 123_400),
        ("1.234", "KWD", 1234),
        ("1'200.05", "CHF", 120_005),
        ("-0,07", "EUR", -7),
        ("19,90-", "EUR", -1990),
        ("\u221212", "EUR", -1200),
        ("12 000", "JPY", 12_000),
    ],
)
def test_amounts_are_read_as_banks_write_them(text, currency, amount):
    assert parse_amount(text, currency) == amount


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "12,345,6", "0,125", "1234.567"])
def test_doubtful_amounts_are_refused(text):
    with pytest.raises(ValueError):
        parse_amount(text, "EUR")


def test_amounts_are_written_with_the_decimals_of_the_currency():
    assert format_amount(-5, "EUR") == "-0.05"
    assert format_amount(123_450, "EUR") == "1234.50"
    assert format_amount(1234, "JPY") == "1234"
    assert format_amount(1234, "KWD") == "1.234"
