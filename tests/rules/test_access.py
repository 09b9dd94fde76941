"""Who may see and do what: the whole matrix, written out by hand, and everybody it does not name."""

from dataclasses import replace
from typing import Any

import pytest

from bot.iom.access import Fact, Standing, may
from bot.iom.facts import State

ANNA, BORIS, VERA = 1, 2, 3

JUDGES = frozenset({"methodist", "curator"})

# Viewers of Anna's route; the chain has two steps, «agree» and «approve».
VIEWERS: dict[str, dict[str, Any]] = {
    "anna": {"viewer_id": ANNA, "judges": frozenset({"teacher"})},
    "anna, who is also her own approver and head": {
        "viewer_id": ANNA,
        "capabilities": frozenset({"head", "coordinator", "approver", "methodist"}),
        "steps": frozenset({"agree", "approve"}),
    },
    "companion, open": {"capabilities": frozenset({"mentor"}), "companion": "open"},
    "companion, open, reflections": {"companion": "open", "shares_reflections": True},
    "companion, closed": {"capabilities": frozenset({"mentor"}), "companion": "closed"},
    "companion, closed, reflections": {"companion": "closed", "shares_reflections": True},
    "coordinator": {"capabilities": frozenset({"coordinator"}), "shares_reflections": True},
    "curator": {"capabilities": frozenset({"curator"}), "confirm": frozenset({"mentor"})},
    "curator who confirms": {
        "capabilities": frozenset({"curator"}),
        "confirm": frozenset({"mentor", "curator"}),
    },
    "methodist": {"capabilities": frozenset({"methodist"}), "shares_reflections": True},
    "head": {"capabilities": frozenset({"head"}), "confirm": frozenset({"head", "curator"})},
    "expert": {"capabilities": frozenset({"expert"})},
    "coordinator and closed companion": {
        "capabilities": frozenset({"coordinator", "mentor"}),
        "companion": "closed",
    },
    "companion, open, judges": {"companion": "open", "judges": frozenset({"mentor"})},
    "companion, closed, judges": {"companion": "closed", "judges": frozenset({"mentor"})},
    "methodist, judges": {"capabilities": frozenset({"methodist"}), "judges": JUDGES},
    "curator, judges": {"capabilities": frozenset({"curator"}), "judges": JUDGES},
    "head, where others judge": {"capabilities": frozenset({"head"}), "judges": JUDGES},
    "a mentor of other teachers, judges": {
        "capabilities": frozenset({"mentor"}),
        "judges": frozenset({"mentor"}),
    },
    "an approver, judges": {
        "capabilities": frozenset({"approver", "teacher"}),
        "judges": frozenset({"approver", "teacher"}),
    },
    "galina, step 1": {"capabilities": frozenset({"approver"}), "steps": frozenset({"agree"})},
    "dmitry, step 2": {"capabilities": frozenset({"approver"}), "steps": frozenset({"approve"})},
    "both steps": {"capabilities": frozenset({"approver"}), "steps": frozenset({"agree", "approve"})},
    "vera": {"viewer_id": VERA, "shares_reflections": True, "judges": JUDGES},
    "another teacher of the school": {"capabilities": frozenset({"teacher"})},
    "a mentor of other teachers": {"capabilities": frozenset({"mentor"}), "shares_reflections": True},
    "an approver without a step": {"capabilities": frozenset({"approver"})},
    "an unknown capability": {"capabilities": frozenset({"admin", "", "operator"})},
}

COLUMNS = [
    Fact.STATE,
    Fact.PLAN,
    Fact.CARD,
    Fact.REFLECTIONS,
    Fact.EVIDENCE,
    Fact.CONFIRM,
    Fact.RECOMMEND,
    Fact.LOG_HOURS,
    Fact.ANSWER,
    Fact.APPROVE,
    Fact.CORRECT,
    Fact.CONCLUDE,
    Fact.OFFER_EXTENSION,
    Fact.OFFER_MODEL,
    Fact.CONFIRM_MODEL,
    Fact.MONITOR,
    Fact.OWN,
]

# «review 1»: on review, waiting at the first step; «approved…»: approved and everything after it.
TABLE = """
                                           |             | ST PL CA RE EV CO RC HO AN AP CR CC EX MO MC MT OW
anna                                       | always      | +  +  +  +  +  .  .  .  .  .  .  .  .  .  .  .  +
anna, who is also her own approver and head| always      | +  +  +  +  +  .  .  .  .  .  .  .  .  .  .  .  +
companion, open                            | always      | +  +  +  .  +  +  +  +  +  .  +  +  +  +  .  .  .
companion, open, reflections               | always      | +  +  +  +  +  +  +  +  +  .  +  +  +  +  .  .  .
companion, closed                          | always      | +  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
companion, closed, reflections             | always      | +  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
coordinator                                | always      | +  +  .  .  .  .  +  .  .  .  .  .  +  +  +  .  .
curator                                    | always      | +  +  .  .  .  .  +  .  .  .  +  .  .  .  .  .  .
curator who confirms                       | always      | +  +  .  .  .  +  +  .  .  .  +  .  .  .  .  .  .
methodist                                  | always      | +  +  +  .  +  .  +  .  .  .  +  +  .  .  .  .  .
head                                       | always      | +  +  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
expert                                     | always      | +  +  +  .  +  .  .  .  .  .  .  .  .  .  .  .  .
coordinator and closed companion           | always      | +  +  .  .  .  .  +  .  .  .  .  .  +  +  +  .  .
companion, open, judges                    | always      | +  +  +  .  +  +  +  +  +  .  +  +  +  +  .  +  .
companion, closed, judges                  | always      | +  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
methodist, judges                          | always      | +  +  +  .  +  .  +  .  .  .  +  +  .  .  .  +  .
curator, judges                            | always      | +  +  .  .  .  .  +  .  .  .  +  .  .  .  .  +  .
head, where others judge                   | always      | +  +  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
a mentor of other teachers, judges         | always      | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
an approver, judges                        | always      | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
galina, step 1                             | draft       | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
galina, step 1                             | review 1    | +  +  +  .  .  .  .  .  .  +  .  .  .  .  .  .  .
galina, step 1                             | review 2    | +  +  +  .  .  .  .  .  .  .  .  .  .  .  .  .  .
galina, step 1                             | returned    | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
galina, step 1                             | withdrawn   | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
galina, step 1                             | approved…   | +  +  +  .  .  .  .  .  .  .  .  .  .  .  .  .  .
dmitry, step 2                             | draft       | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
dmitry, step 2                             | review 1    | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
dmitry, step 2                             | review 2    | +  +  +  .  .  .  .  .  .  +  .  .  .  .  .  .  .
dmitry, step 2                             | returned    | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
dmitry, step 2                             | withdrawn   | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
dmitry, step 2                             | approved…   | +  +  +  .  .  .  .  .  .  .  .  .  .  .  .  .  .
both steps                                 | draft       | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
both steps                                 | review 1    | +  +  +  .  .  .  .  .  .  +  .  .  .  .  .  .  .
both steps                                 | review 2    | +  +  +  .  .  .  .  .  .  +  .  .  .  .  .  .  .
both steps                                 | returned    | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
both steps                                 | withdrawn   | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
both steps                                 | approved…   | +  +  +  .  .  .  .  .  .  .  .  .  .  .  .  .  .
vera                                       | always      | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
another teacher of the school              | always      | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
a mentor of other teachers                 | always      | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
an approver without a step                 | always      | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
an unknown capability                      | always      | .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
"""

AFTER = [
    State.APPROVED,
    State.ACTIVE,
    State.FINALIZING,
    State.CONCLUSION,
    State.AUDIT,
    State.COMPLETED,
    State.ARCHIVED,
]
MOMENTS: dict[str, list[tuple[State, str]]] = {
    "draft": [(State.DRAFT, "")],
    "review 1": [(State.ON_REVIEW, "agree")],
    "review 2": [(State.ON_REVIEW, "approve")],
    "returned": [(State.RETURNED, "")],
    "withdrawn": [(State.WITHDRAWN, "")],
    "approved…": [(state, "") for state in AFTER],
}
MOMENTS["always"] = [moment for moments in MOMENTS.values() for moment in moments]

ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip("\n").splitlines()[1:]]


def standing(viewer: str, state: State, waiting: str = "", **more: Any) -> Standing:
    """How a viewer stands to Anna's route."""
    known = {"viewer_id": BORIS, "chain": ("agree", "approve"), **VIEWERS[viewer], **more}
    return Standing(teacher_id=ANNA, state=state, waiting_step=waiting, **known)


@pytest.mark.parametrize(("viewer", "when", "cells"), ROWS, ids=[f"{row[0]}: {row[1]}" for row in ROWS])
def test_the_matrix(viewer: str, when: str, cells: str) -> None:
    expected = dict(zip(COLUMNS, cells.split(), strict=True))
    for state, waiting in MOMENTS[when]:
        seen = {fact: "+" if may(standing(viewer, state, waiting), fact) else "." for fact in Fact}
        assert seen == expected, (state, waiting)


def test_the_matrix_is_whole() -> None:
    """Every fact, every viewer in every state: nothing is left to be decided by silence."""
    assert set(COLUMNS) == set(Fact)
    assert {state for state, _ in MOMENTS["always"]} == set(State)
    for viewer in VIEWERS:
        told = [moment for row in ROWS if row[0] == viewer for moment in MOMENTS[row[1]]]
        assert sorted(told) == sorted(MOMENTS["always"]), viewer


@pytest.mark.parametrize("state", State)
def test_an_outsider_may_nothing(state: State) -> None:
    vera = standing("vera", state, "agree" if state is State.ON_REVIEW else "")
    assert [fact for fact in Fact if may(vera, fact)] == []


@pytest.mark.parametrize("viewer", [name for name in VIEWERS if not name.startswith("anna")])
@pytest.mark.parametrize("state", State)
def test_a_trial_route_is_nobody_elses(viewer: str, state: State) -> None:
    waiting = "agree" if state is State.ON_REVIEW else ""
    assert [fact for fact in Fact if may(standing(viewer, state, waiting, trial=True), fact)] == []


def test_the_owner_of_a_trial_route_may_what_a_teacher_may() -> None:
    plain = standing("anna", State.ACTIVE)
    assert [f for f in Fact if may(plain, f)] == [f for f in Fact if may(replace(plain, trial=True), f)]


def test_several_capabilities_add_up() -> None:
    """Boris coordinates the school, accompanies Anna and holds the second step."""
    alone = [
        standing("coordinator", State.ON_REVIEW, "approve", shares_reflections=False),
        standing("companion, open", State.ON_REVIEW, "approve"),
        standing("dmitry, step 2", State.ON_REVIEW, "approve"),
    ]
    boris = standing(
        "companion, open",
        State.ON_REVIEW,
        "approve",
        capabilities=frozenset({"coordinator", "mentor", "approver"}),
        steps=frozenset({"approve"}),
    )
    assert {f for f in Fact if may(boris, f)} == {f for f in Fact for one in alone if may(one, f)}


@pytest.mark.parametrize("waiting", ["", "gone"])
def test_a_step_nobody_waits_at_opens_nothing(waiting: str) -> None:
    """A route that says it is on review at a step its regulation does not have."""
    dmitry = standing("both steps", State.ON_REVIEW, waiting)
    assert [fact for fact in Fact if may(dmitry, fact)] == []


@pytest.mark.parametrize("state", [state for state in State if state is not State.ON_REVIEW])
def test_nobody_approves_what_is_not_on_review(state: State) -> None:
    """Even when a step is still written down."""
    assert not may(standing("both steps", state, "agree"), Fact.APPROVE)


@pytest.mark.parametrize("state", State)
def test_a_step_without_a_key_is_nobodys(state: State) -> None:
    """A membership that is no approver's has no step; neither has a route that waits at none."""
    vera = standing("vera", state, "", steps=frozenset({""}))
    assert [fact for fact in Fact if may(vera, fact)] == []
