"""Regions, municipalities and schools, and who belongs to them in which role."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, ScalarSelect, bindparam, insert, select

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
    columns = (organisation.c.id, organisation.c.parent_id, organisation.c.slug)
    above = select(*columns).where(organisation.c.id == organisation_id).cte("above", recursive=True)
    # UNION, not UNION ALL: a row met again ends the recursion, so a cycle in the tree can't hang it.
    above = above.union(select(*columns).join(above, above.c.parent_id == organisation.c.id))
    rows = {id_: (parent_id, slug) for id_, parent_id, slug in conn.execute(select(above))}
    slug, here = "", organisation_id
    while not slug and here in rows:
        here, slug = rows.pop(here)
    return slug
