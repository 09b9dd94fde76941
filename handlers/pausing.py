"""A pause (illness, leave): reminders are silent, no date changes; and taking it off."""

from datetime import date, timedelta

from bot.iom import period
from bot.iom.facts import State
from bot.iom.journey import Pause
from bot.speech.screen import Button, Remark, Screen
from handlers.cases import own
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from storage import audit, journeys

LENGTHS = {"week": 7, "fortnight": 14, "month": 30}
REASONS = ("illness", "leave", "training", "family")
LONGEST_REASON = 200
CARRIED_OUT = frozenset({State.APPROVED, State.ACTIVE, State.FINALIZING})


def current(desk: Desk) -> Pause | None:
    """The pause of now, or one that is still to come."""
    kept = (one for one in own(desk).journey.pauses if one.ends_on is None or one.ends_on >= desk.today)
    return next(kept, None)


def show(desk: Desk) -> Screen:
    """Until when, then why; a pause that is there can be taken off."""
    here = current(desk)
    if here is not None:
        told = desk.world.caption(f"pause_{here.reason}") if here.reason in REASONS else here.reason
        values = {
            "pause": here,
            "why": told,
            "from": None,
            "to": None,
            "running": here.starts_on <= desk.today,
        }
        return Screen("pausing", values, ((Button("resume"),), (Button("back"),)))
    view = desk.place.view
    values = {"pause": None, "why": "", "from": view.get("from"), "to": view.get("to", ""), "running": False}
    if view.get("from"):
        buttons = [Button("why", key, word=f"pause_{key}") for key in REASONS]
        rows = (tuple(buttons[:2]), tuple(buttons[2:]), (Button("why", "", word="no_reason"),))
        return Screen("pausing", values, (*rows, (Button("back"),)))
    lengths = tuple(Button("length", key, word=f"pause_{key}") for key in LENGTHS)
    return Screen(
        "pausing", values, (lengths, (Button("length", "open", word="pause_open"),), (Button("back"),))
    )


def choose(desk: Desk, key: str) -> Remark | None:
    """From today for so long; "open" is until told otherwise."""
    if key in LENGTHS:
        return _dated(desk, desk.today, desk.today + timedelta(days=LENGTHS[key] - 1))
    return _dated(desk, desk.today, None) if key == "open" else None


def _dated(desk: Desk, starts: date, ends: date | None) -> Remark | None:
    desk.go(desk.place.seen(**{"from": starts.isoformat(), "to": ends.isoformat() if ends else ""}))
    return None


def typed(desk: Desk, text: str) -> Remark | None:
    """Dates in words, then the reason in words."""
    if current(desk) is not None:
        return Remark("please_choose")
    words = " ".join(text.split())
    if desk.place.view.get("from"):
        if len(words) > LONGEST_REASON:
            values = {"length": len(words), "limit": LONGEST_REASON, "example": ""}
            return Remark("refusal", {"reason": "too_long", **values})
        return _pause(desk, words)
    try:
        said = period.parse(words, desk.today)
    except period.PeriodError as error:
        return Remark("refusal", {"reason": "not_period", "problem": error.problem.value, "example": ""})
    if said.ends < desk.today:
        return Remark("refusal", {"reason": "not_period", "problem": "past", "example": ""})
    return _dated(desk, said.starts, said.ends)


def why(desk: Desk, key: str) -> Remark | None:
    """A reason of the list, or none."""
    return _pause(desk, key if key in REASONS else "")


def _pause(desk: Desk, reason: str) -> Remark | None:
    view = desk.place.view
    if not view.get("from") or current(desk) is not None:
        return None
    starts = date.fromisoformat(view["from"])
    ends = date.fromisoformat(view["to"]) if view.get("to") else None
    journeys.pause_route(desk.conn, desk.facts, starts, ends, reason)
    audit.record(desk.conn, desk.person.id, "pause", desk.now, f"route {desk.facts.route_id}")
    desk.forget()
    desk.go(Place("home"))
    return Remark("paused", {"to": ends})


def resume(desk: Desk, _: str) -> Remark | None:
    """Reminders speak again."""
    journeys.resume(desk.conn, desk.facts, desk.today)
    audit.record(desk.conn, desk.person.id, "resume", desk.now, f"route {desk.facts.route_id}")
    desk.forget()
    desk.go(Place("home"))
    return Remark("resumed")


def back(desk: Desk, _: str) -> Remark | None:
    """From the reason to the dates, from the dates to where it was opened from."""
    if desk.place.view.get("from"):
        desk.go(desk.place.seen(**{"from": "", "to": ""}))
    else:
        desk.go(desk.place.back or Place("home"))
    return None


ROOMS = {
    "pausing": Room(
        show,
        typed,
        {"length": choose, "why": why, "resume": resume, "back": back},
        needs_route=True,
        exists=lambda desk: desk.route is not None and desk.facts.state in CARRIED_OUT,
    )
}
