from datetime import date

import pytest
from sqlalchemy import select

from app.core.errors import Conflict, Invalid, InvalidState
from app.models import OutboxMessage
from app.selectors.accounts import account_balance
from app.services.payments import record_payment


async def test_part_payment_leaves_the_invoice_open(session, make, club, owner):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    await record_payment(session, invoice=invoice, actor=owner, amount=4000)
    assert invoice.status == "issued"
    assert invoice.outstanding == 6000


async def test_last_payment_settles_the_invoice(session, make, club, owner, frozen_clock):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    await make.payment(invoice, actor=owner, amount=4000)
    await record_payment(session, invoice=invoice, actor=owner, amount=6000)
    assert invoice.status == "paid"
    assert invoice.paid_at == frozen_clock.moment


async def test_payment_moves_money_from_receivable_to_bank(session, make, club, owner):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    await make.payment(invoice, actor=owner, amount=10_000)
    bank = await make.standard(club, "1000")
    receivable = await make.standard(club, "1200")
    assert await account_balance(session, account=bank) == 10_000
    assert await account_balance(session, account=receivable) == 0


async def test_more_than_outstanding_is_a_conflict(session, make, club, owner):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    with pytest.raises(Conflict) as caught:
        await record_payment(session, invoice=invoice, actor=owner, amount=10_001)
    assert caught.value.context == {"outstanding": "100.00"}


async def test_draft_takes_no_payment(session, make, club, owner):
    with pytest.raises(InvalidState):
        await record_payment(
            session, invoice=await make.draft(club, actor=owner), actor=owner, amount=1
        )


async def test_payment_before_the_issue_day_is_invalid(session, make, club, owner, frozen_clock):
    invoice = await make.invoice(club, actor=owner)
    with pytest.raises(Invalid) as caught:
        await record_payment(
            session, invoice=invoice, actor=owner, amount=1, received_on=date(2026, 3, 8)
        )
    assert caught.value.pointer == "/received_on"


async def test_receipt_goes_out_when_all_is_paid(session, make, club, owner):
    customer = await make.customer(club, actor=owner, email="office@example.org")
    invoice = await make.invoice(club, actor=owner, customer=customer, prices=(100,))
    await make.payment(invoice, actor=owner, amount=60)
    await make.payment(invoice, actor=owner, amount=40)
    topics = await session.scalars(select(OutboxMessage.topic).order_by(OutboxMessage.id))
    assert list(topics) == ["invoice.issued", "invoice.paid"]
