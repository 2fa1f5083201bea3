from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Account, Entry, EntryLine, Organisation


@dataclass(frozen=True)
class AccountBalance:
    account: Account
    balance: int


async def balances(
    session: AsyncSession, *, organisation: Organisation, on: date
) -> list[AccountBalance]:
    total = func.coalesce(func.sum(EntryLine.amount).filter(Entry.booked_on <= on), 0)
    statement = (
        select(Account, total)
        .outerjoin(EntryLine, EntryLine.account_id == Account.id)
        .outerjoin(Entry, Entry.id == EntryLine.entry_id)
        .where(Account.organisation_id == organisation.id)
        .group_by(Account.id)
        .order_by(Account.code)
    )
    rows = await session.execute(statement)
    return [
        AccountBalance(account=account, balance=balance)
        for account, balance in rows
        if balance != 0 or account.archived_at is None
    ]
