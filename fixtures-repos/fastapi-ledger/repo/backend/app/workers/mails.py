from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core import clock
from app.core.money import format_amount
from app.models import Invoice, OutboxMessage, SentMail
from app.selectors.invoices import get_invoice


async def send_invoice(session: AsyncSession, message: OutboxMessage) -> None:
    invoice = await get_invoice(session, public_id=message.payload["invoice"])
    await _send(
        session,
        message=message,
        invoice=invoice,
        subject=f"Invoice {invoice.number}",
        body=f"Please pay {_money(invoice, invoice.total)} until {invoice.due_on}.",
    )


async def send_receipt(session: AsyncSession, message: OutboxMessage) -> None:
    invoice = await get_invoice(session, public_id=message.payload["invoice"])
    await _send(
        session,
        message=message,
        invoice=invoice,
        subject=f"Payment of {invoice.number}",
        body=f"We received {_money(invoice, invoice.paid_total)}. Thank you.",
    )


def _money(invoice: Invoice, amount: int) -> str:
    currency = invoice.organisation.currency
    return f"{format_amount(amount, currency)} {currency}"


async def _send(
    session: AsyncSession, *, message: OutboxMessage, invoice: Invoice, subject: str, body: str
) -> None:
    recipient = invoice.customer.email
    if recipient is None:
        return
    statement = insert(SentMail).values(
        key=message.key,
        recipient=recipient,
        subject=subject,
        body=body,
        created_at=clock.now(),
    )
    await session.execute(statement.on_conflict_do_nothing(index_elements=[SentMail.key]))
