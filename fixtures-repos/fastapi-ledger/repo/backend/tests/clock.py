from datetime import datetime, timedelta, timezone

from app.core import clock


class FrozenClock:
    def __init__(self):
        self.moment = datetime(2026, 3, 9, 8, 30, 15, tzinfo=timezone.utc)

    def __enter__(self):
        clock.set_source(lambda: self.moment)
        return self

    def __exit__(self, *_):
        clock.set_source(None)

    def set(self, *parts):
        self.moment = datetime(*parts, tzinfo=timezone.utc)

    def advance(self, **delta):
        self.moment += timedelta(**delta)
