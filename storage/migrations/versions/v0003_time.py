"""Time: a person's habits, what is put off, and which routes' notices are to be planned anew."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
UNPLANNED = sa.text("planned_version <> version AND (state <> 'draft' OR planned_version = 0)")


def upgrade() -> None:
    op.add_column("person", sa.Column("settings", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("route", sa.Column("planned_version", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_route_unplanned", "route", ["id"], sqlite_where=UNPLANNED, postgresql_where=UNPLANNED)
    op.add_column("event", sa.Column("added_at", TIME))
    op.create_table(
        "snooze",
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name="fk_snooze_entry_id_entry", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_snooze_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", name="pk_snooze"),
    )
    op.create_index("ix_snooze_route_id", "snooze", ["route_id"])
