from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from app.models import Account, Entry, EntryLine, Invoice, Organisation
from app.selectors.lookup import one_or_not_found


def list_entries(
    *,
    organisation: Organisation,
    first_day: date | None = None,
    last_day: date | None = None,
    account: Account | None = None,
) -> Select[tuple[Entry]]:
    statement = (
        select(Entry)
        .where(Entry.organisation_id == organisation.id)
        .options(selectinload(Entry.lines).joinedload(EntryLine.account))
    )
    if first_day is not None:
        statement = statement.where(Entry.booked_on >= first_day)
    if last_day is not None:
        statement = statement.where(Entry.booked_on <= last_day)
    if account is not None:
        statement = statement.where(Entry.lines.any(EntryLine.account_id == account.id))
    return statement


async def get_entry(session: AsyncSession, *, public_id: str) -> Entry:
    return await one_or_not_found(session, _detailed().where(Entry.public_id == public_id))


async def entry_of_invoice(session: AsyncSession, *, invoice: Invoice) -> Entry:
    return await one_or_not_found(session, _detailed().where(Entry.id == invoice.entry_id))


async def find_reversal(session: AsyncSession, *, entry: Entry) -> Entry | None:
    return await session.scalar(select(Entry).where(Entry.reverses_id == entry.id))


def _detailed() -> Select[tuple[Entry]]:
    return select(Entry).options(
        joinedload(Entry.organisation),
        joinedload(Entry.created_by),
        selectinload(Entry.lines).joinedload(EntryLine.account),
    )
