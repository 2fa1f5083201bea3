from datetime import date

import pytest

from app.services.bank_layouts import parse_day


def test_days_are_read_in_the_formats_of_banks():
    expected = date(2026, 3, 9)
    assert parse_day("2026-03-09") == expected
    assert parse_day("09.03.2026") == expected
    assert parse_day(" 09/03/2026 ") == expected


def test_other_days_are_refused():
    with pytest.raises(ValueError, match="not a date"):
        parse_day("March 9")
