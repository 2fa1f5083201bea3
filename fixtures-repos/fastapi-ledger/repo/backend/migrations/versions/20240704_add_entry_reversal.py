from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "09c2f7e4ab61"
down_revision: str | None = "b83e6d15f0a4"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("entries") as batch:
        batch.add_column(
            sa.Column("source", sa.String(12), nullable=False, server_default="manual")
        )
        batch.add_column(sa.Column("reverses_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_entries_reverses_id", "entries", ["reverses_id"], ["id"])
        batch.create_unique_constraint("uq_entries_reverses_id", ["reverses_id"])
    with op.batch_alter_table("entries") as batch:
        batch.alter_column("source", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("entries") as batch:
        batch.drop_constraint("uq_entries_reverses_id", type_="unique")
        batch.drop_constraint("fk_entries_reverses_id", type_="foreignkey")
        batch.drop_column("reverses_id")
        batch.drop_column("source")
