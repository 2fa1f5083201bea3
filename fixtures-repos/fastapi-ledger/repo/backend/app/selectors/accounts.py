from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.core.errors import Invalid
from app.models import Account, EntryLine, Organisation
from app.selectors.lookup import one_or_not_found


def list_accounts(
    *, organisation: Organisation, kind: str | None = None, archived: bool = False
) -> Select[tuple[Account]]:
    statement = select(Account).where(Account.organisation_id == organisation.id)
    if kind is not None:
        statement = statement.where(Account.kind == kind)
    if not archived:
        statement = statement.where(Account.archived_at.is_(None))
    return statement


async def get_account(session: AsyncSession, *, public_id: str) -> Account:
    statement = select(Account).where(Account.public_id == public_id)
    return await one_or_not_found(session, statement.options(joinedload(Account.organisation)))


async def find_account_by_code(
    session: AsyncSession, *, organisation: Organisation, code: str
) -> Account | None:
    return await session.scalar(
        select(Account).where(Account.organisation_id == organisation.id, Account.code == code)
    )


async def accounts_by_id(
    session: AsyncSession, *, organisation: Organisation, public_ids: Collection[str]
) -> dict[str, Account]:
    statement = select(Account).where(
        Account.organisation_id == organisation.id, Account.public_id.in_(set(public_ids))
    )
    found = {account.public_id: account for account in await session.scalars(statement)}
    for place, public_id in enumerate(public_ids):
        if public_id not in found:
            raise Invalid(
                "There is no such account in this organisation.",
                code="unknown_account",
                pointer=f"/lines/{place}/account",
            )
    return found


async def account_balance(session: AsyncSession, *, account: Account) -> int:
    statement = select(func.sum(EntryLine.amount)).where(EntryLine.account_id == account.id)
    return await session.scalar(statement) or 0
