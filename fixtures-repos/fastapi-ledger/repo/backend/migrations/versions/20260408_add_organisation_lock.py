from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "f05b7c2e6a93"
down_revision: str | None = "82d6f13b9ce0"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("organisations") as batch:
        batch.add_column(sa.Column("locked_until", sa.Date(), nullable=True))
        batch.add_column(
            sa.Column("invoice_prefix", sa.String(8), nullable=False, server_default="")
        )
    with op.batch_alter_table("customers") as batch:
        batch.add_column(
            sa.Column("reminders", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("organisations") as batch:
        batch.alter_column("invoice_prefix", server_default=None)
    with op.batch_alter_table("customers") as batch:
        batch.alter_column("reminders", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("customers") as batch:
        batch.drop_column("reminders")
    with op.batch_alter_table("organisations") as batch:
        batch.drop_column("invoice_prefix")
        batch.drop_column("locked_until")
