from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from app.core import request_id
from app.models import Event, Organisation, User

ACTIONS = {
    "organisation.created",
    "organisation.updated",
    "organisation.locked",
    "member.added",
    "member.role_changed",
    "member.removed",
    "account.created",
    "account.updated",
    "account.archived",
    "entry.posted",
    "entry.reversed",
    "attachment.added",
    "attachment.removed",
    "customer.created",
    "customer.updated",
    "invoice.drafted",
    "invoice.updated",
    "invoice.issued",
    "invoice.voided",
    "payment.recorded",
    "bank_import.completed",
    "export.requested",
}


class Subject(Protocol):
    public_id: Any


async def record(
    session: AsyncSession,
    *,
    action: str,
    organisation: Organisation,
    subject: Subject,
    actor: User | None,
    data: dict[str, Any] | None = None,
) -> Event:
    if action not in ACTIONS:
        raise ValueError(f"unknown action {action}")
    await session.flush()
    event = Event(
        organisation_id=organisation.id,
        actor_id=None if actor is None else actor.id,
        action=action,
        subject_id=subject.public_id,
        data=data or {},
        request_id=request_id.current(),
    )
    session.add(event)
    await session.flush()
    return event
