from datetime import date
from typing import Literal

from app.schemas.base import Answer, Payload, PublicId, Timestamp

Layout = Literal["journal", "bookkeeper"]


class ExportIn(Payload):
    layout: Layout = "journal"
    first_day: date
    last_day: date


class ExportOut(Answer):
    id: PublicId
    layout: Layout
    first_day: date
    last_day: date
    status: Literal["pending", "ready"]
    row_count: int | None
    finished_at: Timestamp | None
    created_at: Timestamp
