from datetime import date

import pytest

from app.core.errors import Conflict, Invalid, InvalidState
from app.services.accounts import archive_account
from app.services.entries import LineDraft, post_entry, reverse_entry
from app.services.organisations import lock_books


async def drafts(make, club, *amounts):
    codes = ("6000", "1000", "1010")
    return [
        LineDraft(await make.standard(club, code), amount)
        for code, amount in zip(codes, amounts, strict=False)
    ]


async def test_entries_are_numbered_one_by_one(make, club, owner):
    numbers = [(await make.entry(club, actor=owner)).number for _ in range(3)]
    assert numbers == [1, 2, 3]


async def test_unbalanced_entry_is_invalid(session, make, club, owner):
    with pytest.raises(Invalid) as caught:
        await post_entry(
            session,
            organisation=club,
            actor=owner,
            booked_on=date(2026, 3, 2),
            lines=await drafts(make, club, 1000, -900),
        )
    assert caught.value.code == "unbalanced"
    assert caught.value.context == {"difference": "1.00"}


async def test_entry_with_too_much_credit_is_invalid(session, make, club, owner):
    with pytest.raises(Invalid) as caught:
        await post_entry(
            session,
            organisation=club,
            actor=owner,
            booked_on=date(2026, 3, 2),
            lines=await drafts(make, club, 1000, -1500, 250),
        )
    assert caught.value.context == {"difference": "-2.50"}


async def test_line_without_an_amount_is_invalid(session, make, club, owner):
    with pytest.raises(Invalid) as caught:
        await post_entry(
            session,
            organisation=club,
            actor=owner,
            booked_on=date(2026, 3, 2),
            lines=await drafts(make, club, 1000, -1000, 0),
        )
    assert caught.value.pointer == "/lines/2/amount"


async def test_entry_needs_two_lines(session, club, owner):
    with pytest.raises(Invalid) as caught:
        await post_entry(
            session, organisation=club, actor=owner, booked_on=date(2026, 3, 2), lines=[]
        )
    assert caught.value.code == "too_few_lines"


async def test_archived_account_takes_no_lines(session, make, club, owner):
    account = await make.account(club, code="6100", actor=owner)
    await archive_account(session, account=account, actor=owner)
    with pytest.raises(InvalidState) as caught:
        await post_entry(
            session,
            organisation=club,
            actor=owner,
            booked_on=date(2026, 3, 2),
            lines=[LineDraft(await make.standard(club, "1000"), -5), LineDraft(account, 5)],
        )
    assert caught.value.pointer == "/lines/1/account"


async def test_closed_day_takes_no_entries(session, make, club, owner, frozen_clock):
    await lock_books(session, organisation=club, actor=owner, until=date(2026, 2, 28))
    with pytest.raises(InvalidState) as caught:
        await make.entry(club, actor=owner, booked_on=date(2026, 2, 28))
    assert caught.value.code == "period_locked"
    entry = await make.entry(club, actor=owner, booked_on=date(2026, 3, 1))
    assert entry.number == 1


async def test_reversal_mirrors_the_lines(session, make, club, owner, frozen_clock):
    entry = await make.entry(club, actor=owner, amount=4200)
    reversal = await reverse_entry(session, entry=entry, actor=owner)
    assert [line.amount for line in reversal.lines] == [-4200, 4200]
    assert reversal.memo == "Reversal of 1"
    assert reversal.booked_on == date(2026, 3, 9)


async def test_entry_is_reversed_once(session, make, club, owner, frozen_clock):
    entry = await make.entry(club, actor=owner)
    reversal = await reverse_entry(session, entry=entry, actor=owner)
    with pytest.raises(Conflict) as caught:
        await reverse_entry(session, entry=entry, actor=owner)
    assert caught.value.context == {"entry": reversal.public_id}


async def test_reversal_is_not_reversed(session, make, club, owner, frozen_clock):
    reversal = await reverse_entry(session, entry=await make.entry(club, actor=owner), actor=owner)
    with pytest.raises(InvalidState) as caught:
        await reverse_entry(session, entry=reversal, actor=owner)
    assert caught.value.code == "is_reversal"


async def test_reversal_is_not_earlier_than_its_entry(session, make, club, owner):
    entry = await make.entry(club, actor=owner, booked_on=date(2026, 3, 2))
    with pytest.raises(Invalid) as caught:
        await reverse_entry(session, entry=entry, actor=owner, booked_on=date(2026, 3, 1))
    assert caught.value.pointer == "/booked_on"
