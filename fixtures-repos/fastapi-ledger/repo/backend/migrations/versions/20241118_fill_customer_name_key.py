import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "e6417b2c05fd"
down_revision: str | None = "5b90e1f3d7c8"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def key_of(name: str) -> str:
    folded = " ".join(unicodedata.normalize("NFKC", name).split()).casefold()
    plain = unicodedata.normalize("NFKD", folded)
    return "".join(char for char in plain if not unicodedata.combining(char))


def upgrade() -> None:
    customers = sa.table(
        "customers",
        sa.column("id", sa.Integer),
        sa.column("organisation_id", sa.Integer),
        sa.column("name", sa.String),
        sa.column("name_key", sa.String),
    )
    connection = op.get_bind()
    taken: set[tuple[int, str]] = set()
    rows = connection.execute(sa.select(customers).order_by(customers.c.id)).all()
    for row in rows:
        name, copy = row.name, 1
        while (row.organisation_id, key_of(name)) in taken:
            copy += 1
            name = f"{row.name} ({copy})"
        taken.add((row.organisation_id, key_of(name)))
        connection.execute(
            customers.update()
            .where(customers.c.id == row.id)
            .values(name=name, name_key=key_of(name))
        )


def downgrade() -> None:
    pass
