"""Questions to companions that wait too long, as a coordinator sees them: who, since when, whom we wait for.

What was asked stays between the two.
"""

from datetime import timedelta

from bot.iom.access import Fact
from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating, found
from handlers.cases import Case, case_of
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import unanswered
from storage.unanswered import Silence

PAGE = 8
SOON, LONG = timedelta(days=3), timedelta(days=7)


def late(desk: Desk) -> tuple[Silence, ...]:
    """What has waited three days and longer, the oldest first."""
    return unanswered.of_coordinator(desk.conn, desk.person.id, desk.now - SOON)


def long(desk: Desk, silences: tuple[Silence, ...]) -> int:
    """How many of them have waited a week."""
    return sum(one.since <= desk.now - LONG for one in silences)


def button(desk: Desk, silences: tuple[Silence, ...]) -> tuple[Button, ...]:
    """On the coordinator's home while there is any."""
    count = len(silences)
    label = f"{desk.world.caption('unanswered')} ({count})"
    return (Button("unanswered", label=label),) if count else ()


def show(desk: Desk) -> Screen:
    """A page of them; each opens the route."""
    every = late(desk)
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(every) else 0
    cases = [(one, case_of(desk, Fact.STATE, one.route_id)) for one in every[start : start + PAGE]]
    shown = [(one, case) for one, case in cases if case is not None]
    rows = [(case.name, found.days(desk, one.since), _whom(case)) for one, case in shown]
    buttons = [(Button("case", str(one.route_id), label=case.name),) for one, case in shown]
    following = start + PAGE if start + PAGE < len(every) else 0
    more = ((Button("more", str(following)),),) if len(every) > PAGE else ()
    values = {"total": len(every), "long": long(desk, every), "rows": rows}
    return Screen("unanswered", values, (*buttons, *more, (Button("back"),)))


def _whom(case: Case) -> str:
    names = [one.name for one in case.journey.companions if one.open and one.name]
    return ", ".join(names) or case.regulation.role_title("mentor")


def open_case(desk: Desk, route_id: str) -> Remark | None:
    """Open the route."""
    if case_of(desk, Fact.STATE, number(route_id)) is not None:
        desk.go(Place("case", row=number(route_id), back=desk.place))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """To the school."""
    desk.go(coordinating.home(desk))
    return None


ROOMS = {
    "unanswered": Room(
        show,
        None,
        {"case": open_case, "more": more, "back": back},
        exists=coordinating.coordinates,
    )
}
