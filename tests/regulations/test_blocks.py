"""Blocks of competences and the scale they are measured in."""

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from tests.regulations.given import ALL, REAL, SHIPPED, given, usual

CODES = ["subject", "methodical", "psych_ped", "communicative", "ict"]
percents = st.floats(min_value=0, max_value=100, allow_nan=False)


@pytest.mark.parametrize("slug", REAL)
def test_both_regions_share_the_codes_of_blocks(slug: str) -> None:
    """domain.md C10: a common code and a caption of one's own."""
    assert list(usual(given(slug))) == CODES


def test_stavropol_prints_the_rows_of_its_form() -> None:
    assert [block.title for block in usual(given("stavropol")).values()] == [
        "Предметные",
        "Методические",
        "Психолого-педагогические",
        "Коммуникативные",
        "ИКТ-компетентность",
    ]


@pytest.mark.parametrize("slug", ALL)
def test_a_block_suggests_tasks_to_choose_from(slug: str) -> None:
    for block in given(slug).block:
        assert len(set(block.tasks)) >= 5, block.key
        assert max(map(len, block.tasks)) <= 140, block.key
    if slug in SHIPPED:
        tasks = [task for block in given(slug).block for task in block.tasks]
        assert len(set(tasks)) == len(tasks)


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_block_names_results_one_can_count(slug: str) -> None:
    for block in given(slug).block:
        assert len(set(block.results)) >= 2, block.key
        counted = [result for result in block.results if any(map(str.isdigit, result))]
        assert len(counted) >= 2, block.key


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_block_describes_three_levels_by_what_one_does(slug: str) -> None:
    for block in given(slug).block:
        assert list(block.selfcheck) == ["low", "medium", "high"]
        assert len(set(block.selfcheck.values())) == 3
        assert all(20 <= len(words) <= 120 for words in block.selfcheck.values()), block.key


@pytest.mark.parametrize("slug", SHIPPED)
def test_words_of_levels_fit_a_button(slug: str) -> None:
    scale = given(slug).scale
    for level in (*scale.levels, *scale.self_levels):
        assert len(level.chat) <= 24, level.key
    assert [level.key for level in scale.self_levels] == ["low", "medium", "high"]


@pytest.mark.parametrize("slug", ALL)
def test_a_block_has_a_short_name_of_its_own(slug: str) -> None:
    shorts = [block.short.casefold() for block in given(slug).block]
    assert len(set(shorts)) == len(shorts)
    assert all(1 <= len(short) <= 4 for short in shorts)


@pytest.mark.parametrize(
    ("percent", "level"),
    [
        (0, "Высокий"),
        (59.6, "Высокий"),
        (59.999999, "Высокий"),
        (60, "Средний"),
        (60.5, "Средний"),
        (80, "Средний"),
        (80.5, "Средний"),
        (80.999999, "Средний"),
        (81, "Минимальный/отсутствие дефицита"),
        (100, "Минимальный/отсутствие дефицита"),
    ],
)
def test_percents_are_compared_before_any_rounding(percent: float, level: str) -> None:
    """001 Прил. 1, табл. 1; domain.md C08."""
    assert given("stavropol").scale.level(percent).official == level


@every(percent=percents)
def test_every_percent_has_exactly_one_level(percent: float) -> None:
    levels = given("stavropol").scale.levels
    lower = [0.0, *(level.below for level in levels if level.below is not None)]
    upper = [*lower[1:], float("inf")]
    holding = [level for level, low, high in zip(levels, lower, upper, strict=True) if low <= percent < high]
    assert holding == [given("stavropol").scale.level(percent)]


@every(one=percents, other=percents)
def test_a_better_result_never_has_a_worse_level(one: float, other: float) -> None:
    scale = given("stavropol").scale
    low, high = sorted((one, other))
    assert scale.levels.index(scale.level(low)) <= scale.levels.index(scale.level(high))


def test_each_region_keeps_its_own_direction() -> None:
    """domain.md C06: «высокий» is bad in 001 and good in 004."""
    stavropol, ilimsk = given("stavropol").scale, given("ust_ilimsk").scale
    assert (stavropol.kind, stavropol.direction) == ("percent", "complexity")
    assert (ilimsk.kind, ilimsk.direction) == ("level", "competence")
    assert [level.key for level in stavropol.levels] == ["high", "medium", "minimal"]
    assert [level.key for level in ilimsk.levels] == ["low", "medium", "high"]
    assert stavropol.columns == ("low", "medium", "high", "total")
    assert ilimsk.columns == ("low", "medium", "high")


def test_stavropol_tells_how_to_make_up_for_each_level() -> None:
    """001 Прил. 1, табл. 1, third column."""
    high, medium, minimal = (level.advice for level in given("stavropol").scale.levels)
    assert high == "Профессиональное развитие по технологии ИОМ"
    assert medium.endswith("или повышение квалификации по предметным программам")
    assert minimal.endswith("на основе неформального и информального образования")
