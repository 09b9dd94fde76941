"""The ladder around a deadline: on which day what is said of a plan line, of the route's end, of attestation.

    days before and after   −60 −30   −14   −7   −1    0    +3   +7   +14
    a plan line                        week week  day  day  day  day  week
    the route's end           week week     week       day
    attestation               week week

A «day» rung is a message of its own («завтра», «сегодня», «просрочено»); a «week» rung waits for the first
weekly digest on or after its day. Rungs before the deadline move back to the last working day, those after it
forward. A deadline is a day, a month or a range of months, due on its last day.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from bot.iom.extensions import ends_on
from bot.iom.facts import Facts, State
from bot.iom.habits import Calendar
from bot.iom.journey import Journey
from bot.iom.lines import OPEN, period_of
from bot.iom.regulation import Regulation

What: TypeAlias = Literal["line", "end", "attestation"]

# From here on a line has a message of its own; what is farther away waits for the weekly digest.
NEAR = -1
LAST_CALL = 14  # once more in a digest, then only among everything that is late
OF_THE_END = (-60, -30, -7, 0)
OF_ATTESTATION = (-60, -30)
# While the route is in one of these, its plan is carried out and reminded of.
REMINDED = frozenset({State.ACTIVE, State.FINALIZING})
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
FOR_EVER = "бессрочно"  # what a teacher writes of a category without a term (001 §1)


@dataclass(frozen=True, slots=True)
class Rung:
    """One thing to be said once: `what` is due on `due`, said on `day`; `entry_id` 0 is about no line.
    `alone`: in a message of its own, else in a weekly digest."""

    what: What
    entry_id: int
    due: date
    offset: int
    day: date
    alone: bool


def rungs(
    regulation: Regulation,
    facts: Facts,
    journey: Journey,
    calendar: Calendar,
    snoozed: Mapping[int, date],
) -> tuple[Rung, ...]:
    """Every rung of a route as it is now, in any order; () while nothing is reminded of it. `snoozed`: of
    this line nothing is said before the day, then it is said alone."""
    if facts.state not in REMINDED:
        return ()
    found = [*_of_lines(regulation, facts, journey, calendar, snoozed), *_of_end(facts, journey, calendar)]
    found += _of_attestation(regulation, facts, calendar)
    return tuple(one for one in found if _heard(one, journey, calendar))


def _heard(one: Rung, journey: Journey, calendar: Calendar) -> bool:
    paused = any(
        pause.starts_on <= one.day and (pause.ends_on is None or one.day <= pause.ends_on)
        for pause in journey.pauses
    )
    topic = "deadline" if one.alone else "week"
    return not paused and topic not in calendar.habits.off and calendar.working(one.day)


def _of_lines(
    regulation: Regulation,
    facts: Facts,
    journey: Journey,
    calendar: Calendar,
    snoozed: Mapping[int, date],
) -> Iterator[Rung]:
    for entry in facts.rows("plan"):
        period = period_of(regulation, facts, entry.id)
        if period is None or journey.state(entry.id) not in OPEN:
            continue
        until = snoozed.get(entry.id)
        if until is not None:
            yield Rung("line", entry.id, period.due, (until - period.due).days, calendar.after(until), True)
        for offset in (*regulation.rhythm.deadline_days, LAST_CALL):
            one = _rung("line", entry.id, period.due, offset, calendar)
            if (until is None or one.day > until) and _wanted(one, calendar):
                yield one


def _wanted(one: Rung, calendar: Calendar) -> bool:
    return not (calendar.habits.few and one.alone and one.offset < 0)


def _of_end(facts: Facts, journey: Journey, calendar: Calendar) -> Iterator[Rung]:
    end = ends_on(facts, journey)
    if end is not None and facts.state is not State.FINALIZING:
        yield from (_rung("end", 0, end, offset, calendar) for offset in OF_THE_END)


def _of_attestation(regulation: Regulation, facts: Facts, calendar: Calendar) -> Iterator[Rung]:
    due = attestation(regulation, facts)
    if due is not None:
        yield from (_rung("attestation", 0, due, offset, calendar) for offset in OF_ATTESTATION)


def attestation(regulation: Regulation, facts: Facts) -> date | None:
    """The date of the next attestation if she named one; never computed, and a category may be for ever."""
    said = facts.value(regulation.rhythm.attestation) if regulation.rhythm.attestation else None
    found = _DAY.search(said) if isinstance(said, str) and FOR_EVER not in said.casefold() else None
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _rung(what: What, entry_id: int, due: date, offset: int, calendar: Calendar) -> Rung:
    there = due + timedelta(days=offset)
    alone = NEAR <= offset < LAST_CALL
    if not alone:
        return Rung(what, entry_id, due, offset, calendar.digest_day(there), False)
    day = calendar.before(there) if offset <= 0 else calendar.after(there)
    return Rung(what, entry_id, due, offset, day, True)


def of_day(found: tuple[Rung, ...], day: date) -> tuple[Rung, ...]:
    """What is said alone on this day, a line once, the oldest deadline first."""
    today = {(one.what, one.entry_id): one for one in found if one.alone and one.day == day}
    return tuple(sorted(today.values(), key=_order))


def near(regulation: Regulation, facts: Facts, journey: Journey, today: date) -> tuple[Rung, ...]:
    """Everything a digest tells: open lines due in a fortnight or late, the end within 60 days,
    attestation."""
    lines = [one for one in waiting(regulation, facts, journey, today) if -one.offset <= LAST_CALL]
    return tuple(sorted([*lines, *_ahead(regulation, facts, journey, today)], key=_order))


def waiting(regulation: Regulation, facts: Facts, journey: Journey, today: date) -> tuple[Rung, ...]:
    """Every line that waits for the teacher, the nearest deadline first."""
    lines = [
        Rung("line", entry.id, period.due, (today - period.due).days, today, False)
        for entry in facts.rows("plan")
        if journey.state(entry.id) in OPEN and (period := period_of(regulation, facts, entry.id)) is not None
    ]
    return tuple(sorted(lines, key=_order))


def _ahead(regulation: Regulation, facts: Facts, journey: Journey, today: date) -> Iterator[Rung]:
    end = ends_on(facts, journey) if facts.state is not State.FINALIZING else None
    for what, due in (("end", end), ("attestation", attestation(regulation, facts))):
        if due is not None and today <= due <= today + timedelta(days=60):
            yield Rung("end" if what == "end" else "attestation", 0, due, (today - due).days, today, False)


def _order(one: Rung) -> tuple[date, int]:
    return one.due, one.entry_id


def later(day: str, today: date) -> date | None:
    """«Напомнить позже»: tomorrow, on Monday, in a week; None for another word."""
    days = {"tomorrow": 1, "monday": 7 - today.weekday(), "week": 7}.get(day)
    return today + timedelta(days=days) if days else None


def ends_after(facts: Facts, journey: Journey) -> date | None:
    """The first day after the term, when the results begin by themselves; None while there is no term."""
    end = ends_on(facts, journey)
    return end + timedelta(days=1) if end else None


def begins_on(facts: Facts, calendar: Calendar) -> date | None:
    """The first day on which an approved plan may begin by itself: of the term, and a day after the approval,
    so that a slip of the last approver can still be undone."""
    term = facts.value("term")
    starts = term.get("from") if isinstance(term, Mapping) else None
    if facts.state is not State.APPROVED or not isinstance(starts, str):
        return None
    approved: datetime = facts.state_since or facts.started_at
    return calendar.after(max(date.fromisoformat(starts), calendar.local(approved) + timedelta(days=1)))
