from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Counter, Organisation


async def next_number(session: AsyncSession, *, organisation: Organisation, series: str) -> int:
    statement = (
        insert(Counter)
        .values(organisation_id=organisation.id, series=series, value=1)
        .on_conflict_do_update(
            index_elements=[Counter.organisation_id, Counter.series],
            set_={"value": Counter.value + 1},
        )
        .returning(Counter.value)
    )
    return (await session.execute(statement)).scalar_one()
