"""The ladder around a deadline, and what of it is planned."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.iom import notices, rungs
from bot.iom.ball import Ball
from bot.iom.facts import Answer, Entry, Facts, State, Value
from bot.iom.habits import Calendar, Habits
from bot.iom.journey import EMPTY, Extension, Journey, Line, LineState, Pause
from tests.regulations.given import given

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)  # a Monday
REGULATION = given("stavropol")
CALENDAR = Calendar(ZoneInfo("Europe/Moscow"))
END = date(2027, 5, 31)


def facts(*due: date | tuple[date, date], state: State = State.ACTIVE, **answers: Value) -> Facts:
    """A route with these plan lines and a term to the end of May; ids of lines count from 1."""
    told: dict[tuple[int, str], Answer] = {(0, "term"): Answer({"from": "2026-10-01", "to": END.isoformat()})}
    told |= {(0, key): Answer(value) for key, value in answers.items()}
    for number, one in enumerate(due, 1):
        first, last = one if isinstance(one, tuple) else (one, one)
        told[number, "period"] = Answer({"from": first.isoformat(), "to": last.isoformat()})
    rows = tuple(Entry(number, "plan") for number in range(1, len(due) + 1))
    started = datetime(2026, 10, 1, 9, tzinfo=UTC)
    return Facts(7, 3, 5, "stavropol", "x", state, 1, started, True, told, rows, started)


def ladder(
    route: Facts,
    journey: Journey = EMPTY,
    calendar: Calendar = CALENDAR,
    snoozed: Mapping[int, date] | None = None,
) -> dict[int, tuple[date, bool]]:
    """Offset → (day, alone) of the lines."""
    found = rungs.rungs(REGULATION, route, journey, calendar, snoozed or {})
    return {one.offset: (one.day, one.alone) for one in found if one.what == "line"}


def planned(route: Facts, journey: Journey = EMPTY, calendar: Calendar = CALENDAR) -> set[str]:
    """The keys that are planned."""
    return {one.key for one in notices.planned(REGULATION, route, journey, calendar, {}, NOW)}


def test_a_line_climbs_the_ladder() -> None:
    assert ladder(facts(date(2026, 12, 16))) == {  # a Wednesday
        -14: (date(2026, 12, 7), False),  # Wednesday the 2nd: the first digest after it
        -7: (date(2026, 12, 14), False),
        -1: (date(2026, 12, 15), True),
        0: (date(2026, 12, 16), True),
        3: (date(2026, 12, 21), True),  # a Saturday moves on
        7: (date(2026, 12, 23), True),
        14: (date(2027, 1, 4), False),
    }


@pytest.mark.parametrize(
    ("due", "tomorrow", "today"),
    [
        ((date(2026, 12, 1), date(2026, 12, 31)), date(2026, 12, 30), date(2026, 12, 31)),  # a month
        ((date(2027, 1, 1), date(2027, 2, 28)), date(2027, 2, 26), date(2027, 2, 26)),  # its end is a Sunday
        ((date(2028, 2, 1), date(2028, 2, 29)), date(2028, 2, 28), date(2028, 2, 29)),  # a leap day
        (date(2027, 3, 1), date(2027, 2, 26), date(2027, 3, 1)),  # a Monday: said on Friday
        (date(2026, 12, 6), date(2026, 12, 4), date(2026, 12, 4)),  # a Sunday: both on Friday, thus once
    ],
)
def test_a_deadline_is_the_last_day_of_a_period(
    due: date | tuple[date, date], tomorrow: date, today: date
) -> None:
    found = ladder(facts(due))
    assert (found[-1][0], found[0][0]) == (tomorrow, today)


@pytest.mark.parametrize(
    ("state", "reminded"),
    [(state, state in {LineState.PLANNED, LineState.RETURNED, LineState.PARTLY}) for state in LineState],
)
def test_what_lies_with_somebody_else_is_not_reminded_of(state: LineState, reminded: bool) -> None:
    journey = Journey(lines={1: Line(1, state, NOW)})
    assert bool(ladder(facts(date(2026, 12, 16)), journey)) is reminded


@pytest.mark.parametrize("state", sorted(set(State) - rungs.REMINDED))
def test_a_route_that_is_not_carried_out_has_no_deadlines(state: State) -> None:
    assert ladder(facts(date(2026, 12, 16), state=state)) == {}


def test_few_means_the_day_and_what_is_late() -> None:
    few = replace(CALENDAR, habits=Habits(few=True))
    assert set(ladder(facts(date(2026, 12, 16)), calendar=few)) == {-14, -7, 0, 3, 7, 14}


def test_topics_switched_off_are_not_planned() -> None:
    alone = replace(CALENDAR, habits=Habits(off=frozenset({"week"})))
    assert set(ladder(facts(date(2026, 12, 16)), calendar=alone)) == {-1, 0, 3, 7}
    nothing = replace(CALENDAR, habits=Habits(off=frozenset({"week", "deadline"})))
    assert ladder(facts(date(2026, 12, 16)), calendar=nothing) == {}


def test_a_pause_is_silent_and_changes_no_date() -> None:
    journey = Journey(pauses=(Pause(1, date(2026, 12, 1), date(2026, 12, 20)),))
    assert set(ladder(facts(date(2026, 12, 16)), journey)) == {3, 7, 14}
    for_ever = Journey(pauses=(Pause(1, date(2026, 12, 1)),))
    assert ladder(facts(date(2026, 12, 16)), for_ever) == {}


def test_later_is_the_next_time_a_line_is_spoken_of() -> None:
    found = ladder(facts(date(2026, 12, 16)), snoozed={1: date(2026, 12, 18)})
    assert found == {
        2: (date(2026, 12, 18), True),
        3: (date(2026, 12, 21), True),
        7: (date(2026, 12, 23), True),
        14: (date(2027, 1, 4), False),
    }


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("tomorrow", date(2026, 11, 24)),
        ("monday", date(2026, 11, 30)),
        ("week", date(2026, 11, 30)),
        ("never", None),
    ],
)
def test_later_in_a_word(word: str, day: date | None) -> None:
    assert rungs.later(word, NOW.date()) == day


def test_lines_of_one_day_are_one_message() -> None:
    keys = planned(facts(*[date(2026, 12, 16)] * 4))
    assert {key for key in keys if key.startswith("deadline/3/2026")} == {
        f"deadline/3/2026-12-{day}" for day in ("15", "16", "21", "23")
    }


def test_nothing_that_is_over_is_planned() -> None:
    late = facts(date(2026, 11, 20))
    assert all(one.at > NOW for one in notices.planned(REGULATION, late, EMPTY, CALENDAR, {}, NOW))
    assert {key for key in planned(late) if key.startswith("deadline/3/2026")} == {"deadline/3/2026-11-27"}


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("18.03.2027", date(2027, 3, 18)),
        ("до 18.03.2027 г.", date(2027, 3, 18)),
        ("18.03.2024, бессрочно", None),
        ("БЕССРОЧНО", None),
        ("31.02.2027", None),
        ("не проходила", None),
        (None, None),
    ],
)
def test_attestation_is_what_she_wrote(said: str | None, due: date | None) -> None:
    assert rungs.attestation(REGULATION, facts(attestation_date=said)) == due


def test_the_end_of_the_route_is_told_in_digests_and_on_its_day() -> None:
    keys = planned(facts())
    assert {"week/3/2027-04-05", "week/3/2027-05-03", "week/3/2027-05-24", "deadline/3/2027-05-31"} <= keys
    assert "ended/7/2027-06-01" in keys


def test_an_extension_moves_the_end() -> None:
    longer = Extension(1, "own", 2, END, date(2027, 7, 31), NOW, accepted_at=NOW)
    keys = planned(facts(), Journey(extensions=(longer,)))
    assert "ended/7/2027-08-01" in keys
    assert "ended/7/2027-06-01" not in keys


def test_an_approved_plan_begins_on_the_first_working_day_of_its_term() -> None:
    late = facts(state=State.APPROVED)
    assert "begins/7/2026-10-02" in planned(late)  # the day after it was approved, however late it is now
    ahead = replace(late, answers={(0, "term"): Answer({"from": "2026-12-05", "to": END.isoformat()})})
    assert "begins/7/2026-12-07" in planned(ahead)


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_a_draft_is_reminded_of_once(state: State) -> None:
    begun = replace(facts(state=state), state_since=NOW)
    assert [key for key in planned(begun) if key.startswith("draft/")] == ["draft/7/2026-11-23"]


def test_a_sandbox_is_never_reminded_of() -> None:
    assert planned(replace(facts(date(2026, 12, 16)), trial=True)) == set()


def test_a_card_is_kept_as_long_as_its_regulation_says() -> None:
    done = replace(facts(state=State.COMPLETED), state_since=datetime(2028, 2, 29, tzinfo=UTC))
    assert notices.kept_until(given("ust_ilimsk"), done) == date(2031, 2, 28)
    assert notices.kept_until(REGULATION, done) is None


def test_whoever_is_waited_for_is_reminded_after_three_and_seven_days() -> None:
    turn = Ball("mentor", "", NOW)
    keys = [one.key for one in notices.waiting(turn, 9, CALENDAR, NOW)]
    assert keys == ["waits/9/2026-11-26", "waits/9/2026-11-30"]
    (long,) = notices.waiting_long(turn, 7, 11, CALENDAR, NOW)
    assert long.key == "waits_long/7/2026-12-01/11"
    assert notices.waiting(turn, 9, CALENDAR, NOW + timedelta(days=30)) == ()


# --- Questions of the way -------------------------------------------------------------------------------


def of_the_way(
    calendar: Calendar = CALENDAR, now: datetime = NOW, asked: Mapping[str, date] | None = None
) -> list[tuple[str, date]]:
    """Keys and days of monitoring and its kin."""
    route = facts(date(2026, 12, 16))
    found = notices.planned(REGULATION, route, EMPTY, calendar, {}, now, asked or {})
    return [(one.key, calendar.local(one.at)) for one in found if one.kind in notices.PATIENT]


def test_a_monitoring_is_planned_once_on_a_working_day() -> None:
    key, due = "monitoring/7/2027-04-01", date(2027, 4, 1)  # a Thursday
    assert of_the_way() == [(key, due)]
    paused = Calendar(ZoneInfo("Europe/Moscow"), Habits(paused_to=date(2027, 4, 4)))
    assert of_the_way(paused) == [(key, date(2027, 4, 5))]
    assert of_the_way(asked={key: due}) == []


def test_what_is_due_when_its_hour_is_past_is_asked_tomorrow() -> None:
    evening = datetime(2027, 4, 1, 15, tzinfo=UTC)
    assert of_the_way(now=evening) == [("monitoring/7/2027-04-01", date(2027, 4, 2))]
