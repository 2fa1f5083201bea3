import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, and_, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from app.core.errors import Invalid

DEFAULT_LIMIT = 20
MAX_LIMIT = 100

Row = TypeVar("Row")


@dataclass(frozen=True)
class PageQuery:
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: Sequence[Row]
    limit: int
    next_cursor: str | None


async def paginate(
    session: AsyncSession,
    statement: Select[tuple[Row]],
    *,
    page: PageQuery,
    order: Sequence[InstrumentedAttribute[Any]],
    descending: bool = True,
) -> Page[Row]:
    if page.cursor is not None:
        position = _decode(page.cursor, order)
        statement = statement.where(_beyond(order, position, descending))
    ordering = [column.desc() if descending else column.asc() for column in order]
    found = await session.scalars(statement.order_by(*ordering).limit(page.limit + 1))
    rows = found.all()
    kept = rows[: page.limit]
    more = len(rows) > page.limit
    return Page(rows=kept, limit=page.limit, next_cursor=_encode(kept[-1], order) if more else None)


def _beyond(order, position, descending):
    alternatives = []
    for place, column in enumerate(order):
        same = [earlier == position[index] for index, earlier in enumerate(order[:place])]
        step = column < position[place] if descending else column > position[place]
        alternatives.append(and_(*same, step))
    return or_(*alternatives)


def _encode(row: Any, order: Sequence[InstrumentedAttribute[Any]]) -> str:
    values = [getattr(row, column.key) for column in order]
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _decode(cursor: str, order: Sequence[InstrumentedAttribute[Any]]) -> list[Any]:
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(plain, list) or len(plain) != len(order):
            raise ValueError("wrong number of values")
        return [_read(value, column) for value, column in zip(plain, order, strict=True)]
    except (ValueError, TypeError) as error:
        raise Invalid("The cursor is not valid.", code="bad_cursor", pointer="/cursor") from error


def _read(value: Any, column: InstrumentedAttribute[Any]) -> Any:
    kind = column.type.python_type
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    if not isinstance(value, kind):
        raise TypeError(f"{column.key} is not a {kind.__name__}")
    return value
