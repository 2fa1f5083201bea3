from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.account import Account
from app.models.base import Model, created_at, public_id
from app.models.entry import Entry
from app.models.organisation import Organisation


class BankImport(Model):
    __tablename__ = "bank_imports"
    __table_args__ = (UniqueConstraint("account_id", "checksum"),)

    public_id: Mapped[str] = public_id("bank_import")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    filename: Mapped[str] = mapped_column(String(120))
    checksum: Mapped[str] = mapped_column(String(64))
    layout: Mapped[str] = mapped_column(String(12))
    row_count: Mapped[int] = mapped_column(default=0)
    duplicate_count: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[list[dict]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = created_at()

    organisation: Mapped[Organisation] = relationship()
    account: Mapped[Account] = relationship()


class BankTransaction(Model):
    __tablename__ = "bank_transactions"
    __table_args__ = (UniqueConstraint("account_id", "fingerprint"),)

    public_id: Mapped[str] = public_id("bank_transaction")
    bank_import_id: Mapped[int] = mapped_column(ForeignKey("bank_imports.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    booked_on: Mapped[date]
    amount: Mapped[int] = mapped_column(BigInteger)
    counterparty: Mapped[str] = mapped_column(String(140), default="")
    purpose: Mapped[str] = mapped_column(String(400), default="")
    fingerprint: Mapped[str] = mapped_column(String(64))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    created_at: Mapped[datetime] = created_at()

    bank_import: Mapped[BankImport] = relationship()
    account: Mapped[Account] = relationship()
    entry: Mapped[Entry | None] = relationship()
