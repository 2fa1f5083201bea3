from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Model, created_at, public_id
from app.models.entry import Entry
from app.models.user import User


class Attachment(Model):
    __tablename__ = "attachments"

    public_id: Mapped[str] = public_id("attachment")
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    filename: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    checksum: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = created_at()

    entry: Mapped[Entry] = relationship()
    uploaded_by: Mapped[User] = relationship()
