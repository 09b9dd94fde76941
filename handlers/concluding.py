"""The conclusion: drafted from data only, edited, agreed, acknowledged. `place.row` is the route."""

from bot.iom import conclusion
from bot.iom.accept import accept
from bot.iom.access import Fact
from bot.iom.asked import Accepted, Said
from bot.iom.catalogue import Event as CatalogueEvent
from bot.iom.facts import Facts, State
from bot.iom.finish import CONCLUSION
from bot.iom.interview import Step
from bot.iom.life import CONCLUSION_STEP, Event, Refused
from bot.speech.screen import Remark
from handlers import concluding_flow as flow
from handlers import finishing
from handlers.cases import Case, case_of, still
from handlers.desk import Desk
from handlers.parties import here, is_own, roles_of, write
from handlers.place import Place
from storage import events

SHOWN = 1500  # characters of a conclusion on a screen
LONGEST_REMARK = 1000
OVER = frozenset({State.COMPLETED, State.ARCHIVED})


def case_here(desk: Desk) -> Case | None:
    """The case whose conclusion the person may see now."""
    case = here(desk, Fact.STATE)
    return case if case is not None and may_open(case) else None


def may_open(case: Case) -> bool:
    """The teacher, who writes it, who agrees to it, who audits – each from when it concerns her."""
    rule, roles, state = case.regulation.life.conclusion, roles_of(case), case.facts.state
    if is_own(case):
        return state in {State.CONCLUSION, State.AUDIT} | OVER
    if roles & set(rule.writers):
        return state in {State.FINALIZING, State.CONCLUSION, State.AUDIT} | OVER
    if state is State.AUDIT:
        return flow.turn_role(case) is not None
    written = case.journey.decided("concluded") is not None
    return bool(roles & set(rule.agree)) and written and state in {State.CONCLUSION, State.AUDIT} | OVER


def here_now(desk: Desk) -> Case:
    """As `case_here`, in a room that exists."""
    return still(case_here(desk))


def look(case: Case) -> str:
    """finishing, write, outcome, agree, acknowledge, audit, over; waits, when it is somebody else's turn."""
    state, written = case.facts.state, case.facts.text(CONCLUSION)
    if state in OVER:
        return "over"
    if state is State.FINALIZING:
        return "finishing"
    if flow.turn_role(case) is None:
        return "waits"
    if state is State.AUDIT:
        return "audit"
    event = flow.stage_of(case).event
    if event is Event.CONCLUDE:
        return "outcome" if written and not case.desk.place.view.get("rewrite") else "write"
    return "agree" if event is Event.AGREE_CONCLUSION else "acknowledge"


def returned(case: Case) -> str:
    """Why it came back the last time."""
    back = [one for one in case.journey.decisions if one.kind == "returned" and one.step == CONCLUSION_STEP]
    concluded = case.journey.decided("concluded")
    return back[-1].remark if back and (concluded is None or back[-1].at > concluded.at) else ""


def known_events(case: Case) -> dict[int, CatalogueEvent]:
    """The catalogue events of the plan, for hours."""
    ids = {row.event for row in case.facts.rows("plan") if row.event}
    found = ((id_, events.by_id(case.desk.conn, id_)) for id_ in ids)
    return {id_: event for id_, event in found if event is not None}


def draft(case: Case) -> str:
    """A text of the data alone, as the document would print it; reflections are never in it."""
    digest = conclusion.digest_of(case.regulation, case.facts, case.journey, known_events(case))
    blocks = [
        (one.title, finishing.measure(one.before), finishing.measure(one.after))
        for one in digest.blocks
        if one.before and one.after
    ]
    values = {"digest": digest, "blocks": blocks, "companion": case.regulation.companion}
    question = case.regulation.questions.get(CONCLUSION)
    return case.desk.world.text("_conclusion", values)[: int((question and question.max) or SHOWN)]


def take(desk: Desk, _: str) -> Remark | None:
    """The draft as it is."""
    return _store(desk, draft(here_now(desk)))


def typed(desk: Desk, text: str) -> Remark | None:
    """The edited text in one message; or the remark of who returns it."""
    case = here_now(desk)
    if desk.place.view.get("asking"):
        return _give_back(desk, case, text.strip())
    return _store(desk, text.strip()) if look(case) in {"write", "outcome"} else Remark("please_choose")


def _store(desk: Desk, text: str) -> Remark | None:
    case = here_now(desk)
    role = flow.writer_role(case)
    if role is None or look(case) not in {"write", "outcome"}:
        return Remark("life_refused", {"reason": "not_now"})
    judged = accept(case.regulation, case.facts, Step(CONCLUSION), Said(text=text), desk.today, role)
    if not isinstance(judged, Accepted):
        return Remark("refusal", {"reason": judged.reason, "example": "", **judged.values})
    write(case, case.facts, judged.changes)
    desk.go(desk.place.seen(rewrite=""))
    return None


def rewrite(desk: Desk, _: str) -> Remark | None:
    """Show the draft again."""
    desk.go(desk.place.seen(rewrite="1"))
    return None


def outcome(desk: Desk, arg: str) -> Remark | None:
    """Achieved, partly, not: the conclusion goes on its way."""
    return _went(desk, flow.conclude(here_now(desk), arg))


def agree(desk: Desk, _: str) -> Remark | None:
    """Agree, acknowledge or confirm the hours."""
    return _went(desk, flow.agree(here_now(desk)))


def pass_on(desk: Desk, _: str) -> Remark | None:
    """Nobody can agree: go on without."""
    return _went(desk, flow.pass_on(here_now(desk)))


def _went(desk: Desk, made: Facts | Refused) -> Remark | None:
    if isinstance(made, Refused):
        return Remark("life_refused", {"reason": made.reason})
    if desk.route is not None and desk.route.route_id == made.route_id:
        desk.go(Place("conclusion") if made.state in OVER else Place("home"))
    else:
        desk.go(Place("queue"))
    return Remark("concluded", {"state": made.state.value, "whose": _whose(desk, made.route_id)})


def _whose(desk: Desk, route_id: int) -> str:
    case = case_of(desk, Fact.STATE, route_id)
    return case.whose(case.ball) if case else ""


def begin_return(desk: Desk, _: str) -> Remark | None:
    """Ask for the remark."""
    desk.go(desk.place.seen(asking="1"))
    return None


def _give_back(desk: Desk, case: Case, remark: str) -> Remark | None:
    if len(remark) > LONGEST_REMARK:
        values = {"length": len(remark), "limit": LONGEST_REMARK, "example": ""}
        return Remark("refusal", {"reason": "too_long", **values})
    made = flow.give_back(case, remark)
    if isinstance(made, Refused):
        return Remark("life_refused", {"reason": made.reason})
    desk.go(Place("queue"))
    return Remark("conclusion_returned", {"name": case.name})


def read_card(desk: Desk, _: str) -> Remark | None:
    """The card as a file."""
    desk.go(desk.place.seen(file=str(int(desk.place.view.get("file", "0")) + 1)))
    return None


def to_marks(desk: Desk, _: str) -> Remark | None:
    """What is hers to set."""
    desk.go(Place("marking", row=desk.place.row, back=desk.place.seen(file="")))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """From the remark or the draft, else to where it was opened from."""
    if desk.place.view.get("asking") or desk.place.view.get("rewrite"):
        desk.go(desk.place.seen(asking="", rewrite=""))
    else:
        desk.go(desk.place.back or Place("home" if is_own(here_now(desk)) else "queue"))
    return None
