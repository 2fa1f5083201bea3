import gc
import os
import shutil

import pytest

if os.environ.get("LEDGER_PROFILE") != "test":
    pytest.exit("Run ./ledger test: LEDGER_PROFILE is not set to test.", returncode=4)

import pytest_asyncio
from alembic import command
from alembic.config import Config
from httpx import ASGITransport, AsyncClient
from sqlalchemy import create_engine, select

from app.core.database import Database
from app.main import app
from app.models import Organisation
from app.selectors.users import find_user_by_email
from tests.clock import FrozenClock
from tests.factories import Factory, token_of
from tests.queries import count_queries

OWNER = "olga@example.org"
CLUB = "Riverside Rowing Club"
BACKEND = os.path.dirname(os.path.dirname(__file__))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    gc.freeze()
    path = tmp_path_factory.mktemp("database") / "migrated.sqlite3"
    config = Config(os.path.join(BACKEND, "alembic.ini"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
    return path


@pytest_asyncio.fixture(scope="session")
async def template(migrated):
    path = migrated.with_name("template.sqlite3")
    shutil.copyfile(migrated, path)
    database = Database(f"sqlite+aiosqlite:///{path}")
    with FrozenClock() as frozen:
        frozen.set(2026, 1, 5, 9)
        async with database.session() as session:
            make = Factory(session)
            owner = await make.user(email=OWNER, name="Olga Brandt")
            await make.organisation(owner=owner, name=CLUB)
    await database.dispose()
    return path


@pytest.fixture(scope="session")
def engine(template):
    return Database(f"sqlite+aiosqlite:///{template.with_name('ledger.sqlite3')}")


@pytest_asyncio.fixture
async def database(template, engine):
    shutil.copyfile(template, template.with_name("ledger.sqlite3"))
    yield engine
    await engine.dispose()


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
async def owner(session):
    return await find_user_by_email(session, email=OWNER)


@pytest_asyncio.fixture
async def club(session):
    return await session.scalar(select(Organisation).where(Organisation.name == CLUB))
