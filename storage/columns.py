"""Kinds of columns, and the way every table is made."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy import text as sql

# SQLite gives out ids only to a column of type INTEGER, which holds 64 bits there.
ID = BigInteger().with_variant(Integer(), "sqlite")

# The default of a column that old rows get, spelled so that alembic finds the same words in SQLite.
EMPTY = sql("''")


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


def table(name: str, *columns: Any) -> Table:
    return Table(name, metadata, *columns, sqlite_autoincrement=any(c.name == "id" for c in columns))


def own_id() -> Column[int]:
    return Column("id", ID, primary_key=True)


def of(table: str, name: str = "", **more: Any) -> Column[int]:
    """A column that points to a row and goes with it."""
    return Column(name or f"{table}_id", ID, ForeignKey(f"{table}.id", ondelete="CASCADE"), **more)


def link_to(target: str, name: str = "", *, ondelete: str = "SET NULL") -> Column[int | None]:
    """A column that points to a row and outlives it."""
    return Column(name or f"{target}_id", ID, ForeignKey(f"{target}.id", ondelete=ondelete), index=True)


def text(name: str, **more: Any) -> Column[str]:
    return Column(name, Text, nullable=False, **more)


def time(name: str, **more: Any) -> Column[datetime]:
    return Column(name, UtcTime, **{"nullable": False, **more})
