"""A correction in words: «было / стало», why, where it is now."""

from collections.abc import Mapping
from typing import Any

from bot.iom import period
from bot.iom.card_lines import reason_words
from bot.iom.corrections import ON_ITS_WAY, CorrectionKind, CorrectionState, wanted
from bot.iom.interview import creator
from bot.iom.journey import Correction
from bot.iom.lines import period_key
from bot.iom.summary import row_name
from handlers import correction_flow as flow
from handlers.cases import Case
from handlers.parties import others

NAME = 120


def title_of(case: Case, entry_id: int) -> str:
    """A plan line by name."""
    entry = case.facts.entry(entry_id)
    name = row_name(case.regulation, case.facts, entry) if entry else ""
    return name if len(name) <= NAME else f"{name[: NAME - 1]}…"


def when_of(case: Case, entry_id: int) -> str:
    """When a line is to be done, "" when it is not said."""
    found = period.from_value(case.facts.value(period_key(case.regulation), entry_id))
    return period.words(found) if found else ""


def change(case: Case, correction: Correction) -> dict[str, str]:
    """The line, what it was and what it is to be; a cancelled one is to be nothing."""
    told = wanted(correction).answers
    moved = period.from_value(told.get(period_key(case.regulation)))
    when = period.words(moved) if moved else ""
    first = creator(case.regulation, case.facts, "plan")
    new = str(told.get(first.key) or "") if first else ""
    old = title_of(case, correction.entry_id)
    if correction.kind == CorrectionKind.MOVE:
        before = flow.found(case, correction.id) if correction.id else None
        done = before is not None and before.state == CorrectionState.APPLIED
        return {"title": old, "was": "" if done else when_of(case, correction.entry_id), "now": when}
    now = ", ".join(filter(None, (new[:NAME], when)))
    was = ", ".join(filter(None, (old, when_of(case, correction.entry_id)))) if old else ""
    return {"title": old or new[:NAME], "was": was, "now": now}


def why(case: Case, correction: Correction) -> str:
    """The reason, an option in soft words."""
    options = case.regulation.life.correction.reasons
    chosen = next((one for one in options if one.key == correction.reason), None)
    return chosen.title if chosen else reason_words(options, correction.reason)


def where(case: Case, correction: Correction) -> list[tuple[str, str, Any]]:
    """Each step of the chain: its title, "agreed" | "waits" | "ahead" | "absent" | "passed", its day."""
    rule, said = case.regulation.life.correction, {}
    for one in case.journey.decisions:
        if one.correction_id == correction.id and one.kind == "agreed":
            said[one.step] = one.at.astimezone(case.desk.zone).date()
    steps = []
    for number, step in enumerate(rule.steps):
        title = case.regulation.role_title(step) or step
        steps.append((title, _state(case, correction, number, step in said), said.get(step)))
    return steps


def _state(case: Case, correction: Correction, number: int, agreed: bool) -> str:
    step = case.regulation.life.correction.steps[number]
    if agreed:
        return "agreed"
    if correction.state in ON_ITS_WAY and not others(case, step):
        return "absent"
    if number < correction.step or correction.state not in ON_ITS_WAY:
        return "passed" if others(case, step) else "absent"
    return "waits" if correction.state == CorrectionState.WAITING and number == correction.step else "ahead"


def values_of(case: Case, correction: Correction) -> Mapping[str, Any]:
    """Everything a text about a correction says."""
    said = [
        one.remark
        for one in case.journey.decisions
        if one.correction_id == correction.id and one.kind == "refused"
    ]
    return {
        "name": case.name,
        "kind": str(correction.kind),
        **change(case, correction),
        "reason": why(case, correction),
        "state": str(correction.state),
        "steps": where(case, correction),
        "remark": "".join(said[-1:]),
        "proposed": flow.proposed(case, correction),
        "clause": case.regulation.life.correction.clause,
    }
