from datetime import date

import pytest

from app.core.errors import Invalid, InvalidState
from app.selectors.accounts import account_balance
from app.selectors.entries import entry_of_invoice
from app.services.invoices import issue_invoice, update_draft, void_invoice


async def test_draft_has_totals_and_no_number(make, club, owner):
    invoice = await make.draft(club, actor=owner, prices=(10_000, 5000), tax_rate=1900)
    assert (invoice.net_total, invoice.tax_total, invoice.total) == (15_000, 2850, 17_850)
    assert invoice.number is None


async def test_discount_larger_than_the_invoice_is_invalid(make, club, owner):
    with pytest.raises(Invalid) as caught:
        await make.draft(club, actor=owner, prices=(500,), discount=501)
    assert caught.value.pointer == "/discount"


async def test_issued_invoice_is_numbered_within_its_year(make, club, owner, frozen_clock):
    club.invoice_prefix = "RC-"
    first = await make.invoice(club, actor=owner)
    second = await make.invoice(club, actor=owner)
    frozen_clock.set(2027, 1, 2, 9)
    third = await make.invoice(club, actor=owner)
    assert [first.number, second.number, third.number] == [
        "RC-2026-0001",
        "RC-2026-0002",
        "RC-2027-0001",
    ]


async def test_due_day_follows_from_the_terms_of_the_customer(make, club, owner, frozen_clock):
    customer = await make.customer(club, actor=owner, payment_days=30)
    invoice = await make.invoice(club, actor=owner, customer=customer)
    assert invoice.issued_on == date(2026, 3, 9)
    assert invoice.due_on == date(2026, 4, 8)


async def test_issue_day_is_the_day_of_the_organisation(make, owner, frozen_clock):
    frozen_clock.set(2026, 3, 9, 20)
    auckland = await make.organisation(owner=owner, time_zone="Pacific/Auckland")
    invoice = await make.invoice(auckland, actor=owner)
    assert invoice.issued_on == date(2026, 3, 10)


async def test_issuing_books_receivable_income_and_tax(session, make, club, owner):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,), discount=1000, tax_rate=1900)
    entry = await entry_of_invoice(session, invoice=invoice)
    booked = {line.account.code: line.amount for line in entry.lines}
    assert booked == {"1200": 10_710, "4000": -9000, "2200": -1710}


async def test_invoice_over_nothing_is_not_issued(session, make, club, owner):
    invoice = await make.draft(club, actor=owner, prices=(500,), discount=500)
    with pytest.raises(InvalidState) as caught:
        await issue_invoice(session, invoice=invoice, actor=owner)
    assert caught.value.code == "empty_invoice"


async def test_issued_invoice_is_not_changed(session, make, club, owner):
    invoice = await make.invoice(club, actor=owner)
    with pytest.raises(InvalidState) as caught:
        await update_draft(session, invoice=invoice, actor=owner, changes={"note": "x"})
    assert caught.value.context == {"status": "issued"}


async def test_void_takes_the_booking_back(session, make, club, owner, frozen_clock):
    invoice = await make.invoice(club, actor=owner)
    await void_invoice(session, invoice=invoice, actor=owner)
    receivable = await make.standard(club, "1200")
    assert await account_balance(session, account=receivable) == 0
    assert invoice.status == "void"
    assert invoice.voided_at == frozen_clock.moment


async def test_invoice_with_payments_is_not_voided(session, make, club, owner):
    invoice = await make.invoice(club, actor=owner, prices=(10_000,))
    await make.payment(invoice, actor=owner, amount=1)
    with pytest.raises(InvalidState) as caught:
        await void_invoice(session, invoice=invoice, actor=owner)
    assert caught.value.code == "has_payments"
