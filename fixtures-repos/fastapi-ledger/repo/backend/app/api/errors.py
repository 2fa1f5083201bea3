import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from app.core.errors import DomainError, problem

logger = logging.getLogger(__name__)

HTTP_CODES = {404: "not_found", 405: "method_not_allowed"}
SOURCES = {"body", "query", "path", "header"}


def install_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(DomainError, _domain_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _crash)


async def _domain_error(_request: Request, error: DomainError) -> JSONResponse:
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
    body = problem(code=error.code, title=error.title, pointer=error.pointer, context=error.context)
    return JSONResponse(body, status_code=error.status, headers=headers)


async def _validation_error(_request: Request, error: RequestValidationError) -> JSONResponse:
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        body = problem(code="malformed_json", title="The body is not valid JSON.")
        return JSONResponse(body, status_code=400)
    problems = [{"pointer": _pointer(item["loc"]), "title": item["msg"]} for item in found]
    body = problem(
        code="invalid",
        title=problems[0]["title"],
        pointer=problems[0]["pointer"],
        context={"problems": problems},
    )
    return JSONResponse(body, status_code=422)


async def _http_error(_request: Request, error: HTTPException) -> JSONResponse:
    body = problem(code=HTTP_CODES.get(error.status_code, "http_error"), title=str(error.detail))
    return JSONResponse(body, status_code=error.status_code, headers=error.headers)


async def _crash(_request: Request, error: Exception) -> JSONResponse:
    logger.error("unhandled error", exc_info=error)
    return JSONResponse(
        problem(code="server_error", title="Something went wrong."), status_code=500
    )


def _pointer(location: tuple[Any, ...]) -> str:
    parts = location[1:] if location and location[0] in SOURCES else location
    return "".join(f"/{part}" for part in parts)
