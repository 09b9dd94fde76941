"""What happens to a conclusion: written, agreed, returned, acknowledged, audited – and who is told.

A decision «concluded» carries the outcome in its remark. An agreement of somebody the organisation does not
have is stored as nobody's, so that the route does not wait for ever.
"""

from typing import cast

from bot.iom import life
from bot.iom.conclusion import completion
from bot.iom.facts import Facts, State
from bot.iom.journey import Journey
from bot.iom.life import CONCLUSION_STEP, Event, Refused, Stage
from bot.iom.regulation import Capability
from handlers.cases import Case, hand, holders, tell
from handlers.parties import others, roles_of
from storage import decisions, journeys
from storage.decisions import Hand

OUTCOMES = ("achieved", "partly", "not")
ABSENT = "absent"  # the remark of an agreement that nobody could give
_AUDITORS = ("curator", "coordinator")


def stage_of(case: Case) -> Stage:
    """What the conclusion waits for now."""
    return life.conclusion_stage(case.regulation, case.journey)


def outcome_of(journey: Journey) -> str:
    """achieved, partly, not; "" while it is not written."""
    written = journey.decided("concluded")
    return written.remark if written else ""


def writer_role(case: Case) -> Capability | None:
    """In which role the person at the desk may write the conclusion."""
    writers = case.regulation.life.conclusion.writers
    return next((role for role in writers if role in roles_of(case)), None)


def turn_role(case: Case) -> Capability | None:
    """In which role the person at the desk is waited for; None when she is not."""
    if case.facts.state is State.AUDIT:
        return next(
            (role for role in cast("tuple[Capability, ...]", _AUDITORS) if role in roles_of(case)), None
        )
    if case.facts.state is not State.CONCLUSION:
        return None
    return next((role for role in stage_of(case).by if role in roles_of(case)), None)


def conclude(case: Case, outcome: str) -> Facts | Refused:
    """The text is written and the outcome stated: to those who agree, then to the teacher."""
    role = writer_role(case)
    if role is None:
        return Refused("not_yours")
    done = bool(case.facts.text(CONCLUSION_STEP)) or CONCLUSION_STEP not in case.regulation.questions
    done = done and outcome in OUTCOMES and completion(case.regulation, case.facts, case.journey).done
    return _decide(case, Event.CONCLUDE, role, "concluded", done=done, remark=outcome, step="")


def agree(case: Case) -> Facts | Refused:
    """The school agrees, or the teacher has read it, or the hours are right: whoever it waits for."""
    role = turn_role(case)
    if role is None:
        return Refused("not_now")
    if case.facts.state is State.AUDIT:
        return _decide(case, Event.AUDIT, role, "audited")
    event = stage_of(case).event
    if event is Event.ACKNOWLEDGE:
        return _decide(case, Event.ACKNOWLEDGE, role, "acknowledged")
    return _decide(case, Event.AGREE_CONCLUSION, role, "agreed") if event else Refused("not_now")


def give_back(case: Case, remark: str) -> Facts | Refused:
    """Who is to agree returns it with a remark: it is written anew."""
    role, written = turn_role(case), case.journey.decided("concluded")
    if role is None or written is None or stage_of(case).event is not Event.AGREE_CONCLUSION:
        return Refused("not_now")
    if not remark.strip():
        return Refused("reason_needed")
    desk = case.desk
    after, made = decisions.send_back(
        desk.conn, case.facts, written, hand(case, role), desk.now, CONCLUSION_STEP, remark
    )
    desk.forget()
    tell(case, _writers(case), "conclusion", f"returned/{made.id}")
    return after


def pass_on(case: Case) -> Facts | Refused:
    """Nobody holds the step it waits at any more: go on without."""
    if not nobody(case):
        return Refused("not_now")
    after = _absent(case, case.facts)
    case.desk.forget()
    _tell_next(case, after)
    return after


def nobody(case: Case) -> bool:
    """Whether it waits for an agreement that nobody can give."""
    stage = stage_of(case)
    waits = case.facts.state is State.CONCLUSION and stage.event is Event.AGREE_CONCLUSION
    return waits and not any(others(case, role) for role in stage.by)


def _decide(
    case: Case,
    event: Event,
    role: Capability,
    kind: str,
    *,
    done: bool = True,
    remark: str = "",
    step: str = CONCLUSION_STEP,
) -> Facts | Refused:
    moved = life.move(case.regulation, case.facts, event, role, done=done, journey=case.journey)
    if isinstance(moved, Refused):
        return moved
    desk = case.desk
    after, _ = decisions.decide(
        desk.conn,
        case.facts,
        kind,
        hand(case, role),
        desk.now,
        step=step,
        remark=remark,
        to=(moved.state, moved.step),
    )
    after = _absent(case, after)
    desk.forget()
    _tell_next(case, after)
    return after


def _absent(case: Case, facts: Facts) -> Facts:
    """Pass every agreement that nobody can give."""
    desk = case.desk
    while facts.state is State.CONCLUSION:
        journey = journeys.load(desk.conn, facts.route_id)
        stage = life.conclusion_stage(case.regulation, journey)
        if stage.event is not Event.AGREE_CONCLUSION or others(case, stage.by[0]):
            break
        moved = life.move(case.regulation, facts, stage.event, stage.by[0], journey=journey)
        assert not isinstance(moved, Refused)
        nobodys = Hand(0, stage.by[0])
        place = (moved.state, moved.step)
        facts, _ = decisions.decide(
            desk.conn, facts, "agreed", nobodys, desk.now, step=CONCLUSION_STEP, remark=ABSENT, to=place
        )
    return facts


def _writers(case: Case) -> set[int]:
    return {one for role in case.regulation.life.conclusion.writers for one in others(case, role)}


def _tell_next(case: Case, after: Facts) -> None:
    """Whose turn it is now; at the end everybody who took part."""
    if after.state is State.CONCLUSION:
        stage = life.conclusion_stage(case.regulation, journeys.load(case.desk.conn, after.route_id))
        people = {one for role in stage.by for one in others(case, role)}
        tell(case, people, "conclusion", f"{stage.event}/{after.version}")
    elif after.state is State.AUDIT:
        people = {one for role in _AUDITORS for one in others(case, role)}
        tell(case, people, "conclusion", f"audit/{after.version}")
    elif after.state is State.COMPLETED:
        everybody = {after.person_id, *holders(case, "mentor"), *holders(case, "coordinator")}
        tell(case, everybody, "concluded", str(after.version))
