import logging
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core import clock
from app.core.database import Database
from app.models import OutboxMessage
from app.workers.mails import send_invoice, send_receipt

logger = logging.getLogger(__name__)

HANDLERS = {"invoice.issued": send_invoice, "invoice.paid": send_receipt}
MAX_ATTEMPTS = 5
BATCH = 50


async def deliver(session: AsyncSession, *, key: str) -> None:
    message = await session.scalar(select(OutboxMessage).where(OutboxMessage.key == key))
    if message is None or message.done_at is not None:
        return
    await HANDLERS[message.topic](session, message)
    message.attempts += 1
    message.done_at = clock.now()
    message.failure = None


async def deliver_due(database: Database) -> int:
    async with database.session() as session:
        keys = await _due_keys(session)
    delivered = 0
    for key in keys:
        try:
            async with database.transaction() as session:
                await deliver(session, key=key)
            delivered += 1
        except Exception as error:
            logger.exception("message %s failed", key)
            await _postpone(database, key=key, failure=repr(error))
    return delivered


async def _due_keys(session: AsyncSession) -> list[str]:
    statement = (
        select(OutboxMessage.key)
        .where(
            OutboxMessage.done_at.is_(None),
            OutboxMessage.due_at <= clock.now(),
            OutboxMessage.attempts < MAX_ATTEMPTS,
        )
        .order_by(OutboxMessage.id)
        .limit(BATCH)
    )
    return list(await session.scalars(statement))


async def _postpone(database: Database, *, key: str, failure: str) -> None:
    async with database.transaction() as session:
        message = await session.scalar(select(OutboxMessage).where(OutboxMessage.key == key))
        if message is None:
            return
        message.attempts += 1
        message.due_at = clock.now() + timedelta(minutes=2**message.attempts)
        message.failure = failure[:200]
