from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model


class Counter(Model):
    __tablename__ = "counters"
    __table_args__ = (UniqueConstraint("organisation_id", "series"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    series: Mapped[str] = mapped_column(String(24))
    value: Mapped[int] = mapped_column(default=0)
