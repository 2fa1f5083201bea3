from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, undefer

from app.models import Export, Organisation
from app.selectors.lookup import one_or_not_found


def list_exports(*, organisation: Organisation) -> Select[tuple[Export]]:
    return select(Export).where(Export.organisation_id == organisation.id)


async def get_export(session: AsyncSession, *, public_id: str) -> Export:
    statement = select(Export).where(Export.public_id == public_id)
    return await one_or_not_found(
        session, statement.options(joinedload(Export.organisation), undefer(Export.content))
    )


async def find_export(session: AsyncSession, *, public_id: str) -> Export | None:
    statement = select(Export).where(Export.public_id == public_id)
    return await session.scalar(statement.options(joinedload(Export.organisation)))
