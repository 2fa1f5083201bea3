from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.models import Event, Organisation


def list_events(
    *, organisation: Organisation, action: str | None = None, subject_id: str | None = None
) -> Select[tuple[Event]]:
    statement = (
        select(Event)
        .where(Event.organisation_id == organisation.id)
        .options(joinedload(Event.actor))
    )
    if action is not None:
        statement = statement.where(Event.action == action)
    if subject_id is not None:
        statement = statement.where(Event.subject_id == subject_id)
    return statement
