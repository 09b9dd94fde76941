"""Every table, once. Migrations repeat them; a test proves that both are the same.

Ids are on buttons that live for months, so an id is never given twice (AUTOINCREMENT, bigserial).
Whatever belongs to a person goes with the person: ON DELETE CASCADE. What she did in routes of others is
theirs and stays: those columns are emptied (`link_to`), names beside them by `storage.privacy`.
Times are UTC. JSON, not JSONB: JSONB would forget the order of keys.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy import text as sql

from storage.columns import EMPTY, link_to, metadata, of, own_id, table, text, time
from storage.tables_import import import_batch
from storage.tables_life import (
    correction,
    decision,
    evidence,
    extension,
    hours,
    inquiry,
    invitation,
    line,
    notice,
    pairing,
    pause,
    recommendation,
    signatory,
    snapshot,
    snooze,
    viewing,
)
from storage.tables_monitoring import checkpoint, interim
from storage.tables_papers import certificate, print_job
from storage.tables_program import audit, printed, seen_update
from storage.tables_sharing import life_of_event, own_resource

__all__ = [
    "OF_ROUTE",
    "UNPLANNED",
    "answer",
    "audit",
    "certificate",
    "checkpoint",
    "consent",
    "correction",
    "cursor",
    "decision",
    "entry",
    "event",
    "evidence",
    "extension",
    "hours",
    "import_batch",
    "inquiry",
    "interim",
    "invitation",
    "line",
    "link",
    "membership",
    "metadata",
    "notice",
    "organisation",
    "own_resource",
    "pairing",
    "pause",
    "person",
    "print_job",
    "printed",
    "recommendation",
    "regulation_version",
    "route",
    "seen_update",
    "signatory",
    "snapshot",
    "snooze",
    "viewing",
]


organisation = table(
    "organisation",
    own_id(),
    link_to("organisation", "parent_id", ondelete="RESTRICT"),
    text("title"),
    text("region"),
    text("slug"),
    text("timezone"),
    Column("keeps_names", Boolean, nullable=False),
    time("created_at"),
    Column("kind", String(16), nullable=False, server_default="school"),
    Column("settings", JSON, nullable=False, server_default="{}"),
)

person = table(
    "person",
    own_id(),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("code", String(16), nullable=False, unique=True),
    text("timezone"),
    time("unreachable_at", nullable=True),
    time("created_at"),
    Column("hat", String(32), nullable=False, server_default=EMPTY),
    Column("settings", JSON, nullable=False, server_default="{}"),
)

# `name` and `post` are as documents print them; empty where names are not kept.
membership = table(
    "membership",
    of("person", primary_key=True),
    of("organisation", primary_key=True, index=True),
    Column("role", String(32), primary_key=True),
    time("created_at"),
    text("name", server_default=EMPTY),
    text("post", server_default=EMPTY),
)

consent = table(
    "consent",
    own_id(),
    of("person", nullable=False),
    Column("kind", String(32), nullable=False),
    text("version"),
    text("digest"),
    time("given_at"),
    time("withdrawn_at", nullable=True),
    Index(None, "person_id", "kind"),
)

regulation_version = table(
    "regulation_version",
    Column("hash", String(64), primary_key=True),
    text("slug"),
    text("source"),
    time("created_at"),
)

route = table(
    "route",
    own_id(),
    of("person", nullable=False, index=True),
    link_to("organisation", ondelete="RESTRICT"),
    text("slug"),
    Column("regulation_hash", ForeignKey("regulation_version.hash"), nullable=False, index=True),
    Column("state", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    time("started_at"),
    time("withdrawn_at", nullable=True),
    time("state_since", nullable=True),
    Column("step", Integer, nullable=False, server_default="0"),
    text("track", server_default=EMPTY),
    text("model", server_default=EMPTY),
    Column("shares_reflections", Boolean, nullable=False, server_default=false()),
    Column("trial", Boolean, nullable=False, server_default=false()),
    time("chosen_at", nullable=True),
    Column("planned_version", Integer, nullable=False, server_default="0"),
)
# Routes whose notices are not planned as they are now: 0 is "anew, whoever has time". A draft plans its one
# reminder once; while it is written nothing else of it is reminded of.
UNPLANNED = sql("planned_version <> version AND (state <> 'draft' OR planned_version = 0)")
Index("ix_route_unplanned", route.c.id, sqlite_where=UNPLANNED, postgresql_where=UNPLANNED)

event = table(
    "event",
    own_id(),
    text("code", unique=True),
    text("title"),
    Column("blocks", JSON, nullable=False),
    text("level"),
    text("form"),
    text("education"),
    text("organiser"),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("hours", Float),
    text("result"),
    text("topics"),
    text("audience"),
    time("added_at", nullable=True),
    *life_of_event(),
)

entry = table(
    "entry",
    own_id(),
    of("route", nullable=False),
    Column("table_key", String(32), nullable=False),
    link_to("event"),
    time("created_at"),
    Index(None, "route_id", "table_key"),
)

# entry_id NULL is the route itself (`facts.ROUTE`), so that the key to `entry` is a real one. NULLs are
# distinct in a unique constraint: answers of the route have a partial index of their own.
answer = table(
    "answer",
    own_id(),
    of("route", nullable=False),
    of("entry", nullable=True),
    Column("key", String(32), nullable=False),
    Column("value", JSON, nullable=False),
    Column("skipped", Boolean, nullable=False),
    link_to("person", "author_id"),
    time("at"),
    UniqueConstraint("entry_id", "key"),
    Index(None, "route_id", "at"),
)
OF_ROUTE = answer.c.entry_id.is_(None)
Index(
    "uq_answer_of_route",
    answer.c.route_id,
    answer.c.key,
    unique=True,
    sqlite_where=OF_ROUTE,
    postgresql_where=OF_ROUTE,
)

link = table(
    "link",
    of("entry", "source_id", primary_key=True),
    of("entry", "target_id", primary_key=True, index=True),
)

cursor = table(
    "cursor",
    of("person", primary_key=True),
    Column("place", JSON, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("shown_rev", Integer, nullable=False),
    Column("message_id", BigInteger),
)

# What came to nothing is told in digests: a few rows among the many that were sent.
LOST = sql("state IN ('failed', 'missed')")
Index("ix_notice_lost", notice.c.claimed_until, sqlite_where=LOST, postgresql_where=LOST)
