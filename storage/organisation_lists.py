"""Organisations as the operator lists and finds them."""

from sqlalchemy import Connection, select

from bot.iom.first_hour import same_title
from bot.iom.people import Organisation
from storage.organisations import COLUMNS
from storage.tables import organisation


def every(conn: Connection) -> tuple[Organisation, ...]:
    """All of them, by title."""
    found = conn.execute(select(*COLUMNS).order_by(organisation.c.title, organisation.c.id))
    return tuple(Organisation(*row) for row in found)


def titled(conn: Connection, title: str) -> tuple[Organisation, ...]:
    """Those of this title, whatever the case, ё and spaces."""
    return tuple(one for one in every(conn) if same_title(one.title, title))
