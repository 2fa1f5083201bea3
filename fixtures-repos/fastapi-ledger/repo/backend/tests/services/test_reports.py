from datetime import date

from app.selectors.reports import balances
from app.services.accounts import archive_account


async def by_code(session, club, on):
    found = await balances(session, organisation=club, on=on)
    return {row.account.code: row.balance for row in found}


async def test_balances_count_entries_up_to_the_day(session, make, club, owner):
    await make.entry(club, actor=owner, amount=500, booked_on=date(2026, 3, 2))
    await make.entry(club, actor=owner, amount=70, booked_on=date(2026, 3, 3))
    assert (await by_code(session, club, date(2026, 3, 2)))["6000"] == 500
    assert (await by_code(session, club, date(2026, 3, 3)))["1000"] == -570
    assert (await by_code(session, club, date(2026, 3, 1)))["6000"] == 0


async def test_balances_leave_out_empty_archived_accounts(session, make, club, owner):
    account = await make.account(club, code="6100", actor=owner)
    assert "6100" in await by_code(session, club, date(2026, 3, 2))
    await archive_account(session, account=account, actor=owner)
    assert "6100" not in await by_code(session, club, date(2026, 3, 2))


async def test_balances_are_those_of_one_organisation(session, make, club, owner):
    other = await make.organisation(owner=owner)
    await make.entry(other, actor=owner, amount=500)
    assert set((await by_code(session, club, date(2026, 3, 31))).values()) == {0}
