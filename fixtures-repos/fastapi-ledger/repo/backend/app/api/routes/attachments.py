import base64

from fastapi import APIRouter, Response

from app.api.deps import AccessDep, PageDep
from app.core.pagination import paginate
from app.models import Attachment
from app.schemas.attachments import AttachmentIn, AttachmentOut
from app.schemas.page import PageOut, page_of
from app.selectors.attachments import get_attachment, list_attachments
from app.services import attachments as service

router = APIRouter(tags=["attachments"])


@router.get("/entries/{entry_id}/attachments")
async def list_all(entry_id: str, access: AccessDep, page: PageDep) -> PageOut[AttachmentOut]:
    entry = await access.entry(entry_id)
    found = await paginate(
        access.session,
        list_attachments(entry=entry),
        page=page,
        order=(Attachment.created_at, Attachment.id),
    )
    return page_of(AttachmentOut, found)


@router.post("/entries/{entry_id}/attachments", status_code=201)
async def add(entry_id: str, payload: AttachmentIn, access: AccessDep) -> AttachmentOut:
    entry = await access.entry(entry_id, role="bookkeeper")
    attachment = await service.add_attachment(
        access.session,
        entry=entry,
        actor=access.user,
        filename=payload.filename,
        media_type=payload.media_type,
        content=base64.b64decode(payload.content),
    )
    return AttachmentOut.model_validate(attachment)


@router.get("/attachments/{attachment_id}")
async def read(attachment_id: str, access: AccessDep) -> AttachmentOut:
    attachment = await get_attachment(access.session, public_id=attachment_id)
    return AttachmentOut.model_validate(attachment)


@router.get("/attachments/{attachment_id}/content")
async def download(attachment_id: str, access: AccessDep) -> Response:
    attachment = await get_attachment(access.session, public_id=attachment_id)
    await access.require(attachment.entry.organisation, "viewer")
    return Response(attachment.content, media_type=attachment.media_type)


@router.delete("/attachments/{attachment_id}", status_code=204)
async def remove(attachment_id: str, access: AccessDep) -> None:
    attachment = await get_attachment(access.session, public_id=attachment_id)
    await access.require(attachment.entry.organisation, "bookkeeper")
    await service.remove_attachment(access.session, attachment=attachment, actor=access.user)
