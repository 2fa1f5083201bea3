import pytest

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


async def test_issued_invoice_follows_its_customer(make, club, owner, customer, move, addressee):
    invoice = await make.invoice(club, actor=owner, customer=customer)
    await move(customer)
    assert await addressee(invoice) == AFTER


async def test_address_alone_is_followed(make, club, owner, customer, move, addressee):
    invoice = await make.invoice(club, actor=owner, customer=customer)
    await move(customer, address="Pier 4")
    assert await addressee(invoice) == {"name": "Harbour Café", "address": "Pier 4"}


async def test_address_that_comes_later_appears(make, club, owner, move, addressee):
    customer = await make.customer(club, actor=owner, name="Berg")
    invoice = await make.invoice(club, actor=owner, customer=customer)
    await move(customer, address="Hill 7")
    assert await addressee(invoice) == {"name": "Berg", "address": "Hill 7"}


async def test_paid_invoice_follows_its_customer(make, club, owner, customer, move, addressee):
    invoice = await make.invoice(club, actor=owner, customer=customer)
    await make.payment(invoice, actor=owner, amount=invoice.total)
    await move(customer)
    assert await addressee(invoice) == AFTER


async def test_void_invoice_follows_its_customer(api, make, club, owner, customer, move, addressee):
    invoice = await make.invoice(club, actor=owner, customer=customer)
    await move(customer)
    voided = await api(owner).post(f"/invoices/{invoice.public_id}/void")
    assert voided.json()["addressee"] == AFTER
    await move(customer, **BEFORE)
    assert await addressee(invoice) == BEFORE
