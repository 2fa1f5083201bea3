from datetime import datetime, timezone
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)

from app.core.money import LIMIT
from app.core.text import clean


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"


def _named(value: str) -> str:
    cleaned = clean(value)
    if not cleaned:
        raise ValueError("must not be blank")
    return cleaned


Timestamp = Annotated[datetime, PlainSerializer(_written, return_type=str)]
Name = Annotated[str, StringConstraints(max_length=120), AfterValidator(_named)]
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
    ),
]
Minor = Annotated[int, Field(strict=True, ge=-LIMIT, le=LIMIT)]
PositiveMinor = Annotated[int, Field(strict=True, gt=0, le=LIMIT)]
PublicId = Annotated[str, Field(validation_alias="public_id")]


class Payload(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True, populate_by_name=True)
