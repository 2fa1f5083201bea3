from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, created_at, public_id
from app.models.entry import Entry
from app.models.invoice import Invoice


class Payment(Model):
    __tablename__ = "payments"

    public_id: Mapped[str] = public_id("payment")
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    received_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = created_at()

    invoice: Mapped[Invoice] = relationship()
    entry: Mapped[Entry] = relationship()
