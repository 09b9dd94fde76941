"""Conditions on answers, and the blocks of competences a route is measured by because of them.

Blocks with a condition stand in for the others when it holds: 001 3.2 and 4.1 measure heads and their
deputies by five functional blocks of management, teachers by theirs. A block is looked up in
`Regulation.blocks`, which holds them all: what was answered before a change of mind keeps its words.
"""

from collections.abc import Mapping

from bot.iom.facts import Facts
from bot.iom.regulation import CompetenceBlock, Condition, Key, Regulation


def holds(facts: Facts, condition: Condition | None) -> bool:
    """Whether "asked if question X was answered Y" is true now."""
    return condition is None or facts.value(condition.question) == condition.answer


def blocks_of(regulation: Regulation, facts: Facts) -> Mapping[Key, CompetenceBlock]:
    """The blocks this route is asked about and prints: those whose condition holds, else those without."""
    if not regulation.branches:
        return regulation.blocks
    own = {one.key: one for one in regulation.block if one.asked_if and holds(facts, one.asked_if)}
    return own or {one.key: one for one in regulation.block if one.asked_if is None}
