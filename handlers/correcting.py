"""A correction is drafted: move, replace, cancel or add a line; a reason; «было / стало»; send.

`place.row` is the plan line, 0 to add one; `place.parent` the route, 0 for one's own. What is chosen so far
is in the view; what is missing first is asked first.
"""

from bot.iom import corrections_check, interview, period
from bot.iom.accept import accept
from bot.iom.accept_goals import route_term
from bot.iom.access import Fact
from bot.iom.asked import Accepted, Said
from bot.iom.corrections import CorrectionKind, CorrectionState, Wanted, drafted
from bot.iom.extensions import ends_on
from bot.iom.facts import AddEntry, Value
from bot.iom.interview import Step
from bot.iom.journey import Correction
from bot.iom.life import Refused
from bot.iom.lines import period_key
from bot.iom.period import Period
from bot.speech.screen import Remark
from handlers import correction_flow as flow
from handlers import events
from handlers.cases import Case, case_of, own, role_for, still
from handlers.desk import Desk
from handlers.parties import is_own
from handlers.place import Place
from handlers.rooms import number
from storage import event_search
from storage import events as catalogue

LONGEST_REASON = 300
KINDS = (CorrectionKind.MOVE, CorrectionKind.REPLACE, CorrectionKind.CANCEL)
_NEW = frozenset({CorrectionKind.REPLACE, CorrectionKind.ADD})


def case_here(desk: Desk) -> Case | None:
    """The route that is to be corrected, if the person may want that."""
    route_id = desk.place.parent
    if not route_id or (desk.route is not None and desk.route.route_id == route_id):
        return own(desk) if desk.route is not None else None
    return case_of(desk, Fact.CORRECT, route_id)


def here(desk: Desk) -> Case:
    """As `case_here`, in a room that exists."""
    return still(case_here(desk))


def exists(desk: Desk) -> bool:
    """Whether the line can be corrected still."""
    case = case_here(desk)
    return case is not None and bool(kinds(case, desk.place.row))


def kinds(case: Case, entry_id: int) -> tuple[CorrectionKind, ...]:
    """What may be done to this line now; to 0 a line may be added."""
    offered = KINDS if entry_id else (CorrectionKind.ADD,)
    return tuple(
        kind
        for kind in offered
        if corrections_check.may_correct(case.facts, case.journey, kind, entry_id)
        and (kind is not CorrectionKind.MOVE or period_key(case.regulation))
    )


def kind_of(desk: Desk) -> CorrectionKind | None:
    """What was chosen to be done."""
    if not desk.place.row:
        return CorrectionKind.ADD
    chosen = desk.place.view.get("kind", "")
    return CorrectionKind(chosen) if chosen in set(KINDS) else None


def stage(desk: Desk, case: Case) -> str:
    """What is asked now: kind, what, point, when, why, check."""
    kind, view = kind_of(desk), desk.place.view
    if kind is None:
        return "kind"
    if kind in _NEW and not view.get("title"):
        return "what"
    if kind is CorrectionKind.ADD and len(case.facts.rows("growth")) > 1 and not view.get("point"):
        return "point"
    dated = kind is not CorrectionKind.CANCEL and period_key(case.regulation)
    if dated and not view.get("from") and not view.get("undated"):
        return "when"
    return "check" if view.get("reason") else "why"


_UNDO = (("reason",), ("from", "to", "undated"), ("point",), ("title", "event"), ("q", "page"), ("kind",))


def back(desk: Desk, _: str) -> Remark | None:
    """One answer back; from the first one to where it was opened from."""
    earlier = desk.place.without_last(_UNDO)
    if earlier is None:
        leave(desk)
    else:
        desk.go(earlier)
    return None


def leave(desk: Desk) -> None:
    """Where it was opened from."""
    desk.go(desk.place.back or Place("plan"))


def choose_kind(desk: Desk, kind: str) -> Remark | None:
    """Move, replace or cancel."""
    if kind in kinds(here(desk), desk.place.row):
        desk.go(desk.place.seen(kind=kind))
    return None


def choose_event(desk: Desk, arg: str) -> Remark | None:
    """An event of the catalogue, with its date when that is inside the term."""
    case = here(desk)
    event = event_search.one(desk.conn, number(arg), case.facts.organisation_id)
    if event is None or stage(desk, case) != "what":
        return Remark("refusal", {"reason": "event_gone", "example": ""})
    when = period.from_value(events.line_of(case.regulation, event).get(period_key(case.regulation)))
    whole = whole_term(case)
    fits = when is not None and (whole is None or when.within(whole))
    dates = {"from": when.starts.isoformat(), "to": when.ends.isoformat()} if when and fits else {}
    desk.go(desk.place.seen(title=event.title, event=str(event.id), q="", page="", **dates))
    return None


def own_title(desk: Desk, _: str) -> Remark | None:
    """What was typed is the event's name, not a search."""
    case, typed = here(desk), desk.place.view.get("q", "")
    first = interview.creator(case.regulation, case.facts, "plan")
    if first is None or stage(desk, case) != "what":
        return None
    judged = accept(case.regulation, case.facts, Step(first.key), Said(text=typed), desk.today)
    if not isinstance(judged, Accepted):
        values = {"example": first.example, **judged.values}
        return Remark("refusal", {"reason": judged.reason, **values})
    made = next(change for change in judged.changes if isinstance(change, AddEntry))
    desk.go(desk.place.seen(title=str(made.answers[first.key]), q="", page=""))
    return None


def choose_point(desk: Desk, arg: str) -> Remark | None:
    """The point of growth a new line is for."""
    if any(row.id == number(arg) for row in here(desk).facts.rows("growth")):
        desk.go(desk.place.seen(point=arg))
    return None


def choose_month(desk: Desk, arg: str) -> Remark | None:
    """A whole month."""
    try:
        return _dated(desk, period.parse(arg, desk.today, deadline=True))
    except period.PeriodError:
        return None


def undated(desk: Desk, _: str) -> Remark | None:
    """A new line may have no date yet."""
    if kind_of(desk) in _NEW:
        desk.go(desk.place.seen(undated="1"))
    return None


def _dated(desk: Desk, said: Period) -> Remark | None:
    whole = whole_term(here(desk))
    if whole is not None and not said.within(whole):
        values = {"term": period.words(whole), "said": period.words(said), "example": ""}
        return Remark("refusal", {"reason": "outside_term", **values})
    desk.go(desk.place.seen(**{"from": said.starts.isoformat(), "to": said.ends.isoformat()}))
    return None


def whole_term(case: Case) -> Period | None:
    """The term with what was added to it."""
    term = route_term(case.facts)
    end = ends_on(case.facts, case.journey)
    return Period(term.starts, end) if term and end else None


def choose_reason(desk: Desk, key: str) -> Remark | None:
    """A reason of the regulation."""
    if any(one.key == key for one in here(desk).regulation.life.correction.reasons):
        desk.go(desk.place.seen(reason=key))
    return None


def typed(desk: Desk, text: str) -> Remark | None:
    """Words: a search, a date, a reason – whatever is asked now."""
    words = " ".join(text.split())
    now = stage(desk, here(desk))
    if now == "what":
        desk.go(desk.place.seen(q=words[:200], page=""))
        return None
    if now == "when":
        try:
            return _dated(desk, period.parse(words, desk.today, deadline=True))
        except period.PeriodError as error:
            return Remark("refusal", {"reason": "not_period", "problem": error.problem.value, "example": ""})
    if now != "why":
        return Remark("please_choose")
    if not any(map(str.isalnum, words)):
        return Remark("refusal", {"reason": "no_words", "example": ""})
    if len(words) > LONGEST_REASON:
        values = {"length": len(words), "limit": LONGEST_REASON, "example": ""}
        return Remark("refusal", {"reason": "too_long", **values})
    desk.go(desk.place.seen(reason=words))
    return None


def proposal(desk: Desk, case: Case) -> Correction:
    """What was drafted so far as a correction."""
    view, kind = desk.place.view, kind_of(desk)
    assert kind is not None
    event = catalogue.by_id(desk.conn, number(view.get("event", "")))
    answers: dict[str, Value] = dict(events.line_of(case.regulation, event)) if event else {}
    if first := interview.creator(case.regulation, case.facts, "plan"):
        answers |= {first.key: view["title"]} if view.get("title") else {}
    if key := period_key(case.regulation):
        answers.pop(key, None)
        answers |= {key: {"from": view["from"], "to": view["to"]}} if view.get("from") else {}
    points = case.facts.rows("growth")
    point = number(view.get("point", "")) or (points[0].id if len(points) == 1 else 0)
    links = frozenset({point} - {0}) if kind is CorrectionKind.ADD else frozenset[int]()
    changes = Wanted(answers, links, event.id if event else 0).stored()
    return drafted(kind, desk.place.row, changes, view.get("reason", ""), now=desk.now, by=desk.person.id)


def send(desk: Desk, _: str) -> Remark | None:
    """Set it out; the answer says who is next, or that the plan has changed already."""
    case = here(desk)
    if stage(desk, case) != "check":
        return None
    role = "teacher" if is_own(case) else role_for(case, Fact.CORRECT)
    made = flow.send(case, proposal(desk, case), role)
    if isinstance(made, Refused):
        return Remark("correction_refused", {"reason": made.reason, "values": made.values})
    leave(desk)
    turn = flow.waits_for(case, made)
    whose = case.regulation.role_title(turn) if turn else ""
    mine = made.state == CorrectionState.ACKNOWLEDGING and is_own(case)
    return Remark("correction_sent", {"state": str(made.state), "whose": whose, "mine": mine})
