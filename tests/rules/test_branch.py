"""Blocks that stand in for others (001 3.2, 4.1): a head is measured by five blocks of management."""

import re

import pytest

from bot.iom import competence, hints, interview, summary
from bot.iom.asked import Accepted, Refused
from bot.iom.branch import blocks_of
from bot.iom.card import card_of
from bot.iom.dynamics import dynamics
from bot.iom.interview import Step
from bot.iom.regulation_file import RegulationError, parse
from tests.regulations.given import given, source, usual
from tests.rules.memory import Walker
from tests.rules.tree import column, table, words

MANAGES = "управление образовательной организацией"
MANAGERS = ["processes", "resources", "staff", "results", "information"]
TITLES = [
    "Управление процессами",
    "Управление ресурсами",
    "Управление кадрами",
    "Управление результатами",
    "Управление информацией",
]


@pytest.fixture
def galina() -> Walker:
    """A deputy head who has chosen the direction of management."""
    walker = Walker("stavropol")
    walker.on("position").says("заместитель директора")
    walker.on("subject").says(MANAGES.upper())
    walker.on("has_diagnosis").says("да")
    return walker


def test_the_direction_of_management_is_typed_in_any_case(galina: Walker) -> None:
    assert galina.on("subject").value == MANAGES
    assert list(blocks_of(galina.regulation, galina.facts)) == MANAGERS


def test_others_keep_the_blocks_of_teachers(galina: Walker) -> None:
    galina.on("subject").says("математика")
    assert list(blocks_of(galina.regulation, galina.facts)) == list(usual(galina.regulation))
    empty = Walker("stavropol")
    assert list(blocks_of(empty.regulation, empty.facts)) == list(usual(empty.regulation))


def test_she_answers_about_her_blocks_only(galina: Walker) -> None:
    assert isinstance(galina.on("scores").says("УП 49, УК 70,5, УИ 90"), Accepted)
    row = galina.facts.rows("diagnoses")[0].id
    assert isinstance(galina.on("scores", row).says("М 50"), Refused)
    assert set(competence.scores(galina.facts, row)) == {"processes", "staff", "information"}
    assert competence.weakest_first(galina.regulation, galina.facts)[:3] == (
        "processes",
        "staff",
        "information",
    )
    assert isinstance(galina.on("growth_point").taps("subject"), Refused)
    galina.on("growth_point").says("управление процессами")
    step = Step("scores", row)
    assert summary.in_words(galina.regulation, galina.facts, step) == "УП 49, УК 70,5, УИ 90"


def test_five_other_blocks_are_printed_on_the_way_in_and_out(galina: Walker) -> None:
    galina.adds("diagnoses", scores={"processes": {"total": 49.0}, "subject": {"total": 80.0}})
    galina.adds("diagnoses_final", final_scores={"processes": {"total": 72.0}})
    made = card_of(galina.regulation, galina.facts)
    assert column(table(made, "общий"), "Компетенции") == TITLES
    assert column(table(made, "общий"), "общий") == ["49", "", "", "", ""]
    assert words(made).count("Управление кадрами") == 2
    assert "Предметные" not in words(made)
    assert [one.key for one in dynamics(galina.regulation, galina.facts)] == ["processes"]


def test_a_self_assessment_is_of_her_blocks(galina: Walker) -> None:
    galina.on("has_diagnosis").says("нет")
    row = 0
    for key in MANAGERS:
        galina.on("self_scores", row).taps(f"{key}.medium")
        row = galina.facts.rows("diagnoses")[0].id
    assert interview.done(galina.regulation, galina.facts, Step("self_scores", row))
    galina.on("subject").says("математика")
    assert not interview.done(galina.regulation, galina.facts, Step("self_scores", row))


def test_a_point_chosen_before_a_change_of_mind_keeps_its_words(galina: Walker) -> None:
    galina.adds("growth", growth_point="methodical")
    printed = table(card_of(galina.regulation, galina.facts), "Профессиональные дефициты")
    assert printed.rows[0][0] == given("stavropol").blocks["methodical"].deficit


def test_a_manager_walks_the_same_twelve_answers(galina: Walker) -> None:
    galina.walks_the_draft()
    assert galina.facts.text("growth_point", galina.facts.rows("growth")[0].id) in MANAGERS
    assert not [one for one in hints.blocks(galina.regulation, galina.facts) if one.kind == "no_task"]


def test_some_block_stands_without_a_condition() -> None:
    when = 'asked_if = { question = "wants_mentor", answer = "need" }\n'
    spoilt = re.sub(r"(\[\[block\]\]\n)", rf"\g<1>{when}", source("tiny"))
    with pytest.raises(RegulationError, match="хоть один блок нужен без условия"):
        parse(spoilt)


@pytest.mark.parametrize(("answer", "reason"), [("maybe", "нет варианта «maybe»"), ("need", "")])
def test_the_condition_of_a_block_is_checked(answer: str, reason: str) -> None:
    one = f'key = "health"\nasked_if = {{ question = "wants_mentor", answer = "{answer}" }}\n'
    changed = source("tiny").replace('key = "health"\n', one)
    if not reason:
        assert parse(changed).branches
        return
    with pytest.raises(RegulationError, match=reason) as refused:
        parse(changed)
    assert changed.splitlines()[refused.value.line - 1].startswith("asked_if")


def test_a_self_assessment_is_through_when_the_blocks_of_now_have_their_levels() -> None:
    """Levels of the other branch, given before a change of mind, are kept and not waited for."""
    walker = Walker("stavropol")
    row = walker.adds("diagnoses")
    at = Step("self_scores", row)
    for subject in ("математика", MANAGES):
        walker.answers(subject=subject, has_diagnosis="no")
        walker.answers_well(at, lambda options: options[0])
    assert interview.done(walker.regulation, walker.facts, at)
