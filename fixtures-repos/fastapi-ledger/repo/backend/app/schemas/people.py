from app.schemas.base import Answer, Email, Payload, PublicId, Timestamp


class TokenIn(Payload):
    email: Email
    password: str


class TokenOut(Answer):
    token: str


class PersonRef(Answer):
    id: PublicId
    name: str


class PersonOut(PersonRef):
    email: str
    created_at: Timestamp
