from alembic import context
from sqlalchemy import create_engine, pool

from app.core.config import get_settings
from app.models import Model
from app.models.base import UtcDateTime


def synchronous_url() -> str:
    return get_settings().database_url.replace("+aiosqlite", "")


def render_item(kind, item, _context):
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def migrate(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    engine = create_engine(synchronous_url(), poolclass=pool.NullPool)
    with engine.connect() as connection:
        migrate(connection)
