"""Tables of what passes between people: invitations, pairs, and what happens to a route."""

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Date, Float, Index, Integer, String, UniqueConstraint

from storage.columns import link_to, of, own_id, table, text, time

# Who holds a step of the approval chain; the person is known when the invitation was accepted.
signatory = table(
    "signatory",
    own_id(),
    of("organisation", nullable=False, index=True),
    Column("step", String(32), nullable=False),
    Column("substitute", sa.Boolean, nullable=False),
    text("post"),
    text("place"),
    text("name"),
    link_to("person"),
    UniqueConstraint("organisation_id", "step", "substitute"),
)

# The token is nowhere in the table: it is derived from the id and `nonce` with the bot's own secret.
invitation = table(
    "invitation",
    own_id(),
    of("organisation", nullable=False, index=True),
    Column("role", String(32), nullable=False),
    Column("step", String(32), nullable=False),
    Column("nonce", String(32), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    text("name"),
    text("post"),
    text("subject"),
    text("mentor"),
    link_to("person", "mentor_id"),
    link_to("invitation", "mentor_invitation_id"),
    link_to("person", "created_by"),
    time("created_at"),
    time("expires_at"),
    time("revoked_at", nullable=True),
    time("used_at", nullable=True),
    link_to("person"),
    Column("answer", String(16), nullable=False),
)

# A teacher and who accompanies her. `opened_at`: she agreed to the companion's access (004 п. 3.1.2).
pairing = table(
    "pairing",
    own_id(),
    of("organisation", nullable=False, index=True),
    of("person", "teacher_id", nullable=False, index=True),
    of("person", "companion_id", nullable=False, index=True),
    Column("direction", String(32), nullable=False),
    time("since"),
    time("opened_at", nullable=True),
    time("closed_at", nullable=True),
    time("ended_at", nullable=True),
)
ACTIVE = pairing.c.ended_at.is_(None)
_PAIR = (pairing.c.teacher_id, pairing.c.companion_id, pairing.c.organisation_id, pairing.c.direction)
Index("uq_pairing_active", *_PAIR, unique=True, sqlite_where=ACTIVE, postgresql_where=ACTIVE)

# A plan as it was approved: `content` is `bot.iom.snapshot` as sa.JSON.
snapshot = table(
    "snapshot",
    own_id(),
    of("route", nullable=False, index=True),
    Column("version", Integer, nullable=False),
    time("at"),
    Column("content", sa.JSON, nullable=False),
)

# What became of a plan line; a line without a row is planned.
line = table(
    "line",
    of("entry", primary_key=True),
    of("route", nullable=False, index=True),
    Column("state", String(16), nullable=False),
    time("since"),
    text("reason"),
    text("left"),
)

evidence = table(
    "evidence",
    own_id(),
    of("entry", nullable=False, index=True),
    of("route", nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    text("number"),
    Column("issued_on", Date),
    Column("hours", Float),
    text("text"),
    text("file_id"),
    Column("file_unique", String(64), nullable=False),
    text("file_name"),
    text("mime"),
    Column("size", BigInteger, nullable=False),
    time("at"),
    time("withdrawn_at", nullable=True),
)

# Move, replace, cancel or add a line of an approved plan; `changes` is `bot.iom.correction` as sa.JSON.
correction = table(
    "correction",
    own_id(),
    of("route", nullable=False, index=True),
    of("entry", nullable=True, index=True),
    Column("kind", String(16), nullable=False),
    Column("changes", sa.JSON, nullable=False),
    text("reason"),
    Column("state", String(16), nullable=False),
    Column("step", Integer, nullable=False),
    link_to("person", "created_by"),
    time("created_at"),
    time("applied_at", nullable=True),
    time("acknowledged_at", nullable=True),
)

# Every decision of a person, never changed but by undoing: who, as what, when, with what remark.
# name, post: as documents print them. version: of the route as it was seen.
decision = table(
    "decision",
    own_id(),
    of("route", nullable=False, index=True),
    of("entry", nullable=True, index=True),
    of("correction", nullable=True, index=True),
    Column("kind", String(16), nullable=False),
    Column("step", String(32), nullable=False),
    link_to("person"),
    Column("role", String(32), nullable=False),
    text("name"),
    text("post"),
    text("remark"),
    Column("version", Integer, nullable=False),
    time("at"),
    time("undone_at", nullable=True),
)

extension = table(
    "extension",
    own_id(),
    of("route", nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("months", Integer, nullable=False),
    Column("old_end", Date, nullable=False),
    Column("new_end", Date, nullable=False),
    text("reason"),
    link_to("person"),
    time("at"),
    time("accepted_at", nullable=True),
    time("declined_at", nullable=True),
)

pause = table(
    "pause",
    own_id(),
    of("route", nullable=False, index=True),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    text("reason"),
)

# What the centre, the municipality or the school adds (001 Прил. 3, этапы 3–4); the teacher accepts it.
# `wanted` is the plan line it offers (`bot.iom.corrections.Wanted`), empty for words alone.
recommendation = table(
    "recommendation",
    own_id(),
    of("route", nullable=False, index=True),
    of("entry", nullable=True, index=True),
    Column("level", String(16), nullable=False),
    Column("key", String(72), nullable=False),
    text("text"),
    Column("wanted", sa.JSON, nullable=False, default=dict),
    link_to("person"),
    Column("role", String(32), nullable=False),
    text("name"),
    text("post"),
    time("at"),
    time("accepted_at", nullable=True),
    time("declined_at", nullable=True),
)

# «Спросить»: a question to the companion about the route or a line, and the answer.
inquiry = table(
    "inquiry",
    own_id(),
    of("route", nullable=False, index=True),
    of("entry", nullable=True, index=True),
    text("text"),
    time("at"),
    link_to("person", "answered_by"),
    text("answer"),
    time("answered_at", nullable=True),
)

hours = table(
    "hours",
    own_id(),
    of("route", nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("hours", Float, nullable=False),
    Column("held_on", Date, nullable=False),
    text("note"),
    link_to("person"),
    time("at"),
)

# Everything the bot says unasked, planned in the transaction of its cause. At least once.
notice = table(
    "notice",
    own_id(),
    of("person", nullable=False, index=True),
    text("key", unique=True),
    Column("kind", String(32), nullable=False),
    of("route", nullable=True, index=True),
    Column("subject", sa.JSON, nullable=False),
    time("due_at"),
    time("created_at"),
    Column("state", String(16), nullable=False),
    time("claimed_until", nullable=True),
    Column("token", String(32), nullable=False),
    Column("attempts", Integer, nullable=False),
    time("sent_at", nullable=True),
    Column("message_id", BigInteger),
    text("error"),
)
WAITING = notice.c.state == "waiting"
Index("ix_notice_due", notice.c.due_at, notice.c.id, sqlite_where=WAITING, postgresql_where=WAITING)

# «Напомнить позже»: of a plan line nothing is said before this day; it is said then.
snooze = table(
    "snooze",
    of("entry", primary_key=True),
    of("route", nullable=False, index=True),
    Column("until", Date, nullable=False),
    time("at"),
)

# «Кто смотрел мою карту».
viewing = table(
    "viewing",
    own_id(),
    of("route", nullable=False, index=True),
    link_to("person"),
    Column("role", String(32), nullable=False),
    text("name"),
    time("at"),
)
