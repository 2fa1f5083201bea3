from typing import Any

from app.schemas.base import Answer, PublicId, Timestamp
from app.schemas.people import PersonRef


class EventOut(Answer):
    id: PublicId
    action: str
    subject_id: str
    actor: PersonRef | None
    data: dict[str, Any]
    created_at: Timestamp
