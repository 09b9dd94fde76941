"""Whose turn it is and since when, in every state; of what waits the oldest."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.iom.ball import Ball, ball
from bot.iom.checkpoint import Checkpoint
from bot.iom.facts import Answer, Facts, State
from bot.iom.journey import EMPTY as NOTHING
from bot.iom.journey import Correction, Decision, Inquiry, Journey, Line, LineState
from bot.iom.regulation_life import ApprovalStep, ConclusionRule, CorrectionRule, Life, MonitoringRule
from tests.regulations.given import given
from tests.rules.memory import EMPTY, NOW

LIFE = Life(
    approval=(ApprovalStep(key="agree", title="Согласование"), ApprovalStep(key="sign", title="Утверждение")),
    correction=CorrectionRule(steps=("mentor", "curator", "methodist"), acknowledge=True),
    conclusion=ConclusionRule(writers=("methodist", "mentor"), agree=("head",), audit=True),
)
SINCE = NOW + timedelta(days=1)
TERM = {(0, "term"): Answer({"from": "2026-12-01", "to": "2027-05-31"})}


def day(number: int) -> datetime:
    return SINCE + timedelta(days=number)


def at(state: State, **fields: Any) -> Facts:
    return replace(EMPTY, **{"state": state, "state_since": SINCE, "answers": TERM, **fields})


def turn(state: State, journey: Journey = NOTHING, life: Life = LIFE, **fields: Any) -> Ball:
    return ball(given("tiny").model_copy(update={"life": life}), at(state, **fields), journey)


def lines(*states: tuple[LineState, int]) -> dict[int, Line]:
    return {n: Line(n, state, day(when)) for n, (state, when) in enumerate(states, 1)}


def decided(*made: tuple[str, str, int], correction: int = 0) -> tuple[Decision, ...]:
    return tuple(
        Decision(n, kind, day(when), step, correction_id=correction)
        for n, (kind, step, when) in enumerate(made, 1)
    )


@pytest.mark.parametrize(
    ("state", "capability", "step"),
    [
        (State.DRAFT, "teacher", ""),
        (State.ON_REVIEW, "approver", "agree"),
        (State.RETURNED, "teacher", ""),
        (State.APPROVED, "system", ""),
        (State.ACTIVE, "teacher", ""),
        (State.FINALIZING, "teacher", ""),
        (State.CONCLUSION, "methodist", ""),
        (State.AUDIT, "curator", ""),
        (State.COMPLETED, "", ""),
        (State.WITHDRAWN, "", ""),
        (State.ARCHIVED, "", ""),
    ],
)
def test_every_state_has_a_ball(state: State, capability: str, step: str) -> None:
    assert turn(state) == Ball(capability, step, SINCE)


def test_every_state_was_asked() -> None:
    for state in State:
        assert turn(state).since == SINCE
        assert turn(state, state_since=None).since == NOW


def test_without_a_term_nothing_starts_by_itself() -> None:
    assert turn(State.APPROVED, answers={}).capability == "teacher"


# --- On review ------------------------------------------------------------------------------------------


def test_the_second_approver_is_waited_for_since_the_first_agreed() -> None:
    journey = Journey(decisions=decided(("sent", "", 0), ("agreed", "agree", 3)))
    assert turn(State.ON_REVIEW, journey, step=1) == Ball("approver", "sign", day(3))


def test_an_agreement_before_the_return_is_no_beginning() -> None:
    """It was sent anew on the fifth day."""
    journey = Journey(decisions=decided(("agreed", "agree", 1), ("returned", "sign", 2), ("sent", "", 5)))
    assert turn(State.ON_REVIEW, journey, step=0, state_since=day(5)) == Ball("approver", "agree", day(5))
    assert turn(State.ON_REVIEW, journey, step=1, state_since=day(6)) == Ball("approver", "sign", day(6))


def test_the_first_step_follows_no_other() -> None:
    journey = Journey(decisions=decided(("agreed", "sign", 3)))
    assert turn(State.ON_REVIEW, journey) == Ball("approver", "agree", SINCE)


def test_a_step_the_regulation_does_not_have_is_nobodys_in_particular() -> None:
    assert turn(State.ON_REVIEW, step=7) == Ball("approver", "", SINCE)


# --- Carried out ----------------------------------------------------------------------------------------


def test_a_claimed_line_waits_for_who_confirms() -> None:
    journey = Journey(lines=lines((LineState.CONFIRMED, 1), (LineState.CLAIMED, 4)))
    assert turn(State.ACTIVE, journey) == Ball("mentor", "", day(4))
    curator = LIFE.model_copy(update={"confirm": ("curator",)})
    assert turn(State.ACTIVE, journey, curator) == Ball("curator", "", day(4))
    nobody = LIFE.model_copy(update={"confirm": ()})
    assert turn(State.ACTIVE, journey, nobody).capability == "teacher"


def test_a_question_waits_for_the_companion_until_it_is_answered() -> None:
    asked = Inquiry(1, "Подойдёт ли этот курс?", day(2))
    assert turn(State.ACTIVE, Journey(inquiries=(asked,))) == Ball("mentor", "", day(2))
    answered = replace(asked, answer="Да", answered_at=day(3))
    assert turn(State.ACTIVE, Journey(inquiries=(answered,))) == Ball("teacher", "", day(3))


@pytest.mark.parametrize(
    ("state", "step", "capability"),
    [
        ("draft", 0, "teacher"),
        ("waiting", 0, "mentor"),
        ("waiting", 1, "curator"),
        ("waiting", 2, "methodist"),
        ("waiting", 9, "teacher"),
        ("acknowledging", 3, "teacher"),
        ("applied", 3, "teacher"),
        ("rejected", 1, "teacher"),
    ],
)
def test_a_correction_waits_for_its_step(state: str, step: int, capability: str) -> None:
    journey = Journey(corrections=(Correction(5, "move", state, step, "болезнь", day(2)),))
    assert turn(State.ACTIVE, journey).capability == capability


def test_a_correction_waits_since_the_step_before() -> None:
    correction = Correction(5, "move", "waiting", 1, "болезнь", day(2))
    alone = Journey(corrections=(correction,))
    assert turn(State.ACTIVE, alone) == Ball("curator", "", day(2))
    agreed = replace(alone, decisions=decided(("agreed", "mentor", 6), correction=5))
    assert turn(State.ACTIVE, agreed) == Ball("curator", "", day(6))
    other = replace(alone, decisions=decided(("agreed", "mentor", 6), correction=4))
    assert turn(State.ACTIVE, other) == Ball("curator", "", day(2))


def test_the_oldest_thing_is_first() -> None:
    journey = Journey(
        lines=lines((LineState.CLAIMED, 5), (LineState.CLAIMED, 4)),
        inquiries=(Inquiry(1, "Как быть?", day(3)),),
        corrections=(Correction(5, "move", "waiting", 1, "болезнь", day(2)),),
    )
    assert turn(State.ACTIVE, journey) == Ball("curator", "", day(2))
    assert turn(State.ACTIVE, replace(journey, corrections=())) == Ball("mentor", "", day(3))
    assert turn(State.ACTIVE, replace(journey, corrections=(), inquiries=())) == Ball("mentor", "", day(4))


def test_what_waits_for_the_teacher_holds_up_nobody_else() -> None:
    """She has a correction to acknowledge; the newer line is still the companion's."""
    journey = Journey(
        lines=lines((LineState.CLAIMED, 5)),
        corrections=(Correction(5, "move", "acknowledging", 3, "болезнь", day(2)),),
    )
    assert turn(State.ACTIVE, journey) == Ball("mentor", "", day(5))


def test_a_decision_on_a_correction_brings_the_ball_back() -> None:
    rejected = Journey(decisions=decided(("refused", "curator", 4), correction=5))
    assert turn(State.ACTIVE, rejected) == Ball("teacher", "", day(4))
    mark = Journey(decisions=decided(("mark", "", 4)))
    assert turn(State.ACTIVE, mark) == Ball("teacher", "", SINCE)


@pytest.mark.parametrize("state", [LineState.CONFIRMED, LineState.PARTLY, LineState.RETURNED])
def test_the_ball_comes_back_when_others_have_decided(state: LineState) -> None:
    journey = Journey(lines=lines((LineState.PLANNED, 9), (LineState.NOT_DONE, 8), (state, 3)))
    assert turn(State.ACTIVE, journey) == Ball("teacher", "", day(3))


def test_what_happened_before_the_start_does_not_count() -> None:
    journey = Journey(lines=lines((LineState.CONFIRMED, -5)))
    assert turn(State.ACTIVE, journey) == Ball("teacher", "", SINCE)


# --- The conclusion -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ([("agreed", "sign", 0)], Ball("methodist", "", SINCE)),
        ([("concluded", "", 2)], Ball("head", "", day(2))),
        ([("concluded", "", 2), ("agreed", "conclusion", 3)], Ball("teacher", "", day(3))),
        (
            [("concluded", "", 2), ("agreed", "conclusion", 3), ("acknowledged", "conclusion", 4)],
            Ball("", "", day(4)),
        ),
    ],
)
def test_a_conclusion_goes_from_hand_to_hand(made: list[tuple[str, str, int]], expected: Ball) -> None:
    assert turn(State.CONCLUSION, Journey(decisions=decided(*made))) == expected


# --- Interim monitoring ---------------------------------------------------------------------------------


def test_an_interim_result_waits_for_who_judges_it_until_it_is_judged() -> None:
    asked = Checkpoint(1, "monitoring/1/2027-03-01", "monitoring", day(1).date(), day(1))
    assert turn(State.ACTIVE, Journey(checkpoints=(asked,))).capability == "teacher"
    sent = replace(asked, answered_at=day(2))
    assert turn(State.ACTIVE, Journey(checkpoints=(sent,))) == Ball("mentor", "", day(2))
    judges = LIFE.model_copy(update={"monitoring": MonitoringRule(judges=("methodist", "curator"))})
    assert turn(State.ACTIVE, Journey(checkpoints=(sent,)), judges) == Ball("methodist", "", day(2))
    judged = replace(sent, judged_at=day(4))
    assert turn(State.ACTIVE, Journey(checkpoints=(judged,))) == Ball("teacher", "", day(4))
    reflection = replace(sent, kind="reflection")
    assert turn(State.ACTIVE, Journey(checkpoints=(reflection,))).capability == "teacher"
