from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core import clock
from app.core.errors import Invalid, InvalidState
from app.core.text import clean
from app.models import Account, Customer, Invoice, InvoiceLine, Organisation, User
from app.selectors.entries import entry_of_invoice
from app.services import events
from app.services.accounts import ensure_usable
from app.services.chart import standard_account
from app.services.entries import LineDraft, post_entry, reverse_entry
from app.services.invoice_totals import totals
from app.services.numbering import next_number
from app.services.outbox import enqueue


@dataclass(frozen=True)
class InvoiceLineDraft:
    account: Account
    description: str
    unit_price: int
    quantity: int = 1000
    tax_rate: int = 0


async def draft_invoice(
    session: AsyncSession,
    *,
    organisation: Organisation,
    actor: User,
    customer: Customer,
    lines: Sequence[InvoiceLineDraft],
    discount: int = 0,
    note: str | None = None,
) -> Invoice:
    invoice = Invoice(
        organisation=organisation,
        customer=customer,
        discount=discount,
        note=note,
        lines=_lines(lines),
    )
    _recalculate(invoice)
    session.add(invoice)
    await events.record(
        session,
        action="invoice.drafted",
        organisation=organisation,
        subject=invoice,
        actor=actor,
        data={"customer": customer.public_id},
    )
    return invoice


async def update_draft(
    session: AsyncSession, *, invoice: Invoice, actor: User, changes: dict[str, Any]
) -> Invoice:
    _ensure_status(invoice, "draft")
    for field in ("customer", "discount", "note"):
        if field in changes:
            setattr(invoice, field, changes[field])
    if "lines" in changes:
        invoice.lines.clear()
        await session.flush()
        invoice.lines.extend(_lines(changes["lines"]))
    _recalculate(invoice)
    await events.record(
        session,
        action="invoice.updated",
        organisation=invoice.organisation,
        subject=invoice,
        actor=actor,
        data={"fields": sorted(changes)},
    )
    return invoice


async def issue_invoice(session: AsyncSession, *, invoice: Invoice, actor: User) -> Invoice:
    _ensure_status(invoice, "draft")
    if invoice.total <= 0:
        raise InvalidState("Nothing is asked for.", code="empty_invoice")
    organisation = invoice.organisation
    day = clock.today(organisation.time_zone)
    number = await next_number(session, organisation=organisation, series=f"invoices-{day.year}")
    invoice.number = f"{organisation.invoice_prefix}{day.year}-{number:04d}"
    invoice.status = "issued"
    invoice.issued_on = day
    invoice.due_on = day + timedelta(days=invoice.customer.payment_days)
    invoice.entry = await post_entry(
        session,
        organisation=organisation,
        actor=actor,
        booked_on=day,
        memo=f"Invoice {invoice.number}",
        source="invoice",
        lines=await _booking(session, invoice),
    )
    if invoice.customer.email is not None:
        await enqueue(
            session,
            topic="invoice.issued",
            key=f"invoice.issued:{invoice.public_id}",
            payload={"invoice": invoice.public_id},
        )
    await events.record(
        session,
        action="invoice.issued",
        organisation=organisation,
        subject=invoice,
        actor=actor,
        data={"number": invoice.number},
    )
    return invoice


async def void_invoice(session: AsyncSession, *, invoice: Invoice, actor: User) -> Invoice:
    _ensure_status(invoice, "issued")
    if invoice.paid_total > 0:
        raise InvalidState("An invoice with payments stays.", code="has_payments")
    entry = await entry_of_invoice(session, invoice=invoice)
    await reverse_entry(session, entry=entry, actor=actor, memo=f"Void {invoice.number}")
    invoice.status = "void"
    invoice.voided_at = clock.now()
    await events.record(
        session,
        action="invoice.voided",
        organisation=invoice.organisation,
        subject=invoice,
        actor=actor,
        data={"number": invoice.number},
    )
    return invoice


async def _booking(session: AsyncSession, invoice: Invoice) -> list[LineDraft]:
    organisation = invoice.organisation
    receivable = await standard_account(session, organisation=organisation, role="receivable")
    result = totals(invoice.lines, invoice.discount)
    income: dict[Account, int] = defaultdict(int)
    for line, net in zip(invoice.lines, result.nets, strict=True):
        income[line.account] += net
    lines = [LineDraft(account=receivable, amount=invoice.total)]
    lines.extend(LineDraft(account=account, amount=-net) for account, net in income.items() if net)
    if result.tax_total:
        tax = await standard_account(session, organisation=organisation, role="tax")
        lines.append(LineDraft(account=tax, amount=-result.tax_total))
    return lines


def _lines(drafts: Sequence[InvoiceLineDraft]) -> list[InvoiceLine]:
    for place, draft in enumerate(drafts):
        ensure_usable(draft.account, pointer=f"/lines/{place}/account")
    return [
        InvoiceLine(
            account=draft.account,
            description=clean(draft.description),
            unit_price=draft.unit_price,
            quantity=draft.quantity,
            tax_rate=draft.tax_rate,
            position=position,
        )
        for position, draft in enumerate(drafts, start=1)
    ]


def _recalculate(invoice: Invoice) -> None:
    before = totals(invoice.lines, 0)
    if not 0 <= invoice.discount <= before.net_total:
        raise Invalid(
            "The discount is larger than the invoice.", code="bad_discount", pointer="/discount"
        )
    result = totals(invoice.lines, invoice.discount)
    invoice.net_total = result.net_total
    invoice.tax_total = result.tax_total


def _ensure_status(invoice: Invoice, status: str) -> None:
    if invoice.status != status:
        raise InvalidState(
            f"The invoice is {invoice.status}.",
            code=f"not_{status}",
            context={"status": invoice.status},
        )
