from typing import Any


class DomainError(Exception):
    status = 400
    code = "error"

    def __init__(
        self,
        title: str,
        *,
        code: str | None = None,
        pointer: str | None = None,
        context: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(title)
        self.title = title
        self.code = code or self.code
        self.pointer = pointer
        self.context = context or {}


class NotSignedIn(DomainError):
    status = 401
    code = "not_signed_in"


class Forbidden(DomainError):
    status = 403
    code = "forbidden"


class NotFound(DomainError):
    status = 404
    code = "not_found"


class Conflict(DomainError):
    status = 409
    code = "conflict"


class InvalidState(DomainError):
    status = 409
    code = "invalid_state"


class Invalid(DomainError):
    status = 422
    code = "invalid"


def problem(
    *, code: str, title: str, pointer: str | None = None, context: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {"problem": {"code": code, "title": title, "pointer": pointer, "context": context or {}}}
