"""What was recommended to the teacher: «Принять · Отклонить», and the list of all with who and when."""

from bot.iom import advice, brought_diagnosis, owners
from bot.iom.access import Fact
from bot.iom.card_people import person
from bot.iom.card_sources import Sources
from bot.iom.corrections import CorrectionKind, Wanted, wanted_of
from bot.iom.corrections_check import may_correct
from bot.iom.facts import Facts
from bot.iom.journey import Recommendation
from bot.iom.lines import period_key
from bot.iom.period import from_value
from bot.iom.summary import row_name
from bot.speech.screen import Button, Remark, Screen
from handlers import parties
from handlers.cases import Case, case_of, still
from handlers.desk import Desk
from handlers.place import Place
from handlers.recommending import whole_term
from handlers.rooms import Room, number
from storage import audit, exchanges
from storage import events as catalogue

PAGE = 5
POINTS = 8


def offer(desk: Desk) -> Button | None:
    """The button of the teacher's home while anything waits for her answer, with how much."""
    count = exchanges.unanswered(desk.conn, desk.facts.route_id) if desk.route is not None else 0
    label = f"{desk.world.caption('recommendations')} ({count})"
    return Button("recommendations", label=label) if count else None


def any_given(desk: Desk) -> bool:
    """For the menu: whether anything was ever recommended for her route."""
    return desk.route is not None and exchanges.given(desk.conn, desk.facts.route_id)


def _case(desk: Desk) -> Case | None:
    """Her route of the place, the current one when it names none."""
    route_id = desk.place.row or (desk.facts.route_id if desk.route is not None else 0)
    return case_of(desk, Fact.OWN, route_id) if route_id else None


def here(desk: Desk) -> Case:
    """The same, in a room that exists."""
    return still(_case(desk))


def show_list(desk: Desk) -> Screen:
    """Everything that was recommended, what waits first, the newest first; each with who and when."""
    case = here(desk)
    every = sorted(case.journey.recommendations, key=lambda one: (not one.open, -one.id))
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(every) else 0
    shown = every[start : start + PAGE]
    following = start + PAGE if start + PAGE < len(every) else 0
    more = ((Button("more", str(following)),),) if len(every) > PAGE else ()
    values = {"count": len(every), "shown": [values_of(case, one) for one in shown]}
    buttons = [(Button("pick", str(one.id), label=one.text),) for one in shown]
    return Screen("recommendations", values, (*buttons, *more, (Button("home"),)))


def values_of(case: Case, one: Recommendation) -> dict[str, object]:
    """A recommendation in words: about what, by whom, when, and what became of it."""
    name = person(Sources(case.regulation, case.facts), one.name)
    return {
        "text": one.text,
        "about": advice.topic_title(case.regulation, one.key),
        "level": one.level,
        "by": ", ".join(filter(None, (one.post or case.regulation.role_title(one.role), name))),
        "on": one.at.astimezone(case.desk.zone).date(),
        "event": bool(one.wanted),
        "state": "open" if one.open else ("accepted" if one.accepted_at else "declined"),
    }


def found(case: Case, id_: int) -> Recommendation | None:
    """A recommendation of the route."""
    return next((one for one in case.journey.recommendations if one.id == id_), None)


def _one(desk: Desk) -> tuple[Case, Recommendation] | None:
    case = _case(desk)
    one = found(case, desk.place.parent) if case is not None else None
    return (case, one) if case is not None and one is not None else None


def show(desk: Desk) -> Screen:
    """One of them; while it is open, «Принять · Отклонить», or for which point of growth."""
    known = _one(desk)
    assert known is not None
    case, one = known
    choosing = bool(desk.place.view.get("choosing")) and one.open
    rows: list[tuple[Button, ...]] = []
    if choosing:
        points = case.facts.rows("growth")[:POINTS]
        rows = [
            (Button("point", str(row.id), label=row_name(case.regulation, case.facts, row)),)
            for row in points
        ]
    elif one.open:
        rows = [(Button("take", word="take_advice"), Button("decline", word="decline_advice"))]
    values = {**values_of(case, one), "choosing": choosing}
    return Screen("recommendation", values, (*rows, (Button("back"),)))


def choose_point(desk: Desk, arg: str) -> Remark | None:
    """Accept it for this point of growth."""
    return accept(desk, number(arg))


def accept(desk: Desk, chosen: int = 0) -> Remark | None:
    """Accept the recommendation of the place; with several points of growth ask first for which."""
    known = _one(desk)
    if known is None or not known[1].open:
        return _said("answered")
    case, one = known
    line = wanted_of(one.wanted)
    how = advice.intake(case.regulation, case.facts, line)
    if how == "wait":
        return _said("wait")
    if brought_diagnosis.is_one(one.key, line.answers):
        return _take_diagnosis(case, one, line)
    points = [row.id for row in case.facts.rows("growth")]
    point = chosen if chosen in points else (points[0] if len(points) == 1 else 0)
    if how == "write" and not points:
        return _said("no_points")
    if how == "write" and not point:
        desk.go(desk.place.seen(choosing="1"))
        return None
    return _take(case, one, line, how, point)


def _take(case: Case, one: Recommendation, line: Wanted, how: advice.Intake, point: int) -> Remark:
    """Store her yes with all that follows from it in one transaction."""
    desk, after = case.desk, _accepted(case, one)
    if how == "write":
        event = catalogue.by_id(desk.conn, line.event)
        there = Wanted(line.answers, event=event.id if event else 0)
        theirs = one.person_id if advice.author(case.regulation, there, one.role) else 0
        parties.write(case, after, advice.line(case.regulation, after, there, point), theirs)
        return _said("written", one.text)
    current = desk.route is not None and desk.route.route_id == after.route_id
    if how == "correct" and current and may_correct(after, case.journey, CorrectionKind.ADD, 0):
        desk.go(_correcting(case, line))
        return _said("correct", one.text)
    return _said("kept", one.text)


def _take_diagnosis(case: Case, one: Recommendation, line: Wanted) -> Remark:
    """Results go into the card while it is hers to write, else they are kept as advice."""
    changes = brought_diagnosis.changes(case.regulation, case.facts, line.answers)
    after, hers = _accepted(case, one), owners.open_to_teacher(case.regulation, case.facts, changes)
    if changes and hers:
        parties.write(case, after, changes)
    return _said("diagnosis" if changes and hers else "kept", one.text)


def _accepted(case: Case, one: Recommendation) -> Facts:
    desk = case.desk
    after = exchanges.accept_recommendation(desk.conn, case.facts, one.id, desk.now)
    audit.record(desk.conn, desk.person.id, "recommendation", desk.now, f"recommendation {one.id}: accepted")
    desk.forget()
    leave(desk)
    return after


def _correcting(case: Case, line: Wanted) -> Place:
    """The room where a line is added to an approved plan, with what was recommended filled in."""
    title = str(line.answers.get(case.regulation.fields(advice.PLAN)[0].key, ""))
    when = from_value(line.answers.get(period_key(case.regulation)))
    term = whole_term(case)
    fits = when is not None and (term is None or when.within(term))
    dates = {"from": when.starts.isoformat(), "to": when.ends.isoformat()} if when and fits else {}
    event = {"event": str(line.event)} if line.event else {}
    return Place("correcting", back=Place("recommendations"), view={"title": title, **event, **dates})


def decline(desk: Desk, _: str) -> Remark | None:
    """«Отклонить»: no reason is asked."""
    known = _one(desk)
    if known is None or not known[1].open:
        return _said("answered")
    case, one = known
    exchanges.decline_recommendation(desk.conn, case.facts, one.id, desk.now)
    audit.record(desk.conn, desk.person.id, "recommendation", desk.now, f"recommendation {one.id}: declined")
    desk.forget()
    leave(desk)
    return _said("declined")


def _said(what: str, text: str = "") -> Remark:
    return Remark("advice_told", {"what": what, "text": text})


def leave(desk: Desk) -> None:
    """To the list."""
    desk.go(Place("recommendations", row=desk.place.row))


def back(desk: Desk, _: str) -> Remark | None:
    """From the points to the recommendation, from it to the list."""
    if desk.place.view.get("choosing"):
        desk.go(desk.place.seen(choosing=""))
    else:
        leave(desk)
    return None


def pick(desk: Desk, arg: str) -> Remark | None:
    """One of the list."""
    if found(here(desk), number(arg)) is not None:
        desk.go(Place("recommendation", row=here(desk).facts.route_id, parent=number(arg)))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page))
    return None


def home(desk: Desk, _: str) -> Remark | None:
    """Home."""
    desk.go(Place("home"))
    return None


ROOMS = {
    "recommendations": Room(
        show_list,
        None,
        {"pick": pick, "more": more, "home": home},
        exists=lambda desk: _case(desk) is not None,
    ),
    "recommendation": Room(
        show,
        None,
        {"take": lambda desk, _: accept(desk), "point": choose_point, "decline": decline, "back": back},
        exists=lambda desk: _one(desk) is not None,
    ),
}
