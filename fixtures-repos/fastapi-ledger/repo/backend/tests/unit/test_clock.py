from datetime import date, datetime, timedelta, timezone

from app.core import clock


def test_now_is_utc_without_fractions():
    moment = clock.now()
    assert moment.tzinfo is timezone.utc
    assert moment.microsecond == 0


def test_now_turns_other_zones_into_utc(frozen_clock):
    frozen_clock.moment = datetime(2026, 3, 9, 1, 0, tzinfo=timezone(timedelta(hours=3)))
    assert clock.now() == datetime(2026, 3, 8, 22, 0, tzinfo=timezone.utc)


def test_today_is_the_day_of_the_organisation(frozen_clock):
    frozen_clock.set(2026, 3, 8, 23, 30)
    assert clock.today("UTC") == date(2026, 3, 8)
    assert clock.today("Europe/Berlin") == date(2026, 3, 9)
    assert clock.today("America/New_York") == date(2026, 3, 8)
