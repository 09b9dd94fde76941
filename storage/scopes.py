"""What a digest is about: the routes and people of an organisation and all below it, or of a mentor.

The scope is found from the viewer's own roles in the same statement that counts, so nobody can ask for more
than she may know of: an organisation that is not under her has nothing in it.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, and_, exists, select

from bot.iom.digest import OVERSEERS
from bot.iom.facts import State
from storage.organisations import tree_below
from storage.tables import membership, organisation, pairing, route
from storage.tables_life import ACTIVE

PAIRED = and_(pairing.c.teacher_id == route.c.person_id, pairing.c.organisation_id == route.c.organisation_id)
_OVER = (State.WITHDRAWN, State.ARCHIVED)


@dataclass(frozen=True, slots=True)
class Scope:
    """`organisation_id` 0: the viewer is a mentor, and it is her people."""

    viewer_id: int
    organisation_id: int = 0

    def organisations(self) -> Select[Any]:
        """Ids of the organisation and of all below, if the viewer oversees it."""
        return select(_within(self.viewer_id, self.organisation_id).c.id)

    def counts(self) -> ColumnElement[bool]:
        """The routes that count: no trial, nothing withdrawn or archived."""
        return and_(route.c.trial.is_(False), route.c.state.not_in(_OVER), self.routes())

    def routes(self) -> ColumnElement[bool]:
        """The routes of the scope, whatever state they are in."""
        if self.organisation_id:
            return route.c.organisation_id.in_(self.organisations())
        access = pairing.c.opened_at.is_not(None) & pairing.c.closed_at.is_(None)
        mine = exists().where(ACTIVE, PAIRED, access, pairing.c.companion_id == self.viewer_id)
        return and_(route.c.person_id != self.viewer_id, mine.correlate(route))


@lru_cache(maxsize=256)
def _within(viewer_id: int, organisation_id: int) -> CTE:
    """One expression for all lists of a statement: two that look the same would be two of the same name."""
    hers = select(membership.c.organisation_id.label("id")).where(
        membership.c.person_id == viewer_id, membership.c.role.in_(OVERSEERS)
    )
    reached = select(tree_below(hers, "reached").c.id)
    start = select(organisation.c.id).where(
        organisation.c.id == organisation_id, organisation.c.id.in_(reached)
    )
    return tree_below(start, "within")
