from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, UtcDateTime, created_at, public_id
from app.models.organisation import Organisation
from app.models.user import User

LAYOUTS = ("journal", "bookkeeper")


class Export(Model):
    __tablename__ = "exports"

    public_id: Mapped[str] = public_id("export")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    layout: Mapped[str] = mapped_column(String(12))
    first_day: Mapped[date]
    last_day: Mapped[date]
    status: Mapped[str] = mapped_column(String(8), default="pending")
    row_count: Mapped[int | None]
    content: Mapped[str | None] = mapped_column(Text, deferred=True)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = created_at()

    organisation: Mapped[Organisation] = relationship()
    requested_by: Mapped[User] = relationship()
