"""What the bot will say unasked about a route, as rows to plan: kinds, natural keys and moments.

    storage.planning finds a route that has changed → `planned` → one upsert of rows → the courier, at its
    time, re-reads the facts and says it, or drops it

Rows of a day or a week are one a person, however many lines and routes they tell of; what is no longer true
when its time comes is dropped then, so planning only adds and moves. Keys and kinds are stored contracts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from bot.iom.ball import Ball
from bot.iom.facts import Facts, State
from bot.iom.habits import Calendar
from bot.iom.journey import Journey
from bot.iom.monitoring import checkpoints
from bot.iom.monitoring_week import spread
from bot.iom.period import add_months
from bot.iom.regulation import Regulation
from bot.iom.rungs import Rung, begins_on, ends_after, rungs

IDLE = timedelta(days=5)  # a draft that nobody touched is asked about once
WAITED = (3, 7)  # days after which whoever is waited for is reminded
LONG = 8  # days after which the coordinator is told
WARNED = timedelta(days=30)  # before the time of keeping a card is over

# What is said of one route; the rest is of a person, of all her routes at once.
ABOUT_A_ROUTE = frozenset(
    {"draft", "begins", "ended", "retention", "waits_long", "monitoring", "reflection", "transfer"}
)

# Topic of a kind, by which a person switches it off; "" can't be: it says what becomes of her card.
TOPIC: Mapping[str, str] = {
    "deadline": "deadline",
    "week": "week",
    "digest": "week",
    "mentor_digest": "week",
    "draft": "questions",
    "monitoring": "questions",
    "reflection": "questions",
    "transfer": "questions",
    "waits": "waits",
    "waits_long": "waits",
    "begins": "",
    "ended": "",
    "retention": "",
}
# What waits for a quieter week instead of being missed: nothing else says it again.
PATIENT = frozenset({"monitoring", "reflection", "transfer"})
# Days after which it makes no sense any more; it is missed then, and a digest tells what is still so.
LATE: Mapping[str, int] = {
    "deadline": 0,
    "week": 4,
    "digest": 4,
    "mentor_digest": 4,
    "draft": 14,
    "waits": 3,
    "waits_long": 7,
    "monitoring": 30,
    "reflection": 14,
    "transfer": 14,
}


@dataclass(frozen=True, slots=True)
class Due:
    """One notice to plan: to whom, when (UTC), and what its text needs to find the facts again."""

    person_id: int
    key: str
    kind: str
    at: datetime
    subject: Mapping[str, Any] = field(default_factory=dict)


def planned(
    regulation: Regulation,
    facts: Facts,
    journey: Journey,
    calendar: Calendar,
    snoozed: Mapping[int, date],
    now: datetime,
    asked: Mapping[str, date] = MappingProxyType({}),
) -> tuple[Due, ...]:
    """What the teacher is told of her route from now on; nothing that is over by now, nothing of a trial.
    `asked`: the questions of the way that she had, and when (`monitoring_week.spread`)."""
    if facts.trial:
        return ()
    found = [
        *(_of_rung(facts, calendar, one) for one in rungs(regulation, facts, journey, calendar, snoozed)),
        *_of_route(regulation, facts, journey, calendar),
        *_of_the_way(regulation, facts, journey, calendar, asked, now),
    ]
    every = {one.key: one for one in found if one.at > now or one.kind in _EVEN_LATE}
    return tuple(every.values())


# What moves a route is said late rather than never.
_EVEN_LATE = frozenset({"begins", "ended"})


def _of_rung(facts: Facts, calendar: Calendar, one: Rung) -> Due:
    kind = "deadline" if one.alone else "week"
    key = f"{kind}/{facts.person_id}/{one.day.isoformat()}"
    return Due(facts.person_id, key, kind, calendar.moment(one.day), {"day": one.day.isoformat()})


def _of_route(regulation: Regulation, facts: Facts, journey: Journey, calendar: Calendar) -> Iterator[Due]:
    me, route = facts.person_id, facts.route_id
    since = calendar.local(facts.state_since or facts.started_at)
    begins, ends = begins_on(facts, calendar), ends_after(facts, journey)
    if facts.state in {State.DRAFT, State.RETURNED}:
        day = calendar.after(since + IDLE)
        yield Due(me, f"draft/{route}/{since.isoformat()}", "draft", calendar.moment(day))
    if begins is not None:
        yield Due(me, f"begins/{route}/{begins.isoformat()}", "begins", calendar.moment(begins))
    if facts.state is State.ACTIVE and ends is not None:
        day = calendar.after(ends)
        yield Due(me, f"ended/{route}/{ends.isoformat()}", "ended", calendar.moment(day))
    yield from kept(regulation, facts, me, calendar)


def _of_the_way(
    regulation: Regulation,
    facts: Facts,
    journey: Journey,
    calendar: Calendar,
    asked: Mapping[str, date],
    now: datetime,
) -> Iterator[Due]:
    """Monitoring, reflections, what of a course was at a lesson: one question a week, tomorrow when today's
    hour is past."""
    due, today = checkpoints(regulation, facts, journey, calendar.zone), calendar.local(now)
    first = today if calendar.moment(today) > now else today + timedelta(days=1)
    for one, day in spread(due, asked, first, calendar.after):
        yield Due(facts.person_id, one.key, one.notice, calendar.moment(day), one.subject)


def kept(regulation: Regulation, facts: Facts, person_id: int, calendar: Calendar) -> Iterator[Due]:
    """A month before the time of keeping a card is over, to its teacher and to a coordinator."""
    until = kept_until(regulation, facts)
    if until is not None:
        key = f"retention/{facts.route_id}/{until.isoformat()}/{person_id}"
        yield Due(person_id, key, "retention", calendar.moment(calendar.after(until - WARNED)))


def kept_until(regulation: Regulation, facts: Facts) -> date | None:
    """The day until which a completed card is kept (004 п. 4.3); None where the regulation names no term."""
    years = regulation.rhythm.retention_years
    if not years or facts.state not in {State.COMPLETED, State.ARCHIVED} or facts.state_since is None:
        return None
    return add_months(facts.state_since.date(), 12 * years)


def waiting(turn: Ball, person_id: int, calendar: Calendar, now: datetime) -> tuple[Due, ...]:
    """Reminders to one of those whose turn it is: after 3 and 7 days, one a day for all that waits."""
    since = calendar.local(turn.since)
    days = {calendar.after(since + timedelta(days=waited)) for waited in WAITED}
    return _future(now, (_waiting(person_id, day, calendar) for day in sorted(days)))


def waiting_long(
    turn: Ball, route_id: int, person_id: int, calendar: Calendar, now: datetime
) -> tuple[Due, ...]:
    """…and then to a coordinator, of each route."""
    day = calendar.after(calendar.local(turn.since) + timedelta(days=LONG))
    key = f"waits_long/{route_id}/{day.isoformat()}/{person_id}"
    return _future(now, [Due(person_id, key, "waits_long", calendar.moment(day))])


def _waiting(person_id: int, day: date, calendar: Calendar) -> Due:
    key = f"waits/{person_id}/{day.isoformat()}"
    return Due(person_id, key, "waits", calendar.moment(day), {"day": day.isoformat()})


def _future(now: datetime, found: Iterable[Due]) -> tuple[Due, ...]:
    return tuple(one for one in found if one.at > now)


def too_late(kind: str, due: date, today: date) -> bool:
    """Whether a notice of this kind that was due on a day makes no sense any more."""
    return kind in LATE and (today - due).days > LATE[kind]
