from datetime import datetime, timedelta, timezone

from docket.core import clock


class FrozenClock:
    def __init__(self):
        self.moment = datetime(2026, 3, 9, 8, 30, 15, 250000, tzinfo=timezone.utc)

    def __enter__(self):
        clock.set_source(lambda: self.moment)
        return self

    def __exit__(self, *exc_info):
        clock.set_source(None)

    def advance(self, **delta):
        self.moment += timedelta(**delta)
        return self.moment
