"""The life of a route: every state × event × capability, then what each regulation makes of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest

from bot.iom.facts import Facts, State
from bot.iom.journey import Decision, Journey
from bot.iom.life import By, Event, Moved, Refused, actors, conclusion_stage, move
from bot.iom.regulation import Capability, Regulation
from bot.iom.regulation_life import ApprovalStep, ConclusionRule, ExtensionRule, Life
from tests.regulations.given import given
from tests.rules.memory import EMPTY, NOW

LETTERS: dict[str, By] = {
    "T": "teacher",
    "M": "mentor",
    "C": "coordinator",
    "U": "curator",
    "H": "head",
    "A": "approver",
    "D": "methodist",
    "E": "expert",
    "S": "system",
}

# Two approve; the methodist controls quality; mentor or methodist concludes, coordinator and head agree.
# Whoever is not named on a line is refused with not_yours; a pair without a line is refused with not_now.
TABLE = """
draft                 send              T    on_review
draft                 withdraw          TC   withdrawn

on_review             recall            T    draft
on_review             agree             A    on_review:1
on_review             return            AD   returned
on_review             withdraw          TC   withdrawn

on_review:1           recall            T    review_begun
on_review:1           agree             A    approved
on_review:1           return            AD   returned
on_review:1           withdraw          TC   withdrawn

returned              send              T    on_review
returned              withdraw          TC   withdrawn

approved              start             TS   active
approved              withdraw          TC   withdrawn

active                to_finish         TS   finalizing
active                withdraw          TC   withdrawn

finalizing            to_conclusion     TMDS conclusion
finalizing            prolong           T    active
finalizing            withdraw          TC   withdrawn

conclusion            conclude          MD   conclusion
conclusion            agree_conclusion  CH   not_now
conclusion            acknowledge       T    not_now
conclusion            withdraw          TC   withdrawn

conclusion+w          conclude          MD   conclusion
conclusion+w          agree_conclusion  C    conclusion
conclusion+w          agree_conclusion  H    not_now
conclusion+w          acknowledge       T    not_now
conclusion+w          withdraw          TC   withdrawn

conclusion+wa         conclude          MD   conclusion
conclusion+wa         agree_conclusion  C    not_now
conclusion+wa         agree_conclusion  H    conclusion
conclusion+wa         acknowledge       T    not_now
conclusion+wa         withdraw          TC   withdrawn

conclusion+waa        conclude          MD   conclusion
conclusion+waa        agree_conclusion  CH   not_now
conclusion+waa        acknowledge       T    audit
conclusion+waa        withdraw          TC   withdrawn

conclusion+waak       conclude          MD   not_now
conclusion+waak       agree_conclusion  CH   not_now
conclusion+waak       acknowledge       T    not_now
conclusion+waak       withdraw          TC   withdrawn

audit                 audit             UC   completed
audit                 withdraw          TC   withdrawn

completed             archive           S    archived
"""

# Nothing happens any more to what is over.
SITUATIONS = [*dict.fromkeys(line.split()[0] for line in TABLE.splitlines() if line), "withdrawn", "archived"]
LINES = [line.split() for line in TABLE.splitlines() if line]

FULL = Life(
    quality=("methodist",),
    approval=(ApprovalStep(key="agree", title="Согласование"), ApprovalStep(key="sign", title="Утверждение")),
    extension=ExtensionRule(months=6),
    conclusion=ConclusionRule(writers=("mentor", "methodist"), agree=("coordinator", "head"), audit=True),
)


def living(life: Life) -> Regulation:
    """The tiny regulation with another life."""
    return given("tiny").model_copy(update={"life": life})


def decisions(marks: str) -> Journey:
    """w written, a agreed, k acknowledged, r a return of the review, s an agreement of the chain."""
    kinds = {
        "w": ("concluded", ""),
        "W": ("concluded", "conclusion"),
        "a": ("agreed", "conclusion"),
        "k": ("acknowledged", "conclusion"),
        "r": ("returned", "agree"),
        "s": ("agreed", "agree"),
    }
    return Journey(
        decisions=tuple(
            Decision(number, kinds[mark][0], NOW + timedelta(days=number), kinds[mark][1])
            for number, mark in enumerate(marks, 1)
        )
    )


def at(situation: str) -> tuple[Facts, Journey]:
    """«on_review:1», «conclusion+wa»: a route in a state, at a step, with decisions made."""
    place, _, marks = situation.partition("+")
    state, _, step = place.partition(":")
    return replace(EMPTY, state=State(state), step=int(step or 0)), decisions("ss" + marks)


def happens(life: Life, situation: str, event: Event, by: By, **more: Any) -> str:
    """«on_review:1», or the reason of the refusal."""
    facts, journey = at(situation)
    outcome = move(living(life), facts, event, by, **{"journey": journey, "reason": "переезд", **more})
    if isinstance(outcome, Refused):
        return outcome.reason
    return f"{outcome.state}:{outcome.step}" if outcome.step else str(outcome.state)


def expected(situation: str, event: Event) -> dict[By, str]:
    """What the table says of every capability."""
    lines = [line for line in LINES if line[:2] == [situation, event]]
    told = {LETTERS[letter]: where for _, _, letters, where in lines for letter in letters}
    return {by: told.get(by, "not_yours" if lines else "not_now") for by in LETTERS.values()}


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_state_and_event_and_capability(situation: str, event: Event) -> None:
    came = {by: happens(FULL, situation, event, by) for by in LETTERS.values()}
    assert came == expected(situation, event)


def test_the_table_is_whole() -> None:
    assert {at(situation)[0].state for situation in SITUATIONS} == set(State)
    assert {line[1] for line in LINES} == set(Event)
    assert set(LETTERS.values()) == {*get_args(Capability), "system"}


def test_what_is_refused_names_its_reason_only() -> None:
    facts, _ = at("completed")
    assert move(living(FULL), facts, Event.WITHDRAW, "teacher") == Refused("not_now")


# --- The chain ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 1, 2, 3])
def test_a_chain_of_any_length_ends_approved(length: int) -> None:
    """SEND alone where the regulation has no chain (000, 003; C14)."""
    chain = tuple(ApprovalStep(key=f"step{n}", title="Согласование") for n in range(length))
    regulation = living(Life(approval=chain))
    came = [move(regulation, EMPTY, Event.SEND, "teacher")]
    while isinstance(moved := came[-1], Moved) and moved.state is State.ON_REVIEW:
        facts = replace(EMPTY, state=moved.state, step=moved.step)
        came.append(move(regulation, facts, Event.AGREE, "approver"))
    assert came == [*(Moved(State.ON_REVIEW, n) for n in range(length)), Moved(State.APPROVED)]


def test_who_comes_back_starts_with_the_first_step() -> None:
    assert happens(FULL, "on_review:1", Event.RETURN, "approver") == "returned"
    assert happens(FULL, "returned", Event.SEND, "teacher") == "on_review"


def test_without_quality_control_only_an_approver_returns() -> None:
    plain = FULL.model_copy(update={"quality": ()})
    assert happens(plain, "on_review", Event.RETURN, "methodist") == "not_yours"
    assert happens(plain, "on_review", Event.RETURN, "approver") == "returned"


def test_a_card_that_was_opened_is_not_recalled() -> None:
    assert happens(FULL, "on_review", Event.RECALL, "teacher", begun=False) == "draft"
    assert happens(FULL, "on_review", Event.RECALL, "teacher", begun=True) == "review_begun"


# --- What an event waits for ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("situation", "event", "by", "refused"),
    [
        ("draft", Event.SEND, "teacher", "not_complete"),
        ("returned", Event.SEND, "teacher", "not_complete"),
        ("approved", Event.START, "teacher", "too_early"),
        ("approved", Event.START, "system", "too_early"),
        ("finalizing", Event.TO_CONCLUSION, "system", "not_complete"),
        ("finalizing", Event.TO_CONCLUSION, "mentor", "not_complete"),
        ("conclusion", Event.CONCLUDE, "mentor", "not_complete"),
    ],
)
def test_an_event_waits_for_what_it_needs(situation: str, event: Event, by: By, refused: str) -> None:
    assert happens(FULL, situation, event, by, done=False) == refused
    assert happens(FULL, situation, event, by, done=True) != refused


def test_a_stranger_to_the_event_is_not_told_what_it_lacks() -> None:
    assert happens(FULL, "finalizing", Event.TO_CONCLUSION, "head", done=False) == "not_yours"


@pytest.mark.parametrize("event", [Event.WITHDRAW, Event.RECALL, Event.TO_FINISH, Event.PROLONG])
def test_other_events_wait_for_nothing(event: Event) -> None:
    """«Что-то не готово» holds nobody in a voluntary route (004 п. 1.6)."""
    for situation in SITUATIONS:
        ready = happens(FULL, situation, event, "teacher", done=True)
        assert happens(FULL, situation, event, "teacher", done=False) == ready


def test_a_route_is_prolonged_only_where_the_regulation_has_it() -> None:
    """C02: 004 alone."""
    assert happens(FULL, "finalizing", Event.PROLONG, "teacher") == "active"
    plain = FULL.model_copy(update={"extension": None})
    assert happens(plain, "finalizing", Event.PROLONG, "teacher") == "no_extension"


@pytest.mark.parametrize("situation", ["draft", "on_review", "active", "conclusion+waa", "audit"])
def test_a_coordinator_says_why_she_withdraws_and_a_teacher_need_not(situation: str) -> None:
    assert happens(FULL, situation, Event.WITHDRAW, "teacher", reason="") == "withdrawn"
    assert happens(FULL, situation, Event.WITHDRAW, "coordinator", reason=" ") == "reason_needed"
    assert happens(FULL, situation, Event.WITHDRAW, "coordinator", reason="переезд") == "withdrawn"


# --- The conclusion -------------------------------------------------------------------------------------


def concluding(**rule: Any) -> Life:
    return FULL.model_copy(update={"conclusion": ConclusionRule(**rule)})


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({"agree": (), "acknowledge": False}, [(Event.CONCLUDE, "mentor", "completed")]),
        ({"agree": (), "acknowledge": False, "audit": True}, [(Event.CONCLUDE, "mentor", "audit")]),
        (
            {"agree": ("head",), "acknowledge": False},
            [(Event.CONCLUDE, "mentor", "conclusion"), (Event.AGREE_CONCLUSION, "head", "completed")],
        ),
        (
            {"agree": (), "acknowledge": True},
            [(Event.CONCLUDE, "mentor", "conclusion"), (Event.ACKNOWLEDGE, "teacher", "completed")],
        ),
        (
            {"agree": ("coordinator", "head"), "writers": ("methodist",)},
            [
                (Event.CONCLUDE, "methodist", "conclusion"),
                (Event.AGREE_CONCLUSION, "coordinator", "conclusion"),
                (Event.AGREE_CONCLUSION, "head", "conclusion"),
                (Event.ACKNOWLEDGE, "teacher", "completed"),
            ],
        ),
    ],
)
def test_a_conclusion_goes_the_way_of_its_regulation(
    rule: dict[str, Any], path: list[tuple[Event, By, str]]
) -> None:
    marks = {Event.CONCLUDE: "w", Event.AGREE_CONCLUSION: "a", Event.ACKNOWLEDGE: "k"}
    life, trail = concluding(**rule), ""
    for event, by, where in path:
        stage = conclusion_stage(living(life), decisions(trail))
        assert stage.event is event
        assert by in stage.by
        assert happens(life, f"conclusion+{trail}", event, by) == where
        trail += marks[event]
    assert conclusion_stage(living(life), decisions(trail)).event is None


@pytest.mark.parametrize(
    ("marks", "event", "by"),
    [
        ("", Event.CONCLUDE, ("mentor", "methodist")),
        ("srs", Event.CONCLUDE, ("mentor", "methodist")),
        ("w", Event.AGREE_CONCLUSION, ("coordinator",)),
        ("W", Event.AGREE_CONCLUSION, ("coordinator",)),
        ("ssw", Event.AGREE_CONCLUSION, ("coordinator",)),
        ("wa", Event.AGREE_CONCLUSION, ("head",)),
        ("waa", Event.ACKNOWLEDGE, ("teacher",)),
        ("waaw", Event.AGREE_CONCLUSION, ("coordinator",)),
        ("waawa", Event.AGREE_CONCLUSION, ("head",)),
        ("waak", None, ()),
    ],
)
def test_where_a_conclusion_is(marks: str, event: Event | None, by: tuple[str, ...]) -> None:
    """Written anew, it is agreed anew; agreements of the approval chain are not counted."""
    stage = conclusion_stage(living(FULL), decisions(marks))
    assert (stage.event, stage.by) == (event, by)


def test_a_stage_knows_what_brought_it_here() -> None:
    journey = decisions("sswa")
    assert conclusion_stage(living(FULL), journey).last == journey.decisions[-1]
    assert conclusion_stage(living(FULL), decisions("ss")).last is None


def test_everybody_of_an_event_is_named_once() -> None:
    life = FULL.model_copy(update={"quality": ("methodist", "coordinator")})
    assert actors(living(life), Event.RETURN) == ("approver", "methodist", "coordinator")
    assert actors(living(FULL), Event.CONCLUDE) == ("mentor", "methodist")
