import logging

from sqlalchemy.ext.asyncio import AsyncSession

from app.core import clock
from app.models import Entry
from app.selectors.entries import list_entries
from app.selectors.exports import find_export
from app.services import bookkeeper_export
from app.services.exports import journal_csv

logger = logging.getLogger(__name__)


async def build_export(session: AsyncSession, *, export_id: str) -> None:
    export = await find_export(session, public_id=export_id)
    if export is None:
        logger.warning("export %s is gone, nothing to build", export_id)
        return
    if export.status != "pending":
        return
    organisation = export.organisation
    statement = list_entries(
        organisation=organisation, first_day=export.first_day, last_day=export.last_day
    )
    entries = (await session.scalars(statement.order_by(Entry.booked_on, Entry.number))).all()
    if export.layout == "bookkeeper":
        export.content = bookkeeper_export.build(organisation, entries)
    else:
        export.content = journal_csv(entries, organisation.currency)
    export.row_count = sum(len(entry.lines) for entry in entries)
    export.status = "ready"
    export.finished_at = clock.now()
