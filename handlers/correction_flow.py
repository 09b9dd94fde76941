"""What happens to a correction: sent, agreed step by step, refused, applied – and who is told.

A step that nobody holds is passed: the organisation has no such person, so nobody would ever agree. What
somebody else proposed the teacher always acknowledges; she may refuse it too.
"""

from bot.iom import corrections, snapshot
from bot.iom.corrections import CorrectionState, Moved
from bot.iom.corrections_check import problem
from bot.iom.facts import Facts
from bot.iom.journey import Correction, Line
from bot.iom.life import Refused
from bot.iom.lines import BY_CORRECTION, line_move
from handlers.cases import Case, hand, holders, tell
from handlers.parties import others, write
from storage import audit, journeys, snapshots

Result = Correction | Refused


def send(case: Case, drafted: Correction, role: str) -> Result:
    """Store a correction and set it out; one that nobody has to agree to is applied at once."""
    if refused := problem(case.regulation, case.facts, case.journey, drafted):
        return refused
    moved = corrections.sent(case.regulation.life.correction, drafted, role)
    if isinstance(moved, Refused):
        return moved
    desk = case.desk
    after, made = journeys.draft_correction(
        desk.conn,
        case.facts,
        drafted.kind,
        drafted.reason,
        drafted.changes,
        desk.person.id,
        desk.now,
        entry_id=drafted.entry_id,
    )
    audit.record(desk.conn, desk.person.id, "correction", desk.now, f"correction {made.id}: {made.kind}")
    return _come(case, after, made, _onward(case, made, moved))


def waits_for(case: Case, correction: Correction) -> str:
    """The capability whose turn it is, "" when it is nobody's."""
    return corrections.waits_for(case.regulation.life.correction, correction)


def nobody(case: Case, correction: Correction) -> bool:
    """Whether it waits for a step that nobody holds any more."""
    turn = waits_for(case, correction)
    return bool(turn) and turn != "teacher" and not others(case, turn)


def agree(case: Case, seen: Correction, role: str) -> Result:
    """One step agrees, or the teacher acknowledges; at the end it is applied."""
    if refused := problem(case.regulation, case.facts, case.journey, seen):
        return refused
    moved = corrections.agree(case.regulation.life.correction, seen, role)
    if isinstance(moved, Refused):
        return moved
    desk = case.desk
    if seen.state == CorrectionState.ACKNOWLEDGING:
        after, known = journeys.acknowledge_correction(
            desk.conn, case.facts, seen, hand(case, "teacher"), desk.now
        )
        return _apply(case, after, known)
    signed = hand(case, role)
    onward = _onward(case, seen, moved)
    after, now = journeys.advance_correction(
        desk.conn,
        case.facts,
        seen,
        CorrectionState.WAITING,
        onward.step,
        desk.now,
        hand=signed,
        step_key=role,
    )
    return _come(case, after, now, onward)


def pass_on(case: Case, seen: Correction) -> Result:
    """Pass the steps that nobody holds any more."""
    if not nobody(case, seen):
        return Refused("correction_moved_on")
    onward = _onward(case, seen, Moved(CorrectionState.WAITING, seen.step))
    return _come(case, case.facts, seen, onward)


def reject(case: Case, seen: Correction, role: str, remark: str) -> Result:
    """Whose step it is says no, and why; the teacher to what others proposed."""
    moved = corrections.reject(case.regulation.life.correction, seen, role, remark)
    acknowledging = seen.state == CorrectionState.ACKNOWLEDGING and role == "teacher"
    if isinstance(moved, Refused) and not (acknowledging and proposed(case, seen) and remark.strip()):
        return moved
    desk = case.desk
    _, now = journeys.reject_correction(
        desk.conn, case.facts, seen, hand(case, role), desk.now, remark, step_key=role
    )
    desk.forget()
    _news(case, now)
    return now


def take_back(case: Case, seen: Correction) -> Result:
    """Her own, while nobody has agreed – or for good, when it makes no sense any more."""
    if not may_take_back(case, seen):
        return Refused("correction_agreed")
    desk = case.desk
    _, now = journeys.reject_correction(desk.conn, case.facts, seen, hand(case, _author(case)), desk.now, "")
    desk.forget()
    return now


def may_take_back(case: Case, seen: Correction) -> bool:
    """Whether the person at the desk may take it back."""
    if seen.created_by != case.desk.person.id or seen.state not in corrections.ON_ITS_WAY:
        return False
    said = any(one.correction_id == seen.id for one in case.journey.decisions)
    return not said or problem(case.regulation, case.facts, case.journey, seen) is not None


def proposed(case: Case, correction: Correction) -> bool:
    """Whether somebody else than the teacher wants it."""
    return correction.created_by != case.facts.person_id


def _author(case: Case) -> str:
    return "teacher" if case.desk.person.id == case.facts.person_id else "mentor"


def _onward(case: Case, correction: Correction, moved: Moved) -> Moved:
    """Past every step that nobody holds; then to the teacher, where it is hers to know or to accept."""
    rule, step = case.regulation.life.correction, moved.step
    if moved.state is CorrectionState.WAITING:
        while step < len(rule.steps) and not others(case, rule.steps[step]):
            step += 1
        if step < len(rule.steps):
            return Moved(CorrectionState.WAITING, step)
    told = rule.acknowledge or proposed(case, correction)
    return Moved(CorrectionState.ACKNOWLEDGING if told else CorrectionState.APPLIED, step)


def _come(case: Case, facts: Facts, correction: Correction, to: Moved) -> Result:
    if to.state is CorrectionState.APPLIED:
        return _apply(case, facts, correction)
    desk = case.desk
    now = correction
    if (correction.state, correction.step) != (to.state, to.step):
        _, now = journeys.advance_correction(desk.conn, facts, correction, to.state, to.step, desk.now)
    desk.forget()
    turn = waits_for(case, now)
    tell(case, others(case, turn), "correction", f"{now.id}/{now.state}/{now.step}", correction=now.id)
    return now


def _apply(case: Case, facts: Facts, correction: Correction) -> Result:
    """Write what was agreed: the plan, the line's state, the trace, what is in force from now on."""
    desk, event = case.desk, corrections.line_event(correction)
    after = write(case, facts, corrections.apply(facts, correction))
    state = case.journey.state(correction.entry_id)
    came = line_move(state, event, BY_CORRECTION) if event else None
    if came is not None:
        line = Line(correction.entry_id, came, desk.now, correction.reason)
        after = journeys.set_line(desk.conn, after, line, state, desk.person.id)
    after, done = journeys.apply_correction(desk.conn, after, correction, desk.now)
    snapshots.keep(desk.conn, after, snapshot.frozen(after), desk.now)
    audit.record(desk.conn, desk.person.id, "correction.applied", desk.now, f"correction {done.id}")
    desk.forget()
    _news(case, done)
    return done


def _news(case: Case, correction: Correction) -> None:
    """Who is concerned learns how it ended: the teacher, who proposed it, who accompanies her."""
    concerned = {case.facts.person_id, correction.created_by, *holders(case, "mentor")} - {0}
    key = f"{correction.id}/{correction.state}"
    tell(case, concerned, "correction_news", key, correction=correction.id)


def found(case: Case, correction_id: int) -> Correction | None:
    """A correction of this route as it is now."""
    fresh = journeys.load(case.desk.conn, case.facts.route_id)
    mine = (one for one in fresh.corrections if one.id == correction_id)
    return next(mine, None)
