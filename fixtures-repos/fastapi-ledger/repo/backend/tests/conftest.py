import os
import shutil

import pytest

if os.environ.get("LEDGER_PROFILE") != "test":
    pytest.exit("Run ./ledger test: LEDGER_PROFILE is not set to test.", returncode=4)

import pytest_asyncio
from alembic import command
from alembic.config import Config
from httpx import ASGITransport, AsyncClient
from sqlalchemy import create_engine

from app.core.database import Database
from app.main import app
from tests.clock import FrozenClock
from tests.factories import Factory, token_of
from tests.queries import count_queries

BACKEND = os.path.dirname(os.path.dirname(__file__))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    path = tmp_path_factory.mktemp("database") / "template.sqlite3"
    config = Config(os.path.join(BACKEND, "alembic.ini"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
    return path


@pytest_asyncio.fixture
async def database(migrated, tmp_path):
    path = tmp_path / "ledger.sqlite3"
    shutil.copyfile(migrated, path)
    database = Database(f"sqlite+aiosqlite:///{path}")
    yield database
    await database.dispose()


@pytest_asyncio.fixture
async def session(database):
    async with database.session() as session:
        yield session


@pytest.fixture
def make(session):
    return Factory(session)


@pytest.fixture
def api(database):
    app.state.database = database
    transport = ASGITransport(app=app, raise_app_exceptions=False)

    def client_for(user=None):
        headers = {} if user is None else {"Authorization": f"Bearer {token_of(user)}"}
        return AsyncClient(
            transport=transport,
            base_url="http://ledger.test/api/v1",
            headers=headers,
            trust_env=False,
        )

    return client_for


@pytest.fixture
def frozen_clock():
    with FrozenClock() as frozen:
        yield frozen


@pytest.fixture
def queries(database):
    return lambda: count_queries(database)


@pytest_asyncio.fixture
async def owner(make):
    return await make.user(name="Olga Brandt")


@pytest_asyncio.fixture
async def club(make, owner):
    return await make.organisation(owner=owner, name="Riverside Rowing Club")
