from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "82d6f13b9ce0"
down_revision: str | None = "c409e7a5b28f"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("invoices") as batch:
        batch.add_column(sa.Column("voided_at", sa.DateTime(), nullable=True))
        batch.add_column(sa.Column("discount", sa.BigInteger(), nullable=False, server_default="0"))
    with op.batch_alter_table("invoices") as batch:
        batch.alter_column("discount", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("invoices") as batch:
        batch.drop_column("discount")
        batch.drop_column("voided_at")
