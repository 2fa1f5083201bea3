import re
import secrets
from contextvars import ContextVar

HEADER = "docket_request_id"
SAFE = re.compile(r"[A-Za-z0-9-]{8,64}")

_current = ContextVar("docket_request_id", default="")


def current():
    return _current.get()


def bind(value):
    _current.set(value or "")


def accept(value):
    if value and SAFE.fullmatch(value):
        return value
    return secrets.token_hex(8)


def from_task(request):
    return request.get(HEADER) or (request.headers or {}).get(HEADER) or ""
