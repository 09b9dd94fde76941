"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
OF_ROUTE = sa.text("entry_id IS NULL")


def upgrade() -> None:
    _create_organisations()
    _create_people()
    _create_conversations()
    _create_routes()
    _create_answers()


def _create_organisations() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", ID, nullable=False),
        sa.Column("parent_id", ID),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("keeps_names", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["organisation.id"],
            name="fk_organisation_parent_id_organisation",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_organisation_parent_id", "organisation", ["parent_id"])
    op.create_table(
        "regulation_version",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_regulation_version"),
    )
    op.create_table(
        "event",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("education", sa.Text(), nullable=False),
        sa.Column("organiser", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date()),
        sa.Column("ends_on", sa.Date()),
        sa.Column("hours", sa.Float()),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("code", name="uq_event_code"),
        sqlite_autoincrement=True,
    )


def _create_people() -> None:
    op.create_table(
        "person",
        sa.Column("id", ID, nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("unreachable_at", TIME),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("code", name="uq_person_code"),
        sa.UniqueConstraint("telegram_id", name="uq_person_telegram_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "membership",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_membership_organisation_id_organisation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_membership_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "organisation_id", "role", name="pk_membership"),
    )
    op.create_index("ix_membership_organisation_id", "membership", ["organisation_id"])
    op.create_table(
        "consent",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("given_at", TIME, nullable=False),
        sa.Column("withdrawn_at", TIME),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_consent_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_person_id_kind", "consent", ["person_id", "kind"])
    op.create_table(
        "audit",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_audit_person_id_person", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_person_id", "audit", ["person_id"])


def _create_conversations() -> None:
    op.create_table(
        "cursor",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("shown_rev", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_cursor_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_cursor"),
    )
    op.create_table(
        "seen_update",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id", name="pk_seen_update"),
    )
    op.create_index("ix_seen_update_at", "seen_update", ["at"])
    op.create_table(
        "printed",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("person_id", ID),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_printed_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_printed"),
    )
    op.create_index("ix_printed_person_id", "printed", ["person_id"])


def _create_routes() -> None:
    op.create_table(
        "route",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("organisation_id", ID),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("regulation_hash", sa.String(64), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("withdrawn_at", TIME),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_route_organisation_id_organisation",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_route_person_id_person", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["regulation_hash"],
            ["regulation_version.hash"],
            name="fk_route_regulation_hash_regulation_version",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_route"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_route_organisation_id", "route", ["organisation_id"])
    op.create_index("ix_route_person_id", "route", ["person_id"])
    op.create_index("ix_route_regulation_hash", "route", ["regulation_hash"])
    op.create_table(
        "entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("table_key", sa.String(32), nullable=False),
        sa.Column("event_id", ID),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name="fk_entry_event_id_event", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_entry_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entry_event_id", "entry", ["event_id"])
    op.create_index("ix_entry_route_id", "entry", ["route_id"])
    op.create_table(
        "link",
        sa.Column("source_id", ID, nullable=False),
        sa.Column("target_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["entry.id"], name="fk_link_source_id_entry", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["entry.id"], name="fk_link_target_id_entry", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "target_id", name="pk_link"),
    )
    op.create_index("ix_link_target_id", "link", ["target_id"])


def _create_answers() -> None:
    op.create_table(
        "answer",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("entry_id", ID),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("author_id", ID),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name="fk_answer_author_id_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name="fk_answer_entry_id_entry", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_answer_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
        sa.UniqueConstraint("entry_id", "key", name="uq_answer_entry_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answer_author_id", "answer", ["author_id"])
    op.create_index("ix_answer_route_id", "answer", ["route_id"])
    op.create_index(
        "uq_answer_of_route",
        "answer",
        ["route_id", "key"],
        unique=True,
        sqlite_where=OF_ROUTE,
        postgresql_where=OF_ROUTE,
    )
