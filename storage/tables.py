"""Every table, once. Migrations repeat them; a test proves that both are the same.

Ids are on buttons that live for months, so an id is never given twice (AUTOINCREMENT, bigserial).
Whatever belongs to a person goes with the person: ON DELETE CASCADE. Two columns are emptied instead:
`answer.author_id` (what a mentor wrote into a teacher's route is the teacher's) and `audit.person_id`.
Times are UTC. JSON, not JSONB: JSONB would forget the order of keys.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

# SQLite gives out ids only to a column of type INTEGER, which holds 64 bits there.
ID = BigInteger().with_variant(Integer(), "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """Aware UTC in and out, on SQLite too. ValueError: a naive time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone can't be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *columns: Any) -> Table:
    return Table(name, metadata, *columns, sqlite_autoincrement=any(c.name == "id" for c in columns))


def _id() -> Column[int]:
    return Column("id", ID, primary_key=True)


def _of(table: str, name: str = "", **more: Any) -> Column[int]:
    """A column that points to a row and goes with it."""
    return Column(name or f"{table}_id", ID, ForeignKey(f"{table}.id", ondelete="CASCADE"), **more)


def _link(target: str, name: str = "", *, ondelete: str = "SET NULL") -> Column[int | None]:
    """A column that points to a row and outlives it."""
    return Column(name or f"{target}_id", ID, ForeignKey(f"{target}.id", ondelete=ondelete), index=True)


def _text(name: str, **more: Any) -> Column[str]:
    return Column(name, Text, nullable=False, **more)


def _time(name: str, **more: Any) -> Column[datetime]:
    return Column(name, UtcTime, **{"nullable": False, **more})


organisation = _table(
    "organisation",
    _id(),
    _link("organisation", "parent_id", ondelete="RESTRICT"),
    _text("title"),
    _text("region"),
    _text("slug"),
    _text("timezone"),
    Column("keeps_names", Boolean, nullable=False),
    _time("created_at"),
)

person = _table(
    "person",
    _id(),
    Column("telegram_id", BigInteger, nullable=False, unique=True),
    Column("code", String(16), nullable=False, unique=True),
    _text("timezone"),
    _time("unreachable_at", nullable=True),
    _time("created_at"),
)

membership = _table(
    "membership",
    _of("person", primary_key=True),
    _of("organisation", primary_key=True, index=True),
    Column("role", String(32), primary_key=True),
    _time("created_at"),
)

consent = _table(
    "consent",
    _id(),
    _of("person", nullable=False),
    Column("kind", String(32), nullable=False),
    _text("version"),
    _text("digest"),
    _time("given_at"),
    _time("withdrawn_at", nullable=True),
    Index(None, "person_id", "kind"),
)

regulation_version = _table(
    "regulation_version",
    Column("hash", String(64), primary_key=True),
    _text("slug"),
    _text("source"),
    _time("created_at"),
)

route = _table(
    "route",
    _id(),
    _of("person", nullable=False, index=True),
    _link("organisation", ondelete="RESTRICT"),
    _text("slug"),
    Column("regulation_hash", ForeignKey("regulation_version.hash"), nullable=False, index=True),
    Column("state", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    _time("started_at"),
    _time("withdrawn_at", nullable=True),
)

event = _table(
    "event",
    _id(),
    _text("code", unique=True),
    _text("title"),
    Column("blocks", JSON, nullable=False),
    _text("level"),
    _text("form"),
    _text("education"),
    _text("organiser"),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("hours", Float),
    _text("result"),
    _text("topics"),
    _text("audience"),
)

entry = _table(
    "entry",
    _id(),
    _of("route", nullable=False, index=True),
    Column("table_key", String(32), nullable=False),
    _link("event"),
    _time("created_at"),
)

# entry_id NULL is the route itself (`facts.ROUTE`), so that the key to `entry` is a real one. NULLs are
# distinct in a unique constraint: answers of the route have a partial index of their own.
answer = _table(
    "answer",
    _id(),
    _of("route", nullable=False, index=True),
    _of("entry", nullable=True),
    Column("key", String(32), nullable=False),
    Column("value", JSON, nullable=False),
    Column("skipped", Boolean, nullable=False),
    _link("person", "author_id"),
    _time("at"),
    UniqueConstraint("entry_id", "key"),
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

link = _table(
    "link",
    _of("entry", "source_id", primary_key=True),
    _of("entry", "target_id", primary_key=True, index=True),
)

cursor = _table(
    "cursor",
    _of("person", primary_key=True),
    Column("place", JSON, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("shown_rev", Integer, nullable=False),
    Column("message_id", BigInteger),
)

seen_update = _table(
    "seen_update",
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    _time("at", index=True),
    Column("failed", Boolean, nullable=False),
)

# file_id opens a person's card at Telegram, so it goes with the person; NULL is a file of nobody.
printed = _table(
    "printed",
    _text("key", primary_key=True),
    _text("file_id"),
    _of("person", nullable=True, index=True),
    _time("at"),
)

audit = _table(
    "audit",
    _id(),
    _link("person"),
    _text("action"),
    _time("at"),
    _text("detail"),
)
