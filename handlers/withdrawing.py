"""«Прекратить маршрут»: at any time, in two steps. The teacher needs no reason, a coordinator does.

`place.row` is the route, 0 for one's own.
"""

from bot.iom import life
from bot.iom.access import Fact
from bot.iom.facts import State
from bot.iom.life import Event, Refused
from bot.iom.regulation import Capability
from bot.speech.screen import Button, FactButton, Remark, Screen
from handlers.cases import Case, case_of, hand, holders, still, tell
from handlers.desk import Desk
from handlers.parties import here, is_own, roles_of
from handlers.place import Place
from handlers.rooms import Act, Room
from storage import decisions, notices
from storage.notices import Notice

LONGEST_REASON = 300
OVER = frozenset({State.COMPLETED, State.WITHDRAWN, State.ARCHIVED})


def may_withdraw(case: Case) -> Capability | None:
    """In which role the person may end the route."""
    if case.facts.state in OVER:
        return None
    if is_own(case):
        return "teacher"
    return "coordinator" if "coordinator" in roles_of(case) else None


def _case(desk: Desk) -> Case | None:
    case = here(desk, Fact.STATE)
    return case if case is not None and may_withdraw(case) else None


def show(desk: Desk) -> Screen:
    """What it means; then once more, with the reason."""
    case = still(_case(desk))
    view = desk.place.view
    values = {"mine": is_own(case), "name": case.name, "sure": bool(view.get("sure"))}
    values |= {"reason": view.get("reason", "")}
    if not view.get("sure"):
        return Screen("withdrawing", values, ((Button("sure", word="withdraw"),), (Button("back"),)))
    ready = is_own(case) or view.get("reason")
    yes = ((Button("really_withdraw"),),) if ready else ()
    return Screen("withdrawing", values, (*yes, (Button("back", word="keep_route"),)))


def sure(desk: Desk, _: str) -> Remark | None:
    """The first of two steps."""
    desk.go(desk.place.seen(sure="1"))
    return None


def typed(desk: Desk, text: str) -> Remark | None:
    """The reason; the tap that ends the route comes after it."""
    reason = " ".join(text.split())
    if not desk.place.view.get("sure"):
        return Remark("please_choose")
    if not any(map(str.isalnum, reason)):
        return Remark("refusal", {"reason": "no_words", "example": ""})
    if len(reason) > LONGEST_REASON:
        values = {"length": len(reason), "limit": LONGEST_REASON, "example": ""}
        return Remark("refusal", {"reason": "too_long", **values})
    desk.go(desk.place.seen(reason=reason))
    return None


def withdraw(desk: Desk, _: str) -> Remark | None:
    """The route ends; what was answered stays for the next one."""
    case = _case(desk)
    role = may_withdraw(case) if case else None
    if case is None or role is None or not desk.place.view.get("sure"):
        return Remark("out_of_date")
    reason = desk.place.view.get("reason", "")
    moved = life.move(case.regulation, case.facts, Event.WITHDRAW, role, reason=reason)
    if isinstance(moved, Refused):
        return Remark("life_refused", {"reason": moved.reason})
    people = {case.facts.person_id, *holders(case, "mentor"), *holders(case, "coordinator")}
    _after, made = decisions.decide(
        desk.conn, case.facts, "withdrawn", hand(case, role), desk.now, remark=reason, to=(moved.state, 0)
    )
    notices.drop(desk.conn, desk.now, route_id=case.facts.route_id)
    desk.forget()
    tell(case, people, "withdrawn", str(made.id))
    if is_own(case):
        desk.go(Place("stopped"))
        return None
    desk.go(Place("queue"))
    return Remark("withdrew", {"name": case.name})


def back(desk: Desk, _: str) -> Remark | None:
    """The route goes on."""
    case = _case(desk)
    fallback = Place("home" if case is None or is_own(case) else "queue")
    desk.go(desk.place.back or fallback)
    return None


def show_stopped(desk: Desk) -> Screen:
    """Nothing begins by itself: a new card only when she wants one."""
    return Screen("stopped", {}, ((Button("home", word="new_card"), Button("menu")),))


def go(name: str) -> Act:
    """The act of a button that only opens a room."""

    def act(desk: Desk, _: str) -> Remark | None:
        desk.go(Place(name))
        return None

    return act


def notice(desk: Desk, told: Notice) -> Screen | None:
    """Who is concerned learns that the route was ended; the teacher, why."""
    case = case_of(desk, Fact.STATE, told.route_id)
    if case is None or case.facts.state is not State.WITHDRAWN:
        return None
    said = case.journey.decided("withdrawn")
    by_teacher = said is not None and said.role == "teacher"
    values = {
        "name": case.name,
        "mine": is_own(case),
        "by_teacher": by_teacher,
        "reason": said.remark if said else "",
    }
    ids = (case.facts.route_id, case.facts.version)
    see = FactButton("open_own" if is_own(case) else "open_case", *ids, word="open_case")
    return Screen("notice_withdrawn", values, ((see,),))


ROOMS = {
    "withdrawing": Room(
        show,
        typed,
        {"sure": sure, "really_withdraw": withdraw, "back": back},
        exists=lambda desk: _case(desk) is not None,
    ),
    "stopped": Room(show_stopped, None, {"home": go("home"), "menu": go("menu")}),
}
NOTICES = {"withdrawn": notice}
