"""The plan: lines in order of their terms, warnings of overlaps and overloaded months."""

from dataclasses import replace

from bot.iom import overload, period
from bot.iom.facts import Entry
from bot.iom.interview import Step
from bot.iom.journey import LineState
from bot.iom.lines import GONE
from bot.iom.summary import row_name
from bot.speech.screen import Button, Remark, Screen
from handlers import calendar_file, hours, line, line_words, menu, rows, summary
from handlers.cases import own
from handlers.desk import Desk
from handlers.place import Place, ask
from handlers.rooms import Room, number

PAGE = 6
TABLE = "plan"
FILE = "IOM-plan.ics"


def show(desk: Desk) -> Screen:
    """Lines by date, undated last; what clashes is said below. Of an approved plan, what became of them."""
    if desk.facts.state in line.APPROVED:
        return _show_approved(desk)
    lines = sorted(desk.facts.rows(TABLE), key=lambda entry: _order(desk, entry))
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(lines) else 0
    shown = lines[start : start + PAGE]
    values = {
        "lines": [(_title(desk, entry), _when(desk, entry)) for entry in shown],
        "count": len(lines),
        "warnings": warnings(desk),
        "sent": bool(desk.place.view.get("calendar")),
    }
    buttons = [(Button("row", str(entry.id), label=_title(desk, entry)),) for entry in shown]
    following = start + PAGE if start + PAGE < len(lines) else 0
    pages = (Button("more", str(following)),) if len(lines) > PAGE else ()
    end = ((*pages, Button("choose_events"), Button("home")),)
    return _with_calendar(desk, Screen("plan", values, tuple(buttons)), end)


def _with_calendar(desk: Desk, screen: Screen, end: tuple[tuple[Button, ...], ...]) -> Screen:
    """The screen with «В календарь» before its last row, and the file when it was asked for."""
    case = own(desk)
    calendar = calendar_file.buttons(case)
    rows = (*screen.rows, *((calendar,) if calendar else ()), *end)
    return replace(screen, rows=rows, file=calendar_file.asked_for(case, FILE))


def _show_approved(desk: Desk) -> Screen:
    case = own(desk)
    found = sorted(desk.facts.rows(TABLE), key=lambda entry: _order(desk, entry))
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(found) else 0
    shown = found[start : start + PAGE]
    states = [case.journey.state(entry.id) for entry in found]
    values = {
        "lines": [line_words.values(case, entry) for entry in shown],
        "count": sum(state not in GONE for state in states),
        "done": sum(state is LineState.CONFIRMED for state in states),
        "totals": hours.totals_of(case),
        "sent": bool(desk.place.view.get("calendar")),
    }
    buttons = [(Button("row", str(entry.id), label=_title(desk, entry)),) for entry in shown]
    following = start + PAGE if start + PAGE < len(found) else 0
    pages = (Button("more", str(following)),) if len(found) > PAGE else ()
    return _with_calendar(desk, Screen("plan_lines", values, tuple(buttons)), ((*pages, Button("home")),))


def more(desk: Desk, page: str) -> Remark | None:
    """Another page; the calendar that was sent is not sent again."""
    desk.go(desk.place.seen(page=page, calendar=""))
    return None


def open_row(desk: Desk, arg: str) -> Remark | None:
    """A line of an approved plan has a room of its own; a draft's is edited as any row."""
    if desk.facts.state not in line.APPROVED:
        return rows.open_row(desk, arg)
    entry = desk.facts.entry(number(arg))
    if entry is not None and entry.table == TABLE:
        desk.go(Place("line", row=entry.id))
    return None


def _period(desk: Desk, entry: Entry) -> period.Period | None:
    return period.from_value(desk.facts.value("period", entry.id))


def _order(desk: Desk, entry: Entry) -> tuple[bool, str, int]:
    found = _period(desk, entry)
    return (found is None, found.starts.isoformat() if found else "", entry.id)


def _title(desk: Desk, entry: Entry) -> str:
    return row_name(desk.regulation, desk.facts, entry)


def _when(desk: Desk, entry: Entry) -> str:
    found = _period(desk, entry)
    return period.words(found) if found else ""


def warnings(desk: Desk) -> list[tuple[str, str, str]]:
    """Overlaps («overlap», one, other) and overloaded months («busy_month», month, how many)."""
    dated = {entry.id: found for entry in desk.facts.rows(TABLE) if (found := _period(desk, entry))}
    titles = {entry.id: _title(desk, entry) for entry in desk.facts.rows(TABLE)}
    return [_warning(one, titles) for one in overload.warnings(dated, desk.today)]


def _warning(
    one: "overload.Overlap[int] | overload.BusyMonth[int]", titles: dict[int, str]
) -> tuple[str, str, str]:
    if isinstance(one, overload.Overlap):
        return one.kind, titles[one.lines[0]], titles[one.lines[1]]
    month = period.Period(one.month, period.month_end(one.month))
    return one.kind, period.words(month), str(len(one.lines))


def choose(desk: Desk, _: str) -> Remark | None:
    """Choose events for a point of growth: the first one without any, else the first."""
    if desk.facts.state in line.APPROVED:
        return None  # from now on only by a correction
    points = desk.facts.rows("growth")
    empty = [point for point in points if not desk.facts.linked(TABLE, point.id)]
    question = next(q for q in desk.regulation.question if q.rows == TABLE)
    if not points:
        menu.proceed(desk, "")
        return Remark("no_points")
    desk.go(ask(Step(question.key, (empty or list(points))[0].id), "fix", Place("plan")))
    return None


ROOMS = {
    "plan": Room(
        show,
        None,
        {
            "row": open_row,
            "more": more,
            "choose_events": choose,
            "to_calendar": calendar_file.send,
            "home": summary.home,
        },
        needs_route=True,
    )
}
