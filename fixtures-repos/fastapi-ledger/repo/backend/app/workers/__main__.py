import asyncio

from app.core.config import get_settings
from app.core.database import Database
from app.core.logs import configure_logging
from app.workers.outbox import deliver_due

PAUSE_SECONDS = 5


async def main() -> None:
    configure_logging()
    database = Database(get_settings().database_url)
    try:
        while True:
            await deliver_due(database)
            await asyncio.sleep(PAUSE_SECONDS)
    finally:
        await database.dispose()


if __name__ == "__main__":
    asyncio.run(main())
