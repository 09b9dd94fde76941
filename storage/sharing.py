"""What a teacher can share herself: hers alone until she shows it, then offered to her colleagues.

A colleague is somebody who belongs to the same organisation now. What is not shown, or is somebody's of
another organisation, is as if absent.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, delete, insert, select, update

from storage.statements import fits
from storage.tables import membership, notice, organisation, own_resource, person

LIMIT = 30  # of one person
_COLUMNS = (
    own_resource.c.id,
    own_resource.c.person_id,
    own_resource.c.title,
    own_resource.c.kind,
    own_resource.c.block,
    own_resource.c.shown_at.is_not(None),
)


@dataclass(frozen=True, slots=True)
class Resource:
    """`kind` as `catalogue.RESOURCES`, `block` a key of her regulation. `name`: how colleagues know her."""

    id: int
    person_id: int
    title: str
    kind: str
    block: str
    shown: bool
    name: str = ""


def of_person(conn: Connection, person_id: int) -> tuple[Resource, ...]:
    """All of hers, the oldest first."""
    mine = select(*_COLUMNS).where(own_resource.c.person_id == person_id).order_by(own_resource.c.id)
    return tuple(Resource(*row) for row in conn.execute(mine)) if fits(person_id) else ()


def one(conn: Connection, person_id: int, resource_id: int) -> Resource | None:
    """One of hers; None for somebody else's."""
    return next((found for found in of_person(conn, person_id) if found.id == resource_id), None)


def add(conn: Connection, person_id: int, title: str, kind: str, block: str, now: datetime) -> int:
    """Remember one; nobody else sees it. 0: she has as many as there may be."""
    if len(of_person(conn, person_id)) >= LIMIT:
        return 0
    row = {"person_id": person_id, "title": title, "kind": kind, "block": block, "created_at": now}
    made: int = conn.execute(insert(own_resource).values(row).returning(own_resource.c.id)).scalar_one()
    return made


def show(conn: Connection, person_id: int, resource_id: int, now: datetime | None) -> bool:
    """Offer it to colleagues since `now`, or to nobody any more (None). False: it is not hers."""
    if not fits(person_id, resource_id):
        return False
    changed = update(own_resource).where(_hers(person_id, resource_id)).values(shown_at=now)
    return conn.execute(changed).rowcount == 1


def remove(conn: Connection, person_id: int, resource_id: int) -> bool:
    """Forget it. False: it is not hers."""
    if not fits(person_id, resource_id):
        return False
    return conn.execute(delete(own_resource).where(_hers(person_id, resource_id))).rowcount == 1


def shared(conn: Connection, viewer_id: int, block: str = "", *, limit: int = 3) -> tuple[Resource, ...]:
    """What colleagues of the viewer show for a block ("" for any), the newest first."""
    if not fits(viewer_id):
        return ()
    return _shown(conn, viewer_id, own_resource.c.block == block if block else own_resource.c.id > 0, limit)


def shared_one(conn: Connection, viewer_id: int, resource_id: int) -> Resource | None:
    """One of them, None when it is not shown to this viewer."""
    if not fits(viewer_id, resource_id):
        return None
    return next(iter(_shown(conn, viewer_id, own_resource.c.id == resource_id, 1)), None)


def name_of(conn: Connection, viewer_id: int, person_id: int) -> str:
    """How a colleague is called where both are: the name, or the code; "" when they share nothing now."""
    if not fits(viewer_id, person_id):
        return ""
    found = (
        select(membership.c.name, person.c.code, organisation.c.keeps_names)
        .join_from(membership, person, person.c.id == membership.c.person_id)
        .join(organisation, organisation.c.id == membership.c.organisation_id)
        .where(membership.c.person_id == person_id, membership.c.organisation_id.in_(_places(viewer_id)))
        .order_by(membership.c.created_at.desc())
    )
    rows = conn.execute(found).all()
    return next((row.name for row in rows if row.name and row.keeps_names), rows[0].code if rows else "")


def was_asked(conn: Connection, owner_id: int, key: str) -> bool:
    """Whether a notice with this key was planned for her: nobody answers what was not asked."""
    planned = select(notice.c.id).where(notice.c.person_id == owner_id, notice.c.key == key)
    return conn.execute(planned).first() is not None


def _shown(conn: Connection, viewer_id: int, which: ColumnElement[bool], limit: int) -> tuple[Resource, ...]:
    colleagues = select(membership.c.person_id).where(membership.c.organisation_id.in_(_places(viewer_id)))
    found = select(*_COLUMNS).where(
        which,
        own_resource.c.shown_at.is_not(None),
        own_resource.c.person_id != viewer_id,
        own_resource.c.person_id.in_(colleagues),
    )
    newest = found.order_by(own_resource.c.shown_at.desc(), own_resource.c.id).limit(limit)
    rows = [Resource(*row) for row in conn.execute(newest).all()]
    return tuple(replace(one, name=name_of(conn, viewer_id, one.person_id)) for one in rows)


def _places(person_id: int) -> Select[int]:
    return select(membership.c.organisation_id).where(membership.c.person_id == person_id)


def _hers(person_id: int, resource_id: int) -> ColumnElement[bool]:
    return (own_resource.c.person_id == person_id) & (own_resource.c.id == resource_id)
