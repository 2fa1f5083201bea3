from datetime import date

import pytest
from sqlalchemy import func, select

from app.core.errors import Conflict, Invalid
from app.models import Account
from app.selectors.organisations import find_membership
from app.services.organisations import create_organisation, lock_books, update_organisation


async def test_founder_becomes_owner(session, make):
    founder = await make.user()
    club = await create_organisation(session, actor=founder, name="Chess Circle")
    membership = await find_membership(session, organisation=club, user=founder)
    assert membership.role == "owner"


async def test_new_organisation_has_the_standard_accounts(session, club):
    count = await session.scalar(select(func.count()).where(Account.organisation_id == club.id))
    assert count == 7


async def test_name_is_unique_without_regard_to_case(session, make, club):
    with pytest.raises(Conflict) as caught:
        await create_organisation(session, actor=await make.user(), name="RIVERSIDE rowing  club")
    assert caught.value.pointer == "/name"


async def test_organisation_may_keep_its_own_name(session, club, owner):
    updated = await update_organisation(
        session, organisation=club, actor=owner, changes={"name": "Riverside Rowing CLUB"}
    )
    assert updated.name == "Riverside Rowing CLUB"


async def test_rename_also_moves_the_key(session, make, club, owner):
    await update_organisation(session, organisation=club, actor=owner, changes={"name": "Lake"})
    again = await make.organisation(owner=owner, name="Riverside Rowing Club")
    assert again.id != club.id


async def test_books_are_locked_up_to_a_past_day(session, club, owner, frozen_clock):
    await lock_books(session, organisation=club, actor=owner, until=date(2026, 3, 8))
    assert club.locked_until == date(2026, 3, 8)
    with pytest.raises(Invalid):
        await lock_books(session, organisation=club, actor=owner, until=date(2026, 3, 9))


async def test_locked_books_are_not_opened_again(session, club, owner, frozen_clock):
    await lock_books(session, organisation=club, actor=owner, until=date(2026, 2, 28))
    with pytest.raises(Conflict) as caught:
        await lock_books(session, organisation=club, actor=owner, until=date(2026, 1, 31))
    assert caught.value.context == {"locked_until": "2026-02-28"}
