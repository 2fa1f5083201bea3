from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.models import Invoice
from app.schemas.accounts import AccountRef
from app.schemas.base import Answer, Minor, Name, Payload, PositiveMinor, PublicId, Timestamp
from app.schemas.customers import CustomerRef
from app.schemas.entries import EntryRef

Status = Literal["draft", "issued", "paid", "void"]
Note = Annotated[str, StringConstraints(max_length=400)]
Discount = Annotated[int, Field(strict=True, ge=0)]


class InvoiceLineIn(Payload):
    account: str
    description: Name
    unit_price: Minor
    quantity: Annotated[int, Field(strict=True, gt=0, le=1_000_000)] = 1000
    tax_rate: Annotated[int, Field(strict=True, ge=0, le=10_000)] = 0


Lines = Annotated[list[InvoiceLineIn], Field(min_length=1, max_length=100)]


class InvoiceIn(Payload):
    customer: str
    lines: Lines
    discount: Discount = 0
    note: Note | None = None


class InvoiceChanges(Payload):
    customer: str | None = None
    lines: Lines | None = None
    discount: Discount | None = None
    note: Note | None = None


class InvoiceLineOut(Answer):
    account: AccountRef
    description: str
    unit_price: int
    quantity: int
    tax_rate: int


class InvoiceSummaryOut(Answer):
    id: PublicId
    number: str | None
    status: Status
    customer: CustomerRef
    total: int
    outstanding: int
    issued_on: date | None
    due_on: date | None
    line_count: int
    income_codes: list[str]
    created_at: Timestamp

    @classmethod
    async def of(cls, invoice: Invoice) -> "InvoiceSummaryOut":
        lines = await invoice.awaitable_attrs.lines
        accounts = [await line.awaitable_attrs.account for line in lines]
        return cls(
            id=invoice.public_id,
            number=invoice.number,
            status=invoice.status,
            customer=CustomerRef.model_validate(invoice.customer),
            total=invoice.total,
            outstanding=invoice.outstanding,
            issued_on=invoice.issued_on,
            due_on=invoice.due_on,
            line_count=len(lines),
            income_codes=sorted({account.code for account in accounts}),
            created_at=invoice.created_at,
        )


class InvoiceOut(Answer):
    id: PublicId
    number: str | None
    status: Status
    customer: CustomerRef
    note: str | None
    discount: int
    net_total: int
    tax_total: int
    total: int
    paid_total: int
    outstanding: int
    issued_on: date | None
    due_on: date | None
    paid_at: Timestamp | None
    voided_at: Timestamp | None
    lines: list[InvoiceLineOut]
    created_at: Timestamp


class PaymentIn(Payload):
    amount: PositiveMinor
    received_on: date | None = None
    account: str | None = None
    reference: Annotated[str, StringConstraints(max_length=80)] = ""


class PaymentInvoice(Answer):
    id: PublicId
    status: Status
    outstanding: int


class PaymentOut(Answer):
    id: PublicId
    invoice: PaymentInvoice
    entry: EntryRef
    amount: int
    received_on: date
    reference: str
    created_at: Timestamp
