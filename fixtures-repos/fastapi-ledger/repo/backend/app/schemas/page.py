from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from app.core.pagination import Page

Item = TypeVar("Item", bound=BaseModel)


class PageMeta(BaseModel):
    limit: int
    next_cursor: str | None
    has_more: bool


class PageOut(BaseModel, Generic[Item]):
    data: list[Item]
    meta: PageMeta


def page_of(schema: type[Item], page: Page[Any]) -> PageOut[Item]:
    return page_with([schema.model_validate(row) for row in page.rows], page)


def page_with(items: list[Item], page: Page[Any]) -> PageOut[Item]:
    meta = PageMeta(
        limit=page.limit, next_cursor=page.next_cursor, has_more=page.next_cursor is not None
    )
    return PageOut(data=items, meta=meta)
