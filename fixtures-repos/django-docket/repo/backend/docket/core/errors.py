from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback


class DomainError(Exception):
    status = 400
    code = "error"

    def __init__(self, message, *, code=None, field=None, details=None):
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.field = field
        self.details = details or []


class NotFound(DomainError):
    status = 404
    code = "not_found"


class Conflict(DomainError):
    status = 409
    code = "conflict"


class InvalidState(DomainError):
    status = 409
    code = "invalid_state"


class ValidationFailed(DomainError):
    status = 422
    code = "validation_failed"


class PermissionDenied(DomainError):
    status = 403
    code = "permission_denied"


def envelope(*, code, message, field=None, details=None):
    return {
        "error": {"code": code, "message": message, "field": field, "details": details or []},
    }


def exception_handler(exc, context):
    if isinstance(exc, DomainError):
        set_rollback()
        body = envelope(code=exc.code, message=exc.message, field=exc.field, details=exc.details)
        return Response(body, status=exc.status)
    if isinstance(exc, Http404):
        set_rollback()
        return Response(envelope(code="not_found", message="Not found."), status=404)
    if isinstance(exc, exceptions.ValidationError):
        set_rollback()
        return Response(_validation_envelope(exc), status=422)
    if isinstance(exc, exceptions.APIException):
        set_rollback()
        body = envelope(code=exc.get_codes(), message=str(exc.detail))
        return Response(body, status=exc.status_code, headers=_headers(exc))
    return None


def page_not_found(request, exception):
    return JsonResponse(envelope(code="not_found", message="Not found."), status=404)


def server_error(request):
    return JsonResponse(envelope(code="server_error", message="Something broke."), status=500)


def _validation_envelope(exc):
    details = list(_flatten(exc.detail))
    first = details[0]
    return envelope(
        code="validation_failed",
        message=first["message"],
        field=first["field"],
        details=details,
    )


def _flatten(detail, path=""):
    if isinstance(detail, dict):
        for key, value in detail.items():
            name = "" if key == "non_field_errors" else str(key)
            yield from _flatten(value, ".".join(part for part in (path, name) if part))
        return
    if isinstance(detail, list):
        for value in detail:
            yield from _flatten(value, path)
        return
    yield {"field": path or None, "code": detail.code, "message": str(detail)}


def _headers(exc):
    headers = {}
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header
    if getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(exc.wait))
    return headers
