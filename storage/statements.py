"""The few words that SQLite and PostgreSQL spell differently, and ids that fit neither.

Statements that every update executes are made once and take `bindparam`s: SQLAlchemy spends 20 µs on such
a one and 90 µs on one that is built anew. Those with ON CONFLICT are made once for each dialect, by a
function under `functools.cache`.
"""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = postgresql.Insert | sqlite.Insert


def insert(dialect: str, table: Table) -> Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of `connection.dialect.name`."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def fits(*ids: int) -> bool:
    """Could these be ids at all? A forged press may carry more than 63 bits, on which drivers raise."""
    return all(0 < number < 2**63 for number in ids)
