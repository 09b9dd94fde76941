"""How a conclusion looks to each of those it concerns, from the draft to the end."""

from bot.iom import conclusion
from bot.iom.access import Fact
from bot.iom.account import totals
from bot.iom.facts import State
from bot.iom.finish import CONCLUSION
from bot.iom.life import Event
from bot.speech.screen import Button, Screen
from handlers import concluding, finishing, marking, new_route
from handlers import concluding_flow as flow
from handlers.card import card_of_case
from handlers.cases import Case
from handlers.desk import Desk
from handlers.parties import is_own
from handlers.rooms import Room

SHOWN = 1500  # characters of a conclusion on a screen

Row = tuple[Button, ...]


def show(desk: Desk) -> Screen:
    """What is written and what the person is to do with it."""
    case = concluding.here_now(desk)
    now = concluding.look(case)
    seen = now != "waits" or not is_own(case) or _settled(case)
    text = concluding.draft(case) if now == "write" else case.facts.text(CONCLUSION) if seen else ""
    lacks = conclusion.completion(case.regulation, case.facts, case.journey)
    values = {
        "look": now,
        "name": case.name,
        "title": case.regulation.life.conclusion.title,
        "text": text[:SHOWN],
        "outcome": flow.outcome_of(case.journey) if seen else "",
        "blocks": finishing.blocks(case)[:5] if now in {"finishing", "acknowledge", "over"} else [],
        "lacks": [(key, finishing.whose(case, key)) for key in (*lacks.lacks, *lacks.either)],
        "either": len(lacks.either) > 1,
        "remark": concluding.returned(case) if now in {"write", "outcome"} else "",
        "asking": desk.place.view.get("asking", ""),
        "whose": case.whose(case.ball),
        "hours": totals(case.facts, case.journey, concluding.known_events(case)) if now == "audit" else None,
        "mine": is_own(case),
        "nobody": flow.nobody(case),
    }
    file = card_of_case(case, "pdf") if desk.place.view.get("file") and case.may(Fact.CARD) else None
    return Screen("conclusion", values, (*_rows(desk, case, now, lacks.done), (Button("back"),)), file)


def _settled(case: Case) -> bool:
    """Whether the teacher may read it: everybody who had to agree has."""
    stage = flow.stage_of(case)
    return case.facts.state is not State.CONCLUSION or stage.event in {Event.ACKNOWLEDGE, None}


def _rows(desk: Desk, case: Case, now: str, done: bool) -> list[Row]:
    if desk.place.view.get("asking"):
        return []
    rows: dict[str, list[Row]] = {
        "write": [(Button("take", word="take_text"),)],
        "outcome": [
            *((Button("outcome", one, word=f"outcome_{one}"),) for one in flow.OUTCOMES),
            (Button("rewrite"),),
        ],
        "agree": [(Button("agree", word="agree_card"), Button("return"))],
        "acknowledge": [(Button("agree", word="acknowledge"),)],
        "audit": [(Button("agree", word="confirm_hours"),)],
        "finishing": [(Button("to_conclusion"),)] if done else [],
        "over": [(Button("new_route"),)] if is_own(case) else [],
    }
    found = list(rows.get(now, []))
    if now in {"finishing", "write", "outcome"} and marking.steps_of(case):
        found.append((Button("marking"),))
    if is_own(case) and flow.nobody(case):
        found.append((Button("pass_on"),))
    if case.may(Fact.CARD) and now not in {"finishing", "waits"}:
        found.append((Button("read_card"),))
    return found


ROOMS = {
    "conclusion": Room(
        show,
        concluding.typed,
        {
            "take": concluding.take,
            "rewrite": concluding.rewrite,
            "outcome": concluding.outcome,
            "agree": concluding.agree,
            "return": concluding.begin_return,
            "pass_on": concluding.pass_on,
            "to_conclusion": finishing.to_conclusion,
            "marking": concluding.to_marks,
            "read_card": concluding.read_card,
            "new_route": new_route.begin,
            "back": concluding.back,
        },
        exists=lambda desk: concluding.case_here(desk) is not None,
    )
}
