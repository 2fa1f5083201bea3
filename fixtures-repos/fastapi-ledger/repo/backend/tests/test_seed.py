from sqlalchemy import select

from app.models import Invoice
from app.seed import seed


async def test_sample_data_is_made_once(database, session):
    assert await seed(database)
    assert not await seed(database)
    statuses = await session.scalars(select(Invoice.status))
    assert list(statuses) == ["issued", "issued"]
