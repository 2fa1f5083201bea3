from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, UtcDateTime, created_at, public_id
from app.models.organisation import Organisation

KINDS = ("asset", "liability", "equity", "income", "expense")


class Account(Model):
    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    public_id: Mapped[str] = public_id("account")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    code: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = created_at()

    organisation: Mapped[Organisation] = relationship()
