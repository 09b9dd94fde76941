"""The model of a route (004 п. 3.1, 3.2): who is waited for after each word, what may still be proposed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.iom import route_model
from bot.iom.facts import Facts, State
from bot.iom.journey import EMPTY, Decision, Journey
from bot.iom.regulation import Regulation
from tests.regulations.given import given

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
REGULATION: Regulation = given("ust_ilimsk")
DRAFT = Facts(1, 1, 1, "ust_ilimsk", "h", State.DRAFT, 1, NOW)


def said(*words: str, key: str = "ais") -> Journey:
    """These decisions about the model, one after another."""
    return replace(
        EMPTY,
        decisions=tuple(
            Decision(n, f"model_{word}", NOW + timedelta(minutes=n), step="model", remark=key)
            for n, word in enumerate(words, 1)
        ),
    )


@pytest.mark.parametrize(
    ("words", "waits"),
    [
        ((), ""),
        (("offered",), "teacher"),
        (("offered", "declined"), ""),
        (("offered", "taken"), "coordinator"),
        (("offered", "taken", "refused"), ""),
        (("offered", "declined", "offered"), "teacher"),
    ],
)
def test_after_each_word_somebody_is_waited_for(words: tuple[str, ...], waits: str) -> None:
    assert route_model.waits(DRAFT, said(*words)) == waits


def test_what_is_in_force_waits_for_nobody() -> None:
    """The school proposed it itself, or has confirmed it."""
    in_force = replace(DRAFT, model="ais")
    assert route_model.waits(in_force, said("offered", "taken")) == ""
    assert route_model.waits(in_force, said("offered", "taken", "confirmed")) == ""


@pytest.mark.parametrize("state", State)
def test_a_route_that_is_being_finished_keeps_its_model(state: State) -> None:
    open_ = state in {State.DRAFT, State.RETURNED, State.ON_REVIEW, State.APPROVED, State.ACTIVE}
    facts = replace(DRAFT, state=state)
    assert bool(route_model.waits(facts, said("offered"))) is open_
    assert bool(route_model.to_offer(REGULATION, facts, EMPTY)) is open_


def test_only_another_model_is_proposed() -> None:
    def keys(facts: Facts, journey: Journey) -> list[str]:
        return [one.key for one in route_model.to_offer(REGULATION, facts, journey)]

    assert keys(DRAFT, EMPTY) == ["school", "ais"]
    assert keys(DRAFT, said("offered")) == ["school"]
    assert keys(DRAFT, said("offered", "declined")) == ["school", "ais"]
    assert keys(replace(DRAFT, model="school"), EMPTY) == ["ais"]


def test_a_regulation_without_models_has_none_to_propose() -> None:
    assert route_model.to_offer(given("stavropol"), DRAFT, EMPTY) == ()
    assert route_model.option(REGULATION, "no_such_model") is None


def test_who_proposed_is_the_newest_proposal() -> None:
    assert route_model.proposal(EMPTY) is None
    made = route_model.proposal(said("offered", "declined", "offered", "taken"))
    assert made is not None
    assert made.id == 3
