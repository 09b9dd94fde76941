"""Who may see and do what with somebody's route: `may` is the one function that decides.

Everything is refused that is not listed. A person of several capabilities may what any of them may, but
on her own route she is the teacher only: nobody confirms, agrees or concludes for herself. A trial route
is its owner's alone. Who stands where is found by storage and handed in as a `Standing`.

    the teacher          STATE PLAN CARD REFLECTIONS EVIDENCE OWN
    companion, open      CARD EVIDENCE CONFIRM RECOMMEND LOG_HOURS ANSWER CORRECT CONCLUDE OFFER_EXTENSION
                         OFFER_MODEL, REFLECTIONS if the teacher shares them (004 п. 3.1.2)
    companion, closed    STATE
    coordinator          STATE PLAN OFFER_EXTENSION RECOMMEND OFFER_MODEL CONFIRM_MODEL (004 п. 2.8.3)
    curator              STATE PLAN CORRECT RECOMMEND, CONFIRM where the regulation lets her
    methodist            CARD CORRECT CONCLUDE RECOMMEND EVIDENCE
    head                 STATE PLAN
    holder of a step     CARD on review at her step or a later one, and once it is approved;
                         APPROVE while it waits for her
    expert               CARD EVIDENCE
    whom the regulation lets judge an interim result, of those above who know the plan: MONITOR

CARD takes in PLAN, and PLAN takes in STATE.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.iom.facts import State


class Fact(StrEnum):
    """What may be seen of a route, and what may be done with it.

    CARD is the whole card without reflections and files.
    OWN is everything the teacher does with her own route: answering, sending, claiming, withdrawing.
    """

    STATE = "state"
    PLAN = "plan"
    CARD = "card"
    REFLECTIONS = "reflections"
    EVIDENCE = "evidence"
    CONFIRM = "confirm"
    RECOMMEND = "recommend"
    LOG_HOURS = "log_hours"
    ANSWER = "answer"
    APPROVE = "approve"
    CORRECT = "correct"
    CONCLUDE = "conclude"
    OFFER_EXTENSION = "offer_extension"
    OFFER_MODEL = "offer_model"
    CONFIRM_MODEL = "confirm_model"
    MONITOR = "monitor"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a viewer stands to a route.

    `capabilities`: held in the route's organisation or one above it. `companion`: "open" when the teacher
    agreed to her access. `steps`: keys of the approval steps she holds, `waiting_step` the one the route
    waits at ("" for none), `chain` all of them in order. `confirm`: `regulation.life.confirm`, `judges`:
    `regulation.life.monitoring.judges`.
    """

    viewer_id: int
    teacher_id: int
    state: State
    capabilities: frozenset[str] = frozenset()
    companion: Literal["", "closed", "open"] = ""
    steps: frozenset[str] = frozenset()
    waiting_step: str = ""
    shares_reflections: bool = False
    trial: bool = False
    chain: tuple[str, ...] = ()
    confirm: frozenset[str] = frozenset()
    judges: frozenset[str] = frozenset()


_STATE = frozenset({Fact.STATE})
_PLAN = _STATE | {Fact.PLAN}
_CARD = _PLAN | {Fact.CARD}
_TEACHER = _CARD | {Fact.REFLECTIONS, Fact.EVIDENCE, Fact.OWN}
_OPEN = _CARD | {
    Fact.EVIDENCE,
    Fact.CONFIRM,
    Fact.RECOMMEND,
    Fact.LOG_HOURS,
    Fact.ANSWER,
    Fact.CORRECT,
    Fact.CONCLUDE,
    Fact.OFFER_EXTENSION,
    Fact.OFFER_MODEL,
}
_HELD: Mapping[str, frozenset[Fact]] = {
    "coordinator": _PLAN | {Fact.OFFER_EXTENSION, Fact.RECOMMEND, Fact.OFFER_MODEL, Fact.CONFIRM_MODEL},
    "curator": _PLAN | {Fact.CORRECT, Fact.RECOMMEND},
    "methodist": _CARD | {Fact.CORRECT, Fact.CONCLUDE, Fact.RECOMMEND, Fact.EVIDENCE},
    "head": _PLAN,
    "expert": _CARD | {Fact.EVIDENCE},
}
_APPROVED = frozenset(
    {
        State.APPROVED,
        State.ACTIVE,
        State.FINALIZING,
        State.CONCLUSION,
        State.AUDIT,
        State.COMPLETED,
        State.ARCHIVED,
    }
)
_NOTHING: frozenset[Fact] = frozenset()


def may(standing: Standing, fact: Fact) -> bool:
    """Whether the viewer may see or do this; an unknown person, capability or step may nothing."""
    if standing.viewer_id == standing.teacher_id:
        return fact in _TEACHER
    if standing.trial:
        return False
    return (
        any(fact in _HELD.get(held, _NOTHING) for held in standing.capabilities)
        or fact in _as_companion(standing)
        or fact in _as_approver(standing)
        or (fact is Fact.CONFIRM and "curator" in standing.capabilities & standing.confirm)
        or (fact is Fact.MONITOR and _judges(standing))
    )


def _judges(standing: Standing) -> bool:
    """A pair is no membership, and a capability that knows no plan judges nothing."""
    if standing.companion == "open" and "mentor" in standing.judges:
        return True
    return any(Fact.PLAN in _HELD.get(held, _NOTHING) for held in standing.capabilities & standing.judges)


def _as_companion(standing: Standing) -> frozenset[Fact]:
    if standing.companion == "open":
        return _OPEN | {Fact.REFLECTIONS} if standing.shares_reflections else _OPEN
    return _STATE if standing.companion == "closed" else _NOTHING


def _as_approver(standing: Standing) -> frozenset[Fact]:
    """Before her turn an approver sees nothing: the card may still come back changed. A step without a key
    is nobody's."""
    held = standing.steps - {""}
    if not held:
        return _NOTHING
    if standing.state in _APPROVED:
        return _CARD
    if standing.state is not State.ON_REVIEW:
        return _NOTHING
    if standing.waiting_step in held:
        return _CARD | {Fact.APPROVE}
    if standing.waiting_step not in standing.chain:
        return _NOTHING
    passed = standing.chain[: standing.chain.index(standing.waiting_step)]
    return _CARD if held & set(passed) else _NOTHING
