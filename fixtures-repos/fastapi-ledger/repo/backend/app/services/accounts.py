from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core import clock
from app.core.errors import Conflict, InvalidState
from app.core.money import format_amount
from app.core.text import clean
from app.models import Account, Organisation, User
from app.selectors.accounts import account_balance, find_account_by_code
from app.services import events


async def create_account(
    session: AsyncSession,
    *,
    organisation: Organisation,
    actor: User,
    code: str,
    name: str,
    kind: str,
) -> Account:
    if await find_account_by_code(session, organisation=organisation, code=code) is not None:
        raise Conflict("This code is already in use.", code="code_taken", pointer="/code")
    account = Account(organisation=organisation, code=code, name=clean(name), kind=kind)
    session.add(account)
    await events.record(
        session,
        action="account.created",
        organisation=organisation,
        subject=account,
        actor=actor,
        data={"code": code},
    )
    return account


async def update_account(
    session: AsyncSession, *, account: Account, actor: User, changes: dict[str, Any]
) -> Account:
    ensure_usable(account)
    if "name" in changes:
        account.name = clean(changes["name"])
    await events.record(
        session,
        action="account.updated",
        organisation=account.organisation,
        subject=account,
        actor=actor,
        data={"fields": sorted(changes)},
    )
    return account


async def archive_account(session: AsyncSession, *, account: Account, actor: User) -> Account:
    ensure_usable(account)
    balance = await account_balance(session, account=account)
    if balance != 0:
        raise Conflict(
            "Only an account without a balance can be archived.",
            code="account_not_empty",
            context={"balance": format_amount(balance, account.organisation.currency)},
        )
    account.archived_at = clock.now()
    await events.record(
        session,
        action="account.archived",
        organisation=account.organisation,
        subject=account,
        actor=actor,
    )
    return account


def ensure_usable(account: Account, *, pointer: str | None = None) -> None:
    if account.archived_at is not None:
        raise InvalidState(
            "The account is archived.",
            code="account_archived",
            pointer=pointer,
            context={"account": account.public_id},
        )
