from datetime import date

import pytest
from sqlalchemy import select

from app.models import Entry, Event, Payment, SentMail


@pytest.fixture
async def customer(make, club, owner, frozen_clock):
    return await make.customer(club, actor=owner, email="office@example.org")


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
    async def post(customer, amount, *, by=owner, **fields):
        path = f"/customers/{customer.public_id}/payments"
        return await api(by).post(path, json={"amount": amount} | fields)

    return post


@pytest.fixture
def recorded(session):
    async def rows():
        payments = (await session.execute(select(Payment.amount))).scalars().all()
        entries = await session.execute(select(Entry.id).where(Entry.source == "payment"))
        events = await session.execute(select(Event.id).where(Event.action == "payment.recorded"))
        return sorted(payments), len(entries.all()), len(events.all())

    return rows


async def state(client, invoice):
    body = (await client.get(f"/invoices/{invoice.public_id}")).json()
    return body["status"], body["outstanding"]


async def payments_of(client, invoice):
    return (await client.get(f"/invoices/{invoice.public_id}/payments")).json()["data"]


def paid(response):
    assert response.status_code == 201
    return {payment["invoice"]["id"]: payment["amount"] for payment in response.json()["payments"]}


def refusal(response):
    problem = response.json()["problem"]
    return response.status_code, problem["code"], problem["pointer"]


async def test_all_that_is_owed_settles_every_invoice(customer, issued, pay, api, owner):
    invoices = await issued(customer, 10_000, 250, 4_000)
    response = await pay(customer, 14_250)
    assert paid(response) == {
        invoice.public_id: amount
        for invoice, amount in zip(invoices, (10_000, 250, 4_000), strict=True)
    }
    for invoice in invoices:
        assert await state(api(owner), invoice) == ("paid", 0)


async def test_payments_are_answered_as_they_are_listed(customer, issued, pay, api, owner):
    invoices = await issued(customer, 10_000, 250)
    response = await pay(customer, 10_250, reference="March")
    assert set(response.json()) == {"payments"}
    listed = [row for invoice in invoices for row in await payments_of(api(owner), invoice)]
    answered = {payment["id"]: payment for payment in response.json()["payments"]}
    assert answered == {payment["id"]: payment for payment in listed}
    assert len(answered) == 2


async def test_part_of_the_only_invoice_leaves_it_open(customer, issued, pay, api, owner):
    (invoice,) = await issued(customer, 10_000)
    assert paid(await pay(customer, 4_000)) == {invoice.public_id: 4_000}
    assert await state(api(owner), invoice) == ("issued", 6_000)
    assert paid(await pay(customer, 6_000)) == {invoice.public_id: 6_000}
    assert await state(api(owner), invoice) == ("paid", 0)


async def test_what_was_paid_before_is_not_owed(customer, issued, make, pay, api, owner):
    first, second = await issued(customer, 10_000, 5_000)
    await make.payment(first, actor=owner, amount=9_000)
    assert paid(await pay(customer, 6_000)) == {first.public_id: 1_000, second.public_id: 5_000}
    assert await state(api(owner), first) == ("paid", 0)


async def test_invoices_count_whether_they_are_due_or_not(
    customer, issued, pay, frozen_clock, session
):
    (overdue,) = await issued(customer, 700)
    frozen_clock.advance(days=60)
    (due_later,) = await issued(customer, 300)
    response = await pay(customer, 1_000)
    assert paid(response) == {overdue.public_id: 700, due_later.public_id: 300}


async def test_drafts_and_finished_invoices_take_nothing(
    customer, issued, make, club, pay, api, owner
):
    open_, settled, void = await issued(customer, 600, 500, 400)
    draft = await make.draft(club, actor=owner, customer=customer, prices=(300,))
    await make.payment(settled, actor=owner, amount=500)
    client = api(owner)
    assert (await client.post(f"/invoices/{void.public_id}/void")).status_code == 200
    assert paid(await pay(customer, 600)) == {open_.public_id: 600}
    for invoice in (draft, void):
        assert await payments_of(client, invoice) == []
    assert len(await payments_of(client, settled)) == 1


async def test_other_customers_keep_what_they_owe(customer, issued, make, club, pay, api, owner):
    other = await make.customer(club, actor=owner)
    (foreign,) = await issued(other, 900)
    (own,) = await issued(customer, 100)
    assert paid(await pay(customer, 100)) == {own.public_id: 100}
    assert await state(api(owner), foreign) == ("issued", 900)


async def test_more_than_is_owed_altogether_is_409(customer, issued, make, pay, recorded, owner):
    first, _ = await issued(customer, 10_000, 250)
    await make.payment(first, actor=owner, amount=1_000)
    response = await pay(customer, 9_251)
    assert refusal(response) == (409, "overpaid", "/amount")
    assert response.json()["problem"]["context"] == {"outstanding": "92.50"}
    assert await recorded() == ([1_000], 1, 1)


async def test_amounts_in_problems_are_those_of_the_currency(make, pay, owner, frozen_clock):
    club = await make.organisation(owner=owner, currency="JPY")
    customer = await make.customer(club, actor=owner)
    for price in (100, 200):
        await make.invoice(club, actor=owner, customer=customer, prices=(price,))
    response = await pay(customer, 301)
    assert response.json()["problem"]["context"] == {"outstanding": "300"}


async def test_customer_who_owes_nothing_is_409(customer, issued, make, club, pay, owner):
    (settled,) = await issued(customer, 500)
    await make.payment(settled, actor=owner, amount=500)
    await make.draft(club, actor=owner, customer=customer)
    response = await pay(customer, 1)
    assert refusal(response) == (409, "overpaid", "/amount")
    assert response.json()["problem"]["context"] == {"outstanding": "0.00"}


async def test_bookkeepers_record_viewers_do_not(customer, issued, make, club, pay, recorded):
    await issued(customer, 10_000)
    assert (await pay(customer, 10, by=None)).status_code == 401
    assert (await pay(customer, 10, by=await make.viewer(club))).status_code == 403
    assert (await pay(customer, 10, by=await make.user())).status_code == 404
    assert await recorded() == ([], 0, 0)
    assert (await pay(customer, 10, by=await make.bookkeeper(club))).status_code == 201


async def test_bookkeeper_of_another_club_sees_no_customer(customer, issued, make, pay):
    await issued(customer, 10_000)
    stranger = await make.user()
    await make.organisation(owner=stranger)
    assert (await pay(customer, 10, by=stranger)).status_code == 404


async def test_unknown_customer_is_404(api, owner):
    response = await api(owner).post("/customers/cus_22222222222222/payments", json={"amount": 1})
    assert response.status_code == 404


@pytest.mark.parametrize("amount", [0, -5, "10", 1.5, None])
async def test_amount_is_a_positive_integer(customer, issued, pay, recorded, amount):
    await issued(customer, 10_000)
    assert refusal(await pay(customer, amount)) == (422, "invalid", "/amount")
    assert await recorded() == ([], 0, 0)


async def test_unknown_fields_are_422(customer, issued, pay):
    await issued(customer, 10_000)
    response = await pay(customer, 10, invoice="inv_22222222222222")
    assert refusal(response) == (422, "invalid", "/invoice")


async def test_account_of_another_club_is_422(customer, issued, make, pay, recorded, owner):
    await issued(customer, 10_000)
    other = await make.organisation(owner=owner)
    foreign = await make.standard(other, "1010")
    status, code, _ = refusal(await pay(customer, 10_000, account=foreign.public_id))
    assert (status, code) == (422, "unknown_account")
    assert await recorded() == ([], 0, 0)


async def test_money_goes_to_the_bank_unless_an_account_is_given(
    customer, issued, make, club, pay, api, owner
):
    await issued(customer, 10_000, 250)
    cash = await make.standard(club, "1010")
    bank = await make.standard(club, "1000")
    receivable = await make.standard(club, "1200")
    await pay(customer, 10_250)
    await issued(customer, 300, 40)
    await pay(customer, 340, account=cash.public_id)
    balances = [
        (await api(owner).get(f"/accounts/{account.public_id}")).json()["balance"]
        for account in (bank, cash, receivable)
    ]
    assert balances == [10_250, 340, 0]


async def test_every_payment_has_day_and_reference(customer, issued, pay, frozen_clock):
    await issued(customer, 10_000, 250)
    frozen_clock.advance(days=3)
    response = await pay(customer, 10_250, received_on="2026-03-10", reference=" RF18  March ")
    facts = [(row["received_on"], row["reference"]) for row in response.json()["payments"]]
    assert facts == [("2026-03-10", "RF18 March")] * 2


async def test_day_is_today_where_none_is_given(make, pay, owner, frozen_clock):
    club = await make.organisation(owner=owner, time_zone="Asia/Tokyo")
    customer = await make.customer(club, actor=owner)
    await make.invoice(club, actor=owner, customer=customer, prices=(100,))
    frozen_clock.set(2026, 3, 11, 20)
    response = await pay(customer, 100)
    assert [row["received_on"] for row in response.json()["payments"]] == ["2026-03-12"]


async def test_every_payment_is_booked_on_its_own(customer, issued, pay, session, api, owner):
    invoices = await issued(customer, 10_000, 250)
    response = await pay(customer, 10_250, received_on="2026-03-09")
    amounts = paid(response)
    numbers = {invoice.public_id: invoice.number for invoice in invoices}
    entries = [row["entry"] for row in response.json()["payments"]]
    assert sorted(entry["number"] for entry in entries) == [3, 4]
    for row in response.json()["payments"]:
        entry = (await api(owner).get(f"/entries/{row['entry']['id']}")).json()
        assert entry["source"] == "payment"
        assert entry["booked_on"] == "2026-03-09"
        assert entry["memo"] == f"Payment of {numbers[row['invoice']['id']]}"
        lines = {line["account"]["code"]: line["amount"] for line in entry["lines"]}
        assert lines == {"1000": row["amount"], "1200": -row["amount"]}
    assert len(amounts) == len(invoices)


async def test_every_payment_is_on_the_activity_page(customer, issued, make, club, pay, api, owner):
    invoices = await issued(customer, 10_000, 250)
    bookkeeper = await make.bookkeeper(club)
    response = await pay(customer, 10_250, by=bookkeeper)
    path = f"/organisations/{club.public_id}/activity?action=payment.recorded"
    rows = (await api(owner).get(path)).json()["data"]
    found = {row["subject_id"]: (row["actor"]["id"], row["data"]) for row in rows}
    assert found == {
        row["id"]: (
            bookkeeper.public_id,
            {"invoice": row["invoice"]["id"], "amount": row["amount"]},
        )
        for row in response.json()["payments"]
    }
    assert len(found) == len(invoices)


async def test_receipts_of_settled_invoices_leave_at_once(customer, issued, pay, session):
    invoices = await issued(customer, 10_000, 250)
    await pay(customer, 10_250)
    mails = await session.execute(select(SentMail.key, SentMail.recipient))
    assert sorted(mails.all()) == sorted(
        (f"invoice.paid:{invoice.public_id}", "office@example.org") for invoice in invoices
    )


async def test_open_invoice_gets_no_receipt(customer, issued, pay, session):
    await issued(customer, 10_000)
    await pay(customer, 4_000)
    assert (await session.execute(select(SentMail.key))).all() == []


async def test_customer_without_an_address_gets_no_receipt(make, club, owner, pay, session):
    customer = await make.customer(club, actor=owner)
    await make.invoice(club, actor=owner, customer=customer, prices=(100,))
    assert (await pay(customer, 100)).status_code == 201
    assert (await session.execute(select(SentMail.key))).all() == []


async def test_one_refused_payment_refuses_them_all(
    customer, issued, pay, recorded, frozen_clock, api, owner
):
    (first,) = await issued(customer, 10_000)
    frozen_clock.advance(days=2)
    (second,) = await issued(customer, 250)
    response = await pay(customer, 10_250, received_on="2026-03-10")
    assert refusal(response) == (422, "too_early", "/received_on")
    assert await recorded() == ([], 0, 0)
    assert await state(api(owner), first) == ("issued", 10_000)
    assert await state(api(owner), second) == ("issued", 250)


async def test_day_after_the_lock_takes_payments(customer, issued, pay, recorded, api, club, owner):
    await issued(customer, 10_000, 250)
    lock = await api(owner).post(
        f"/organisations/{club.public_id}/lock", json={"until": "2026-03-08"}
    )
    assert lock.status_code == 200
    assert paid(await pay(customer, 10_250, received_on="2026-03-09"))
    assert await recorded() == ([250, 10_000], 2, 2)


async def test_closed_day_takes_no_payment(
    customer, issued, pay, recorded, api, club, owner, frozen_clock
):
    await issued(customer, 10_000, 250)
    frozen_clock.advance(days=5)
    until = date(2026, 3, 12).isoformat()
    await api(owner).post(f"/organisations/{club.public_id}/lock", json={"until": until})
    response = await pay(customer, 10_250, received_on="2026-03-10")
    assert (response.status_code, response.json()["problem"]["code"]) == (409, "period_locked")
    assert await recorded() == ([], 0, 0)


async def test_payments_of_one_invoice_go_on_as_before(customer, issued, pay, api, owner):
    first, second = await issued(customer, 10_000, 250)
    response = await api(owner).post(f"/invoices/{second.public_id}/payments", json={"amount": 250})
    assert response.status_code == 201
    assert await state(api(owner), first) == ("issued", 10_000)
    assert await state(api(owner), second) == ("paid", 0)
