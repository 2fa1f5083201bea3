from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.account import Account
from app.models.base import Model, created_at, public_id
from app.models.organisation import Organisation
from app.models.user import User


class Entry(Model):
    __tablename__ = "entries"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    public_id: Mapped[str] = public_id("entry")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[int]
    booked_on: Mapped[date] = mapped_column(index=True)
    memo: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(12), default="manual")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), unique=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = created_at()

    organisation: Mapped[Organisation] = relationship()
    created_by: Mapped[User] = relationship()
    reverses: Mapped["Entry | None"] = relationship(remote_side="Entry.id")
    lines: Mapped[list["EntryLine"]] = relationship(
        back_populates="entry", order_by="EntryLine.position", cascade="all, delete-orphan"
    )


class EntryLine(Model):
    __tablename__ = "entry_lines"
    __table_args__ = (UniqueConstraint("entry_id", "position"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    position: Mapped[int]
    amount: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(String(200), default="")

    entry: Mapped[Entry] = relationship(back_populates="lines")
    account: Mapped[Account] = relationship()
