"""Lists of people somebody should speak to: without a companion, silent, out of reach."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, func, literal, literal_column, select

from bot.iom.facts import State
from storage.counting import UNDER_WAY, Terms, people, routes, row
from storage.tables import (
    answer,
    correction,
    decision,
    evidence,
    line,
    membership,
    notice,
    pairing,
    person,
    route,
)
from storage.tables_life import ACTIVE

# Literals, not parameters: only so may the planner use the partial index `ix_notice_lost`.
FAILED: ColumnElement[str] = literal_column("'failed'")
MISSED: ColumnElement[str] = literal_column("'missed'")


def unpaired(terms: Terms) -> Select[Any]:
    """Teachers without a companion where the regulation demands one."""
    pair = (pairing.c.teacher_id == route.c.person_id) & (
        pairing.c.organisation_id == route.c.organisation_id
    )
    has = select(pairing.c.id).where(ACTIVE, pair).correlate(route).exists()
    paired = sorted(digest for digest, life in terms.lives.items() if life.companion.required)
    demanded = route.c.regulation_hash.in_(paired)
    return people(terms, route.c.state != State.COMPLETED, demanded, ~has)


def silent(terms: Terms) -> Select[Any]:
    """Routes in the teacher's hands in which she has written and done nothing for long."""
    hers = (*UNDER_WAY, State.DRAFT, State.RETURNED, State.APPROVED)

    def wrote(moment: Any, *which: Any) -> ColumnElement[bool]:
        said = select(literal(1)).where(moment >= terms.quiet, *which).correlate(route).exists()
        return ~said

    return routes(
        terms,
        route.c.state.in_(hers),
        route.c.started_at < terms.quiet,
        wrote(answer.c.at, answer.c.route_id == route.c.id, answer.c.author_id == route.c.person_id),
        wrote(decision.c.at, decision.c.route_id == route.c.id, decision.c.person_id == route.c.person_id),
        wrote(evidence.c.at, evidence.c.route_id == route.c.id),
        wrote(line.c.since, line.c.route_id == route.c.id, line.c.state.in_(("claimed", "not_done"))),
        wrote(
            correction.c.created_at,
            correction.c.route_id == route.c.id,
            correction.c.created_by == route.c.person_id,
        ),
    )


def unreachable(terms: Terms) -> Select[Any]:
    """People of the organisations who have blocked the bot."""
    about = row(
        organisation_id=membership.c.organisation_id,
        person_id=membership.c.person_id,
        route_id=literal(0, Integer),
        since=func.min(person.c.unreachable_at),
    )
    joined = select(*about).join_from(membership, person, person.c.id == membership.c.person_id)
    there = membership.c.organisation_id.in_(terms.scope.organisations())
    return joined.where(there, person.c.unreachable_at.is_not(None)).group_by(
        membership.c.organisation_id, membership.c.person_id
    )


def lost(terms: Terms) -> Select[Any]:
    """People to whom notices did not come: how many failed (`number`) of all that failed or were too late."""
    about = row(
        organisation_id=membership.c.organisation_id,
        person_id=membership.c.person_id,
        route_id=func.coalesce(func.max(notice.c.route_id), 0),
        number=func.count(case((notice.c.state == FAILED, notice.c.id)).distinct()),
        total=func.count(notice.c.id.distinct()),
        since=func.min(notice.c.claimed_until),
    )
    ended = and_(notice.c.state.in_((FAILED, MISSED)), notice.c.claimed_until >= terms.lost)
    there = membership.c.organisation_id.in_(terms.scope.organisations())
    joined = select(*about).join_from(membership, notice, notice.c.person_id == membership.c.person_id)
    return joined.where(ended, there).group_by(membership.c.organisation_id, membership.c.person_id)
