from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, undefer

from app.models import Attachment, Entry
from app.selectors.lookup import one_or_not_found


def list_attachments(*, entry: Entry) -> Select[tuple[Attachment]]:
    return (
        select(Attachment)
        .where(Attachment.entry_id == entry.id)
        .options(joinedload(Attachment.uploaded_by))
    )


async def get_attachment(session: AsyncSession, *, public_id: str) -> Attachment:
    statement = (
        select(Attachment)
        .where(Attachment.public_id == public_id)
        .options(
            joinedload(Attachment.entry).joinedload(Entry.organisation),
            joinedload(Attachment.uploaded_by),
            undefer(Attachment.content),
        )
    )
    return await one_or_not_found(session, statement)


async def find_attachment_by_checksum(
    session: AsyncSession, *, entry: Entry, checksum: str
) -> Attachment | None:
    return await session.scalar(
        list_attachments(entry=entry).where(Attachment.checksum == checksum)
    )
