from typing import Annotated, Literal

from pydantic import StringConstraints

from app.schemas.base import Answer, Name, Payload, PublicId, Timestamp

Kind = Literal["asset", "liability", "equity", "income", "expense"]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,8}$")]


class AccountIn(Payload):
    code: Code
    name: Name
    kind: Kind


class AccountChanges(Payload):
    name: Name | None = None


class AccountRef(Answer):
    id: PublicId
    code: str
    name: str


class AccountOut(AccountRef):
    kind: Kind
    archived_at: Timestamp | None
    created_at: Timestamp


class AccountDetailOut(AccountOut):
    balance: int
