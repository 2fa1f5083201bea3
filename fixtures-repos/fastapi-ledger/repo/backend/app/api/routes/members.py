from fastapi import APIRouter

from app.api.deps import AccessDep, PageDep
from app.core.pagination import paginate
from app.models import Membership
from app.schemas.organisations import MemberIn, MemberOut, RoleIn
from app.schemas.page import PageOut, page_of
from app.selectors.organisations import get_membership, list_memberships
from app.services import members as service

router = APIRouter(prefix="/organisations/{organisation_id}/members", tags=["members"])


@router.get("")
async def list_all(organisation_id: str, access: AccessDep, page: PageDep) -> PageOut[MemberOut]:
    organisation = await access.organisation(organisation_id)
    statement = list_memberships(organisation=organisation)
    found = await paginate(
        access.session,
        statement,
        page=page,
        order=(Membership.created_at, Membership.id),
        descending=False,
    )
    return page_of(MemberOut, found)


@router.post("", status_code=201)
async def add(organisation_id: str, payload: MemberIn, access: AccessDep) -> MemberOut:
    organisation = await access.organisation(organisation_id, role="owner")
    membership = await service.add_member(
        access.session,
        organisation=organisation,
        actor=access.user,
        email=payload.email,
        role=payload.role,
    )
    return MemberOut.model_validate(membership)


@router.patch("/{membership_id}")
async def change(
    organisation_id: str, membership_id: str, payload: RoleIn, access: AccessDep
) -> MemberOut:
    organisation = await access.organisation(organisation_id, role="owner")
    membership = await get_membership(
        access.session, organisation=organisation, public_id=membership_id
    )
    await service.change_role(
        access.session,
        organisation=organisation,
        membership=membership,
        actor=access.user,
        role=payload.role,
    )
    return MemberOut.model_validate(membership)


@router.delete("/{membership_id}", status_code=204)
async def remove(organisation_id: str, membership_id: str, access: AccessDep) -> None:
    organisation = await access.organisation(organisation_id, role="owner")
    membership = await get_membership(
        access.session, organisation=organisation, public_id=membership_id
    )
    await service.remove_member(
        access.session, organisation=organisation, membership=membership, actor=access.user
    )
