import pytest


@pytest.fixture
async def customer(make, club, owner, frozen_clock):
    return await make.customer(club, actor=owner)


@pytest.fixture
def issued(make, club, owner):
    async def issue(customer, *prices):
        return [
            await make.invoice(club, actor=owner, customer=customer, prices=(price,))
            for price in prices
        ]

    return issue


@pytest.fixture
def pay(api, owner):
    async def post(customer, amount, **fields):
        path = f"/customers/{customer.public_id}/payments"
        return await api(owner).post(path, json={"amount": amount} | fields)

    return post


def shares(response, invoices):
    assert response.status_code == 201
    payments = response.json()["payments"]
    amounts = {payment["invoice"]["id"]: payment["amount"] for payment in payments}
    assert len(amounts) == len(payments)
    return [amounts.get(invoice.public_id) for invoice in invoices]


async def test_invoices_share_by_what_is_outstanding(customer, issued, pay, api, owner):
    invoices = await issued(customer, 10_000, 30_000)
    response = await pay(customer, 20_000)
    assert shares(response, invoices) == [5_000, 15_000]
    shown = [payment["invoice"] for payment in response.json()["payments"]]
    assert sorted(invoice["outstanding"] for invoice in shown) == [5_000, 15_000]
    assert {invoice["status"] for invoice in shown} == {"issued"}


async def test_what_was_paid_before_has_no_weight(customer, issued, make, pay, owner):
    invoices = await issued(customer, 10_000, 6_000)
    await make.payment(invoices[0], actor=owner, amount=8_000)
    assert shares(await pay(customer, 4_000), invoices) == [1_000, 3_000]


@pytest.mark.parametrize(
    "owed, amount, expected",
    [
        ((103, 102, 101), 100, [34, 33, 33]),
        ((26, 27, 47), 10, [2, 3, 5]),
        ((100, 200, 400), 10, [1, 3, 6]),
        ((33, 34, 35), 101, [33, 34, 34]),
        ((999_999_999_999, 1_000_000_000_000), 3, [1, 2]),
    ],
)
async def test_spare_units_go_to_the_largest_remainders(
    customer, issued, pay, owed, amount, expected
):
    invoices = await issued(customer, *owed)
    assert shares(await pay(customer, amount), invoices) == expected


async def test_invoice_whose_share_is_nothing_gets_no_payment(customer, issued, pay, api, owner):
    invoices = await issued(customer, 1, 10_000)
    assert shares(await pay(customer, 100), invoices) == [None, 100]
    path = f"/invoices/{invoices[0].public_id}/payments"
    assert (await api(owner).get(path)).json()["data"] == []


async def test_due_days_make_no_difference(customer, make, club, owner, pay, session):
    invoices = []
    for days in (60, 5):
        customer.payment_days = days
        await session.commit()
        invoices.append(await make.invoice(club, actor=owner, customer=customer, prices=(1_000,)))
    assert shares(await pay(customer, 500), invoices) == [250, 250]


async def test_every_share_is_checked(customer, issued, pay, frozen_clock, api, owner):
    (first,) = await issued(customer, 10_000)
    frozen_clock.advance(days=2)
    await issued(customer, 10_000)
    response = await pay(customer, 2_000, received_on="2026-03-10")
    assert response.status_code == 422
    assert response.json()["problem"]["code"] == "too_early"
    path = f"/invoices/{first.public_id}/payments"
    assert (await api(owner).get(path)).json()["data"] == []


async def test_second_sum_is_shared_by_what_is_left(customer, issued, pay):
    invoices = await issued(customer, 100, 200)
    assert shares(await pay(customer, 1), invoices) == [None, 1]
    assert shares(await pay(customer, 200), invoices) == [67, 133]
    assert shares(await pay(customer, 99), invoices) == [33, 66]
