"""The questions of one monitoring: three about each open line, then the half-year's reflection.

What is asked next follows from what was answered, so a walk can be left at any instant and taken up again.
A line whose result is there already, or that was skipped, is asked no more about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.iom.checkpoint import HAVE, PROGRESS, SKIPPED, TOLD, YES, Checkpoint, Interim
from bot.iom.facts import Facts
from bot.iom.journey import Journey
from bot.iom.lines import period_of
from bot.iom.monitoring import open_lines
from bot.iom.regulation import Regulation


class Part(StrEnum):
    """One question of it."""

    RESULT = "result"
    HINDERS = "hinders"
    HELP = "help"
    REFLECTION = "reflection"


@dataclass(frozen=True, slots=True)
class Step:
    """A question about a line, 0 for the reflection. `number` of `total`: which line of how many."""

    part: Part
    entry_id: int
    number: int
    total: int


def steps(
    regulation: Regulation, facts: Facts, journey: Journey, checkpoint: Checkpoint, reflects: bool
) -> tuple[Step, ...]:
    """Every question that is asked, answered or not: lines by their terms, those without one last."""
    rows = sorted(open_lines(facts, journey), key=lambda row: (_due(regulation, facts, row.id), row.id))
    total = len(rows) + reflects
    found = [
        Step(part, row.id, number, total)
        for number, row in enumerate(rows, 1)
        for part in _parts(checkpoint.of(row.id))
    ]
    return (*found, Step(Part.REFLECTION, 0, total, total)) if reflects else tuple(found)


def _due(regulation: Regulation, facts: Facts, entry_id: int) -> str:
    period = period_of(regulation, facts, entry_id)
    return period.due.isoformat() if period else "9"


def _parts(said: Interim) -> Iterator[Part]:
    yield Part.RESULT
    if said.progress not in {HAVE, SKIPPED}:
        yield Part.HINDERS
        yield Part.HELP


def answered(checkpoint: Checkpoint, step: Step) -> bool:
    """Whether the question has its answer, or was skipped."""
    if step.part is Part.REFLECTION:
        return checkpoint.text is not None
    said = checkpoint.of(step.entry_id)
    return {Part.RESULT: said.progress, Part.HINDERS: said.hinders, Part.HELP: said.help}[
        step.part
    ] is not None


def following(asked: tuple[Step, ...], checkpoint: Checkpoint) -> Step | None:
    """The first question without an answer, None when it can be sent."""
    return next((step for step in asked if not answered(checkpoint, step)), None)


def before(asked: tuple[Step, ...], step: Step | None) -> Step | None:
    """The question before this one; before sending the last one; None before the first."""
    if step is None:
        return asked[-1] if asked else None
    place = asked.index(step) if step in asked else 0
    return asked[place - 1] if place else None


def counted(checkpoint: Checkpoint) -> dict[str, int]:
    """How many lines are how far, how many of them need help."""
    said = [one for one in checkpoint.answers if one.progress]
    found = {word: sum(one.progress == word for one in said) for word in (*PROGRESS, TOLD)}
    return {**found, "help": sum(one.help == YES for one in said)}
