from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound

Row = TypeVar("Row")


async def one_or_not_found(session: AsyncSession, statement: Select[tuple[Row]]) -> Row:
    row = await session.scalar(statement)
    if row is None:
        raise NotFound("There is no such object.")
    return row
