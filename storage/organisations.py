"""Regions, municipalities and schools: a tree. `storage.memberships` says who belongs to them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, ScalarSelect, Select, bindparam, insert, select, update

from bot.iom.people import Organisation
from storage import statements
from storage.tables import membership, organisation

COLUMNS = (  # as in `Organisation`
    organisation.c.id,
    organisation.c.title,
    organisation.c.parent_id,
    organisation.c.region,
    organisation.c.slug,
    organisation.c.timezone,
    organisation.c.keeps_names,
    organisation.c.kind,
    organisation.c.settings,
)


def create(
    conn: Connection,
    title: str,
    now: datetime,
    *,
    parent_id: int | None = None,
    region: str = "",
    slug: str = "",
    timezone: str = "",
    keeps_names: bool = True,
    kind: str = "school",
    settings: Mapping[str, Any] | None = None,
) -> Organisation:
    """A new organisation; `parent_id` must exist (IntegrityError)."""
    row = {
        "title": title,
        "parent_id": parent_id,
        "region": region,
        "slug": slug,
        "timezone": timezone,
        "keeps_names": keeps_names,
        "created_at": now,
        "kind": kind,
        "settings": dict(settings or {}),
    }
    return Organisation(*conn.execute(insert(organisation).values(row).returning(*COLUMNS)).one())


def by_id(conn: Connection, organisation_id: int) -> Organisation | None:
    """The organisation with this id, or None."""
    if not statements.fits(organisation_id):
        return None
    row = conn.execute(select(*COLUMNS).where(organisation.c.id == organisation_id)).one_or_none()
    return Organisation(*row) if row else None


def join(conn: Connection, person_id: int, organisation_id: int, role: str, now: datetime) -> None:
    """Give the person a role there; a role she has already changes nothing."""
    row = {
        "person_id": person_id,
        "organisation_id": organisation_id,
        "role": role,
        "created_at": now,
    }
    conn.execute(statements.insert(conn.dialect.name, membership).values(row).on_conflict_do_nothing())


def of_person(conn: Connection, person_id: int, role: str = "teacher") -> Organisation | None:
    """Where the person has this role; the one joined last if there are several."""
    row = conn.execute(_OF_PERSON, {"person": person_id, "role": role}).one_or_none()
    return Organisation(*row) if row else None


def latest(person: ColumnElement[int], role: ColumnElement[str]) -> ScalarSelect[int]:
    """The id of the organisation that the person joined last in this role, as an SQL expression."""
    hers = (membership.c.person_id == person) & (membership.c.role == role)
    newest_first = (membership.c.created_at.desc(), membership.c.organisation_id.desc())
    return select(membership.c.organisation_id).where(hers).order_by(*newest_first).limit(1).scalar_subquery()


_OF_PERSON = select(*COLUMNS).where(organisation.c.id == latest(bindparam("person"), bindparam("role")))


def regulation_slug(conn: Connection, organisation_id: int) -> str:
    """The slug of the nearest organisation up the tree, itself included, that has one; "" if none has."""
    if not statements.fits(organisation_id):
        return ""
    rows = {
        id_: (parent_id, slug) for id_, parent_id, slug in conn.execute(_ABOVE, {"start": organisation_id})
    }
    slug, here = "", organisation_id
    while not slug and here in rows:
        here, slug = rows.pop(here)
    return slug


def save(conn: Connection, changed: Organisation) -> None:
    """Store all that a coordinator may change: everything but the id, the parent and the kind."""
    values = {
        "title": changed.title,
        "region": changed.region,
        "slug": changed.slug,
        "timezone": changed.timezone,
        "keeps_names": changed.keeps_names,
        "settings": dict(changed.settings),
    }
    conn.execute(update(organisation).where(organisation.c.id == changed.id).values(values))


def save_settings(conn: Connection, organisation_id: int, settings: Mapping[str, Any]) -> None:
    """Store what the coordinator decided, the whole of it (`bot.iom.school` reads it)."""
    which = organisation.c.id == organisation_id
    conn.execute(update(organisation).where(which).values(settings=dict(settings)))


def children(conn: Connection, organisation_id: int) -> tuple[Organisation, ...]:
    """Those right below, by title."""
    if not statements.fits(organisation_id):
        return ()
    below_it = select(*COLUMNS).where(organisation.c.parent_id == organisation_id)
    found = conn.execute(below_it.order_by(organisation.c.title, organisation.c.id))
    return tuple(Organisation(*row) for row in found)


def parents(conn: Connection, organisation_id: int) -> tuple[Organisation, ...]:
    """Those above it, the nearest first."""
    ids = above(conn, organisation_id)[1:]
    found = {
        row.id: Organisation(*row) for row in conn.execute(select(*COLUMNS).where(organisation.c.id.in_(ids)))
    }
    return tuple(found[id_] for id_ in ids)


def above(conn: Connection, organisation_id: int) -> tuple[int, ...]:
    """Ids of itself and of all above it, the nearest first; () when there is no such organisation."""
    if not statements.fits(organisation_id):
        return ()
    up = {row.id: row.parent_id for row in conn.execute(_ABOVE, {"start": organisation_id})}
    found, here = list[int](), organisation_id
    while here in up:
        found.append(here)
        here = up.pop(here)
    return tuple(found)


def below(conn: Connection, organisation_id: int) -> frozenset[int]:
    """Ids of itself and of all below it, however deep; empty when there is no such organisation."""
    if not statements.fits(organisation_id):
        return frozenset()
    return frozenset(conn.execute(_BELOW, {"start": organisation_id}).scalars())


def tree_below(start: Select[int], name: str = "below") -> CTE:
    """The ids of `start` and of all below them, as an SQL expression with the one column `id`."""
    tree = start.cte(name, recursive=True)
    # UNION, not UNION ALL: a row met again ends the recursion, so a cycle in the tree can't hang it.
    return tree.union(select(organisation.c.id).join(tree, organisation.c.parent_id == tree.c.id))


def _tree_above() -> CTE:
    columns = (organisation.c.id, organisation.c.parent_id, organisation.c.slug)
    tree = select(*columns).where(organisation.c.id == bindparam("start")).cte("above", recursive=True)
    return tree.union(select(*columns).join(tree, tree.c.parent_id == organisation.c.id))


_ABOVE = select(_tree_above())
_BELOW = select(tree_below(select(organisation.c.id).where(organisation.c.id == bindparam("start"))))
