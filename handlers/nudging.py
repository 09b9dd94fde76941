"""«Напомнить»: a coordinator or a companion reminds a teacher by a tap; she sees the words before they go."""

from bot.iom import lines, nudge
from bot.iom.access import Fact
from bot.iom.facts import State
from bot.speech.screen import Button, FactButton, Remark, Screen
from handlers import cases, line_words
from handlers.cases import Case, case_of, still
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from storage import lost, memberships, organisations
from storage.notices import Notice

SHOWN = 3  # overdue lines that are named
SIGNED_BY = ("mentor", "coordinator", "curator", "methodist", "head")


def offered(case: Case) -> bool:
    """Whether the person at the desk may remind this teacher."""
    return nudge.may_nudge(case.standing)


def words(case: Case, who: str) -> dict[str, object]:
    """What the teacher is told: from whom, what is late or what is next."""
    regulation, facts, journey = case.regulation, case.facts, case.journey
    today = case.desk.today
    late = lines.overdue_lines(regulation, facts, journey, today) if facts.state in _RUNS else ()
    rows = [entry for one in late[:SHOWN] if (entry := facts.entry(one)) is not None]
    named = [
        {"title": line_words.title(case, row), "due": period.due}
        for row in rows
        if (period := lines.period_of(regulation, facts, row.id))
    ]
    return {"who": who, "state": facts.state.value, "late": named, "count": len(late)}


_RUNS = frozenset({State.ACTIVE, State.FINALIZING})


def show(desk: Desk) -> Screen:
    """The message as it will come, and whether it may go now."""
    case = still(case_of(desk, Fact.STATE))
    free = nudge.free_from(lost.last_nudge(desk.conn, case.facts.person_id), desk.now)
    values = {
        **words(case, signed(case, desk.person.id, _role(case))),
        "name": case.name,
        "free": free.astimezone(desk.zone).date() if free else None,
    }
    send = () if free else (Button("send"),)
    return Screen("nudge", values, ((*send, Button("back")),))


def _role(case: Case) -> str:
    """The nearest of her roles in which the person at the desk may remind."""
    companion = {"mentor"} if case.standing.companion == "open" else set[str]()
    held = case.standing.capabilities | companion
    return next((role for role in SIGNED_BY if role in held), "")


def signed(case: Case, person_id: int, role: str) -> str:
    """«Галкина Галина Олеговна, координатор»; the role alone where no name was given."""
    title = case.regulation.role_title(role) or case.desk.world.caption(f"role_{role}")
    above = organisations.above(case.desk.conn, case.facts.organisation_id or 0)
    held = memberships.of_person(case.desk.conn, person_id)
    names = (one.name for one in held if one.role == role and one.organisation_id in above and one.name)
    name = next(names, "")
    return f"{name}, {title}" if name else title


def send(desk: Desk, _: str) -> Remark | None:
    """Send it, unless somebody has just done so."""
    case = case_of(desk, Fact.STATE)
    if case is None or not offered(case):
        return Remark("out_of_date")
    if nudge.free_from(lost.last_nudge(desk.conn, case.facts.person_id), desk.now):
        return None  # the screen says since when it may
    key = f"{desk.now.astimezone(desk.zone).date().isoformat()}/{desk.person.id}"
    sender = {"sender": desk.person.id, "role": _role(case)}
    cases.tell(case, [case.facts.person_id], lost.NUDGE, key, **sender)
    desk.go(desk.place.back or Place("case", row=desk.place.row))
    desk.changed = True
    return Remark("nudged", {"name": case.name})


def back(desk: Desk, _: str) -> Remark | None:
    """Where it was opened from."""
    desk.go(desk.place.back or Place("case", row=desk.place.row))
    return None


def say(desk: Desk, told: Notice) -> Screen | None:
    """To the teacher, of the facts of now; None once nothing is hers to do."""
    case = case_of(desk, Fact.OWN, told.route_id)
    if case is None or case.facts.state not in nudge.HERS:
        return None
    if case.facts.state in _RUNS and case.ball.capability != "teacher":
        return None
    values = words(case, signed(case, int(told.subject["sender"]), str(told.subject["role"])))
    button = FactButton("open_own", case.facts.route_id, case.facts.version, word="open_case")
    return Screen("notice_nudge", values, ((button,),))


def exists(desk: Desk) -> bool:
    """Whether she may remind the teacher of this route."""
    case = case_of(desk, Fact.STATE)
    return case is not None and offered(case)


ROOMS = {"nudge": Room(show, None, {"send": send, "back": back}, exists=exists)}
NOTICES = {lost.NUDGE: say}
