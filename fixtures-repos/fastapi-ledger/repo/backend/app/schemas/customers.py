from typing import Annotated

from pydantic import Field, StringConstraints

from app.schemas.base import Answer, Email, Name, Payload, PublicId, Timestamp

Address = Annotated[str, StringConstraints(max_length=400)]
Days = Annotated[int, Field(ge=0, le=120)]


class CustomerIn(Payload):
    name: Name
    email: Email | None = None
    address: Address | None = None
    payment_days: Days = 14
    reminders: bool = True


class CustomerChanges(CustomerIn):
    name: Name | None = None


class CustomerRef(Answer):
    id: PublicId
    name: str


class CustomerOut(CustomerRef):
    email: str | None
    address: str | None
    payment_days: int
    reminders: bool
    created_at: Timestamp
