"""Results that were brought: what accepting writes, and what it never touches."""

from collections.abc import Sequence

import pytest

from bot.iom import brought_diagnosis
from bot.iom.facts import AddEntry, Change, SetAnswer, Value
from tests.regulations.given import given
from tests.rules.memory import Walker

REGULATION = given("stavropol")
SCORES: Value = {"subject": {"total": 49.0}, "gone": {"total": 1.0}}
BROUGHT: dict[str, Value] = {
    "scores": SCORES,
    "taken_on": "2026-09-12",
    "diagnosis_name": "Входная",
    "odd": "x",
}


def written(*rows: dict[str, Value], brought: dict[str, Value] = BROUGHT) -> Sequence[Change]:
    """What accepting writes into a card that has these diagnoses."""
    walker = Walker("stavropol")
    for row in rows:
        walker.adds("diagnoses", **row)
    return brought_diagnosis.changes(REGULATION, walker.facts, brought)


def test_results_become_a_row_of_what_the_regulation_asks() -> None:
    condition, added = written()
    assert condition == SetAnswer("has_diagnosis", "yes")
    assert isinstance(added, AddEntry)
    assert added.answers == {
        "scores": {"subject": {"total": 49.0}},
        "taken_on": "2026-09-12",
        "diagnosis_name": "Входная",
    }


def test_an_empty_row_is_filled_and_what_she_wrote_there_stays() -> None:
    changes = written({"taken_on": "2026-09-01"})
    assert {change.key for change in changes if isinstance(change, SetAnswer)} == {
        "has_diagnosis",
        "scores",
        "diagnosis_name",
    }


def test_results_she_has_stay_and_a_second_row_stands_beside() -> None:
    changes = written({"scores": {"subject": {"total": 80.0}}})
    assert isinstance(changes[-1], AddEntry)
    assert not [change for change in changes if isinstance(change, SetAnswer) and change.row]


@pytest.mark.parametrize(
    "brought", [{}, {"scores": "49"}, {"scores": {}}, {"scores": {"gone": {"total": 1.0}}}]
)
def test_nothing_useful_writes_nothing(brought: dict[str, Value]) -> None:
    assert written(brought=brought) == ()


def test_a_full_table_takes_no_more() -> None:
    most = REGULATION.tables["diagnoses"].at_most
    row: dict[str, Value] = {"scores": {"subject": {"total": 1.0}}}
    assert written(*[row] * most) == ()


def test_words_about_diagnoses_are_no_results() -> None:
    assert not brought_diagnosis.is_one("diagnoses", {})
    assert not brought_diagnosis.is_one("plan", BROUGHT)
    assert brought_diagnosis.is_one("diagnoses", BROUGHT)
