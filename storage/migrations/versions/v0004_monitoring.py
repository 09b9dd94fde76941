"""Interim monitoring, reflections of the way, what of a course came to a lesson."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_checkpoint()
    _create_interim()


def _create_checkpoint() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("entry_id", ID),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("answered_at", TIME),
        sa.Column("judged_at", TIME),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=False),
        sa.Column("recommendation", sa.Text(), nullable=False),
        sa.Column("person_id", ID),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name="fk_checkpoint_entry_id_entry", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_checkpoint_person_id_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_checkpoint_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_checkpoint"),
        sa.UniqueConstraint("key", name="uq_checkpoint_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_checkpoint_entry_id", "checkpoint", ["entry_id"])
    op.create_index("ix_checkpoint_person_id", "checkpoint", ["person_id"])
    op.create_index("ix_checkpoint_route_id", "checkpoint", ["route_id"])


def _create_interim() -> None:
    op.create_table(
        "interim",
        sa.Column("checkpoint_id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("progress", sa.String(length=16)),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("hinders", sa.Text()),
        sa.Column("needs_help", sa.String(length=16)),
        sa.Column("question", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checkpoint_id"],
            ["checkpoint.id"],
            name="fk_interim_checkpoint_id_checkpoint",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name="fk_interim_entry_id_entry", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_interim_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("checkpoint_id", "entry_id", name="pk_interim"),
    )
    op.create_index("ix_interim_entry_id", "interim", ["entry_id"])
    op.create_index("ix_interim_route_id", "interim", ["route_id"])
