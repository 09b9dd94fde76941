"""Consultations and visited lessons, logged by the companion in three taps; the account of hours."""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.iom import account, evidence_typed
from bot.iom.access import Fact
from bot.iom.account import Totals
from bot.iom.asked import Refused
from bot.iom.catalogue import Event
from bot.iom.journey import Hours
from bot.speech.screen import Button, Remark, Screen
from handlers.cases import Case, case_of, still
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from storage import events, exchanges

KINDS = ("consultation", "visit")
CHIPS = ("0.5", "1", "1.5", "2")
DAYS = {"today": 0, "yesterday": 1}
MOST = 12.0  # hours of one meeting
_SHOWN = 3


def totals_of(case: Case) -> Totals:
    """The account of a route, with the hours of the catalogue's events."""
    chosen = {entry.event for entry in case.facts.rows("plan") if entry.event}
    found = {id_: events.by_id(case.desk.conn, id_) for id_ in chosen}
    known: Mapping[int, Event] = {id_: event for id_, event in found.items() if event is not None}
    return account.totals(case.facts, case.journey, known)


def show(desk: Desk) -> Screen:
    """The account and the next of three taps: what, how long, when."""
    case = still(case_of(desk, Fact.LOG_HOURS))
    part = _part(desk)
    values = {
        "name": case.name,
        "part": part,
        "totals": totals_of(case),
        "logged": [_row(one) for one in case.journey.hours[-_SHOWN:]],
        "kind": desk.place.view.get("kind", ""),
        "spent": float(desk.place.view.get("hours", "0")),
    }
    return Screen("hours", values, (_chips(part), (Button("back"),)))


def _row(one: Hours) -> tuple[str, float, date]:
    return one.kind, one.hours, one.held_on


def _part(desk: Desk) -> str:
    view = desk.place.view
    return "kind" if not view.get("kind") else ("hours" if not view.get("hours") else "day")


def _chips(part: str) -> tuple[Button, ...]:
    if part == "hours":
        return tuple(Button("spent", chip, label=_label(chip)) for chip in CHIPS)
    names = KINDS if part == "kind" else tuple(DAYS)
    return tuple(Button(part, name, word=f"hours_{name}") for name in names)


def _label(chip: str) -> str:
    return chip.replace(".", ",")


def pick_kind(desk: Desk, kind: str) -> Remark | None:
    """A consultation or a visited lesson."""
    if kind in KINDS:
        desk.go(desk.place.seen(kind=kind))
    return None


def pick_hours(desk: Desk, chip: str) -> Remark | None:
    """How long, in one tap."""
    if chip in CHIPS and _part(desk) == "hours":
        desk.go(desk.place.seen(hours=chip))
    return None


def pick_day(desk: Desk, name: str) -> Remark | None:
    """Today or yesterday."""
    if name not in DAYS or _part(desk) != "day":
        return None
    return _log(desk, desk.today - timedelta(days=DAYS[name]))


def typed(desk: Desk, text: str) -> Remark | None:
    """How long and when, in own words."""
    part = _part(desk)
    if part == "kind":
        return Remark("please_choose")
    told = evidence_typed.hours(text, MOST) if part == "hours" else evidence_typed.day(text, desk.today)
    if isinstance(told, Refused):
        return Remark("refusal", {"reason": told.reason, "example": "", **told.values})
    if isinstance(told, date):
        return _log(desk, told)
    desk.go(desk.place.seen(hours=f"{told:g}"))
    return None


def _log(desk: Desk, held_on: date) -> Remark:
    case = still(case_of(desk, Fact.LOG_HOURS))
    kind, spent = desk.place.view["kind"], float(desk.place.view["hours"])
    exchanges.log_hours(desk.conn, case.facts, kind, spent, held_on, desk.person.id, desk.now)
    desk.go(desk.place.seen(kind="", hours=""))
    return Remark("hours_logged", {"kind": kind, "spent": spent, "on": held_on})


def back(desk: Desk, _: str) -> Remark | None:
    """One tap back, or where it was opened from."""
    part = _part(desk)
    if part == "kind":
        desk.go(desk.place.back or Place("queue"))
    else:
        desk.go(desk.place.seen(hours="") if part == "day" else desk.place.seen(kind=""))
    return None


def exists(desk: Desk) -> bool:
    """Whether the person may log hours of this route."""
    return case_of(desk, Fact.LOG_HOURS) is not None


PRESSED = {"kind": pick_kind, "spent": pick_hours, "day": pick_day, "back": back}
ROOMS = {"hours": Room(show, typed, PRESSED, exists=exists)}
