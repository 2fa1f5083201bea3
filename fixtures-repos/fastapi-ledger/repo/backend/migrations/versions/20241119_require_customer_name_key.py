from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "a1c95d60e4b2"
down_revision: str | None = "e6417b2c05fd"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("customers") as batch:
        batch.alter_column("name_key", existing_type=sa.String(120), nullable=False)
        batch.create_unique_constraint(
            "uq_customers_organisation_id_name_key", ["organisation_id", "name_key"]
        )


def downgrade() -> None:
    with op.batch_alter_table("customers") as batch:
        batch.drop_constraint("uq_customers_organisation_id_name_key", type_="unique")
        batch.alter_column("name_key", existing_type=sa.String(120), nullable=True)
