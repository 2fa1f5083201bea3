from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.account import Account
from app.models.base import Model, UtcDateTime, created_at, public_id
from app.models.customer import Customer
from app.models.entry import Entry
from app.models.organisation import Organisation

STATUSES = ("draft", "issued", "paid", "void")


class Invoice(Model):
    __tablename__ = "invoices"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    public_id: Mapped[str] = public_id("invoice")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    number: Mapped[str | None] = mapped_column(String(24))
    status: Mapped[str] = mapped_column(String(8), default="draft")
    note: Mapped[str | None] = mapped_column(String(400))
    discount: Mapped[int] = mapped_column(BigInteger, default=0)
    net_total: Mapped[int] = mapped_column(BigInteger, default=0)
    tax_total: Mapped[int] = mapped_column(BigInteger, default=0)
    paid_total: Mapped[int] = mapped_column(BigInteger, default=0)
    issued_on: Mapped[date | None]
    due_on: Mapped[date | None]
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    created_at: Mapped[datetime] = created_at()

    organisation: Mapped[Organisation] = relationship()
    customer: Mapped[Customer] = relationship()
    entry: Mapped[Entry | None] = relationship()
    lines: Mapped[list["InvoiceLine"]] = relationship(
        back_populates="invoice", order_by="InvoiceLine.position", cascade="all, delete-orphan"
    )

    @property
    def total(self) -> int:
        return self.net_total + self.tax_total

    @property
    def outstanding(self) -> int:
        return self.total - self.paid_total


class InvoiceLine(Model):
    __tablename__ = "invoice_lines"
    __table_args__ = (UniqueConstraint("invoice_id", "position"),)

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    position: Mapped[int]
    description: Mapped[str] = mapped_column(String(200))
    quantity: Mapped[int] = mapped_column(default=1000)
    unit_price: Mapped[int] = mapped_column(BigInteger)
    tax_rate: Mapped[int] = mapped_column(default=0)

    invoice: Mapped[Invoice] = relationship(back_populates="lines")
    account: Mapped[Account] = relationship()
