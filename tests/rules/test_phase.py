"""How far a draft has come, in regulations of different order."""

import pytest

from bot.iom.life import Phase, phase
from tests.regulations.given import ALL, REAL
from tests.rules.memory import Walker


def now(walker: Walker) -> Phase:
    return phase(walker.regulation, walker.facts)


@pytest.mark.parametrize("slug", ALL)
def test_an_empty_route_is_registered(slug: str) -> None:
    assert now(Walker(slug)) is Phase.REGISTERED


@pytest.mark.parametrize("slug", REAL)
def test_a_route_goes_from_phase_to_phase(slug: str) -> None:
    """Anna does what the teacher of domain.md §4.2 does, in that order."""
    anna = Walker(slug)
    anna.answers(position="учитель", full_name="Светлова Анна Ильинична")
    assert now(anna) is Phase.REGISTERED
    anna.answers(has_diagnosis="yes")
    assert now(anna) is Phase.DIAGNOSTICS
    diagnosis = anna.adds("diagnoses", scores={"subject": {"total": 49.0}})
    assert now(anna) is Phase.SELF_ANALYSIS
    point = anna.adds("growth", growth_point="subject")
    assert now(anna) is Phase.GOAL_SETTING
    anna.adds("tasks", point, task="Обновить рабочую программу")
    assert now(anna) is Phase.GOAL_SETTING
    anna.answers(term={"from": "2026-12-01", "to": "2027-05-31"})
    assert now(anna) is Phase.PLANNING
    anna.removes(diagnosis)
    assert now(anna) is Phase.PLANNING


@pytest.mark.parametrize("slug", REAL)
def test_a_self_assessment_is_a_diagnosis_only_when_it_is_whole(slug: str) -> None:
    anna = Walker(slug)
    anna.answers(has_diagnosis="no")
    anna.on("self_scores").taps("subject.low")
    assert now(anna) is Phase.DIAGNOSTICS
    row = anna.facts.rows("diagnoses")[0].id
    for block in anna.regulation.block[1:]:
        anna.on("self_scores", row).taps(f"{block.key}.low")
    assert now(anna) is Phase.SELF_ANALYSIS


@pytest.mark.parametrize("slug", ALL)
def test_a_diagnosis_skipped_on_purpose_leads_on(slug: str) -> None:
    """It is voluntary (001 Прил. 1 п. 5.1)."""
    anna = Walker(slug)
    first = "has_diagnosis" if "has_diagnosis" in anna.regulation.questions else "self_scores"
    anna.on(first).skips()
    assert now(anna) is Phase.SELF_ANALYSIS


@pytest.mark.parametrize("slug", ALL)
def test_goals_may_come_before_any_diagnosis(slug: str) -> None:
    """Sections are filled in any order."""
    anna = Walker(slug)
    anna.answers(term={"from": "2026-12-01", "to": "2027-05-31"})
    assert now(anna) is Phase.REGISTERED
    point = anna.adds("growth", growth_point="subject")
    assert now(anna) is Phase.GOAL_SETTING
    anna.adds("tasks", point, task=None)
    assert now(anna) is Phase.GOAL_SETTING
    anna.adds("tasks", point, task="Обновить программу")
    assert now(anna) is Phase.PLANNING


@pytest.mark.parametrize("slug", ALL)
def test_a_whole_draft_is_being_planned(slug: str) -> None:
    anna = Walker(slug)
    anna.walks_the_draft()
    assert now(anna) is Phase.PLANNING
