from collections.abc import Callable
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo


def _system() -> datetime:
    return datetime.now(timezone.utc)


_source: Callable[[], datetime] = _system


def set_source(source: Callable[[], datetime] | None) -> None:
    global _source
    _source = source or _system


def now() -> datetime:
    return _source().astimezone(timezone.utc).replace(microsecond=0)


def today(time_zone: str) -> date:
    return now().astimezone(ZoneInfo(time_zone)).date()
