"""The few words that SQLite and PostgreSQL spell differently, and ids that fit neither."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(conn: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of the connection."""
    return postgresql.insert(table) if conn.dialect.name == "postgresql" else sqlite.insert(table)


def fits(*ids: int) -> bool:
    """Could these be ids at all? A forged press may carry more than 63 bits, on which drivers raise."""
    return all(0 < number < 2**63 for number in ids)
