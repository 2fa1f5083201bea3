from fastapi import APIRouter

from app.api.deps import AccessDep, PageDep
from app.core.pagination import paginate
from app.models import Event
from app.schemas.events import EventOut
from app.schemas.page import PageOut, page_of
from app.selectors.events import list_events

router = APIRouter(tags=["activity"])


@router.get("/organisations/{organisation_id}/activity")
async def list_all(
    organisation_id: str,
    access: AccessDep,
    page: PageDep,
    action: str | None = None,
    subject: str | None = None,
) -> PageOut[EventOut]:
    organisation = await access.organisation(organisation_id)
    statement = list_events(organisation=organisation, action=action, subject_id=subject)
    found = await paginate(access.session, statement, page=page, order=(Event.created_at,))
    return page_of(EventOut, found)
