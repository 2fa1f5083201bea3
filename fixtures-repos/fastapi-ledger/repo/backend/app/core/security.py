import hashlib
import hmac
import secrets

from app.core.config import get_settings


def hash_password(password: str) -> str:
    salt = secrets.token_hex(8)
    return f"{salt}${_derive(password, salt)}"


def verify_password(password: str, stored: str) -> bool:
    salt, _, digest = stored.partition("$")
    return hmac.compare_digest(_derive(password, salt), digest)


def new_token() -> str:
    return secrets.token_urlsafe(24)


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _derive(password: str, salt: str) -> str:
    rounds = get_settings().password_rounds
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), rounds).hex()
