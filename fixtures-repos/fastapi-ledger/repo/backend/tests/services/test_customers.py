import pytest

from app.core.errors import Conflict
from app.selectors.customers import list_customers
from app.services.customers import create_customer, update_customer


async def test_name_is_unique_without_regard_to_accents(session, make, club, owner):
    await make.customer(club, actor=owner, name="Harbour Café")
    with pytest.raises(Conflict) as caught:
        await create_customer(session, organisation=club, actor=owner, name="HARBOUR CAFE")
    assert caught.value.code == "name_taken"


async def test_same_name_in_another_organisation_is_fine(make, club, owner):
    other = await make.organisation(owner=owner)
    await make.customer(club, actor=owner, name="Harbour Café")
    assert (
        await make.customer(other, actor=owner, name="Harbour Café")
    ).organisation_id == other.id


async def test_given_fields_are_changed(session, make, club, owner):
    customer = await make.customer(club, actor=owner, email="a@example.org", payment_days=7)
    await update_customer(
        session, customer=customer, actor=owner, changes={"email": None, "reminders": False}
    )
    assert (customer.email, customer.payment_days, customer.reminders) == (None, 7, False)


async def test_search_ignores_accents_and_takes_percent_literally(session, make, club, owner):
    await make.customer(club, actor=owner, name="Harbour Café")
    await make.customer(club, actor=owner, name="100% Sails")
    found = await session.scalars(list_customers(organisation=club, search="CAFE"))
    assert [customer.name for customer in found] == ["Harbour Café"]
    found = await session.scalars(list_customers(organisation=club, search="%"))
    assert [customer.name for customer in found] == ["100% Sails"]
