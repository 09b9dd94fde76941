"""Shares, the quota, and whose figures are shown."""

from datetime import UTC, datetime

import pytest

from bot.iom.figures import LEAST, Tally, hidden, percent, quota, summed

EARLY, LATE = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)


def test_sums_keep_the_oldest() -> None:
    found = summed([Tally(1, 2, 3, LATE), Tally(), Tally(1, 0.5, 0, EARLY)])
    assert found == Tally(2, 2.5, 3, EARLY)
    assert summed([]) == Tally()


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 3, 33), (2, 3, 67), (1, 8, 13), (5, 1000, 1), (0, 5, 0), (6, 5, 120), (1, 0, None), (1, None, None)],
)
def test_percent(part: int, whole: int | None, expected: int | None) -> None:
    assert percent(part, whole) == expected


@pytest.mark.parametrize(("staff", "tenth"), [(None, None), (0, None), (1, 1), (60, 6), (61, 7), (100, 10)])
def test_the_quota_is_a_tenth_rounded_up(staff: int | None, tenth: int | None) -> None:
    assert quota(staff) == tenth


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ({1: 20, 2: 30}, set()),
        ({1: 20, 2: 0}, set()),  # of nobody there is nothing to hide
        ({1: 20, 2: 3, 3: 30}, {1, 2}),  # the total less the others would tell of the three
        ({1: 20, 2: 3, 3: 4}, {2, 3}),  # together they are seven
        ({1: 5, 2: 4}, {1, 2}),
        ({1: 2}, {1}),
    ],
)
def test_few_people_are_hidden_and_can_not_be_counted_back(
    people: dict[int, int], expected: set[int]
) -> None:
    found = hidden(people)
    assert found == expected
    assert not found or sum(people[id_] for id_ in found) >= LEAST or found == set(people)
