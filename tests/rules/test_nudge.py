"""Who may remind a teacher by a tap, and how often."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.iom.access import Standing
from bot.iom.facts import State
from bot.iom.nudge import EVERY, HERS, free_from, may_nudge

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
NOBODY = Standing(2, 1, State.ACTIVE)


@pytest.mark.parametrize("role", ["coordinator", "curator", "head", "methodist"])
def test_whoever_looks_after_the_school_may(role: str) -> None:
    hers = replace(NOBODY, capabilities=frozenset({role}))
    assert may_nudge(hers)
    assert not may_nudge(replace(hers, viewer_id=1))  # nobody reminds herself
    assert not may_nudge(replace(hers, trial=True))


def test_a_companion_may_when_she_is_let_in() -> None:
    assert may_nudge(replace(NOBODY, companion="open"))
    assert not may_nudge(replace(NOBODY, companion="closed"))


@pytest.mark.parametrize(
    "standing",
    [
        NOBODY,
        replace(NOBODY, capabilities=frozenset({"expert"})),
        replace(NOBODY, steps=frozenset({"agree"})),
    ],
)
def test_nobody_else_may(standing: Standing) -> None:
    assert not may_nudge(standing)


@pytest.mark.parametrize("state", sorted(set(State) - HERS))
def test_what_waits_for_others_is_no_reason(state: State) -> None:
    assert not may_nudge(replace(NOBODY, companion="open", state=state))


def test_once_in_three_days() -> None:
    assert free_from(None, NOW) is None
    assert free_from(NOW - EVERY, NOW) is None
    assert free_from(NOW - EVERY + timedelta(seconds=1), NOW) == NOW + timedelta(seconds=1)
