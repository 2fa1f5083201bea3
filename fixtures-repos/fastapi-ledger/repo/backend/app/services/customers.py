from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Conflict
from app.core.text import clean, match_key
from app.models import Customer, Organisation, User
from app.selectors.customers import customer_name_taken
from app.services import events


async def create_customer(
    session: AsyncSession,
    *,
    organisation: Organisation,
    actor: User,
    name: str,
    email: str | None = None,
    address: str | None = None,
    payment_days: int = 14,
    reminders: bool = True,
) -> Customer:
    await _ensure_name_free(session, organisation=organisation, name=name)
    customer = Customer(
        organisation=organisation,
        name=clean(name),
        name_key=match_key(name),
        email=email,
        address=address,
        payment_days=payment_days,
        reminders=reminders,
    )
    session.add(customer)
    await events.record(
        session,
        action="customer.created",
        organisation=organisation,
        subject=customer,
        actor=actor,
    )
    return customer


async def update_customer(
    session: AsyncSession, *, customer: Customer, actor: User, changes: dict[str, Any]
) -> Customer:
    if "name" in changes:
        await _ensure_name_free(
            session,
            organisation=customer.organisation,
            name=changes["name"],
            exclude=customer,
        )
        customer.name = clean(changes["name"])
        customer.name_key = match_key(changes["name"])
    for field in ("email", "address", "payment_days", "reminders"):
        if field in changes:
            setattr(customer, field, changes[field])
    await events.record(
        session,
        action="customer.updated",
        organisation=customer.organisation,
        subject=customer,
        actor=actor,
        data={"fields": sorted(changes)},
    )
    return customer


async def _ensure_name_free(
    session: AsyncSession,
    *,
    organisation: Organisation,
    name: str,
    exclude: Customer | None = None,
) -> None:
    taken = await customer_name_taken(
        session, organisation=organisation, name=name, exclude=exclude
    )
    if taken:
        raise Conflict("This name is already in use.", code="name_taken", pointer="/name")
