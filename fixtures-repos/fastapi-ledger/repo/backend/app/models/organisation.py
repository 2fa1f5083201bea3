from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, created_at, public_id
from app.models.user import User

ROLES = ("viewer", "bookkeeper", "owner")


class Organisation(Model):
    __tablename__ = "organisations"

    public_id: Mapped[str] = public_id("organisation")
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120), unique=True)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    time_zone: Mapped[str] = mapped_column(String(40), default="Europe/Berlin")
    invoice_prefix: Mapped[str] = mapped_column(String(8), default="")
    locked_until: Mapped[date | None]
    created_at: Mapped[datetime] = created_at()


class Membership(Model):
    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("organisation_id", "user_id"),)

    public_id: Mapped[str] = public_id("membership")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = created_at()

    organisation: Mapped[Organisation] = relationship()
    user: Mapped[User] = relationship()
