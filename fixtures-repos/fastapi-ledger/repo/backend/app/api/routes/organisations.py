from fastapi import APIRouter

from app.api.deps import AccessDep, PageDep, SessionDep, UserDep
from app.core.pagination import paginate
from app.core.patch import changes
from app.models import Organisation
from app.schemas.organisations import (
    LockIn,
    OrganisationChanges,
    OrganisationIn,
    OrganisationOut,
)
from app.schemas.page import PageOut, page_of
from app.selectors.organisations import list_organisations
from app.services import organisations as service

router = APIRouter(prefix="/organisations", tags=["organisations"])


@router.get("")
async def list_mine(session: SessionDep, user: UserDep, page: PageDep) -> PageOut[OrganisationOut]:
    found = await paginate(
        session,
        list_organisations(user=user),
        page=page,
        order=(Organisation.name_key,),
        descending=False,
    )
    return page_of(OrganisationOut, found)


@router.post("", status_code=201)
async def create(payload: OrganisationIn, session: SessionDep, user: UserDep) -> OrganisationOut:
    organisation = await service.create_organisation(session, actor=user, **payload.model_dump())
    return OrganisationOut.model_validate(organisation)


@router.get("/{organisation_id}")
async def read(organisation_id: str, access: AccessDep) -> OrganisationOut:
    return OrganisationOut.model_validate(await access.organisation(organisation_id))


@router.patch("/{organisation_id}")
async def update(
    organisation_id: str, payload: OrganisationChanges, access: AccessDep
) -> OrganisationOut:
    organisation = await access.organisation(organisation_id, role="owner")
    await service.update_organisation(
        access.session, organisation=organisation, actor=access.user, changes=changes(payload)
    )
    return OrganisationOut.model_validate(organisation)


@router.post("/{organisation_id}/lock")
async def lock(organisation_id: str, payload: LockIn, access: AccessDep) -> OrganisationOut:
    organisation = await access.organisation(organisation_id, role="owner")
    await service.lock_books(
        access.session, organisation=organisation, actor=access.user, until=payload.until
    )
    return OrganisationOut.model_validate(organisation)
