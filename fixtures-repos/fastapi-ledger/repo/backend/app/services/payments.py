from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from app.core import clock
from app.core.errors import Conflict, Invalid, InvalidState
from app.core.money import format_amount
from app.core.text import clean
from app.models import Account, Invoice, Payment, User
from app.services import events
from app.services.chart import standard_account
from app.services.entries import LineDraft, post_entry
from app.services.outbox import enqueue


async def record_payment(
    session: AsyncSession,
    *,
    invoice: Invoice,
    actor: User,
    amount: int,
    received_on: date | None = None,
    account: Account | None = None,
    reference: str = "",
) -> Payment:
    organisation = invoice.organisation
    if invoice.status != "issued":
        raise InvalidState(
            f"The invoice is {invoice.status}.",
            code="not_issued",
            context={"status": invoice.status},
        )
    if amount > invoice.outstanding:
        raise Conflict(
            "More than the invoice asks for.",
            code="overpaid",
            pointer="/amount",
            context={"outstanding": format_amount(invoice.outstanding, organisation.currency)},
        )
    day = received_on or clock.today(organisation.time_zone)
    if invoice.issued_on is not None and day < invoice.issued_on:
        raise Invalid("Paid before it was issued.", code="too_early", pointer="/received_on")
    money = account or await standard_account(session, organisation=organisation, role="bank")
    receivable = await standard_account(session, organisation=organisation, role="receivable")
    entry = await post_entry(
        session,
        organisation=organisation,
        actor=actor,
        booked_on=day,
        memo=f"Payment of {invoice.number}",
        source="payment",
        lines=[
            LineDraft(account=money, amount=amount),
            LineDraft(account=receivable, amount=-amount),
        ],
    )
    payment = Payment(
        invoice=invoice,
        entry=entry,
        amount=amount,
        received_on=day,
        reference=clean(reference),
    )
    session.add(payment)
    invoice.paid_total += amount
    if invoice.outstanding == 0:
        await _settle(session, invoice)
    await events.record(
        session,
        action="payment.recorded",
        organisation=organisation,
        subject=payment,
        actor=actor,
        data={"invoice": invoice.public_id, "amount": amount},
    )
    return payment


async def _settle(session: AsyncSession, invoice: Invoice) -> None:
    invoice.status = "paid"
    invoice.paid_at = clock.now()
    if invoice.customer.email is not None:
        await enqueue(
            session,
            topic="invoice.paid",
            key=f"invoice.paid:{invoice.public_id}",
            payload={"invoice": invoice.public_id},
        )
