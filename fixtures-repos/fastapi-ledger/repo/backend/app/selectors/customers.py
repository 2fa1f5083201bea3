from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.core.text import match_key
from app.models import Customer, Organisation
from app.selectors.lookup import one_or_not_found


def list_customers(
    *, organisation: Organisation, search: str | None = None
) -> Select[tuple[Customer]]:
    statement = select(Customer).where(Customer.organisation_id == organisation.id)
    if search:
        statement = statement.where(Customer.name_key.contains(match_key(search), autoescape=True))
    return statement


async def get_customer(session: AsyncSession, *, public_id: str) -> Customer:
    statement = select(Customer).where(Customer.public_id == public_id)
    return await one_or_not_found(session, statement.options(joinedload(Customer.organisation)))


async def find_customer(
    session: AsyncSession, *, organisation: Organisation, public_id: str
) -> Customer | None:
    return await session.scalar(
        select(Customer).where(
            Customer.organisation_id == organisation.id, Customer.public_id == public_id
        )
    )


async def customer_name_taken(
    session: AsyncSession,
    *,
    organisation: Organisation,
    name: str,
    exclude: Customer | None = None,
) -> bool:
    statement = select(Customer.id).where(
        Customer.organisation_id == organisation.id, Customer.name_key == match_key(name)
    )
    if exclude is not None:
        statement = statement.where(Customer.id != exclude.id)
    return await session.scalar(statement) is not None
