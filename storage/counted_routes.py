"""Lists of routes and teachers: by state, approved, diagnosed, corrected, prolonged (I01–I03, I10, I12)."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, func, or_, select

from bot.iom.facts import State
from storage.counting import AGREED, Terms, in_between, people, routes, row
from storage.tables import answer, checkpoint, correction, decision, entry, extension, route, snapshot


def everybody(terms: Terms) -> Select[Any]:
    """Teachers with a route."""
    return people(terms)


def states(terms: Terms) -> Select[Any]:
    """Routes, by their state (I12)."""
    return routes(terms)


WAS_APPROVED = or_(
    route.c.state.in_(AGREED),
    select(snapshot.c.id).where(snapshot.c.route_id == route.c.id).correlate(route).exists(),
)


def approved(terms: Terms) -> Select[Any]:
    """Teachers with a route that was ever approved (I01)."""
    return people(terms, WAS_APPROVED)


def _diagnosed_above() -> ColumnElement[bool]:
    told = cast(answer.c.value, Text).in_(('"federal"', '"regional"'))
    where = (entry.c.route_id == route.c.id) & (entry.c.table_key == "diagnoses")
    given = select(entry.c.id).join(answer, (answer.c.entry_id == entry.c.id) & told)
    return given.where(where, answer.c.key == "diagnosis_level").correlate(route).exists()


def diagnosed(terms: Terms) -> Select[Any]:
    """Teachers diagnosed at the federal or the regional level (I02; 000 VI.9.6); `number` is 1 where a route
    of hers was approved (I03)."""
    return people(terms, _diagnosed_above(), number=func.max(case((WAS_APPROVED, 1), else_=0)))


def corrections(terms: Terms) -> Select[Any]:
    """Corrections asked for, each with its reason (I10)."""
    about = row(since=correction.c.created_at, text=correction.c.reason)
    asked = and_(correction.c.state != "draft", in_between(terms, correction.c.created_at))
    joined = select(*about).join_from(route, correction, correction.c.route_id == route.c.id)
    return joined.where(terms.scope.counts(), asked)


def extensions(terms: Terms) -> Select[Any]:
    """Longer terms, each with its reason; `number` of months (I10; 004 1.9, 1.13)."""
    about = row(since=extension.c.at, text=extension.c.reason, number=extension.c.months)
    made = and_(extension.c.declined_at.is_(None), in_between(terms, extension.c.at))
    joined = select(*about).join_from(route, extension, extension.c.route_id == route.c.id)
    return joined.where(terms.scope.counts(), made)


def monitorings(terms: Terms) -> Select[Any]:
    """Interim monitorings that were answered, "judged" in `text` once somebody has said what she thinks."""
    said = case((checkpoint.c.judged_at.is_not(None), "judged"), else_="waits")
    told = and_(checkpoint.c.kind == "monitoring", in_between(terms, checkpoint.c.answered_at))
    joined = select(*row(since=checkpoint.c.answered_at, text=said))
    joined = joined.join_from(route, checkpoint, checkpoint.c.route_id == route.c.id)
    return joined.where(terms.scope.counts(), told)


def concluded(terms: Terms) -> Select[Any]:
    """Routes with a conclusion that is in force, by the outcome in `text` (domain.md §8, I13)."""
    newest = (
        select(func.max(decision.c.id))
        .where(decision.c.route_id == route.c.id, decision.c.kind == "concluded")
        .where(decision.c.undone_at.is_(None))
        .correlate(route)
        .scalar_subquery()
    )
    about = row(since=decision.c.at, text=decision.c.remark)
    joined = select(*about).join_from(route, decision, decision.c.id == newest)
    over = and_(route.c.state == State.COMPLETED, in_between(terms, decision.c.at))
    return joined.where(terms.scope.counts(), over)
