from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from app.schemas.accounts import AccountRef
from app.schemas.base import Answer, Name, Payload, PublicId, Timestamp
from app.schemas.entries import EntryRef


class BankImportIn(Payload):
    account: str
    filename: Name
    content: Annotated[str, StringConstraints(max_length=2_000_000)]


class RejectedRowOut(Answer):
    line: int
    reason: str


class BankImportOut(Answer):
    id: PublicId
    account: AccountRef
    filename: str
    layout: str
    row_count: int
    duplicate_count: int
    rejected: list[RejectedRowOut]
    created_at: Timestamp


class BankTransactionOut(Answer):
    id: PublicId
    booked_on: date
    amount: int
    counterparty: str
    purpose: str
    entry: EntryRef | None
