from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.deps import AccessDep, DatabaseDep, PageDep, get_session
from app.core.pagination import paginate
from app.models import Export
from app.schemas.exports import ExportIn, ExportOut
from app.schemas.page import PageOut, page_of
from app.selectors.exports import get_export, list_exports
from app.services import exports as service
from app.workers import jobs
from app.workers.exports import build_export

router = APIRouter(tags=["exports"])

CHUNK = 16 * 1024

StreamingSession = Annotated[AsyncSession, Depends(get_session)]


@router.get("/organisations/{organisation_id}/exports")
async def list_all(organisation_id: str, access: AccessDep, page: PageDep) -> PageOut[ExportOut]:
    organisation = await access.organisation(organisation_id)
    found = await paginate(
        access.session,
        list_exports(organisation=organisation),
        page=page,
        order=(Export.created_at, Export.id),
    )
    return page_of(ExportOut, found)


@router.post("/organisations/{organisation_id}/exports", status_code=202)
async def request(
    organisation_id: str,
    payload: ExportIn,
    access: AccessDep,
    session: StreamingSession,
    database: DatabaseDep,
    background: BackgroundTasks,
) -> ExportOut:
    organisation = await access.organisation(organisation_id, role="bookkeeper")
    export = await service.request_export(
        session, organisation=organisation, actor=access.user, **payload.model_dump()
    )
    jobs.start(background, database, build_export, export_id=export.public_id)
    return ExportOut.model_validate(export)


@router.get("/exports/{export_id}")
async def read(export_id: str, access: AccessDep) -> ExportOut:
    return ExportOut.model_validate(await access.export(export_id))


@router.get("/exports/{export_id}/content")
async def download(
    export_id: str, access: AccessDep, session: StreamingSession
) -> StreamingResponse:
    await access.export(export_id)
    content = service.finished_content(await get_export(session, public_id=export_id))
    return StreamingResponse(_chunks(content), media_type="text/csv; charset=utf-8")


async def _chunks(content: str) -> AsyncIterator[bytes]:
    data = content.encode()
    for start in range(0, len(data), CHUNK):
        yield data[start : start + CHUNK]
