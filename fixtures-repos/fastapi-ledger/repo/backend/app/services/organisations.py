from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core import clock
from app.core.errors import Conflict, Invalid
from app.core.text import clean, match_key
from app.models import Membership, Organisation, User
from app.selectors.organisations import organisation_name_taken
from app.services import events
from app.services.chart import standard_accounts


async def create_organisation(
    session: AsyncSession,
    *,
    actor: User,
    name: str,
    currency: str = "EUR",
    time_zone: str = "Europe/Berlin",
    invoice_prefix: str = "",
) -> Organisation:
    await _ensure_name_free(session, name=name)
    organisation = Organisation(
        name=clean(name),
        name_key=match_key(name),
        currency=currency,
        time_zone=time_zone,
        invoice_prefix=invoice_prefix,
    )
    session.add(organisation)
    session.add(Membership(organisation=organisation, user=actor, role="owner"))
    session.add_all(standard_accounts(organisation))
    await events.record(
        session,
        action="organisation.created",
        organisation=organisation,
        subject=organisation,
        actor=actor,
    )
    return organisation


async def update_organisation(
    session: AsyncSession, *, organisation: Organisation, actor: User, changes: dict[str, Any]
) -> Organisation:
    if "name" in changes:
        await _ensure_name_free(session, name=changes["name"], exclude=organisation)
        organisation.name = clean(changes["name"])
        organisation.name_key = match_key(changes["name"])
    for field in ("time_zone", "invoice_prefix"):
        if field in changes:
            setattr(organisation, field, changes[field])
    await events.record(
        session,
        action="organisation.updated",
        organisation=organisation,
        subject=organisation,
        actor=actor,
        data={"fields": sorted(changes)},
    )
    return organisation


async def lock_books(
    session: AsyncSession, *, organisation: Organisation, actor: User, until: date
) -> Organisation:
    if until >= clock.today(organisation.time_zone):
        raise Invalid("Only past days can be closed.", code="not_past", pointer="/until")
    if organisation.locked_until is not None and until < organisation.locked_until:
        raise Conflict(
            "Closed books are not opened again.",
            code="already_locked",
            context={"locked_until": organisation.locked_until.isoformat()},
        )
    organisation.locked_until = until
    await events.record(
        session,
        action="organisation.locked",
        organisation=organisation,
        subject=organisation,
        actor=actor,
        data={"until": until.isoformat()},
    )
    return organisation


async def _ensure_name_free(
    session: AsyncSession, *, name: str, exclude: Organisation | None = None
) -> None:
    if await organisation_name_taken(session, name=name, exclude=exclude):
        raise Conflict("This name is already in use.", code="name_taken", pointer="/name")
