"""The model of a route (004 п. 1.3, 3.1, 3.2; C26): her tutor proposes one, the teacher agrees, the school
confirms. Everything is a decision with the key of the model as its remark; `Facts.model` is the one in force.

    model_offered ── teacher ──→ model_taken ── coordinator ──→ model_confirmed   (in force)
                      └────────→ model_declined  └────────────→ model_refused     (as before)

What the school itself proposed needs no second word of the school, nor does an organisation without a
coordinator: then it is in force when the teacher agrees.
"""

from typing import Literal

from bot.iom.facts import Facts, State
from bot.iom.journey import Decision, Journey
from bot.iom.regulation import Option, Regulation

OFFERED, TAKEN, DECLINED = "model_offered", "model_taken", "model_declined"
CONFIRMED, REFUSED = "model_confirmed", "model_refused"
KINDS = (OFFERED, TAKEN, DECLINED, CONFIRMED, REFUSED)

OPEN = frozenset({State.DRAFT, State.RETURNED, State.ON_REVIEW, State.APPROVED, State.ACTIVE})


def last(journey: Journey) -> Decision | None:
    """The newest word about the model."""
    said = [one for one in journey.decisions if one.kind in KINDS]
    return said[-1] if said else None


def waits(facts: Facts, journey: Journey) -> Literal["", "teacher", "coordinator"]:
    """Whose word it waits for; "" when nothing is proposed that is still open."""
    said = last(journey)
    if said is None or facts.state not in OPEN:
        return ""
    if said.kind == OFFERED:
        return "teacher"
    return "coordinator" if said.kind == TAKEN and facts.model != said.remark else ""


def option(regulation: Regulation, key: str) -> Option | None:
    """A model of the regulation."""
    return next((one for one in regulation.life.models if one.key == key), None)


def to_offer(regulation: Regulation, facts: Facts, journey: Journey) -> tuple[Option, ...]:
    """Models that may be proposed now: not the one in force, not the one that is already proposed."""
    if facts.state not in OPEN or len(regulation.life.models) < 2:
        return ()
    said = last(journey)
    open_ = said.remark if said is not None and waits(facts, journey) else ""
    return tuple(one for one in regulation.life.models if one.key not in {facts.model, open_})


def proposal(journey: Journey) -> Decision | None:
    """The newest proposal: who made it."""
    made = [one for one in journey.decisions if one.kind == OFFERED]
    return made[-1] if made else None
