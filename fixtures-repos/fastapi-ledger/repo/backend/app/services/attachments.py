import hashlib

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Conflict, Invalid
from app.core.text import clean
from app.models import Attachment, Entry, User
from app.selectors.attachments import find_attachment_by_checksum
from app.services import events
from app.services.periods import ensure_open

MAX_BYTES = 2 * 1024 * 1024
MEDIA_TYPES = ("application/pdf", "image/jpeg", "image/png", "text/plain")


async def add_attachment(
    session: AsyncSession,
    *,
    entry: Entry,
    actor: User,
    filename: str,
    media_type: str,
    content: bytes,
) -> Attachment:
    if media_type not in MEDIA_TYPES:
        raise Invalid(
            "This kind of file is not accepted.",
            code="bad_media_type",
            pointer="/media_type",
            context={"accepted": list(MEDIA_TYPES)},
        )
    if not content:
        raise Invalid("The file is empty.", code="empty_file", pointer="/content")
    if len(content) > MAX_BYTES:
        raise Invalid("The file is too large.", code="too_large", pointer="/content")
    checksum = hashlib.sha256(content).hexdigest()
    same = await find_attachment_by_checksum(session, entry=entry, checksum=checksum)
    if same is not None:
        raise Conflict(
            "The entry has this file already.",
            code="already_attached",
            context={"attachment": same.public_id},
        )
    attachment = Attachment(
        entry=entry,
        filename=clean(filename),
        media_type=media_type,
        size=len(content),
        checksum=checksum,
        content=content,
        uploaded_by=actor,
    )
    session.add(attachment)
    await events.record(
        session,
        action="attachment.added",
        organisation=entry.organisation,
        subject=attachment,
        actor=actor,
        data={"entry": entry.public_id, "filename": attachment.filename},
    )
    return attachment


async def remove_attachment(session: AsyncSession, *, attachment: Attachment, actor: User) -> None:
    organisation = attachment.entry.organisation
    ensure_open(organisation, attachment.entry.booked_on)
    await events.record(
        session,
        action="attachment.removed",
        organisation=organisation,
        subject=attachment,
        actor=actor,
        data={"entry": attachment.entry.public_id, "filename": attachment.filename},
    )
    await session.delete(attachment)
