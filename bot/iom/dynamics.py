"""Before and after: the entry diagnosis beside the exit one, block by block (001 этап 6, 004 п. 1.12; I06).

Exit results are rows of `diagnoses_final` with `final_scores`, in the same form as `scores`. Values are
compared raw; a self-assessment is never compared with a test.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from bot.iom import competence, own_competences
from bot.iom.branch import blocks_of
from bot.iom.facts import Facts
from bot.iom.interview import current
from bot.iom.journey import Journey, LineState
from bot.iom.regulation import Key, Level, Regulation

FINAL_SCORES = "final_scores"
FINAL_DAY = "final_taken_on"

_GOAL = re.compile(r"(?:→|->|\bдо)\s*(\d{1,3}(?:[.,]\d+)?)\s*%")


@dataclass(frozen=True, slots=True)
class Measure:
    """A result of a block: a percent, a level of the scale, or both. `tested` False: self-assessed."""

    percent: float | None = None
    level: Level | None = None
    tested: bool = True


@dataclass(frozen=True, slots=True)
class Dynamic:
    """A block (or an own competence) before and after. `rise`: 1 better, 0 the same, -1 worse, None when the
    two can't be compared; `points`: by how many percent, None where there are no percents."""

    key: Key
    title: str
    before: Measure | None
    after: Measure | None
    rise: Literal[1, 0, -1] | None = None
    points: float | None = None


def dynamics(regulation: Regulation, facts: Facts) -> tuple[Dynamic, ...]:
    """Everything that was measured at all, blocks in printed order, own competences after them."""
    now = current(regulation, facts)
    exit_ = _as_entry(now)
    names = dict.fromkeys(own_competences.names(regulation, now))
    names |= dict.fromkeys(own_competences.names(regulation, exit_))
    found = (_dynamic(regulation, now, exit_, key) for key in (*blocks_of(regulation, now), *names))
    return tuple(one for one in found if one.before or one.after)


def positive(regulation: Regulation, facts: Facts) -> bool | None:
    """Whether something rose and nothing fell (004 п. 1.13 «положительная динамика»); None: can't be told."""
    rises = [one.rise for one in dynamics(regulation, facts) if one.rise is not None]
    return (max(rises) == 1 and min(rises) >= 0) if rises else None


def _as_entry(facts: Facts) -> Facts:
    """The exit diagnoses in the place of the entry ones, so that one rule reads both."""
    keys = {FINAL_SCORES: "scores", FINAL_DAY: "taken_on"}
    entries = tuple(
        replace(row, table="diagnoses") if row.table == competence.FINAL else row
        for row in facts.entries
        if row.table != "diagnoses"
    )
    answers = {(row, keys[key]): one for (row, key), one in facts.answers.items() if key in keys}
    return replace(facts, entries=entries, answers=answers)


def _measure(regulation: Regulation, facts: Facts, key: Key) -> Measure | None:
    """The newest test of a block; without one, what she gave herself."""
    scale = regulation.scale
    percent = competence.percent(facts, key)
    if percent is not None:
        return Measure(percent, scale.level(percent) if scale.kind == "percent" else None)
    for row in reversed(competence.by_date(facts)):
        told = competence.scores(facts, row.id).get(key, {})
        known = next((level for level in scale.levels if level.key == told.get("level")), None)
        if known is not None:
            beside = told.get("percent")
            return Measure(float(beside) if isinstance(beside, (int, float)) else None, known)
    own = competence.self_level(regulation, facts, key)
    return Measure(level=own, tested=False) if own else None


def _dynamic(regulation: Regulation, before: Facts, after: Facts, key: Key) -> Dynamic:
    was, now = _measure(regulation, before, key), _measure(regulation, after, key)
    title = own_competences.title(regulation, key)
    if was is None or now is None or was.tested != now.tested:
        return Dynamic(key, title, was, now)
    if was.percent is not None and now.percent is not None:
        return Dynamic(key, title, was, now, _sign(now.percent - was.percent), now.percent - was.percent)
    ranks = regulation.scale.levels
    if was.level not in ranks or now.level not in ranks:
        return Dynamic(key, title, was, now)
    return Dynamic(key, title, was, now, _sign(_rank(ranks, now) - _rank(ranks, was)))


def _rank(ranks: tuple[Level, ...], measure: Measure) -> int:
    return ranks.index(measure.level) if measure.level else 0


def _sign(change: float) -> Literal[1, 0, -1]:
    if change == 0:
        return 0
    return 1 if change > 0 else -1


def open_points(regulation: Regulation, facts: Facts, journey: Journey) -> tuple[int, ...]:
    """Points of growth that nothing shows closed.

    With an exit result a point is closed at the best level of the scale, or when the percent that one of its
    tasks set out for is reached («49 % → 70 %»); without one, when every line of the plan that belongs to it
    and was not taken out is confirmed, and there is one.
    """
    now = current(regulation, facts)
    after = {one.key: one.after for one in dynamics(regulation, facts)}
    return tuple(
        point.id
        for point in now.rows("growth")
        if not _closed(regulation, now, journey, point.id, after.get(now.text("growth_point", point.id)))
    )


def _closed(
    regulation: Regulation, facts: Facts, journey: Journey, point: int, after: Measure | None
) -> bool:
    if after is None:
        states = {journey.state(row.id) for row in facts.linked("plan", point)}
        return states - {LineState.REPLACED, LineState.CANCELLED} == {LineState.CONFIRMED}
    if after.level == regulation.scale.levels[-1]:
        return True
    goals = [_goal(facts.text("expected", row.id)) for row in facts.linked("tasks", point)]
    return after.percent is not None and any(goal and after.percent >= goal for goal in goals)


def _goal(expected: str) -> float:
    """The percent a task sets out for, 0 when it names none."""
    found = _GOAL.search(expected)
    return float(found[1].replace(",", ".")) if found else 0.0
