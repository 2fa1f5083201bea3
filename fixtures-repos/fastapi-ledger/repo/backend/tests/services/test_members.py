import pytest

from app.core.errors import Conflict
from app.selectors.organisations import find_membership
from app.services.members import change_role, remove_member


async def test_last_owner_keeps_the_role(session, club, owner):
    membership = await find_membership(session, organisation=club, user=owner)
    with pytest.raises(Conflict) as caught:
        await change_role(
            session, organisation=club, membership=membership, actor=owner, role="viewer"
        )
    assert caught.value.code == "last_owner"


async def test_one_of_two_owners_may_go(session, make, club, owner):
    await make.member(club, "owner")
    membership = await find_membership(session, organisation=club, user=owner)
    await change_role(session, organisation=club, membership=membership, actor=owner, role="viewer")
    assert membership.role == "viewer"


async def test_owner_cannot_leave_an_organisation_without_owners(session, make, club, owner):
    await make.bookkeeper(club)
    membership = await find_membership(session, organisation=club, user=owner)
    with pytest.raises(Conflict):
        await remove_member(session, organisation=club, membership=membership, actor=owner)
