"""The profile of deficits: levels by the right scale, the newest result, nobody out of fewer than five."""

import pytest

from bot.iom.profile import Diagnosed, beside, profile
from tests.regulations.given import given

PERCENT, LEVEL = given("stavropol"), given("ust_ilimsk")
KNOWN = {"p": PERCENT, "l": LEVEL}
FIRST, ANY = next(iter(PERCENT.blocks)), next(iter(LEVEL.blocks))


def measured(*totals: float, subject: str = "") -> list[Diagnosed]:
    return [
        Diagnosed(n, "p", n, "2026-09-01", {FIRST: {"total": total}}, subject)
        for n, total in enumerate(totals, 1)
    ]


def test_levels_are_counted_worst_first_and_percents_are_not_rounded() -> None:
    (block,) = profile(KNOWN, measured(59.9, 60, 80.9, 81, 100))["stavropol"]
    assert [number for _, number in block.levels] == [1, 2, 2]
    assert [level.key for level, _ in block.levels] == [level.key for level in PERCENT.scale.levels]
    assert (block.weak, block.people, block.known) == (1, 5, True)
    assert block.mean == pytest.approx(76.36)


def test_fewer_than_five_people_say_nothing() -> None:
    (block,) = profile(KNOWN, measured(10, 20, 30, 40))["stavropol"]
    assert not block.known
    assert block.mean is None


def test_the_newest_result_of_a_person_counts() -> None:
    old = Diagnosed(1, "p", 9, "2025-09-01", {FIRST: {"total": 10}})
    (block,) = profile(KNOWN, [*measured(90), old])["stavropol"]
    assert (block.people, block.weak) == (1, 0)


def test_regulations_are_never_mixed() -> None:
    worst, best = LEVEL.scale.levels[0].key, LEVEL.scale.levels[-1].key
    levels = [
        Diagnosed(n, "l", n, "", {ANY: {"level": level}}) for n, level in enumerate((worst, worst, best))
    ]
    found = profile(KNOWN, [*measured(10, 90), *levels])
    assert found["ust_ilimsk"][0].weak == 2
    assert found["stavropol"][0].people == 2


@pytest.mark.parametrize("scores", [None, "", [], {FIRST: 3}, {FIRST: {}}, {"forged": {"total": 5}}])
def test_what_is_no_result_is_nobody(scores: object) -> None:
    assert profile(KNOWN, [Diagnosed(1, "p", 1, "", scores)]) == {"stavropol": ()}  # type: ignore[arg-type]
    assert profile(KNOWN, [Diagnosed(1, "unknown", 1, "", {FIRST: {"total": 5}})]) == {}


def test_results_of_pupils_stand_beside_their_teachers() -> None:
    taught = measured(50, 60, 70, 80, 90, subject="Математика, физика")
    title = PERCENT.blocks[FIRST].title
    rows = beside({title.upper(): 40, "математика": 62.5, "Химия": 30}, KNOWN, taught)
    assert [(one.pupils, one.teachers, one.people) for one in rows] == [
        (40, 70, 5),
        (62.5, 70, 5),
        (30, None, 0),
    ]
    (few,) = beside({"математика": 62.5}, KNOWN, taught[:4])
    assert few.teachers is None
