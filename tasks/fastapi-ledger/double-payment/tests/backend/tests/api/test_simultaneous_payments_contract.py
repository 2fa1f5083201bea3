from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event, select
from sqlalchemy.util import await_only

from app.core import clock
from app.core.errors import Conflict, DomainError, InvalidState
from app.models import Entry, Event, Invoice, Organisation, OutboxMessage, Payment, User
from app.selectors.accounts import account_balance, find_account_by_code
from app.selectors.invoices import get_invoice
from app.services import events
from app.services.accounts import archive_account
from app.services.entries import LineDraft, post_entry
from app.services.invoices import void_invoice
from app.services.organisations import lock_books
from app.services.outbox import enqueue
from app.services.payments import record_payment

READS = ("SELECT", "PRAGMA")


@contextmanager
def just_before_the_first_write(database, act):
    waiting = [act]

    def interfere(_connection, _cursor, statement, *_):
        if waiting and not statement.lstrip().upper().startswith(READS):
            await_only(waiting.pop()())

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", interfere)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", interfere)
    assert not waiting


@pytest.fixture
def elsewhere(database, owner):
    class Elsewhere:
        def paid(self, invoice, amount):
            async def act():
                async with database.transaction() as session:
                    await pay(session, invoice.public_id, owner.id, amount)

            return just_before_the_first_write(database, act)

        def voided(self, invoice):
            async def act():
                async with database.transaction() as session:
                    found = await get_invoice(session, public_id=invoice.public_id)
                    actor = await session.get(User, owner.id)
                    await void_invoice(session, invoice=found, actor=actor)

            return just_before_the_first_write(database, act)

    return Elsewhere()


async def pay(session, invoice_id, actor_id, amount):
    invoice = await get_invoice(session, public_id=invoice_id)
    actor = await session.get(User, actor_id)
    organisation = invoice.organisation
    bank = await find_account_by_code(session, organisation=organisation, code="1000")
    receivable = await find_account_by_code(session, organisation=organisation, code="1200")
    day = clock.today(organisation.time_zone)
    entry = await post_entry(
        session,
        organisation=organisation,
        actor=actor,
        booked_on=day,
        memo=f"Payment of {invoice.number}",
        source="payment",
        lines=[
            LineDraft(account=bank, amount=amount),
            LineDraft(account=receivable, amount=-amount),
        ],
    )
    payment = Payment(
        invoice=invoice, entry=entry, amount=amount, received_on=day, reference="RF18"
    )
    session.add(payment)
    invoice.paid_total += amount
    if invoice.outstanding == 0:
        invoice.status = "paid"
        invoice.paid_at = clock.now()
        if invoice.customer.email is not None:
            await enqueue(
                session,
                topic="invoice.paid",
                key=f"invoice.paid:{invoice.public_id}",
                payload={"invoice": invoice.public_id},
            )
    await events.record(
        session,
        action="payment.recorded",
        organisation=organisation,
        subject=payment,
        actor=actor,
        data={"invoice": invoice.public_id, "amount": amount},
    )


async def post(client, invoice, amount, **fields):
    return await client.post(
        f"/invoices/{invoice.public_id}/payments",
        json={"amount": amount, "reference": "RF18", **fields},
    )


async def read(client, invoice):
    return (await client.get(f"/invoices/{invoice.public_id}")).json()


async def amounts(client, invoice):
    listed = (await client.get(f"/invoices/{invoice.public_id}/payments")).json()["data"]
    return sorted(payment["amount"] for payment in listed)


async def books(database, club):
    async with database.session() as session:
        entries = await session.execute(
            select(Entry.number, Entry.source)
            .where(Entry.organisation_id == club.id)
            .order_by(Entry.id)
        )
        actions = await session.scalars(
            select(Event.action).where(Event.action.in_(("entry.posted", "payment.recorded")))
        )
        balances = {}
        for code in ("1000", "1200"):
            account = await find_account_by_code(session, organisation=club, code=code)
            balances[code] = await account_balance(session, account=account)
        found = list(entries)
        counted = list(actions)
        return {
            "numbers": [number for number, _ in found],
            "payments": len([source for _, source in found if source == "payment"]),
            "events": (counted.count("entry.posted"), counted.count("payment.recorded")),
            "bank": balances["1000"],
            "receivable": balances["1200"],
        }


async def test_whole_amount_is_taken_once(api, make, club, owner, database, elsewhere):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    client = api(await make.bookkeeper(club))
    with elsewhere.paid(invoice, 10_000):
        response = await post(client, invoice, 10_000)
    assert response.status_code == 409
    problem = response.json()["problem"]
    assert problem["code"] == "not_issued"
    assert problem["context"] == {"status": "paid"}
    assert await amounts(client, invoice) == [10_000]
    found = await read(client, invoice)
    assert (found["status"], found["paid_total"], found["outstanding"]) == ("paid", 10_000, 0)
    assert await books(database, club) == {
        "numbers": [1, 2],
        "payments": 1,
        "events": (2, 1),
        "bank": 10_000,
        "receivable": 0,
    }


async def test_more_than_is_left_by_then_is_refused(api, make, club, owner, database, elsewhere):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    client = api(owner)
    with elsewhere.paid(invoice, 4000):
        response = await post(client, invoice, 7000)
    assert response.status_code == 409
    problem = response.json()["problem"]
    assert (problem["code"], problem["pointer"]) == ("overpaid", "/amount")
    assert problem["context"] == {"outstanding": "60.00"}
    assert await amounts(client, invoice) == [4000]
    found = await read(client, invoice)
    assert (found["status"], found["paid_total"], found["outstanding"]) == ("issued", 4000, 6000)
    assert await books(database, club) == {
        "numbers": [1, 2],
        "payments": 1,
        "events": (2, 1),
        "bank": 4000,
        "receivable": 6000,
    }


async def test_parts_that_fit_are_both_taken(api, make, club, owner, database, elsewhere):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    client = api(owner)
    with elsewhere.paid(invoice, 4000):
        response = await post(client, invoice, 4000)
    assert response.status_code == 201
    assert response.json()["invoice"] == {
        "id": invoice.public_id,
        "status": "issued",
        "outstanding": 2000,
    }
    assert await amounts(client, invoice) == [4000, 4000]
    found = await read(client, invoice)
    assert (found["status"], found["paid_total"], found["paid_at"]) == ("issued", 8000, None)
    assert await books(database, club) == {
        "numbers": [1, 2, 3],
        "payments": 2,
        "events": (3, 2),
        "bank": 8000,
        "receivable": 2000,
    }


async def test_last_part_settles_whatever_was_read(
    api, make, club, owner, database, elsewhere, frozen_clock
):
    customer = await make.customer(club, actor=owner, email="office@example.org")
    invoice = await make.invoice(club, actor=owner, customer=customer, prices=(10_000,))
    client = api(owner)
    with elsewhere.paid(invoice, 4000):
        response = await post(client, invoice, 6000)
    assert response.status_code == 201
    assert response.json()["invoice"] == {
        "id": invoice.public_id,
        "status": "paid",
        "outstanding": 0,
    }
    found = await read(client, invoice)
    assert (found["status"], found["paid_total"]) == ("paid", 10_000)
    assert found["paid_at"] == "2026-03-09T08:30:15Z"
    async with database.session() as session:
        receipts = await session.scalars(
            select(OutboxMessage).where(OutboxMessage.topic == "invoice.paid")
        )
        assert [receipt.done_at for receipt in receipts] == [frozen_clock.moment]


async def test_part_of_an_invoice_paid_by_then_keeps_its_moment(
    api, make, club, owner, elsewhere, frozen_clock
):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    client = api(owner)
    with elsewhere.paid(invoice, 10_000):
        response = await post(client, invoice, 1)
    assert response.status_code == 409
    assert response.json()["problem"]["code"] == "not_issued"
    assert (await read(client, invoice))["paid_at"] == "2026-03-09T08:30:15Z"


async def test_invoice_voided_by_then_takes_nothing(
    api, make, club, owner, database, elsewhere, frozen_clock
):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    client = api(await make.bookkeeper(club))
    with elsewhere.voided(invoice):
        response = await post(client, invoice, 10_000)
    assert response.status_code == 409
    problem = response.json()["problem"]
    assert (problem["code"], problem["context"]) == ("not_issued", {"status": "void"})
    found = await read(client, invoice)
    assert (found["status"], found["paid_total"], found["paid_at"]) == ("void", 0, None)
    assert await amounts(client, invoice) == []
    state = await books(database, club)
    assert (state["payments"], state["bank"], state["receivable"]) == (0, 0, 0)


async def test_refused_payment_leaves_no_gap(api, make, club, owner, database, elsewhere):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    client = api(owner)
    with elsewhere.paid(invoice, 6000):
        assert (await post(client, invoice, 6000)).status_code == 409
    response = await post(client, invoice, 4000)
    assert response.status_code == 201
    assert response.json()["entry"]["number"] == 3
    assert response.json()["invoice"]["status"] == "paid"
    assert (await books(database, club))["numbers"] == [1, 2, 3]


async def test_equal_parts_of_one_day_are_taken(api, make, club, owner, frozen_clock):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    client = api(owner)
    for _ in range(4):
        assert (await post(client, invoice, 2500)).status_code == 201
    assert (await read(client, invoice))["status"] == "paid"
    assert await amounts(client, invoice) == [2500, 2500, 2500, 2500]


async def test_equal_parts_of_one_moment_are_taken(api, make, club, owner, elsewhere, frozen_clock):
    invoice = await make.invoice(club, actor=owner, prices=(5000,))
    client = api(owner)
    with elsewhere.paid(invoice, 2500):
        response = await post(client, invoice, 2500)
    assert response.status_code == 201
    assert response.json()["invoice"]["status"] == "paid"
    assert await amounts(client, invoice) == [2500, 2500]


async def test_other_invoice_may_be_paid_meanwhile(api, make, club, owner, elsewhere):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    other = await make.invoice(club, actor=owner, prices=(10_000,))
    client = api(owner)
    with elsewhere.paid(other, 10_000):
        response = await post(client, invoice, 10_000)
    assert response.status_code == 201
    assert response.json()["invoice"]["status"] == "paid"
    assert response.json()["entry"]["number"] == 4
    assert (await read(client, other))["paid_total"] == 10_000


@pytest.mark.parametrize(("paid", "error"), [(10_000, InvalidState), (4000, Conflict)])
async def test_refusal_leaves_nothing_in_a_transaction_that_goes_on(
    make, club, owner, database, elsewhere, paid, error
):
    refused = await make.invoice(club, actor=owner, prices=(10_000,))
    taken = await make.invoice(club, actor=owner, prices=(10_000,))
    async with database.transaction() as session:
        actor = await session.get(User, owner.id)
        first = await get_invoice(session, public_id=refused.public_id)
        second = await get_invoice(session, public_id=taken.public_id)
        with elsewhere.paid(refused, paid), pytest.raises(error):
            await record_payment(session, invoice=first, actor=actor, amount=10_000)
        payment = await record_payment(session, invoice=second, actor=actor, amount=10_000)
        assert payment.entry.number == 4
    assert await books(database, club) == {
        "numbers": [1, 2, 3, 4],
        "payments": 2,
        "events": (4, 2),
        "bank": 10_000 + paid,
        "receivable": 10_000 - paid,
    }
    async with database.session() as session:
        totals = await session.scalars(select(Invoice.paid_total).order_by(Invoice.id))
        assert list(totals) == [paid, 10_000]


async def locked(session, organisation, actor):
    await lock_books(session, organisation=organisation, actor=actor, until=date(2026, 3, 10))
    return {"received_on": date(2026, 3, 10)}


async def archived(session, organisation, actor):
    cash = await find_account_by_code(session, organisation=organisation, code="1010")
    await archive_account(session, account=cash, actor=actor)
    return {"account": cash}


async def without_receivables(session, organisation, actor):
    account = await find_account_by_code(session, organisation=organisation, code="1200")
    account.archived_at = clock.now()
    return {}


async def too_early(session, organisation, actor):
    return {"received_on": date(2026, 3, 8)}


@pytest.mark.parametrize("obstacle", [locked, archived, without_receivables, too_early])
async def test_any_other_refusal_leaves_the_invoice_alone(
    make, club, owner, database, frozen_clock, obstacle
):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    frozen_clock.advance(days=3)
    async with database.transaction() as session:
        actor = await session.get(User, owner.id)
        organisation = await session.get(Organisation, club.id)
        fields = await obstacle(session, organisation, actor)
        found = await get_invoice(session, public_id=invoice.public_id)
        with pytest.raises(DomainError):
            await record_payment(session, invoice=found, actor=actor, amount=10_000, **fields)
    async with database.session() as session:
        found = await get_invoice(session, public_id=invoice.public_id)
        assert (found.status, found.paid_total, found.paid_at) == ("issued", 0, None)
    assert (await books(database, club))["payments"] == 0


async def test_payment_goes_with_the_transaction_it_is_part_of(make, club, owner, database):
    customer = await make.customer(club, actor=owner, email="office@example.org")
    invoice = await make.invoice(club, actor=owner, customer=customer, prices=(10_000,))
    before = await books(database, club)
    async with database.session() as session:
        actor = await session.get(User, owner.id)
        found = await get_invoice(session, public_id=invoice.public_id)
        await record_payment(session, invoice=found, actor=actor, amount=10_000)
        await session.rollback()
    assert await books(database, club) == before
    async with database.session() as session:
        found = await get_invoice(session, public_id=invoice.public_id)
        assert (found.status, found.paid_total, found.paid_at) == ("issued", 0, None)
        topics = await session.scalars(select(OutboxMessage.topic))
        assert list(topics) == ["invoice.issued"]


async def test_payments_of_one_transaction_see_each_other(make, club, owner, database):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    async with database.transaction() as session:
        actor = await session.get(User, owner.id)
        found = await get_invoice(session, public_id=invoice.public_id)
        await record_payment(session, invoice=found, actor=actor, amount=6000)
        with pytest.raises(Conflict) as caught:
            await record_payment(session, invoice=found, actor=actor, amount=6000)
        assert caught.value.context == {"outstanding": "40.00"}
        await record_payment(session, invoice=found, actor=actor, amount=4000)
        assert (found.status, found.outstanding) == ("paid", 0)
    assert (await books(database, club))["numbers"] == [1, 2, 3]
