"""«Видно, у кого мяч»: whose turn it is on a route, and since when. Everybody involved sees the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.iom.corrections import waits_for
from bot.iom.facts import Facts, State
from bot.iom.journey import Correction, Journey, LineState
from bot.iom.life import conclusion_stage
from bot.iom.regulation import Regulation

_TEACHERS = frozenset({State.DRAFT, State.RETURNED, State.FINALIZING})
_JUDGED = frozenset({LineState.CONFIRMED, LineState.PARTLY, LineState.RETURNED})


@dataclass(frozen=True, slots=True)
class Ball:
    """Who is waited for: a capability, "system" for the first day of the term, "" for nobody any more.
    `step` is the key of the approval step, if it waits at one; `since` is UTC."""

    capability: str
    step: str
    since: datetime


def ball(regulation: Regulation, facts: Facts, journey: Journey) -> Ball:
    """Whose turn it is. While a route is carried out, of all that waits for others the oldest."""
    since = facts.state_since or facts.started_at
    if facts.state in _TEACHERS:
        return Ball("teacher", "", since)
    if facts.state is State.ON_REVIEW:
        return _on_review(regulation, facts, journey, since)
    if facts.state is State.APPROVED:
        return Ball("system" if facts.value("term") else "teacher", "", since)
    if facts.state is State.ACTIVE:
        waiting = sorted(_waiting(regulation, facts, journey), key=_age)
        return waiting[0] if waiting else Ball("teacher", "", _back(journey, since))
    if facts.state is State.CONCLUSION:
        return _in_conclusion(regulation, journey, since)
    return Ball("curator" if facts.state is State.AUDIT else "", "", since)


def turns(regulation: Regulation, facts: Facts, journey: Journey) -> tuple[Ball, ...]:
    """Everything that waits for somebody now, the oldest first; nothing of what the teacher simply does next,
    but what she is asked to acknowledge."""
    if facts.state is State.ACTIVE or facts.state is State.FINALIZING:
        return tuple(
            sorted([*_waiting(regulation, facts, journey), *_acknowledged(regulation, journey)], key=_age)
        )
    now = ball(regulation, facts, journey)
    if facts.state is State.CONCLUSION:
        by = conclusion_stage(regulation, journey).by
        return tuple(Ball(capability, "", now.since) for capability in by)
    one = facts.state in {State.ON_REVIEW, State.AUDIT} and now.capability
    return (now,) if one else ()


def _acknowledged(regulation: Regulation, journey: Journey) -> Iterator[Ball]:
    rule = regulation.life.correction
    for one in journey.corrections:
        if waits_for(rule, one) == "teacher":
            yield Ball("teacher", "", _since(journey, one))


def _age(one: Ball) -> datetime:
    return one.since


def _on_review(regulation: Regulation, facts: Facts, journey: Journey, since: datetime) -> Ball:
    chain = [step.key for step in regulation.life.approval]
    step = chain[facts.step] if facts.step < len(chain) else ""
    before = journey.decided("agreed", step=chain[facts.step - 1]) if step and facts.step else None
    return Ball("approver", step, _newest(since, [before.at] if before else []))


def _in_conclusion(regulation: Regulation, journey: Journey, since: datetime) -> Ball:
    stage = conclusion_stage(regulation, journey)
    return Ball(stage.by[0] if stage.by else "", "", _newest(since, [stage.last.at] if stage.last else []))


def _waiting(regulation: Regulation, facts: Facts, journey: Journey) -> Iterator[Ball]:
    """Everything of a route carried out that waits for somebody but the teacher."""
    confirm = regulation.life.confirm[:1]
    for line in journey.lines.values():
        if line.state is LineState.CLAIMED:
            yield from (Ball(capability, "", line.since) for capability in confirm)
    yield from (Ball("mentor", "", asked.at) for asked in journey.inquiries if asked.answered_at is None)
    judges = regulation.life.monitoring.judges[:1] if facts.state is State.ACTIVE else ()
    for one in journey.checkpoints:
        if one.waits and one.answered_at:
            yield from (Ball(judge, "", one.answered_at) for judge in judges)
    for correction in journey.corrections:
        capability = waits_for(regulation.life.correction, correction)
        if capability not in {"", "teacher"}:
            yield Ball(capability, "", _since(journey, correction))


def _since(journey: Journey, correction: Correction) -> datetime:
    """When the step before was decided."""
    decided = [one.at for one in journey.decisions if one.correction_id == correction.id]
    return _newest(correction.created_at, decided)


def _back(journey: Journey, since: datetime) -> datetime:
    """When the teacher got the ball back: the newest thing others did with what she had sent."""
    lines = [line.since for line in journey.lines.values() if line.state in _JUDGED]
    answers = [asked.answered_at for asked in journey.inquiries if asked.answered_at]
    corrections = [one.at for one in journey.decisions if one.correction_id]
    judged = [one.judged_at for one in journey.checkpoints if one.judged_at]
    return _newest(since, [*lines, *answers, *corrections, *judged])


def _newest(since: datetime, times: Sequence[datetime]) -> datetime:
    return max(since, *times) if times else since
