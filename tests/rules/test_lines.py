"""A plan line: every state, every event, every person; and when it is late."""

from datetime import date
from itertools import product
from typing import get_args

import pytest

from bot.iom.asked import Refused
from bot.iom.facts import Value
from bot.iom.journey import EMPTY, Journey, LineState
from bot.iom.lines import (
    BY_CORRECTION,
    CLOSED,
    LineEvent,
    counted,
    line_move,
    moved,
    next_line,
    overdue,
    overdue_lines,
)
from bot.iom.period import Period
from bot.iom.regulation import Capability
from tests.rules.between import carried_out, lines

PLANNED, CLAIMED, CONFIRMED = LineState.PLANNED, LineState.CLAIMED, LineState.CONFIRMED
PARTLY, RETURNED, NOT_DONE = LineState.PARTLY, LineState.RETURNED, LineState.NOT_DONE
REPLACED, CANCELLED = LineState.REPLACED, LineState.CANCELLED
WHO = (*get_args(Capability), BY_CORRECTION, "", "stranger")

EVERY = [*product(LineState, LineEvent)]

# Everything that may happen; whatever is not here is refused.
ALLOWED = {
    (PLANNED, "claim", "teacher"): CLAIMED,
    (PARTLY, "claim", "teacher"): CLAIMED,
    (RETURNED, "claim", "teacher"): CLAIMED,
    (NOT_DONE, "claim", "teacher"): CLAIMED,
    (CLAIMED, "withdraw_claim", "teacher"): PLANNED,
    (CLAIMED, "confirm", "mentor"): CONFIRMED,
    (CLAIMED, "confirm_partly", "mentor"): PARTLY,
    (CLAIMED, "return", "mentor"): RETURNED,
    (CONFIRMED, "undo", "mentor"): CLAIMED,
    (PARTLY, "undo", "mentor"): CLAIMED,
    (RETURNED, "undo", "mentor"): CLAIMED,
    (PLANNED, "not_done", "teacher"): NOT_DONE,
    (RETURNED, "not_done", "teacher"): NOT_DONE,
    (NOT_DONE, "undo", "teacher"): PLANNED,
    (PLANNED, "replace", BY_CORRECTION): REPLACED,
    (RETURNED, "replace", BY_CORRECTION): REPLACED,
    (NOT_DONE, "replace", BY_CORRECTION): REPLACED,
    (PLANNED, "cancel", BY_CORRECTION): CANCELLED,
    (RETURNED, "cancel", BY_CORRECTION): CANCELLED,
    (NOT_DONE, "cancel", BY_CORRECTION): CANCELLED,
}


@pytest.mark.parametrize(("state", "event"), EVERY)
def test_every_state_event_and_person(state: LineState, event: LineEvent) -> None:
    for who in WHO:
        assert line_move(state, event, who) == ALLOWED.get((state, event.value, who)), who


@pytest.mark.parametrize(("state", "event"), EVERY)
def test_the_regulation_says_who_confirms(state: LineState, event: LineEvent) -> None:
    """What the mentor may, the curator may instead of her; a teacher named there still can't."""
    for who in ("mentor", "curator", "methodist"):
        as_mentor = ALLOWED.get((state, event.value, "mentor"))
        now = line_move(state, event, who, ("curator", "methodist", "teacher"))
        assert now == (None if who == "mentor" else as_mentor)
    as_teacher = ALLOWED.get((state, event.value, "teacher"))
    assert line_move(state, event, "teacher", ("curator", "methodist", "teacher")) == as_teacher


def test_nothing_leads_out_of_replaced_and_cancelled() -> None:
    for state, event, who in product((REPLACED, CANCELLED), LineEvent, WHO):
        assert line_move(state, event, who) is None


def test_every_state_can_be_reached_and_every_open_one_closed() -> None:
    assert {PLANNED, *ALLOWED.values()} == set(LineState)
    ways = {(state, to) for (state, _, _), to in ALLOWED.items()}
    for state in set(LineState) - CLOSED:
        reached = {state}
        for _ in LineState:
            reached |= {to for one, to in ways if one in reached}
        assert reached & CLOSED


@pytest.mark.parametrize(
    ("state", "event", "who", "lacks"),
    [
        (PLANNED, LineEvent.NOT_DONE, "teacher", "reason_needed"),
        (CLAIMED, LineEvent.CONFIRM_PARTLY, "mentor", "no_left"),
        (CLAIMED, LineEvent.RETURN, "mentor", "no_remark"),
    ],
)
def test_some_events_need_words(state: LineState, event: LineEvent, who: str, lacks: str) -> None:
    anna = carried_out()
    assert moved(anna.regulation, state, event, who, "  ") == Refused(lacks)
    assert isinstance(moved(anna.regulation, state, event, who, "не было группы"), LineState)


def test_a_confirmation_needs_no_words_and_a_second_tap_is_told_so() -> None:
    rule = carried_out(confirm=("curator",)).regulation
    assert moved(rule, CLAIMED, LineEvent.CONFIRM, "curator") is CONFIRMED
    assert moved(rule, CONFIRMED, LineEvent.CONFIRM, "curator") == Refused(
        "line_moved_on", {"state": "confirmed"}
    )
    assert isinstance(moved(rule, CLAIMED, LineEvent.CONFIRM, "mentor"), Refused)


@pytest.mark.parametrize("state", LineState)
def test_late_is_only_what_waits_for_the_teacher(state: LineState) -> None:
    week = Period(date(2026, 12, 7), date(2026, 12, 13))
    assert not overdue(state, week, date(2026, 12, 13)), "due on its last day"
    assert overdue(state, week, date(2026, 12, 14)) == (state in {PLANNED, RETURNED, PARTLY})
    assert not overdue(state, None, date(2030, 1, 1))


def test_the_late_lines_of_a_plan() -> None:
    anna = carried_out()
    november: dict[str, Value] = {"from": "2026-11-01", "to": "2026-11-30"}
    late = anna.adds("plan", title="Семинар", period=november)
    claimed = anna.adds("plan", title="Курсы", period=november)
    anna.adds("plan", title="Чтение")
    anna.adds("plan", title="Урок", period={"from": "2026-12-10", "to": "2026-12-10"})
    journey = Journey(lines=lines(**{f"_{claimed}": CLAIMED}))
    assert overdue_lines(anna.regulation, anna.facts, journey, date(2026, 12, 10)) == (late,)
    assert overdue_lines(anna.regulation, anna.facts, EMPTY, date(2026, 12, 10)) == (late, claimed)
    assert counted(anna.facts, journey) == {PLANNED: 3, CLAIMED: 1}


def test_the_next_line_came_back_or_is_due_first() -> None:
    anna = carried_out()
    undated = anna.adds("plan", title="Чтение")
    late = anna.adds("plan", title="Урок", period={"from": "2027-02-10", "to": "2027-02-10"})
    first = anna.adds("plan", title="Семинар", period={"from": "2026-12-01", "to": "2026-12-31"})

    def following(**states: LineState) -> int:
        found = next_line(anna.regulation, anna.facts, Journey(lines=lines(**states)))
        return found.id if found else 0

    assert following() == first
    assert following(**{f"_{late}": RETURNED}) == late
    assert following(**{f"_{first}": CLAIMED}) == late
    assert following(**{f"_{first}": CONFIRMED, f"_{late}": CONFIRMED}) == undated
    assert following(**dict.fromkeys((f"_{first}", f"_{late}", f"_{undated}"), CONFIRMED)) == 0
