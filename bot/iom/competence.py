"""Levels of competence: raw percents in, levels by the regulation's scale out.

Level words are never stored bare: «высокий» is a bad level of deficit in 001 and a good level of
competence in 004 (domain.md C06). Raw percents are compared unrounded (C08).
"""

from collections.abc import Mapping

from bot.iom.branch import blocks_of
from bot.iom.facts import Entry, Facts
from bot.iom.interview import current
from bot.iom.own_competences import names
from bot.iom.regulation import Key, Level, Regulation

FINAL = "diagnoses_final"  # the table of exit diagnoses; their results are asked as `final_scores`


def by_date(facts: Facts, table: Key = "diagnoses") -> tuple[Entry, ...]:
    """Diagnoses, or those on the way out, the newest last: by the day they were taken, those without a day
    before them."""
    taken_on = "final_taken_on" if table == FINAL else "taken_on"
    return tuple(sorted(facts.rows(table), key=lambda row: facts.text(taken_on, row.id)))


def scores(facts: Facts, row: int) -> Mapping[Key, Mapping[str, float | str]]:
    """The results of one diagnosis: {block: {"total": 49.0, …}} or {block or name: {"level": "low"}}."""
    value = facts.value("scores", row) or facts.value("final_scores", row)
    return value if isinstance(value, dict) else {}  # type: ignore[return-value]


def self_scores(facts: Facts, row: int) -> Mapping[Key, str]:
    """A self-assessment: {block: self level key}. Never printed as a test's percent."""
    value = facts.value("self_scores", row)
    if not isinstance(value, dict):
        return {}
    return {key: str(level["self"]) for key, level in value.items() if isinstance(level, dict)}


def percent(facts: Facts, block: Key) -> float | None:
    """The newest total percent of a block among the tests of the route, asked about now or not: give it
    `interview.current` facts."""
    for entry in reversed(by_date(facts)):
        total = scores(facts, entry.id).get(block, {}).get("total")
        if isinstance(total, (int, float)):
            return float(total)
    return None


def level(regulation: Regulation, facts: Facts, block: Key) -> Level | None:
    """The level of a block: by the newest test, else by self-assessment, else None."""
    facts = current(regulation, facts)
    found = percent(facts, block)
    if found is not None and regulation.scale.kind == "percent":
        return regulation.scale.level(found)
    for entry in reversed(by_date(facts)):
        key = scores(facts, entry.id).get(block, {}).get("level")
        if key is not None:
            return next((lv for lv in regulation.scale.levels if lv.key == key), None)
    return self_level(regulation, facts, block)


def self_level(regulation: Regulation, facts: Facts, block: Key) -> Level | None:
    """The level a person gave herself, None when she did not."""
    facts = current(regulation, facts)
    for entry in reversed(by_date(facts)):
        key = self_scores(facts, entry.id).get(block)
        if key is not None:
            return next((lv for lv in regulation.scale.self_levels if lv.key == key), None)
    return None


def weakest_first(regulation: Regulation, facts: Facts) -> tuple[Key, ...]:
    """Blocks and competences of one's own in the order to offer as points of growth: lowest result first,
    unknown ones last, equal ones in printed order."""
    now = current(regulation, facts)
    offered = (*blocks_of(regulation, now), *names(regulation, now))
    return tuple(sorted(offered, key=lambda key: _need(regulation, now, key)))


def _need(regulation: Regulation, facts: Facts, block: Key) -> float:
    found = percent(facts, block)
    if found is not None:
        return found
    rank = level(regulation, facts, block)
    for ranks in (regulation.scale.levels, regulation.scale.self_levels):
        if rank in ranks:
            return 100 * ranks.index(rank) / len(ranks)
    return 1000.0
