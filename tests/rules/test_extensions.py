"""A longer term only where the regulation has it, and no longer than it says; a pause moves no date."""

from datetime import date

import pytest

from bot.iom.asked import Refused
from bot.iom.extensions import Allowed, ends_on, later, may_accept, may_extend, paused, waiting
from bot.iom.facts import State
from bot.iom.journey import EMPTY, Journey, Pause
from tests.rules.between import LONGER, TODAY, at, carried_out, extension
from tests.rules.memory import Walker

NOVEMBER = date(2027, 11, 30)


@pytest.fixture
def anna() -> Walker:
    return carried_out("ust_ilimsk", extension=LONGER)


def refused(reason: str, clause: str) -> Refused:
    return Refused(reason, {"clause": clause})


def asked(walker: Walker, journey: Journey = EMPTY, by: str = "teacher") -> Allowed | Refused:
    return may_extend(walker.regulation, walker.facts, journey, TODAY, by)


def test_anna_extends_by_herself(anna: Walker) -> None:
    """004 п. 1.9."""
    assert asked(anna) == Allowed(6, NOVEMBER, "own", "004 п. 1.9")


@pytest.mark.parametrize("by", ["mentor", "coordinator"])
def test_it_is_offered_to_her(anna: Walker, by: str) -> None:
    """004 п. 1.13."""
    assert asked(anna, by=by) == Allowed(6, NOVEMBER, "offered", "004 п. 1.13")


@pytest.mark.parametrize("by", ["curator", "head", "approver", "methodist", "expert", "", "stranger"])
def test_nobody_else_offers_it(anna: Walker, by: str) -> None:
    assert asked(anna, by=by) == refused("not_yours", "004 п. 1.9")


def test_where_the_regulation_has_none_there_is_none() -> None:
    walker = carried_out("stavropol")
    assert asked(walker) == refused("no_extension", "001 Прил. 4, §1")
    offer = extension(3, NOVEMBER, accepted=False)
    assert isinstance(
        may_accept(walker.regulation, walker.facts, Journey(extensions=(offer,)), TODAY, offer), Refused
    )


def test_a_regulation_may_have_only_one_of_the_two() -> None:
    assert asked(carried_out(extension={**LONGER, "own": False})) == refused("not_yours", "004 п. 1.9")
    offered = carried_out(extension={**LONGER, "offered": False})
    assert asked(offered, by="mentor") == refused("not_yours", "004 п. 1.9")
    assert isinstance(asked(offered), Allowed)


@pytest.mark.parametrize("state", State)
def test_only_a_route_that_is_carried_out_is_extended(anna: Walker, state: State) -> None:
    at(anna, state)
    goes = state in {State.APPROVED, State.ACTIVE, State.FINALIZING}
    assert isinstance(asked(anna), Allowed) == goes
    assert isinstance(asked(anna, by="mentor"), Allowed) == goes


def test_six_months_in_all(anna: Walker) -> None:
    """C02: 1.9 and 1.13 are not added up; how many times is the regulation's."""
    once = Journey(extensions=(extension(2, date(2027, 7, 31)),))
    assert asked(anna, once) == refused("extension_used", "004 п. 1.9")
    twice = carried_out("ust_ilimsk", extension={**LONGER, "count": 2})
    assert asked(twice, once) == Allowed(4, NOVEMBER, "own", "004 п. 1.9")
    whole = Journey(extensions=(extension(6, NOVEMBER),))
    assert asked(twice, whole) == refused("extension_used", "004 п. 1.9")


def test_what_was_declined_counts_for_nothing(anna: Walker) -> None:
    declined = Journey(extensions=(extension(6, NOVEMBER, accepted=False, declined=True),))
    assert ends_on(anna.facts, declined) == date(2027, 5, 31)
    assert isinstance(asked(anna, declined), Allowed)


def test_an_offer_is_answered_before_anything_else(anna: Walker) -> None:
    offer = extension(3, date(2027, 8, 31), accepted=False)
    journey = Journey(extensions=(offer,))
    assert waiting(journey) == offer
    assert asked(anna, journey) == refused("extension_waits", "004 п. 1.13")
    assert isinstance(may_accept(anna.regulation, anna.facts, journey, TODAY, offer), Allowed)
    assert may_accept(anna.regulation, anna.facts, EMPTY, TODAY, offer) == refused(
        "extension_waits", "004 п. 1.13"
    )
    too_long = extension(7, date(2027, 12, 31), accepted=False)
    assert may_accept(
        anna.regulation, anna.facts, Journey(extensions=(too_long,)), TODAY, too_long
    ) == refused("extension_used", "004 п. 1.13")


def test_a_term_long_over_is_not_extended(anna: Walker) -> None:
    def on(day: date) -> Allowed | Refused:
        return may_extend(anna.regulation, anna.facts, EMPTY, day)

    assert isinstance(on(NOVEMBER), Allowed)
    assert on(date(2027, 12, 1)) == refused("extension_late", "004 п. 1.9")


def test_without_a_term_there_is_nothing_to_extend(anna: Walker) -> None:
    anna.answers(term=None)
    assert ends_on(anna.facts, EMPTY) is None
    assert asked(anna) == refused("no_term", "004 п. 1.9")


@pytest.mark.parametrize(
    ("end", "months", "then"),
    [
        (date(2027, 5, 31), 6, date(2027, 11, 30)),
        (date(2027, 9, 30), 1, date(2027, 10, 31)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 5, 15), 3, date(2027, 8, 15)),
        (date(2027, 8, 30), 6, date(2028, 2, 29)),
    ],
)
def test_months_are_added_to_the_end(end: date, months: int, then: date) -> None:
    assert later(end, months) == then


def test_the_end_is_the_latest_that_was_agreed(anna: Walker) -> None:
    two = (extension(2, date(2027, 7, 31)), extension(1, date(2027, 8, 31)))
    assert ends_on(anna.facts, Journey(extensions=two)) == date(2027, 8, 31)


def test_a_pause_is_silent_on_both_its_days() -> None:
    ill = Journey(pauses=(Pause(1, date(2026, 12, 1), date(2026, 12, 10)),))
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 10), date(2026, 12, 11)]
    assert [paused(ill, day) for day in days] == [False, True, True, False]
    leave = Journey(pauses=(Pause(1, date(2026, 12, 1)),))
    assert paused(leave, date(2030, 1, 1))
    assert not paused(EMPTY, TODAY)


def test_a_pause_moves_no_date(anna: Walker) -> None:
    ill = Journey(pauses=(Pause(1, date(2026, 12, 1)),))
    assert ends_on(anna.facts, ill) == ends_on(anna.facts, EMPTY)
