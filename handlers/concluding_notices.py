"""What people are told of a conclusion, and the buttons under it."""

from bot.iom.access import Fact
from bot.iom.facts import State
from bot.iom.finish import CONCLUSION
from bot.speech.screen import FactButton, Remark, Screen
from handlers import concluding
from handlers import concluding_flow as flow
from handlers.cases import Case, case_of
from handlers.desk import Desk
from handlers.place import Place
from storage.notices import Notice

SHOWN = 300


def _case(desk: Desk, route_id: int) -> Case | None:
    case = case_of(desk, Fact.OWN, route_id) or case_of(desk, Fact.STATE, route_id)
    return case if case is not None and concluding.may_open(case) else None


def asked(desk: Desk, told: Notice) -> Screen | None:
    """It is this person's turn: to write, to agree, to acknowledge, to audit."""
    case = _case(desk, told.route_id)
    if case is None or flow.turn_role(case) is None:
        return None
    look = concluding.look(case)
    ids = (case.facts.route_id, case.facts.version)
    yes = {
        "agree": (FactButton("yes_conclusion", *ids, word="agree_card"),),
        "acknowledge": (FactButton("yes_conclusion", *ids, word="acknowledge"),),
    }.get(look, ())
    see = FactButton("open_conclusion", *ids, word="open_case")
    written = case.facts.text(CONCLUSION) if look in {"agree", "acknowledge"} else ""
    values = {
        "look": "write" if look == "outcome" else look,
        "name": case.name,
        "text": written if len(written) <= SHOWN else f"{written[:SHOWN]}…",
        "outcome": flow.outcome_of(case.journey),
        "remark": concluding.returned(case),
    }
    return Screen("notice_conclusion", values, (yes, (see,)) if yes else ((see,),))


def over(desk: Desk, told: Notice) -> Screen | None:
    """The route is completed."""
    case = case_of(desk, Fact.STATE, told.route_id)
    if case is None or case.facts.state is not State.COMPLETED:
        return None
    mine = case.standing.viewer_id == case.standing.teacher_id
    see = FactButton("open_conclusion", case.facts.route_id, case.facts.version, word="open_case")
    values = {"name": case.name, "mine": mine, "outcome": flow.outcome_of(case.journey)}
    return Screen("notice_concluded", values, ((see,),))


def press_open(desk: Desk, route_id: int, version: int) -> Remark | None:
    """«Открыть»: the conclusion, else the case; nothing of a route she may not know."""
    if _case(desk, route_id) is not None:
        desk.go(Place("conclusion", row=route_id))
    elif case_of(desk, Fact.STATE, route_id) is not None:
        desk.go(Place("case", row=route_id, back=Place("queue")))
    else:
        return Remark("out_of_date")
    return None


def press_yes(desk: Desk, route_id: int, version: int) -> Remark | None:
    """Agree or acknowledge in one tap, if the conclusion is as it was then."""
    case = _case(desk, route_id)
    if case is None:
        return Remark("out_of_date")
    desk.go(Place("conclusion", row=route_id))
    if case.facts.version != version:
        return Remark("changed_meanwhile", {"name": case.name})
    if concluding.look(case) not in {"agree", "acknowledge"}:
        return Remark("out_of_date")
    return concluding.agree(desk, "")


NOTICES = {"conclusion": asked, "concluded": over}
PRESSES = {"yes_conclusion": press_yes, "open_conclusion": press_open}
