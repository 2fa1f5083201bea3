from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, created_at, public_id
from app.models.organisation import Organisation
from app.models.user import User


class Event(Model):
    __tablename__ = "events"
    __table_args__ = (Index(None, "organisation_id", "created_at"),)

    public_id: Mapped[str] = public_id("event")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    action: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict] = mapped_column(JSON, default=dict)
    request_id: Mapped[str] = mapped_column(String(64), default="-")
    created_at: Mapped[datetime] = created_at()

    organisation: Mapped[Organisation] = relationship()
    actor: Mapped[User | None] = relationship()
