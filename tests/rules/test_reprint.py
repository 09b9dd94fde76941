"""The same route by another regulation: what both ask goes over, nothing is guessed, the rest is told."""

from itertools import permutations

import pytest

from bot.iom.card import card_of
from bot.iom.facts import Value
from bot.iom.reprint import Reprint, reprint
from bot.iom.summary import gaps
from tests.regulations.given import ALL, given
from tests.rules.memory import Walker
from tests.rules.travelled import ANNA, PLAN, anna
from tests.rules.tree import words

ROADS = list(permutations(ALL, 2))
roads = pytest.mark.parametrize(("own", "other"), ROADS, ids=["-".join(road) for road in ROADS])


def printed(walker: Walker, other: str) -> str:
    """The words of the card by the other regulation."""
    return "\n".join(words(card_of(given(other), again(walker, other).facts)))


def again(walker: Walker, other: str) -> Reprint:
    return reprint(walker.regulation, walker.facts, given(other))


@pytest.mark.parametrize("slug", ["stavropol", "ust_ilimsk"])
def test_by_its_own_regulation_nothing_is_lost(slug: str) -> None:
    walker, _ = anna(slug)
    same = again(walker, slug)
    asked = {place for place in walker.facts.answers if place[1] in walker.regulation.questions}
    assert {place for place in asked if same.facts.answers.get(place) != walker.facts.answers[place]} == set()
    assert same.lacks == gaps(walker.regulation, walker.facts)


@pytest.mark.parametrize(("own", "other"), [("stavropol", "ust_ilimsk"), ("ust_ilimsk", "stavropol")])
def test_the_name_the_plan_and_the_school_go_over(own: str, other: str) -> None:
    walker, _ = anna(own)
    text = printed(walker, other)
    for word in (*ANNA.split(), *PLAN, "Гимназия «Берег»"):
        assert word in text


@roads
def test_an_empty_route_lacks_what_the_other_form_asks(own: str, other: str) -> None:
    lacks = again(Walker(own), other).lacks
    assert [gap.title for gap in lacks] == [gap.title for gap in gaps(given(other), Walker(other).facts)]


def test_percents_never_become_levels_nor_levels_percents() -> None:
    percents: Value = {"methodical": {"total": 49.0}}
    levels: Value = {"methodical": {"level": "low"}}
    for own, other, scores in (("stavropol", "ust_ilimsk", percents), ("ust_ilimsk", "stavropol", levels)):
        walker = Walker(own)
        row = walker.adds("diagnoses", scores=scores)
        assert again(walker, other).facts.value("scores", row) is None
        assert again(walker, own).facts.value("scores", row) == scores


def test_names_are_left_out_where_none_are_kept() -> None:
    walker = Walker("stavropol").by_code()
    walker.answers(full_name=ANNA)
    assert not [key for _, key in again(walker, "ust_ilimsk").facts.answers if key.endswith("name")]


def test_a_competence_the_other_form_has_not_keeps_its_words() -> None:
    walker = Walker("ust_ilimsk")
    row = walker.adds("growth", growth_point="Речевое развитие детей")
    after = again(walker, "stavropol").facts
    assert after.value("growth_point", row) is None
    assert "Речевое развитие детей" in after.text("wording", row)


def test_the_route_itself_stays_as_it_was() -> None:
    walker, _ = anna("stavropol")
    before = dict(walker.facts.answers)
    again(walker, "ust_ilimsk")
    assert dict(walker.facts.answers) == before
