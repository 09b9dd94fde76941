"""A remark may point at a section, a row or an answer – of what was answered, and of nothing else."""

from dataclasses import replace

import pytest

from bot.iom import remarks
from tests.rules.memory import EMPTY
from tests.rules.travelled import anna

SLUGS = pytest.mark.parametrize("slug", ["stavropol", "ust_ilimsk"])


@SLUGS
def test_every_plan_line_of_the_card_can_be_pointed_at(slug: str) -> None:
    walker, _ = anna(slug)
    regulation, facts = walker.regulation, walker.facts
    found = [spot for one in regulation.section for spot in remarks.spots(regulation, facts, one.key)]
    rows = {f"r{row.id}" for row in facts.rows("plan")}
    assert rows <= {one.key for one in found}
    assert len(found) == len(set(found))
    assert all(one.title and len(one.key) <= 32 for one in found)


@SLUGS
def test_what_was_not_answered_is_no_place_for_a_remark(slug: str) -> None:
    regulation = anna(slug)[0].regulation
    empty = replace(EMPTY, slug=slug)
    assert [one for s in regulation.section for one in remarks.spots(regulation, empty, s.key)] == []


def test_a_place_is_named_by_section_and_line() -> None:
    walker, _ = anna("stavropol")
    line = walker.facts.rows("plan")[0]
    title = walker.facts.text("title", line.id)
    name = remarks.about(walker.regulation, walker.facts, "plan", f"r{line.id}")
    assert name == f"План мероприятий, «{title}»"
    assert remarks.about(walker.regulation, walker.facts, "plan", "r999") == "План мероприятий"
    assert remarks.about(walker.regulation, walker.facts, "no_such_section", "r1") == ""
