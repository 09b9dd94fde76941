"""The life of an event of the catalogue, and what teachers share themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
EMPTY = sa.text("''")


def upgrade() -> None:
    # Added in place: SQLite would copy a table to alter it, and dropping the old one cascades.
    op.add_column("event", sa.Column("state", sa.String(16), server_default="published", nullable=False))
    for name in ("organisation_id", "proposer_id"):
        op.add_column("event", sa.Column(name, ID))
        op.create_index(f"ix_event_{name}", "event", [name])
    for name in ("resource", "recommended_by", "registration", "link"):
        op.add_column("event", sa.Column(name, sa.Text(), server_default=EMPTY, nullable=False))
    op.add_column("event", sa.Column("changed_at", TIME))
    op.create_index("ix_event_state_ends_on", "event", ["state", "ends_on"])
    op.create_table(
        "own_resource",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("block", sa.String(120), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("shown_at", TIME),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_own_resource_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_own_resource"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_own_resource_person_id", "own_resource", ["person_id"])
    op.create_index("ix_own_resource_block", "own_resource", ["block"])
