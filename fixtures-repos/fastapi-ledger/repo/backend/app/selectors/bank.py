from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.models import Account, BankImport, BankTransaction, Organisation
from app.selectors.lookup import one_or_not_found


def list_imports(*, organisation: Organisation) -> Select[tuple[BankImport]]:
    return (
        select(BankImport)
        .where(BankImport.organisation_id == organisation.id)
        .options(joinedload(BankImport.account))
    )


async def get_import(session: AsyncSession, *, public_id: str) -> BankImport:
    statement = (
        select(BankImport)
        .where(BankImport.public_id == public_id)
        .options(joinedload(BankImport.organisation), joinedload(BankImport.account))
    )
    return await one_or_not_found(session, statement)


def list_transactions(*, bank_import: BankImport) -> Select[tuple[BankTransaction]]:
    return (
        select(BankTransaction)
        .where(BankTransaction.bank_import_id == bank_import.id)
        .options(joinedload(BankTransaction.entry))
    )


async def find_import_by_checksum(
    session: AsyncSession, *, account: Account, checksum: str
) -> BankImport | None:
    return await session.scalar(
        select(BankImport).where(
            BankImport.account_id == account.id, BankImport.checksum == checksum
        )
    )


async def known_fingerprints(
    session: AsyncSession, *, account: Account, fingerprints: Collection[str]
) -> set[str]:
    statement = select(BankTransaction.fingerprint).where(
        BankTransaction.account_id == account.id, BankTransaction.fingerprint.in_(fingerprints)
    )
    return set(await session.scalars(statement))
