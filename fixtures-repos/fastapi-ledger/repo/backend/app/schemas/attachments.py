from typing import Annotated

from pydantic import Field

from app.schemas.base import Answer, Name, Payload, PublicId, Timestamp
from app.schemas.people import PersonRef


class AttachmentIn(Payload):
    filename: Name
    media_type: str
    content: Annotated[str, Field(max_length=4_000_000)]


class AttachmentOut(Answer):
    id: PublicId
    filename: str
    media_type: str
    size: int
    checksum: str
    uploaded_by: PersonRef
    created_at: Timestamp
