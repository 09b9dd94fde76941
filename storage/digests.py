"""Who may have a weekly digest, and when her organisation wants it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from bot.iom.digest import OVERSEERS
from bot.iom.school import SchoolSettings, settings_of
from storage.tables import membership, organisation, pairing
from storage.tables_life import ACTIVE

A_STATEMENT = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation and when it wants its digests. `slug` of the regulation it works by, its own or that
    of the nearest above it; "" when there is none."""

    id: int
    slug: str
    timezone: str
    settings: SchoolSettings


def places(conn: Connection) -> tuple[Place, ...]:
    """Every organisation, in one statement."""
    columns = (organisation.c.id, organisation.c.parent_id, organisation.c.slug)
    rows = conn.execute(select(*columns, organisation.c.timezone, organisation.c.settings)).all()
    above = {row.id: (row.parent_id, row.slug) for row in rows}
    return tuple(Place(row.id, _slug(row.id, above), row.timezone, settings_of(row.settings)) for row in rows)


def _slug(here: int | None, above: dict[int, tuple[int | None, str]]) -> str:
    met = set[int | None]()
    while here in above and here not in met:
        met.add(here)
        parent, slug = above[here]
        if slug:
            return slug
        here = parent
    return ""


def overseers(conn: Connection, organisations: Collection[int]) -> tuple[tuple[int, int], ...]:
    """(organisation, person) of those who look after these organisations themselves; each once."""
    pairs = select(membership.c.organisation_id, membership.c.person_id).distinct()
    held = membership.c.role.in_(OVERSEERS)
    return tuple(
        (place, person)
        for some in _parts(organisations)
        for place, person in conn.execute(pairs.where(held, membership.c.organisation_id.in_(some)))
    )


def mentors(conn: Connection, organisations: Collection[int]) -> tuple[tuple[int, int], ...]:
    """(organisation, person) of companions whom a teacher there has let in; each once."""
    pairs = select(pairing.c.organisation_id, pairing.c.companion_id).distinct()
    let_in = (ACTIVE, pairing.c.opened_at.is_not(None), pairing.c.closed_at.is_(None))
    return tuple(
        (place, person)
        for some in _parts(organisations)
        for place, person in conn.execute(pairs.where(*let_in, pairing.c.organisation_id.in_(some)))
    )


def _parts(ids: Collection[int]) -> Iterator[list[int]]:
    every = sorted(ids)
    for start in range(0, len(every), A_STATEMENT):
        yield every[start : start + A_STATEMENT]
