from typing import Any

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core import clock
from app.models import OutboxMessage

TOPICS = ("invoice.issued", "invoice.paid")


async def enqueue(session: AsyncSession, *, topic: str, key: str, payload: dict[str, Any]) -> None:
    if topic not in TOPICS:
        raise ValueError(f"unknown topic {topic}")
    moment = clock.now()
    statement = insert(OutboxMessage).values(
        topic=topic, key=key, payload=payload, attempts=0, due_at=moment, created_at=moment
    )
    await session.execute(statement.on_conflict_do_nothing(index_elements=[OutboxMessage.key]))
