"""«Напомнить позже» of a plan line, and what may be pressed under a reminder of it."""

from collections.abc import Callable
from datetime import date

from bot.iom import lines, rungs
from bot.iom.lines import OPEN
from bot.iom.summary import row_name
from bot.speech.screen import Button, Remark, Screen
from handlers import menu
from handlers.cases import own
from handlers.desk import Desk
from handlers.place import Place
from handlers.reminders import day_of
from handlers.rooms import Room
from storage import lines as stored_lines
from storage import own_routes, planning, snoozes

LATERS = {"tomorrow": "tomorrow", "monday": "on_monday", "week": "in_a_week"}


def _line(desk: Desk, entry_id: int) -> bool:
    """Whether this is a line of a plan of hers that still waits for her; her card with it is taken in
    hand."""
    route_id = stored_lines.route_of(desk.conn, entry_id)
    if desk.route is None or not route_id:
        return False
    if desk.facts.route_id != route_id:
        if not own_routes.choose(desk.conn, desk.person.id, route_id, desk.now):
            return False
        desk.forget()
    entry = desk.facts.entry(entry_id)
    return entry is not None and entry.table == "plan" and desk.facts.state in rungs.REMINDED


def _waits_for_her(desk: Desk, entry_id: int) -> bool:
    return own(desk).journey.state(entry_id) in OPEN


def show_later(desk: Desk) -> Screen:
    """When to remind of this line again."""
    case = own(desk)
    entry = desk.facts.entry(desk.place.row)
    assert entry is not None
    due = lines.period_of(case.regulation, desk.facts, entry.id)
    values = {
        "title": row_name(case.regulation, desk.facts, entry),
        "due": due.due if due else desk.today,
    }
    buttons = tuple((Button("later", key, word=word),) for key, word in LATERS.items())
    return Screen("later", values, (*buttons, (Button("back"),)))


def choose_later(desk: Desk, key: str) -> Remark | None:
    """Tomorrow, on Monday, in a week."""
    until = rungs.later(key, desk.today)
    return _snoozed(desk, until) if until else None


def type_later(desk: Desk, text: str) -> Remark | None:
    """A day in words."""
    until = day_of(desk, text)
    return until if isinstance(until, Remark) else _snoozed(desk, until)


def _snoozed(desk: Desk, until: date) -> Remark | None:
    snoozes.put(desk.conn, desk.facts.route_id, desk.place.row, until, desk.now)
    planning.again(desk.conn, person_id=desk.person.id)
    desk.go(Place("line", row=desk.place.row))
    return Remark("snoozed", {"until": until})


def leave_later(desk: Desk, _: str) -> Remark | None:
    """To the line."""
    desk.go(Place("line", row=desk.place.row))
    return None


def _later_exists(desk: Desk) -> bool:
    entry = desk.facts.entry(desk.place.row) if desk.route is not None else None
    there = entry is not None and entry.table == "plan" and desk.facts.state in rungs.REMINDED
    return there and _waits_for_her(desk, desk.place.row)


def _to(room: str) -> Callable[[Desk, int, int], Remark | None]:
    """The act of a button that leads to a room of the line, while the line waits for her."""

    def press(desk: Desk, entry_id: int, version: int) -> Remark | None:
        if not _line(desk, entry_id) or not _waits_for_her(desk, entry_id):
            return Remark("out_of_date")
        desk.go(Place(room, row=entry_id))
        return None

    return press


def press_plan(desk: Desk, route_id: int, version: int) -> Remark | None:
    """«Открыть план» under a digest: of the card it told of."""
    if desk.route is None or not own_routes.choose(desk.conn, desk.person.id, route_id, desk.now):
        return Remark("out_of_date")
    desk.forget()
    desk.go(Place("plan"))
    return None


def press_proceed(desk: Desk, route_id: int, version: int) -> Remark | None:
    """«Продолжить карту»: to the very question, if it is this draft she has in hand."""
    menu.arrive(desk)
    mine = desk.route is not None and desk.facts.route_id == route_id
    if mine and desk.place.name == "home" and desk.facts.state in menu.WRITING:
        menu.proceed(desk, "")
    return None


def press_queue(desk: Desk, person_id: int, version: int) -> Remark | None:
    """«Ждут вас» under a reminder."""
    desk.go(Place("queue"))
    return None


ROOMS = {
    "later": Room(
        show_later,
        type_later,
        {"later": choose_later, "back": leave_later},
        needs_route=True,
        exists=_later_exists,
    )
}
PRESSES = {
    "line_done": _to("evidence"),
    "line_fails": _to("not_done"),
    "line_later": _to("later"),
    "open_plan": press_plan,
    "open_queue": press_queue,
    "proceed": press_proceed,
}
