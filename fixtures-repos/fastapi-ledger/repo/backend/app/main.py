from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.api.errors import install_error_handlers
from app.api.router import api
from app.core.config import get_settings
from app.core.database import Database
from app.core.logs import configure_logging
from app.core.request_id import RequestIdMiddleware


@asynccontextmanager
async def lifespan(application: FastAPI) -> AsyncIterator[None]:
    configure_logging()
    application.state.database = Database(get_settings().database_url)
    yield
    await application.state.database.dispose()


def create_app() -> FastAPI:
    get_settings()
    application = FastAPI(title="Ledger", lifespan=lifespan, redoc_url=None)
    application.include_router(api)
    install_error_handlers(application)
    application.add_middleware(RequestIdMiddleware)
    return application


app = create_app()
