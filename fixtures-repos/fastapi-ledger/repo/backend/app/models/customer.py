from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, created_at, public_id
from app.models.organisation import Organisation


class Customer(Model):
    __tablename__ = "customers"
    __table_args__ = (UniqueConstraint("organisation_id", "name_key"),)

    public_id: Mapped[str] = public_id("customer")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    address: Mapped[str | None] = mapped_column(String(400))
    payment_days: Mapped[int] = mapped_column(default=14)
    reminders: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = created_at()

    organisation: Mapped[Organisation] = relationship()
