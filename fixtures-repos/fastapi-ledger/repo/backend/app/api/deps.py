from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Header, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.access import Access
from app.core.database import Database
from app.core.errors import NotSignedIn
from app.core.pagination import DEFAULT_LIMIT, MAX_LIMIT, PageQuery
from app.models import User
from app.selectors.users import find_user_by_token


def get_database(request: Request) -> Database:
    return request.app.state.database


DatabaseDep = Annotated[Database, Depends(get_database)]


async def get_session(database: DatabaseDep) -> AsyncIterator[AsyncSession]:
    async with database.transaction() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]


async def get_user(
    session: SessionDep, authorization: Annotated[str | None, Header()] = None
) -> User:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn("Sign in first.")
    user = await find_user_by_token(session, token=token)
    if user is None:
        raise NotSignedIn("The token is not known.", code="bad_token")
    return user


UserDep = Annotated[User, Depends(get_user, scope="function")]


def get_access(session: SessionDep, user: UserDep) -> Access:
    return Access(session=session, user=user)


AccessDep = Annotated[Access, Depends(get_access, scope="function")]


def get_page(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT, cursor: str | None = None
) -> PageQuery:
    return PageQuery(limit=limit, cursor=cursor)


PageDep = Annotated[PageQuery, Depends(get_page)]
