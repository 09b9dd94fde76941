"""A person's two rights: to see everything that is stored about her, and to have it deleted."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, select, update

from storage.statements import fits
from storage.tables import (
    answer,
    audit,
    consent,
    cursor,
    entry,
    link,
    membership,
    organisation,
    person,
    printed,
    route,
)


def export(conn: Connection, person_id: int) -> dict[str, Any]:
    """Everything stored about the person, ready for `json.dumps`; {} for nobody.

    {"person": {…}, "memberships": […], "consents": […], "cursor": […], "printed": […], "audit": […],
    "routes": [{…, "answers": […], "entries": [{…, "links": [id, …], "answers": […]}]}],
    "written": […]}. Rows are dicts by column, times ISO 8601 in UTC; "written" are her answers in routes
    of others (a mentor's remarks).
    """
    if not fits(person_id):
        return {}
    hers = _rows(conn, person, person.c.id == person_id)
    if not hers:
        return {}
    routes = _rows(conn, route, route.c.person_id == person_id)
    return {
        "person": hers[0],
        "memberships": _memberships(conn, person_id),
        "consents": _rows(conn, consent, consent.c.person_id == person_id),
        "cursor": _rows(conn, cursor, cursor.c.person_id == person_id),
        "routes": [{**row, **_content(conn, row["id"])} for row in routes],
        "written": _written_for_others(conn, person_id),
        "printed": _rows(conn, printed, printed.c.person_id == person_id),
        "audit": _rows(conn, audit, audit.c.person_id == person_id),
    }


def erase(conn: Connection, person_id: int) -> bool:
    """Delete the person and all that is hers; False when there was nobody.

    Two traces stay without her: lines of the journal (that something was done and when), and what she
    wrote as a mentor into routes of others, which is theirs.
    """
    if not fits(person_id):
        return False
    conn.execute(update(audit).where(audit.c.person_id == person_id).values(detail=""))
    return conn.execute(delete(person).where(person.c.id == person_id)).rowcount == 1


def _content(conn: Connection, route_id: int) -> dict[str, Any]:
    answers = _rows(conn, answer, answer.c.route_id == route_id)
    entries = _rows(conn, entry, entry.c.route_id == route_id)
    ids = [row["id"] for row in entries]
    links = _rows(conn, link, link.c.source_id.in_(ids))
    for row in entries:
        row["links"] = sorted(tie["target_id"] for tie in links if tie["source_id"] == row["id"])
        row["answers"] = [given for given in answers if given["entry_id"] == row["id"]]
    return {"answers": [given for given in answers if given["entry_id"] is None], "entries": entries}


def _memberships(conn: Connection, person_id: int) -> list[dict[str, Any]]:
    rows = _rows(conn, membership, membership.c.person_id == person_id)
    for row in rows:
        title = select(organisation.c.title).where(organisation.c.id == row["organisation_id"])
        row["organisation"] = conn.execute(title).scalar_one()
    return rows


def _written_for_others(conn: Connection, person_id: int) -> list[dict[str, Any]]:
    own = select(route.c.id).where(route.c.person_id == person_id)
    return _rows(conn, answer, (answer.c.author_id == person_id) & answer.c.route_id.not_in(own))


def _rows(conn: Connection, table: Table, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    found = conn.execute(select(table).where(which).order_by(*table.primary_key)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date too
