import pytest
from sqlalchemy import select

from app.models import SentMail


@pytest.fixture
async def customer(make, club, owner, frozen_clock):
    return await make.customer(club, actor=owner, email="office@example.org")


@pytest.fixture
def due_in(make, club, owner, customer, session):
    async def issue(days, price):
        customer.payment_days = days
        await session.commit()
        return await make.invoice(club, actor=owner, customer=customer, prices=(price,))

    return issue


@pytest.fixture
def pay(api, owner, customer):
    async def post(amount, **fields):
        path = f"/customers/{customer.public_id}/payments"
        return await api(owner).post(path, json={"amount": amount} | fields)

    return post


def shares(response, *invoices):
    assert response.status_code == 201
    payments = response.json()["payments"]
    amounts = {payment["invoice"]["id"]: payment["amount"] for payment in payments}
    assert len(amounts) == len(payments)
    return [amounts.get(invoice.public_id) for invoice in invoices]


async def test_invoice_that_is_due_first_is_paid_first(due_in, pay):
    late, early, middle = await due_in(60, 500), await due_in(5, 1_000), await due_in(30, 700)
    assert shares(await pay(1_200), late, early, middle) == [None, 1_000, 200]
    assert shares(await pay(800), late, early, middle) == [300, None, 500]
    assert shares(await pay(200), late, early, middle) == [200, None, None]


async def test_amount_of_the_first_leaves_the_next_alone(due_in, pay, api, owner):
    late, early = await due_in(60, 500), await due_in(5, 1_000)
    assert shares(await pay(1_000), late, early) == [None, 1_000]
    path = f"/invoices/{late.public_id}/payments"
    assert (await api(owner).get(path)).json()["data"] == []


async def test_small_sum_stays_with_the_first(due_in, pay, api, owner):
    late, early = await due_in(60, 500), await due_in(5, 1_000)
    assert shares(await pay(1), late, early) == [None, 1]
    found = (await api(owner).get(f"/invoices/{early.public_id}")).json()
    assert (found["status"], found["outstanding"]) == ("issued", 999)


async def test_what_was_paid_before_is_not_paid_again(due_in, make, pay, owner):
    late, early = await due_in(60, 500), await due_in(5, 1_000)
    await make.payment(early, actor=owner, amount=900)
    assert shares(await pay(250), late, early) == [150, 100]


async def test_later_issue_may_be_due_first(due_in, pay, frozen_clock):
    late = await due_in(90, 500)
    frozen_clock.advance(days=20)
    early = await due_in(14, 500)
    assert shares(await pay(600), late, early) == [100, 500]


async def test_only_settled_invoices_get_a_receipt(due_in, pay, session):
    await due_in(60, 500)
    early = await due_in(5, 1_000)
    await pay(1_200)
    keys = (await session.execute(select(SentMail.key))).scalars().all()
    assert keys == [f"invoice.paid:{early.public_id}"]


async def test_invoice_that_gets_nothing_refuses_nothing(due_in, pay, frozen_clock):
    early = await due_in(5, 1_000)
    frozen_clock.advance(days=2)
    late = await due_in(60, 500)
    response = await pay(1_000, received_on="2026-03-10")
    assert shares(response, early, late) == [1_000, None]
    refused = await pay(1, received_on="2026-03-10")
    assert refused.status_code == 422
    assert refused.json()["problem"]["code"] == "too_early"
