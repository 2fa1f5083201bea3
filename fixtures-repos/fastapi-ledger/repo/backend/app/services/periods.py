from datetime import date

from app.core.errors import InvalidState
from app.models import Organisation


def ensure_open(organisation: Organisation, day: date) -> None:
    if organisation.locked_until is None or day > organisation.locked_until:
        return
    raise InvalidState(
        "The books are closed for this day.",
        code="period_locked",
        context={"locked_until": organisation.locked_until.isoformat(), "day": day.isoformat()},
    )
