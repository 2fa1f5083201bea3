from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.core.security import token_digest
from app.models import ApiToken, User


async def find_user_by_email(session: AsyncSession, *, email: str) -> User | None:
    return await session.scalar(select(User).where(User.email == email.strip().lower()))


async def find_user_by_token(session: AsyncSession, *, token: str) -> User | None:
    statement = (
        select(ApiToken)
        .where(ApiToken.digest == token_digest(token))
        .options(joinedload(ApiToken.user))
    )
    found = await session.scalar(statement)
    return None if found is None else found.user
