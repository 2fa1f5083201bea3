import os

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from app.models import Model

BACKEND = os.path.dirname(os.path.dirname(__file__))


@pytest.fixture
def config():
    return Config(os.path.join(BACKEND, "alembic.ini"))


@pytest.fixture
def connection(tmp_path, config):
    engine = create_engine(f"sqlite:///{tmp_path}/migrations.sqlite3")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        yield connection
    engine.dispose()


def test_history_has_one_head(config):
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_models_agree_with_migrations(migrated):
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Model.metadata)
    engine.dispose()
    assert found == []


def test_names_that_became_equal_are_numbered(config, connection):
    command.upgrade(config, "5b90e1f3d7c8")
    connection.execute(
        text(
            "INSERT INTO organisations (id, public_id, name, name_key, currency, time_zone,"
            " created_at) VALUES (1, 'org_1', 'Club', 'club', 'EUR', 'UTC', '2024-01-01')"
        )
    )
    for number, name in enumerate(("Café", "CAFE", "Berg"), start=1):
        connection.execute(
            text(
                "INSERT INTO customers (id, public_id, organisation_id, name, payment_days,"
                " created_at) VALUES (:id, :public_id, 1, :name, 14, '2024-01-01')"
            ),
            {"id": number, "public_id": f"cus_{number}", "name": name},
        )
    command.upgrade(config, "head")
    rows = connection.execute(text("SELECT name, name_key, reminders FROM customers ORDER BY id"))
    assert [tuple(row) for row in rows] == [
        ("Café", "cafe", 1),
        ("CAFE (2)", "cafe (2)", 1),
        ("Berg", "berg", 1),
    ]


def test_every_revision_can_be_taken_back(config, connection):
    command.upgrade(config, "head")
    command.downgrade(config, "base")
    tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
    assert [name for (name,) in tables] == ["alembic_version"]
