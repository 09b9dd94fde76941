"""Planning what the bot will say unasked: in the transaction of its cause, else by the clock."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.iom import notices as rules
from bot.iom.ball import Ball, turns
from bot.iom.facts import Facts, State
from bot.iom.habits import Calendar, habits_of
from bot.iom.journey import Journey
from bot.iom.notices import Due
from bot.iom.regulation import Regulation
from bot.iom.regulation_file import RegulationError
from bot.iom.school import settings_of
from handlers.desk import World, pinned
from storage import checkpoints, holders, journeys, notices, planning, routes, snoozes
from storage.notices import Planned

SOME = 20  # routes in one transaction: nobody waits long for it


def plan_touched(conn: Connection, world: World, now: datetime) -> None:
    """After an act: whatever routes it changed are planned as they are now, in the same transaction."""
    for route_id in planning.touched(conn):
        plan(conn, world, route_id, now)


def plan_behind(conn: Connection, world: World, now: datetime) -> int:
    """Some of what nobody has planned as it is now; says how many there were."""
    found = planning.behind(conn, SOME)
    for route_id in found:
        plan(conn, world, route_id, now)
    return len(found)


def plan(conn: Connection, world: World, route_id: int, now: datetime) -> None:
    """One route: all of its notices in one statement. A version of a regulation that can't be read any more
    reminds of nothing."""
    facts = routes.whole(conn, route_id)
    regulation = _readable(conn, world, facts) if facts is not None else None
    if facts is not None and regulation is not None:
        journey = journeys.load(conn, route_id)
        found = [*_of_teacher(conn, world, facts, regulation, journey, now)]
        found += _of_others(conn, world, facts, regulation, journey, now)
        notices.replan(conn, (_row(facts, one) for one in found), now)
    planning.done(conn, route_id)


def _readable(conn: Connection, world: World, facts: Facts) -> Regulation | None:
    try:
        return pinned(world, conn, facts)
    except RegulationError:
        return None


def _row(facts: Facts, one: Due) -> Planned:
    about = facts.route_id if one.kind in rules.ABOUT_A_ROUTE else None
    return Planned(one.person_id, one.key, one.kind, one.at, about, one.subject)


def _of_teacher(
    conn: Connection, world: World, facts: Facts, regulation: Regulation, journey: Journey, now: datetime
) -> tuple[Due, ...]:
    calendar = calendar_of(conn, world, facts, regulation, facts.person_id)
    snoozed = snoozes.of_route(conn, facts.route_id)
    asked = checkpoints.asked(conn, facts.person_id, calendar.zone) if facts.state is State.ACTIVE else {}
    return rules.planned(regulation, facts, journey, calendar, snoozed, now, asked)


def _of_others(
    conn: Connection, world: World, facts: Facts, regulation: Regulation, journey: Journey, now: datetime
) -> Iterator[Due]:
    """Whoever is waited for, and the coordinators who ought to know when it takes too long."""
    if facts.trial or facts.organisation_id is None:
        return
    for turn in turns(regulation, facts, journey):
        for person_id in _asked(conn, facts, turn):
            calendar = calendar_of(conn, world, facts, regulation, person_id)
            yield from rules.waiting(turn, person_id, calendar, now)
        for person_id in holders.of(conn, facts, "coordinator"):
            calendar = calendar_of(conn, world, facts, regulation, person_id)
            yield from rules.waiting_long(turn, facts.route_id, person_id, calendar, now)
    for person_id in holders.of(conn, facts, "coordinator"):
        calendar = calendar_of(conn, world, facts, regulation, person_id)
        yield from rules.kept(regulation, facts, person_id, calendar)


def _asked(conn: Connection, facts: Facts, turn: Ball) -> tuple[int, ...]:
    """Who may do it; nobody acts on her own route but as its teacher."""
    held = holders.of(conn, facts, turn.capability, turn.step)
    return held if turn.capability == "teacher" else tuple(one for one in held if one != facts.person_id)


def calendar_of(
    conn: Connection, world: World, facts: Facts, regulation: Regulation, person_id: int
) -> Calendar:
    """The days and hours of somebody of this route: her own zone, else that of the school, else of the
    region, else of the installation."""
    own_zone, own = planning.habits(conn, (person_id,)).get(person_id, ("", {}))
    its_zone, its = planning.place(conn, facts.organisation_id)
    zone = ZoneInfo(own_zone or its_zone or regulation.timezone or world.zone.key)
    return Calendar(zone, habits_of(own), settings_of(its), person_id)
