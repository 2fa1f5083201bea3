from datetime import date
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, StringConstraints

from app.schemas.base import Answer, Email, Name, Payload, PublicId, Timestamp
from app.schemas.people import PersonRef

Role = Literal["viewer", "bookkeeper", "owner"]
Currency = Literal["CHF", "EUR", "GBP", "JPY", "KWD", "NOK", "SEK", "USD"]
Prefix = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{0,8}$")]


def _known_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("is not a time zone")
    return value


TimeZone = Annotated[str, AfterValidator(_known_zone)]


class OrganisationIn(Payload):
    name: Name
    currency: Currency = "EUR"
    time_zone: TimeZone = "Europe/Berlin"
    invoice_prefix: Prefix = ""


class OrganisationChanges(Payload):
    name: Name | None = None
    time_zone: TimeZone | None = None
    invoice_prefix: Prefix | None = None


class LockIn(Payload):
    until: date


class OrganisationOut(Answer):
    id: PublicId
    name: str
    currency: str
    time_zone: str
    invoice_prefix: str
    locked_until: date | None
    created_at: Timestamp


class MemberIn(Payload):
    email: Email
    role: Role


class RoleIn(Payload):
    role: Role


class MemberOut(Answer):
    id: PublicId
    user: PersonRef
    role: Role
    created_at: Timestamp
