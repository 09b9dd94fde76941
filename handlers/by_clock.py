"""What a notice does to a route before it is said: its first day has come, or its last one is over."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from bot.iom import life
from bot.iom.access import Fact
from bot.iom.facts import State
from bot.iom.habits import Calendar
from bot.iom.life import Event, Moved
from bot.iom.rungs import begins_on, ends_after
from handlers import finishing
from handlers.cases import Case, case_of
from handlers.desk import Desk, World
from handlers.planning import calendar_of, plan_touched
from storage import versions
from storage.notices import Notice


def begin(case: Case, calendar: Calendar) -> None:
    """The first day of the term: the plan is being carried out (domain.md §4.2, approved → active)."""
    first = begins_on(case.facts, calendar)
    if first is not None and first <= calendar.local(case.desk.now):
        _move(case, Event.START)


def end(case: Case, calendar: Calendar) -> None:
    """The day after the term: the results begin (active → finalizing); whoever sets marks is told."""
    over = ends_after(case.facts, case.journey)
    if case.facts.state is State.ACTIVE and over is not None and over <= calendar.local(case.desk.now):
        _move(case, Event.TO_FINISH)


def _move(case: Case, event: Event) -> None:
    desk = case.desk
    moved = life.move(case.regulation, case.facts, event, "system")
    if isinstance(moved, Moved):
        after = versions.move(desk.conn, case.facts, moved.state, moved.step, desk.now)
        if event is Event.TO_FINISH:
            finishing.tell_markers(case, after)


ACTS: Mapping[str, Callable[[Case, Calendar], None]] = {"begins": begin, "ended": end}


def act(conn: Connection, world: World, desk: Desk, notice: Notice) -> None:
    """Do it, in a transaction of its own; judged by the facts of now, so twice is once."""
    case = case_of(desk, Fact.OWN, notice.route_id)
    if case is not None:
        calendar = calendar_of(conn, world, case.facts, case.regulation, case.facts.person_id)
        ACTS[notice.kind](case, calendar)
        plan_touched(conn, world, desk.now)
