import pytest

from app.core.errors import Conflict, InvalidState
from app.selectors.accounts import account_balance
from app.services.accounts import archive_account, create_account, update_account


async def test_code_is_unique_in_its_organisation(session, make, club, owner):
    with pytest.raises(Conflict) as caught:
        await create_account(
            session, organisation=club, actor=owner, code="1000", name="Giro", kind="asset"
        )
    assert caught.value.code == "code_taken"


async def test_balance_is_the_sum_of_lines(session, make, club, owner):
    await make.entry(club, actor=owner, amount=2500)
    await make.entry(club, actor=owner, amount=700, debit="1000", credit="4000")
    bank = await make.standard(club, "1000")
    assert await account_balance(session, account=bank) == -1800


async def test_account_with_a_balance_is_not_archived(session, make, club, owner):
    await make.entry(club, actor=owner, amount=2500)
    expense = await make.standard(club, "6000")
    expense.organisation = club
    with pytest.raises(Conflict) as caught:
        await archive_account(session, account=expense, actor=owner)
    assert caught.value.context == {"balance": "25.00"}


async def test_archived_account_is_left_alone(session, make, club, owner, frozen_clock):
    account = await make.account(club, code="6100", actor=owner)
    await archive_account(session, account=account, actor=owner)
    assert account.archived_at == frozen_clock.moment
    with pytest.raises(InvalidState):
        await update_account(session, account=account, actor=owner, changes={"name": "Other"})
    with pytest.raises(InvalidState):
        await archive_account(session, account=account, actor=owner)
