"""When a route is looked at on its way: by the calendar, by the lines, one question a week."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.iom.checkpoint import Checkpoint, CheckpointKind
from bot.iom.facts import State
from bot.iom.journey import EMPTY, Decision, Journey, Line, LineState
from bot.iom.monitoring import Due, asked_now, checkpoints, course, may_be_due
from bot.iom.monitoring_week import question_of_week, spread
from bot.iom.regulation_rules import Rhythm
from tests.rules.between import extension, shown
from tests.rules.memory import Walker, changed

ZONE = ZoneInfo("Europe/Moscow")
MONITORING, REFLECTION = CheckpointKind.MONITORING, CheckpointKind.REFLECTION
ACTIVITY, TRANSFER = CheckpointKind.ACTIVITY, CheckpointKind.TRANSFER


def day(text: str) -> date:
    return date.fromisoformat(text)


def route(starts: str, ends: str, slug: str = "stavropol", **rhythm: Any) -> Walker:
    """Anna's approved plan of a school, carried out in these days, under this rhythm."""
    anna = Walker(slug)
    anna.answers(term={"from": starts, "to": ends})
    anna.facts = replace(anna.facts, state=State.ACTIVE, organisation_id=1)
    if rhythm:
        anna.regulation = changed(anna.regulation, rhythm=Rhythm(**rhythm))
    return anna


def due(anna: Walker, journey: Journey = EMPTY) -> tuple[Due, ...]:
    return checkpoints(anna.regulation, anna.facts, journey, ZONE)


def days(anna: Walker, kind: CheckpointKind = MONITORING, journey: Journey = EMPTY) -> list[str]:
    return [one.on.isoformat() for one in due(anna, journey) if one.kind is kind]


@pytest.mark.parametrize(
    ("starts", "ends", "months", "expected"),
    [
        ("2026-09-01", "2027-05-31", 6, ["2027-03-01"]),
        ("2026-09-01", "2028-05-31", 6, ["2027-03-01", "2027-09-01", "2028-03-01"]),
        ("2026-08-31", "2027-08-31", 6, ["2027-02-28"]),  # the end of a shorter month…
        ("2027-08-31", "2028-08-31", 6, ["2028-02-29"]),  # …of a leap year
        ("2026-10-31", "2027-08-31", 3, ["2027-01-31", "2027-04-30", "2027-07-31"]),  # never drifts
        ("2028-02-29", "2029-06-30", 12, ["2029-02-28"]),
        ("2026-09-01", "2027-02-28", 6, []),  # after the end
        ("2026-09-01", "2027-03-31", 6, []),  # inside the last month
        ("2026-09-01", "2027-04-01", 6, ["2027-03-01"]),  # a month before the end to the day
        ("2026-12-15", "2027-05-31", 1, ["2027-01-15", "2027-02-15", "2027-03-15", "2027-04-15"]),
        ("2026-09-01", "2027-05-31", 0, []),
    ],
)
def test_monitoring_by_the_calendar(starts: str, ends: str, months: int, expected: list[str]) -> None:
    assert days(route(starts, ends, monitoring_months=months)) == expected


def test_half_a_year_is_the_rhythm_of_who_names_none() -> None:
    assert Rhythm().monitoring_months == 6
    assert days(route("2026-09-01", "2027-08-31", "ust_ilimsk")) == ["2027-03-01"]


def test_a_longer_term_has_more_of_them_and_the_old_ones_stay() -> None:
    anna = route("2026-09-01", "2027-05-31")
    longer = Journey(extensions=(extension(6, day("2027-11-30")),))
    assert days(anna, journey=longer) == ["2027-03-01", "2027-09-01"]
    assert {one.key for one in due(anna)} < {one.key for one in due(anna, longer)}


def test_the_key_names_the_route_and_the_day() -> None:
    (one,) = due(route("2026-09-01", "2027-05-31"))
    assert (one.key, one.notice, dict(one.subject)) == (
        "monitoring/1/2027-03-01",
        "monitoring",
        {"on": "2027-03-01"},
    )


def test_what_was_due_before_the_plan_was_agreed_is_not_asked() -> None:
    anna = route("2026-09-01", "2027-08-31", monitoring_months=3)
    late = Decision(1, "agreed", datetime(2027, 2, 28, 21, 30, tzinfo=UTC), step="approve")  # 1 March there
    assert days(anna, journey=Journey(decisions=(late,))) == ["2027-06-01"]
    of_a_correction = replace(late, correction_id=4)
    assert days(anna, journey=Journey(decisions=(of_a_correction,)))[0] == "2026-12-01"


@pytest.mark.parametrize(
    "other",
    [{"organisation_id": None}, {"trial": True}, {"state": State.DRAFT}, {"state": State.FINALIZING}],
)
def test_nobody_is_asked_who_has_no_plan_in_work_or_nobody_to_judge(other: dict[str, Any]) -> None:
    anna = route("2026-09-01", "2027-05-31")
    anna.facts = replace(anna.facts, **other)
    assert due(anna) == ()
    assert not may_be_due(anna.regulation, anna.facts, day("2027-04-01"))


def test_a_route_of_ones_own_is_thought_about_all_the_same() -> None:
    anna = route("2026-09-01", "2027-08-31", reflection_per_year=2)
    anna.facts = replace(anna.facts, organisation_id=None)
    assert (days(anna), days(anna, REFLECTION)) == ([], ["2027-03-01"])


# --- Reflections ----------------------------------------------------------------------------------------


def test_a_reflection_near_a_monitoring_is_asked_in_it() -> None:
    anna = route("2026-09-01", "2028-08-31", monitoring_months=6, reflection_per_year=2)
    assert days(anna, REFLECTION) == []
    assert [one.reflects for one in due(anna)] == [True, True, True]


def test_a_reflection_far_from_it_stands_alone() -> None:
    anna = route("2026-09-01", "2027-08-31", monitoring_months=6, reflection_per_year=4)
    assert days(anna, REFLECTION) == ["2026-12-01", "2027-06-01"]
    alone = [one for one in due(anna) if one.kind is REFLECTION]
    assert [one.last.isoformat() for one in alone] == ["2027-05-31", "2027-07-31"]  # till the next, the end
    uneven = route("2026-09-01", "2027-08-31", monitoring_months=0, reflection_per_year=5)
    assert days(uneven, REFLECTION) == ["2026-11-01", "2027-01-01", "2027-04-01", "2027-06-01"]


def confirmed(row: int, at: datetime, *evidence: Any) -> Journey:
    return Journey(lines={row: Line(row, LineState.CONFIRMED, at)}, evidence=evidence)


EVENING = datetime(2026, 12, 30, 22, 0, tzinfo=UTC)  # the 31st already, on Anna's clock


def test_what_an_activity_gave_is_asked_the_day_after_it_was_confirmed() -> None:
    anna = route("2026-09-01", "2027-05-31", "ust_ilimsk")
    row = anna.adds("plan", title="Мастер-класс")
    journey = confirmed(row, EVENING)
    assert days(anna, ACTIVITY, journey) == ["2027-01-01"]
    (one,) = [one for one in due(anna, journey) if one.kind is ACTIVITY]
    assert (one.key, one.notice, dict(one.subject)) == (
        f"reflection/1/line-{row}",
        "reflection",
        {"entry": row},
    )
    anna.answers(row, reflection="Пробую утренний круг")
    assert days(anna, ACTIVITY, journey) == []
    for state in set(LineState) - {LineState.CONFIRMED}:
        anna.answers(row, reflection=None)
        assert days(anna, ACTIVITY, Journey(lines={row: Line(row, state, EVENING)})) == [], state


def test_where_the_regulation_does_not_ask_of_every_activity_nobody_does() -> None:
    anna = route("2026-09-01", "2027-05-31")
    assert days(anna, ACTIVITY, confirmed(anna.adds("plan", title="Курсы"), EVENING)) == []


# --- What of a course was at a lesson -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "hours", "expected"),
    [
        ("certificate", None, True),  # the regulation calls it a course
        ("attendance", 2.0, True),  # it has hours
        ("attendance", None, False),
        ("lesson", None, False),
        ("", None, False),
    ],
)
def test_what_a_course_is(kind: str, hours: float | None, expected: bool) -> None:
    anna = route("2026-09-01", "2027-05-31")
    journey = confirmed(5, EVENING, shown(5, hours, kind=kind))
    assert course(anna.regulation, journey, journey.lines[5]) is expected


def test_a_course_is_asked_about_three_to_four_weeks_later() -> None:
    anna = route("2026-09-01", "2027-05-31")
    row = anna.adds("plan", title="Курсы")
    journey = confirmed(row, EVENING, shown(row, 36.0))
    (one,) = [one for one in due(anna, journey) if one.kind is TRANSFER]
    assert (one.on, one.last) == (day("2027-01-21"), day("2027-01-28"))
    never = route("2026-09-01", "2027-05-31", transfer_weeks=0)
    never.adds("plan", title="Курсы")
    assert days(never, TRANSFER, journey) == []


# --- Today ----------------------------------------------------------------------------------------------


def now(anna: Walker, today: str, journey: Journey = EMPTY) -> list[CheckpointKind]:
    return [one.kind for one in asked_now(anna.regulation, anna.facts, journey, ZONE, day(today))]


def test_a_monitoring_is_asked_while_there_is_an_open_line() -> None:
    anna = route("2026-09-01", "2027-05-31")
    assert now(anna, "2027-03-01") == []
    row = anna.adds("plan", title="Курсы")
    assert (now(anna, "2027-02-28"), now(anna, "2027-03-01")) == ([], [MONITORING])
    assert (now(anna, "2027-04-30"), now(anna, "2027-05-01")) == ([MONITORING], [])
    done = Journey(lines={row: Line(row, LineState.CLAIMED, EVENING)})
    assert now(anna, "2027-03-01", done) == []
    assert not may_be_due(anna.regulation, anna.facts, day("2027-02-28"))
    assert may_be_due(anna.regulation, anna.facts, day("2027-03-01"))


def test_one_that_was_begun_may_be_finished_later_and_one_that_was_sent_is_over() -> None:
    anna = route("2026-09-01", "2027-05-31")
    anna.adds("plan", title="Курсы")
    begun = Checkpoint(1, "monitoring/1/2027-03-01", "monitoring", day("2027-03-01"), EVENING)
    assert now(anna, "2027-05-20", Journey(checkpoints=(begun,))) == [MONITORING]
    sent = replace(begun, answered_at=EVENING)
    assert now(anna, "2027-03-02", Journey(checkpoints=(sent,))) == []


def test_an_approved_plan_has_its_days_but_is_not_asked_before_it_begins() -> None:
    anna = route("2026-09-01", "2027-05-31")
    anna.adds("plan", title="Курсы")
    anna.facts = replace(anna.facts, state=State.APPROVED)
    assert (days(anna), now(anna, "2027-03-01")) == (["2027-03-01"], [])


# --- One question a week --------------------------------------------------------------------------------

MONDAY = day("2027-03-01")


def one(kind: CheckpointKind, on: int, patience: int = 21) -> Due:
    """A question due so many days after Monday the 1st of March."""
    at = MONDAY + timedelta(days=on)
    return Due(f"{kind}/{on}", kind, at, at + timedelta(days=patience), on)


def when(*questions: Due, asked: dict[str, date] | None = None, today: date = MONDAY) -> dict[str, int]:
    found = spread(questions, asked or {}, today)
    assert len({at - timedelta(days=at.weekday()) for _, at in found}) == len(found)
    return {question.key: (at - MONDAY).days for question, at in found}


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ([one(MONITORING, 0)], {"monitoring/0": 0}),
        ([one(REFLECTION, 0), one(MONITORING, 3)], {"monitoring/3": 3, "reflection/0": 7}),
        (
            [one(ACTIVITY, 1), one(ACTIVITY, 2), one(ACTIVITY, 6)],
            dict(zip(("activity/1", "activity/2", "activity/6"), (1, 7, 14), strict=True)),
        ),
        ([one(ACTIVITY, 1), one(TRANSFER, 2, 7)], {"transfer/2": 2, "activity/1": 7}),
        ([one(MONITORING, 4), one(TRANSFER, 0, 7)], {"monitoring/4": 4, "transfer/0": 7}),
        ([one(MONITORING, 4), one(TRANSFER, 0, 6)], {"monitoring/4": 4}),  # a week later is too late
        ([one(REFLECTION, 6), one(REFLECTION, 7)], {"reflection/6": 6, "reflection/7": 7}),
    ],
)
def test_one_question_a_week(questions: list[Due], expected: dict[str, int]) -> None:
    assert when(*questions) == expected
    assert when(*reversed(questions)) == expected


def test_what_was_asked_takes_its_week_and_is_not_asked_again() -> None:
    questions = [one(MONITORING, 0), one(ACTIVITY, 1)]
    assert when(*questions, asked={"monitoring/0": MONDAY}) == {"activity/1": 7}
    assert when(*questions, asked={"other": MONDAY - timedelta(days=1)}) == {
        "monitoring/0": 0,
        "activity/1": 7,
    }


def test_after_an_outage_nothing_is_asked_in_the_past_or_too_late() -> None:
    today = MONDAY + timedelta(days=16)
    assert when(one(ACTIVITY, 1), one(TRANSFER, 2, 7), one(MONITORING, 3, 60), today=today) == {
        "monitoring/3": 16,
        "activity/1": 21,
    }


def test_a_day_off_is_waited_for_even_into_another_week() -> None:
    """A holiday week: what moves behind it must not meet another question there."""
    back = MONDAY + timedelta(days=14)
    found = spread([one(ACTIVITY, 3), one(ACTIVITY, 8)], {}, MONDAY, lambda day: max(day, back))
    assert [(question.key, (at - MONDAY).days) for question, at in found] == [
        ("activity/3", 14),
        ("activity/8", 21),
    ]


def test_the_one_question_of_this_week() -> None:
    questions = [one(ACTIVITY, 1), one(MONITORING, 4), one(REFLECTION, 20)]
    assert question_of_week(questions, {}, MONDAY) == questions[1]
    assert question_of_week(questions, {"monitoring/4": MONDAY}, MONDAY) is None
    assert question_of_week(questions, {"monitoring/4": MONDAY}, MONDAY + timedelta(days=7)) == questions[0]
    assert question_of_week([], {}, MONDAY) is None
