"""What passes between people: invitations, pairs, decisions, evidence, corrections, notices."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
EMPTY = sa.text("''")
ACTIVE = sa.text("ended_at IS NULL")
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    _add_columns()
    _create_invitation()
    _create_pairing()
    _create_signatory()
    _create_extension()
    _create_hours()
    _create_notice()
    _create_pause()
    _create_snapshot()
    _create_viewing()
    _create_correction()
    _create_evidence()
    _create_inquiry()
    _create_line()
    _create_recommendation()
    _create_decision()
    _create_import_batch()


def _add_columns() -> None:
    # Added in place: SQLite would copy a table to alter it, and dropping the old one cascades.
    op.add_column("membership", sa.Column("name", sa.Text(), server_default=EMPTY, nullable=False))
    op.add_column("membership", sa.Column("post", sa.Text(), server_default=EMPTY, nullable=False))
    op.add_column(
        "organisation", sa.Column("kind", sa.String(length=16), server_default="school", nullable=False)
    )
    op.add_column("organisation", sa.Column("settings", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("person", sa.Column("hat", sa.String(length=32), server_default=EMPTY, nullable=False))
    op.add_column("route", sa.Column("state_since", TIME))
    op.add_column("route", sa.Column("chosen_at", TIME))
    op.add_column("route", sa.Column("step", sa.Integer(), server_default="0", nullable=False))
    op.add_column("route", sa.Column("track", sa.Text(), server_default=EMPTY, nullable=False))
    op.add_column("route", sa.Column("model", sa.Text(), server_default=EMPTY, nullable=False))
    op.add_column(
        "route", sa.Column("shares_reflections", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("route", sa.Column("trial", sa.Boolean(), server_default=sa.false(), nullable=False))


def _create_invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("mentor", sa.Text(), nullable=False),
        sa.Column("mentor_id", ID),
        sa.Column("mentor_invitation_id", ID),
        sa.Column("created_by", ID),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME),
        sa.Column("used_at", TIME),
        sa.Column("person_id", ID),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name="fk_invitation_created_by_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["person.id"], name="fk_invitation_mentor_id_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["mentor_invitation_id"],
            ["invitation.id"],
            name="fk_invitation_mentor_invitation_id_invitation",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_invitation_organisation_id_organisation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_invitation_person_id_person", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("code_hash", name="uq_invitation_code_hash"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invitation_created_by", "invitation", ["created_by"])
    op.create_index("ix_invitation_mentor_id", "invitation", ["mentor_id"])
    op.create_index("ix_invitation_mentor_invitation_id", "invitation", ["mentor_invitation_id"])
    op.create_index("ix_invitation_organisation_id", "invitation", ["organisation_id"])
    op.create_index("ix_invitation_person_id", "invitation", ["person_id"])


def _create_pairing() -> None:
    op.create_table(
        "pairing",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("teacher_id", ID, nullable=False),
        sa.Column("companion_id", ID, nullable=False),
        sa.Column("direction", sa.String(length=32), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("opened_at", TIME),
        sa.Column("closed_at", TIME),
        sa.Column("ended_at", TIME),
        sa.ForeignKeyConstraint(
            ["companion_id"], ["person.id"], name="fk_pairing_companion_id_person", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_pairing_organisation_id_organisation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["person.id"], name="fk_pairing_teacher_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pairing"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_pairing_active",
        "pairing",
        ["teacher_id", "companion_id", "organisation_id", "direction"],
        unique=True,
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    )
    op.create_index("ix_pairing_companion_id", "pairing", ["companion_id"])
    op.create_index("ix_pairing_organisation_id", "pairing", ["organisation_id"])
    op.create_index("ix_pairing_teacher_id", "pairing", ["teacher_id"])


def _create_signatory() -> None:
    op.create_table(
        "signatory",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("substitute", sa.Boolean(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person_id", ID),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_signatory_organisation_id_organisation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_signatory_person_id_person", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_signatory"),
        sa.UniqueConstraint(
            "organisation_id", "step", "substitute", name="uq_signatory_organisation_id_step_substitute"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_signatory_organisation_id", "signatory", ["organisation_id"])
    op.create_index("ix_signatory_person_id", "signatory", ["person_id"])


def _create_extension() -> None:
    op.create_table(
        "extension",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("old_end", sa.Date(), nullable=False),
        sa.Column("new_end", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", ID),
        sa.Column("at", TIME, nullable=False),
        sa.Column("accepted_at", TIME),
        sa.Column("declined_at", TIME),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_extension_person_id_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_extension_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_extension"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_extension_person_id", "extension", ["person_id"])
    op.create_index("ix_extension_route_id", "extension", ["route_id"])


def _create_hours() -> None:
    op.create_table(
        "hours",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("hours", sa.Float(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("person_id", ID),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_hours_person_id_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_hours_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hours"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_hours_person_id", "hours", ["person_id"])
    op.create_index("ix_hours_route_id", "hours", ["route_id"])


def _create_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("route_id", ID),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("claimed_until", TIME),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", TIME),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_notice_person_id_person", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_notice_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.UniqueConstraint("key", name="uq_notice_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_notice_due",
        "notice",
        ["due_at", "id"],
        unique=False,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index("ix_notice_person_id", "notice", ["person_id"])
    op.create_index("ix_notice_route_id", "notice", ["route_id"])


def _create_pause() -> None:
    op.create_table(
        "pause",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_pause_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_pause"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pause_route_id", "pause", ["route_id"])


def _create_snapshot() -> None:
    op.create_table(
        "snapshot",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_snapshot_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_snapshot"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_snapshot_route_id", "snapshot", ["route_id"])


def _create_viewing() -> None:
    op.create_table(
        "viewing",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("person_id", ID),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_viewing_person_id_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_viewing_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_viewing"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_viewing_person_id", "viewing", ["person_id"])
    op.create_index("ix_viewing_route_id", "viewing", ["route_id"])


def _create_correction() -> None:
    op.create_table(
        "correction",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("entry_id", ID),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("created_by", ID),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("applied_at", TIME),
        sa.Column("acknowledged_at", TIME),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name="fk_correction_created_by_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name="fk_correction_entry_id_entry", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_correction_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_correction_created_by", "correction", ["created_by"])
    op.create_index("ix_correction_entry_id", "correction", ["entry_id"])
    op.create_index("ix_correction_route_id", "correction", ["route_id"])


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date()),
        sa.Column("hours", sa.Float()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("file_unique", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("withdrawn_at", TIME),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name="fk_evidence_entry_id_entry", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_evidence_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evidence_entry_id", "evidence", ["entry_id"])
    op.create_index("ix_evidence_route_id", "evidence", ["route_id"])


def _create_inquiry() -> None:
    op.create_table(
        "inquiry",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("entry_id", ID),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("answered_by", ID),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", TIME),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["person.id"], name="fk_inquiry_answered_by_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name="fk_inquiry_entry_id_entry", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_inquiry_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_inquiry"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inquiry_answered_by", "inquiry", ["answered_by"])
    op.create_index("ix_inquiry_entry_id", "inquiry", ["entry_id"])
    op.create_index("ix_inquiry_route_id", "inquiry", ["route_id"])


def _create_line() -> None:
    op.create_table(
        "line",
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("left", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name="fk_line_entry_id_entry", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_line_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", name="pk_line"),
        sqlite_autoincrement=False,
    )
    op.create_index("ix_line_route_id", "line", ["route_id"])


def _create_recommendation() -> None:
    op.create_table(
        "recommendation",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("entry_id", ID),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=72), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("person_id", ID),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("accepted_at", TIME),
        sa.Column("declined_at", TIME),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name="fk_recommendation_entry_id_entry", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_recommendation_person_id_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_recommendation_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recommendation"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_recommendation_entry_id", "recommendation", ["entry_id"])
    op.create_index("ix_recommendation_person_id", "recommendation", ["person_id"])
    op.create_index("ix_recommendation_route_id", "recommendation", ["route_id"])


def _create_decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", ID, nullable=False),
        sa.Column("route_id", ID, nullable=False),
        sa.Column("entry_id", ID),
        sa.Column("correction_id", ID),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("person_id", ID),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("undone_at", TIME),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["correction.id"],
            name="fk_decision_correction_id_correction",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name="fk_decision_entry_id_entry", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_decision_person_id_person", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name="fk_decision_route_id_route", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decision_correction_id", "decision", ["correction_id"])
    op.create_index("ix_decision_entry_id", "decision", ["entry_id"])
    op.create_index("ix_decision_person_id", "decision", ["person_id"])
    op.create_index("ix_decision_route_id", "decision", ["route_id"])


def _create_import_batch() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", ID, nullable=False),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("closed_at", TIME),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_import_batch_organisation_id_organisation",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_import_batch_person_id_person", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_import_batch_organisation_id", "import_batch", ["organisation_id"])
    op.create_index("ix_import_batch_person_id", "import_batch", ["person_id"])
