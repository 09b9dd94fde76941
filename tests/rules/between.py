"""What happens between people, in memory: journeys, and a regulation that says how they go."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.iom.facts import State, Value
from bot.iom.journey import Correction, Decision, Evidence, Extension, Journey, Line, LineState
from bot.iom.regulation import Kind, Life, Question, Regulation, TableSpec
from tests.rules.memory import Walker, changed

NOW = datetime(2026, 12, 10, 6, 0, tzinfo=UTC)
TODAY = NOW.date()
TERM: dict[str, Value] = {"from": "2026-12-01", "to": "2027-05-31"}
CHAIN = {"steps": ("mentor", "curator", "methodist"), "acknowledge": True}
LONGER = {"months": 6, "clause": "004 п. 1.9", "offered_clause": "004 п. 1.13"}


def living(regulation: Regulation, **life: Any) -> Regulation:
    """The regulation with this life."""
    return changed(regulation, life=Life.model_validate(life))


def carried_out(slug: str = "stavropol", **life: Any) -> Walker:
    """Anna, whose approved plan is being carried out."""
    anna = Walker(slug)
    anna.regulation = living(anna.regulation, **life)
    anna.answers(term=TERM)
    anna.facts = at(anna, State.ACTIVE).facts
    return anna


def at(walker: Walker, state: State) -> Walker:
    """The same person when her route is in this state."""
    walker.facts = replace(walker.facts, state=state)
    return walker


def lines(**states: LineState) -> dict[int, Line]:
    """Plan lines by «_<id>»."""
    return {int(row[1:]): Line(int(row[1:]), state, NOW) for row, state in states.items()}


def line(row: int, state: LineState, reason: str = "", left: str = "") -> Journey:
    """A journey of one line."""
    return Journey(lines={row: Line(row, state, NOW, reason, left)})


def shown(row: int, hours: float | None = None, number: str = "", kind: str = "certificate") -> Evidence:
    return Evidence(row, row, kind, NOW, number, hours=hours)


def correction(kind: str, entry_id: int = 0, state: str = "draft", **more: Any) -> Correction:
    """One with a reason."""
    return Correction(1, kind, state, more.pop("step", 0), "болезнь", NOW, entry_id, **more)


def extension(months: int, new_end: date, *, accepted: bool = True, declined: bool = False) -> Extension:
    return Extension(
        1,
        "own",
        months,
        date(2027, 5, 31),
        new_end,
        NOW,
        accepted_at=NOW if accepted else None,
        declined_at=NOW if declined else None,
    )


def decision(kind: str, correction_id: int = 0, role: str = "mentor") -> Decision:
    return Decision(1, kind, NOW, correction_id=correction_id, role=role, name="Ольхов Борис Игнатьевич")


def finishing(regulation: Regulation) -> Regulation:
    """The regulation with everything a route may be asked at its end."""
    section = regulation.section[0].key
    table = TableSpec(key="diagnoses_final", section=section, title="Итоговые", one="итоговая")
    asked = {"section": section, "when": "finish", "ask": "?"}
    choice = {"kind": Kind.CHOICE, "own": False}
    verdicts = [{"key": "eliminated", "title": "Устранён"}, {"key": "remains", "title": "Не устранён"}]
    yes = [{"key": "yes", "title": "Да"}, {"key": "no", "title": "Ещё нет"}]
    more = (
        Question(key="final_scores", kind=Kind.SCORES, title="Итог", each="diagnoses_final", **asked),
        Question(key="final_taken_on", kind=Kind.DATE, title="Дата", each="diagnoses_final", **asked),
        Question(key="verdict", title="Вердикт", each="products", options=verdicts, **choice, **asked),
        Question(key="final_done", title="Показ", options=yes, lacking="no", **choice, **asked),
        Question(key="reflection", kind=Kind.TEXT, title="Рефлексия", **asked),
        Question(key="reflection_line", kind=Kind.TEXT, title="Чем помогло", each="plan", **asked),
    )
    new = {question.key for question in more}
    return changed(
        regulation,
        table=(*(one for one in regulation.table if one.key != table.key), table),
        question=(
            *(one for one in regulation.question if one.key not in new and one.when != "finish"),
            *more,
        ),
    )
