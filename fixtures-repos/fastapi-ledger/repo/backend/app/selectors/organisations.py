from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.core.text import match_key
from app.models import Membership, Organisation, User
from app.selectors.lookup import one_or_not_found


def list_organisations(*, user: User) -> Select[tuple[Organisation]]:
    return select(Organisation).join(Membership).where(Membership.user_id == user.id)


def list_memberships(*, organisation: Organisation) -> Select[tuple[Membership]]:
    return (
        select(Membership)
        .where(Membership.organisation_id == organisation.id)
        .options(joinedload(Membership.user))
    )


async def get_organisation(session: AsyncSession, *, public_id: str) -> Organisation:
    return await one_or_not_found(
        session, select(Organisation).where(Organisation.public_id == public_id)
    )


async def get_membership(
    session: AsyncSession, *, organisation: Organisation, public_id: str
) -> Membership:
    statement = list_memberships(organisation=organisation).where(Membership.public_id == public_id)
    return await one_or_not_found(session, statement)


async def find_membership(
    session: AsyncSession, *, organisation: Organisation, user: User
) -> Membership | None:
    return await session.scalar(
        select(Membership).where(
            Membership.organisation_id == organisation.id, Membership.user_id == user.id
        )
    )


async def count_owners(session: AsyncSession, *, organisation: Organisation) -> int:
    statement = select(func.count()).where(
        Membership.organisation_id == organisation.id, Membership.role == "owner"
    )
    return await session.scalar(statement) or 0


async def organisation_name_taken(
    session: AsyncSession, *, name: str, exclude: Organisation | None = None
) -> bool:
    statement = select(Organisation.id).where(Organisation.name_key == match_key(name))
    if exclude is not None:
        statement = statement.where(Organisation.id != exclude.id)
    return await session.scalar(statement) is not None
