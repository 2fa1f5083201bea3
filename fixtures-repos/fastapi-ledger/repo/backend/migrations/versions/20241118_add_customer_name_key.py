from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "5b90e1f3d7c8"
down_revision: str | None = "d27a50e8c319"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("customers") as batch:
        batch.add_column(sa.Column("name_key", sa.String(120), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("customers") as batch:
        batch.drop_column("name_key")
