import logging
from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec

from fastapi import BackgroundTasks
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Database

logger = logging.getLogger(__name__)

Arguments = ParamSpec("Arguments")
Job = Callable[Concatenate[AsyncSession, Arguments], Awaitable[None]]


def start(background: BackgroundTasks, database: Database, job: Job[...], **ids: str) -> None:
    for name, value in ids.items():
        if not isinstance(value, str):
            raise TypeError(f"{job.__name__} takes public ids, {name} is {type(value).__name__}")
    background.add_task(run, database, job, **ids)


async def run(database: Database, job: Job[...], **ids: str) -> None:
    try:
        async with database.transaction() as session:
            await job(session, **ids)
    except Exception:
        logger.exception("job %s failed for %s", job.__name__, ids)
