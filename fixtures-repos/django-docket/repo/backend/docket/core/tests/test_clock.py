from datetime import datetime, timedelta, timezone

from docket.core import clock


def test_now_is_cut_to_milliseconds():
    clock.set_source(lambda: datetime(2026, 5, 1, 9, 0, 0, 123999, tzinfo=timezone.utc))
    try:
        assert clock.now().microsecond == 123000
    finally:
        clock.set_source(None)


def test_now_converts_other_zones():
    zone = timezone(timedelta(hours=2))
    clock.set_source(lambda: datetime(2026, 5, 1, 9, 0, tzinfo=zone))
    try:
        assert clock.now() == datetime(2026, 5, 1, 7, 0, tzinfo=timezone.utc)
        assert clock.now().hour == 7
    finally:
        clock.set_source(None)


def test_frozen_clock_stands_still_until_advanced(frozen_clock):
    first = clock.now()
    assert clock.now() == first
    frozen_clock.advance(minutes=5)
    assert clock.now() - first == timedelta(minutes=5)
