from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from app.schemas.accounts import AccountRef
from app.schemas.base import Answer, Minor, Payload, PositiveMinor, PublicId, Timestamp
from app.schemas.people import PersonRef

Memo = Annotated[str, StringConstraints(max_length=200)]


class EntryLineIn(Payload):
    account: str
    amount: Minor
    note: Memo = ""


class EntryIn(Payload):
    booked_on: date
    memo: Memo = ""
    lines: Annotated[list[EntryLineIn], Field(max_length=200)]


class ShareIn(Payload):
    account: str
    weight: Annotated[int, Field(strict=True, ge=0, le=10_000)]


class SharedCostIn(Payload):
    booked_on: date
    memo: Memo = ""
    paid_from: str
    amount: PositiveMinor
    shares: Annotated[list[ShareIn], Field(min_length=1, max_length=50)]


class ReversalIn(Payload):
    booked_on: date | None = None
    memo: Memo = ""


class EntryRef(Answer):
    id: PublicId
    number: int


class EntryLineOut(Answer):
    account: AccountRef
    amount: int
    note: str


class EntryOut(EntryRef):
    booked_on: date
    memo: str
    source: str
    lines: list[EntryLineOut]
    created_at: Timestamp


class EntryDetailOut(EntryOut):
    created_by: PersonRef
    reverses: EntryRef | None
