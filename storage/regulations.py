"""Texts of regulations by digest: a route is printed by the version it was begun with."""

from datetime import datetime

from sqlalchemy import Connection, select

from storage.statements import insert
from storage.tables import regulation_version


def remember(conn: Connection, digest: str, slug: str, source: str, now: datetime) -> None:
    """Keep the text of a regulation under its digest; a known digest changes nothing."""
    row = {"hash": digest, "slug": slug, "source": source, "created_at": now}
    conn.execute(insert(conn.dialect.name, regulation_version).values(row).on_conflict_do_nothing())


def source(conn: Connection, digest: str) -> str | None:
    """The text under this digest, None when it was never remembered."""
    text = select(regulation_version.c.source).where(regulation_version.c.hash == digest)
    return conn.execute(text).scalar_one_or_none()


def every(conn: Connection) -> tuple[tuple[str, str, str], ...]:
    """All versions in use: (digest, slug, source), so that a start can tell whether it still reads them."""
    columns = (regulation_version.c.hash, regulation_version.c.slug, regulation_version.c.source)
    return tuple((row[0], row[1], row[2]) for row in conn.execute(select(*columns)))
