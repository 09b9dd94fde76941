"""Levels: percent by thresholds without rounding, a test before a self-assessment, the weakest first."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from bot.iom import competence
from bot.iom.interview import Step
from tests.regulations.given import given, usual
from tests.rules.memory import Walker

STAVROPOL = given("stavropol")


@pytest.fixture
def anna() -> Walker:
    walker = Walker("stavropol")
    walker.answers(has_diagnosis="yes")
    return walker


@pytest.fixture
def olga() -> Walker:
    walker = Walker("ust_ilimsk")
    walker.answers(has_diagnosis="yes")
    return walker


def level(walker: Walker, block: str) -> str:
    found = competence.level(walker.regulation, walker.facts, block)
    return found.key if found else ""


@pytest.mark.parametrize(
    ("percent", "key"),
    [
        (0, "high"),
        (49, "high"),
        (59, "high"),
        (59.6, "high"),
        (59.99, "high"),
        (60, "medium"),
        (60.5, "medium"),
        (80, "medium"),
        (80.5, "medium"),
        (80.99, "medium"),
        (81, "minimal"),
        (100, "minimal"),
    ],
)
def test_table_1_of_stavropol_without_rounding(anna: Walker, percent: float, key: str) -> None:
    """001 Прил. 1, табл. 1; domain.md C08."""
    anna.adds("diagnoses", scores={"subject": {"total": percent}})
    assert level(anna, "subject") == key


@for_all(percent=st.floats(0, 100))
def test_every_percent_has_one_level_and_more_is_never_worse(percent: float) -> None:
    levels = STAVROPOL.scale.levels
    found = STAVROPOL.scale.level(percent)
    assert found in levels
    assert levels.index(STAVROPOL.scale.level(min(100, percent + 1))) >= levels.index(found)


def test_percent_of_004_are_never_made_a_level(olga: Walker) -> None:
    """004: the level is a word of the document; a percent may stand beside it."""
    olga.adds("diagnoses", scores={"methodical": {"total": 49.0}})
    assert level(olga, "methodical") == ""
    assert competence.percent(olga.facts, "methodical") == 49


def test_high_is_bad_in_one_document_and_good_in_the_other(anna: Walker, olga: Walker) -> None:
    """domain.md C06."""
    anna.adds("diagnoses", scores={"subject": {"total": 30.0}})
    olga.adds("diagnoses", scores={"subject": {"level": "high"}})
    assert level(anna, "subject") == level(olga, "subject") == "high"
    softly = [
        found.chat
        for walker in (anna, olga)
        if (found := competence.level(walker.regulation, walker.facts, "subject"))
    ]
    assert softly == ["начнём с этого", "ваша опора"]


def test_the_newest_test_counts_by_its_date_not_by_when_it_was_told(anna: Walker) -> None:
    """«В карту идут результаты последней по дате.»"""
    anna.adds("diagnoses", scores={"subject": {"total": 70.0}}, taken_on="2026-09-12")
    anna.adds("diagnoses", scores={"subject": {"total": 49.0}}, taken_on="2024-03-01")
    assert competence.percent(anna.facts, "subject") == 70


def test_a_test_without_a_date_is_older_than_one_with(anna: Walker) -> None:
    anna.adds("diagnoses", scores={"subject": {"total": 70.0}}, taken_on="2026-09-12")
    anna.adds("diagnoses", scores={"subject": {"total": 49.0}})
    assert competence.percent(anna.facts, "subject") == 70


def test_without_dates_the_last_told_is_the_newest(anna: Walker) -> None:
    anna.adds("diagnoses", scores={"subject": {"total": 70.0}})
    anna.adds("diagnoses", scores={"subject": {"total": 49.0}})
    assert competence.percent(anna.facts, "subject") == 49


def test_an_older_test_says_what_the_newest_does_not(anna: Walker) -> None:
    anna.adds("diagnoses", scores={"ict": {"total": 30.0}}, taken_on="2024-03-01")
    anna.adds("diagnoses", scores={"subject": {"total": 70.0}}, taken_on="2026-09-12")
    assert competence.percent(anna.facts, "ict") == 30
    assert competence.percent(anna.facts, "methodical") is None


@pytest.mark.parametrize("score", [{"low": 80.0}, {}, {"level": "high"}])
def test_without_a_total_there_is_no_percent(anna: Walker, score: dict[str, float | str]) -> None:
    anna.adds("diagnoses", scores={"subject": {**score}})
    assert competence.percent(anna.facts, "subject") is None


def test_a_self_assessment_stands_in_where_there_is_no_test() -> None:
    walker = Walker("stavropol")
    walker.answers(has_diagnosis="no")
    walker.adds("diagnoses", self_scores={"subject": {"self": "low"}})
    found = competence.level(walker.regulation, walker.facts, "subject")
    assert found is not None
    assert found.official == "осваивает"
    assert competence.percent(walker.facts, "subject") is None
    assert level(walker, "ict") == ""


def test_what_is_no_longer_asked_gives_no_level(anna: Walker) -> None:
    row = anna.adds("diagnoses", scores={"subject": {"total": 49.0}})
    anna.on("has_diagnosis").taps("no")
    assert level(anna, "subject") == ""
    anna.on("self_scores", row).taps("subject.high")
    assert level(anna, "subject") == "high"
    anna.on("has_diagnosis").taps("yes")
    assert competence.self_level(anna.regulation, anna.facts, "subject") is None
    assert level(anna, "subject") == "high"


def test_a_level_of_an_older_version_of_the_file_is_none(olga: Walker) -> None:
    olga.adds("diagnoses", scores={"methodical": {"level": "excellent"}})
    assert level(olga, "methodical") == ""


def test_the_weakest_block_is_offered_first(anna: Walker) -> None:
    anna.adds(
        "diagnoses", scores={"ict": {"total": 30.0}, "subject": {"total": 81.0}, "methodical": {"total": 30}}
    )
    assert competence.weakest_first(anna.regulation, anna.facts) == (
        "methodical",
        "ict",
        "subject",
        "psych_ped",
        "communicative",
    )


def test_the_lowest_level_is_offered_first(olga: Walker) -> None:
    olga.adds("diagnoses", scores={"subject": {"level": "high"}, "ict": {"level": "low"}, "methodical": {}})
    assert competence.weakest_first(olga.regulation, olga.facts)[:2] == ("ict", "subject")


def test_the_lowest_self_assessment_is_offered_first() -> None:
    walker = Walker("tiny")
    walker.adds("diagnoses", self_scores={"theory": {"self": "can"}, "health": {"self": "try"}})
    assert competence.weakest_first(walker.regulation, walker.facts)[:2] == ("health", "theory")


def test_with_nothing_known_the_printed_order_stands(anna: Walker) -> None:
    assert competence.weakest_first(anna.regulation, anna.facts) == tuple(usual(anna.regulation))


def test_the_walk_offers_the_weakest_by_the_test_just_told(anna: Walker) -> None:
    anna.on("scores").says("П 90, М 85, ПП 20, К 60, ИКТ 61")
    assert competence.weakest_first(anna.regulation, anna.facts)[0] == "psych_ped"
    assert Step("growth_point") in anna.remaining()
