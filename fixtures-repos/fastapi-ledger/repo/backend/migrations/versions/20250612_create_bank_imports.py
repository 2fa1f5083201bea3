from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "36f8b4c1e0d7"
down_revision: str | None = "7e35a8d9f146"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "bank_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=120), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("layout", sa.String(length=12), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("duplicate_count", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_bank_imports_account_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_bank_imports_organisation_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bank_imports"),
        sa.UniqueConstraint("account_id", "checksum", name="uq_bank_imports_account_id_checksum"),
        sa.UniqueConstraint("public_id", name="uq_bank_imports_public_id"),
    )
    op.create_index("ix_bank_imports_organisation_id", "bank_imports", ["organisation_id"])

    op.create_table(
        "bank_transactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("bank_import_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("counterparty", sa.String(length=140), nullable=False),
        sa.Column("purpose", sa.String(length=400), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_bank_transactions_account_id"
        ),
        sa.ForeignKeyConstraint(
            ["bank_import_id"], ["bank_imports.id"], name="fk_bank_transactions_bank_import_id"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_bank_transactions_entry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bank_transactions"),
        sa.UniqueConstraint(
            "account_id", "fingerprint", name="uq_bank_transactions_account_id_fingerprint"
        ),
        sa.UniqueConstraint("public_id", name="uq_bank_transactions_public_id"),
    )
    op.create_index("ix_bank_transactions_bank_import_id", "bank_transactions", ["bank_import_id"])


def downgrade() -> None:
    op.drop_table("bank_transactions")
    op.drop_table("bank_imports")
