import os

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

BACKEND = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
LAST_RELEASE = "f05b7c2e6a93"
BEFORE = {"name": "Harbour Café", "address": "Quay 1"}
AFTER = {"name": "Harbour Bar", "address": "Pier 4"}


@pytest.fixture
async def customer(make, club, owner):
    return await make.customer(club, actor=owner, **BEFORE)


@pytest.fixture
def move(api, owner):
    async def change(customer, **changes):
        path = f"/customers/{customer.public_id}"
        response = await api(owner).patch(path, json=changes or AFTER)
        assert response.status_code == 200

    return change


@pytest.fixture
def addressee(api, owner):
    async def read(invoice):
        return (await api(owner).get(f"/invoices/{invoice.public_id}")).json()["addressee"]

    return read


async def release(database):
    await database.dispose()
    engine = create_engine(f"sqlite:///{database.engine.url.database}")
    for step, revision in ((command.downgrade, LAST_RELEASE), (command.upgrade, "head")):
        config = Config(os.path.join(BACKEND, "alembic.ini"))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            step(config, revision)
    engine.dispose()


async def test_issued_invoice_keeps_its_addressee(make, club, owner, customer, move, addressee):
    invoice = await make.invoice(club, actor=owner, customer=customer)
    await move(customer)
    assert await addressee(invoice) == BEFORE


async def test_address_that_is_taken_away_stays(make, club, owner, customer, move, addressee):
    invoice = await make.invoice(club, actor=owner, customer=customer)
    await move(customer, address="")
    assert await addressee(invoice) == BEFORE


async def test_address_that_comes_later_does_not_appear(make, club, owner, move, addressee):
    customer = await make.customer(club, actor=owner, name="Berg")
    invoice = await make.invoice(club, actor=owner, customer=customer)
    await move(customer, address="Hill 7")
    assert await addressee(invoice) == {"name": "Berg", "address": None}


async def test_day_of_issue_counts_and_not_that_of_the_draft(
    api, make, club, owner, customer, move, addressee
):
    invoice = await make.draft(club, actor=owner, customer=customer)
    await move(customer)
    issued = await api(owner).post(f"/invoices/{invoice.public_id}/issue")
    assert issued.json()["addressee"] == AFTER
    await move(customer, **BEFORE)
    assert await addressee(invoice) == AFTER


async def test_draft_of_another_customer_keeps_the_last_one(
    api, make, club, owner, customer, move, addressee
):
    other = await make.customer(club, actor=owner, name="Berg", address="Hill 7")
    invoice = await make.draft(club, actor=owner, customer=customer)
    client = api(owner)
    path = f"/invoices/{invoice.public_id}"
    await client.patch(path, json={"customer": other.public_id})
    await client.post(f"{path}/issue")
    await move(other)
    assert await addressee(invoice) == {"name": "Berg", "address": "Hill 7"}


async def test_paid_invoice_keeps_its_addressee(make, club, owner, customer, move, addressee):
    invoice = await make.invoice(club, actor=owner, customer=customer)
    await make.payment(invoice, actor=owner, amount=invoice.total)
    await move(customer)
    assert await addressee(invoice) == BEFORE


async def test_void_invoice_keeps_its_addressee(api, make, club, owner, customer, move, addressee):
    invoice = await make.invoice(club, actor=owner, customer=customer)
    await move(customer)
    voided = await api(owner).post(f"/invoices/{invoice.public_id}/void")
    assert voided.json()["addressee"] == BEFORE
    assert await addressee(invoice) == BEFORE


@pytest.mark.parametrize("state", ["issued", "paid", "void"])
async def test_earlier_invoice_keeps_what_the_release_finds(
    api, database, make, club, owner, customer, move, addressee, state
):
    invoice = await make.invoice(club, actor=owner, customer=customer)
    if state == "paid":
        await make.payment(invoice, actor=owner, amount=invoice.total)
    if state == "void":
        await api(owner).post(f"/invoices/{invoice.public_id}/void")
    await move(customer)
    await release(database)
    assert await addressee(invoice) == AFTER
    await move(customer, **BEFORE)
    assert await addressee(invoice) == AFTER


async def test_earlier_draft_goes_on_following(
    database, make, club, owner, customer, move, addressee
):
    invoice = await make.draft(club, actor=owner, customer=customer)
    await release(database)
    await move(customer)
    assert await addressee(invoice) == AFTER
