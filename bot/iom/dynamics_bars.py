"""What a picture of a route shows: every block before and after as bars, the plan as one bar of parts."""

from collections import Counter
from dataclasses import dataclass

from bot.iom.dynamics import Dynamic, Measure, dynamics
from bot.iom.facts import Facts
from bot.iom.journey import Journey, LineState
from bot.iom.lines import GONE
from bot.iom.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Length:
    """A bar: its share of the whole, 0 to 1, and what stands beside it («49 %», «средний»)."""

    share: float
    words: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A block: before and after, None where it was not measured by a test."""

    title: str
    before: Length | None
    after: Length | None


@dataclass(frozen=True, slots=True)
class Parts:
    """Lines of the plan: done, in part, waiting for a confirmation, still ahead."""

    done: int = 0
    partly: int = 0
    claimed: int = 0
    ahead: int = 0

    @property
    def all(self) -> int:
        """How many lines the plan has now."""
        return self.done + self.partly + self.claimed + self.ahead


def bars(regulation: Regulation, facts: Facts) -> tuple[Bars, ...]:
    """Everything that was tested, in printed order. A self-assessment is never drawn: it is no percent."""
    found = (_bars(regulation, one) for one in dynamics(regulation, facts))
    return tuple(one for one in found if one.before or one.after)


def parts(facts: Facts, journey: Journey) -> Parts:
    """What became of the plan."""
    states = Counter(journey.state(row.id) for row in facts.rows("plan"))
    known = {LineState.CONFIRMED, LineState.PARTLY, LineState.CLAIMED} | GONE
    return Parts(
        states[LineState.CONFIRMED],
        states[LineState.PARTLY],
        states[LineState.CLAIMED],
        sum(number for state, number in states.items() if state not in known),
    )


def worth_drawing(found: tuple[Bars, ...], plan: Parts) -> bool:
    """Whether there is anything to look at: a result, or a line that was begun."""
    return bool(found) or plan.ahead < plan.all


def _bars(regulation: Regulation, one: Dynamic) -> Bars:
    return Bars(one.title, _length(regulation, one.before), _length(regulation, one.after))


def _length(regulation: Regulation, measure: Measure | None) -> Length | None:
    """A percent as it is, a level by its place on the scale; the last level is the best one."""
    if measure is None or not measure.tested:
        return None
    if measure.percent is not None:
        number = f"{measure.percent:g}".replace(".", ",")
        return Length(min(max(measure.percent / 100, 0.0), 1.0), f"{number} %")
    if measure.level is None:
        return None
    levels = regulation.scale.levels
    return Length((levels.index(measure.level) + 1) / len(levels), measure.level.official)
