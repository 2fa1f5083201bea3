from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Conflict, Invalid
from app.models import Membership, Organisation, User
from app.selectors.organisations import count_owners, find_membership
from app.selectors.users import find_user_by_email
from app.services import events


async def add_member(
    session: AsyncSession, *, organisation: Organisation, actor: User, email: str, role: str
) -> Membership:
    user = await find_user_by_email(session, email=email)
    if user is None:
        raise Invalid("Nobody has this address.", code="unknown_person", pointer="/email")
    if await find_membership(session, organisation=organisation, user=user) is not None:
        raise Conflict("This person is already a member.", code="already_member", pointer="/email")
    membership = Membership(organisation=organisation, user=user, role=role)
    session.add(membership)
    await events.record(
        session,
        action="member.added",
        organisation=organisation,
        subject=membership,
        actor=actor,
        data={"user": user.public_id, "role": role},
    )
    return membership


async def change_role(
    session: AsyncSession,
    *,
    organisation: Organisation,
    membership: Membership,
    actor: User,
    role: str,
) -> Membership:
    if membership.role == role:
        return membership
    if membership.role == "owner":
        await _ensure_other_owner(session, organisation=organisation)
    previous = membership.role
    membership.role = role
    await events.record(
        session,
        action="member.role_changed",
        organisation=organisation,
        subject=membership,
        actor=actor,
        data={"from": previous, "to": role},
    )
    return membership


async def remove_member(
    session: AsyncSession, *, organisation: Organisation, membership: Membership, actor: User
) -> None:
    if membership.role == "owner":
        await _ensure_other_owner(session, organisation=organisation)
    await events.record(
        session,
        action="member.removed",
        organisation=organisation,
        subject=membership,
        actor=actor,
        data={"user": membership.user.public_id},
    )
    await session.delete(membership)


async def _ensure_other_owner(session: AsyncSession, *, organisation: Organisation) -> None:
    if await count_owners(session, organisation=organisation) < 2:
        raise Conflict("An organisation keeps at least one owner.", code="last_owner")
