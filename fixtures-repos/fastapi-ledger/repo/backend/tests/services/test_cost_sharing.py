from datetime import date

import pytest

from app.core.errors import Invalid
from app.services.cost_sharing import Share, share_cost


async def shared(session, make, club, owner, amount, weights):
    accounts = [
        await make.account(club, code=f"61{place:02d}", actor=owner)
        for place in range(len(weights))
    ]
    return await share_cost(
        session,
        organisation=club,
        actor=owner,
        booked_on=date(2026, 3, 2),
        paid_from=await make.standard(club, "1000"),
        amount=amount,
        shares=[Share(account, weight) for account, weight in zip(accounts, weights, strict=True)],
    )


async def test_shares_add_up_to_the_cost(session, make, club, owner):
    entry = await shared(session, make, club, owner, 10_000, [1, 1, 1])
    assert [line.amount for line in entry.lines] == [-10_000, 3334, 3333, 3333]


async def test_share_without_weight_has_no_line(session, make, club, owner):
    entry = await shared(session, make, club, owner, 999, [2, 0, 1])
    assert [line.amount for line in entry.lines] == [-999, 666, 333]


async def test_no_weight_at_all_is_invalid(session, make, club, owner):
    with pytest.raises(Invalid) as caught:
        await shared(session, make, club, owner, 999, [0, 0])
    assert caught.value.code == "no_weight"
