"""What every list behind a number is made of: its columns, its terms, routes and people of the scope.

Every list has the columns of `COLUMNS`; `storage.counted` has them all by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    cast,
    func,
    literal,
    null,
    select,
    type_coerce,
)

from bot.iom.facts import State
from bot.iom.regulation_life import Life
from storage.columns import UtcTime
from storage.scopes import Scope
from storage.tables import route

AGREED = (State.APPROVED, State.ACTIVE, State.FINALIZING, State.CONCLUSION, State.AUDIT, State.COMPLETED)
UNDER_WAY = (State.ACTIVE, State.FINALIZING)
COLUMNS = ("organisation_id", "person_id", "route_id", "number", "total", "since", "day", "text")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked about: whose, as of when. `day`: the date where the viewer is, `soon` the last day of the
    coming week; `since`, `until`: of what happened; `quiet`: nothing was written since then; `lost`: notices
    that came to nothing after it. `periods`: the questions that ask for the period of a plan line; `lives`:
    the rules of every version of a regulation, by digest."""

    scope: Scope
    day: date
    soon: date
    since: datetime
    until: datetime
    quiet: datetime
    lost: datetime
    periods: frozenset[str] = frozenset()
    lives: Mapping[str, Life] = field(default_factory=dict)


def row(**told: Any) -> list[ColumnElement[Any]]:
    """The columns of a list; what it does not tell is empty."""
    empty: Mapping[str, ColumnElement[Any]] = {
        "organisation_id": route.c.organisation_id,
        "person_id": route.c.person_id,
        "route_id": route.c.id,
        "number": literal(0, Integer),
        "total": literal(0, Integer),
        "since": type_coerce(null(), UtcTime),
        "day": cast(null(), Text),
        "text": literal("", Text),
    }
    return [told.get(name, empty[name]).label(name) for name in COLUMNS]


SINCE = func.coalesce(route.c.state_since, route.c.started_at)


def routes(terms: Terms, *which: Any) -> Select[Any]:
    """Routes of the scope that fit, each with its state."""
    return select(*row(since=SINCE, text=route.c.state)).where(terms.scope.counts(), *which)


def people(terms: Terms, *which: Any, **told: Any) -> Select[Any]:
    """One row a person of an organisation, of whatever routes of hers fit."""
    about = row(route_id=func.min(route.c.id), since=func.min(SINCE), **told)
    return (
        select(*about)
        .where(terms.scope.counts(), *which)
        .group_by(route.c.organisation_id, route.c.person_id)
    )


def in_between(terms: Terms, moment: Any) -> ColumnElement[bool]:
    """Whether a moment is within the terms."""
    return and_(moment >= terms.since, moment < terms.until)
