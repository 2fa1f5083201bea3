from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotSignedIn
from app.core.security import new_token, token_digest, verify_password
from app.models import ApiToken
from app.selectors.users import find_user_by_email


async def sign_in(session: AsyncSession, *, email: str, password: str) -> str:
    user = await find_user_by_email(session, email=email)
    if user is None or not verify_password(password, user.password):
        raise NotSignedIn("Address or password is wrong.", code="bad_credentials")
    token = new_token()
    session.add(ApiToken(user=user, digest=token_digest(token)))
    return token
