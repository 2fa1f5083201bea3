from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from app.models import Customer, Invoice, InvoiceLine, Organisation, Payment
from app.selectors.lookup import one_or_not_found


def list_invoices(
    *,
    organisation: Organisation,
    status: str | None = None,
    customer: Customer | None = None,
    overdue_on: date | None = None,
) -> Select[tuple[Invoice]]:
    statement = (
        select(Invoice)
        .where(Invoice.organisation_id == organisation.id)
        .options(joinedload(Invoice.customer))
    )
    if status is not None:
        statement = statement.where(Invoice.status == status)
    if customer is not None:
        statement = statement.where(Invoice.customer_id == customer.id)
    if overdue_on is not None:
        statement = statement.where(Invoice.status == "issued", Invoice.due_on < overdue_on)
    return statement


async def get_invoice(session: AsyncSession, *, public_id: str) -> Invoice:
    statement = (
        select(Invoice)
        .where(Invoice.public_id == public_id)
        .options(
            joinedload(Invoice.organisation),
            joinedload(Invoice.customer),
            selectinload(Invoice.lines).joinedload(InvoiceLine.account),
        )
    )
    return await one_or_not_found(session, statement)


def list_payments(*, invoice: Invoice) -> Select[tuple[Payment]]:
    return (
        select(Payment)
        .where(Payment.invoice_id == invoice.id)
        .options(joinedload(Payment.entry), joinedload(Payment.invoice))
    )
