"""What a regulation measures and limits: scale, competence blocks, term, rhythm, roles."""

from typing import Literal

from pydantic import Field

from bot.iom.regulation_life import Capability
from bot.iom.regulation_questions import Condition, Key, Model

Widths = Literal["low", "medium", "high", "total"]


class Level(Model):
    """One level of the scale.

    `below` is the exclusive upper bound in percent of a threshold scale (None: the highest);
    `official` the word of documents, `chat` the soft word for a person; `advice` what follows (001 табл. 1).
    """

    key: Key
    official: str
    chat: str
    below: float | None = None
    advice: str = ""


class Scale(Model):
    """What a diagnostics result is measured in.

    `direction`: "deficit" (high is bad, 001), "competence" (high is good, 004) or "complexity"
    (percent by difficulty of the items and in all, C06). Raw values are stored, never bare words.
    """

    kind: Literal["percent", "level"]
    direction: Literal["deficit", "competence", "complexity"]
    columns: tuple[Widths, ...] = ()
    levels: tuple[Level, ...]
    self_levels: tuple[Level, ...]

    def level(self, percent: float) -> Level:
        """The level of a raw, unrounded percent (C08: 59.6 is not 60)."""
        return next(lv for lv in self.levels if lv.below is None or percent < lv.below)


class CompetenceBlock(Model):
    """A block of competences: its printed row, its soft name, what deficit and tasks it suggests.

    `short` is what one types («П 49»); `selfcheck` maps a self-assessment level key to an
    observable description. `asked_if`: the block stands in for those without a condition (001 3.2).
    """

    key: Key = Field(max_length=32, pattern=r"^[a-z0-9_]+$")
    short: str = Field(max_length=4)
    title: str
    chat: str
    deficit: str
    selfcheck: dict[Key, str]
    tasks: tuple[str, ...] = Field(min_length=5)
    results: tuple[str, ...] = Field(min_length=1)
    asked_if: Condition | None = None


class TermOption(Model):
    """A term of one tap: so many months from the first of next month, or to the end of the school year."""

    key: Key
    title: str = Field(max_length=40)
    months: int = 0
    school_year: bool = False


class Term(Model):
    """Limits of the route's term in months and the clause that sets them; strict refuses, else warns."""

    max_months: int
    min_months: int = 0
    strict: bool = True
    clause: str
    reason: str
    year_starts: str = "09-01"
    year_ends: str = "05-31"
    options: tuple[TermOption, ...]


class Section(Model):
    """A part of the conversation and of the summary."""

    key: Key
    title: str = Field(max_length=48)


class Rhythm(Model):
    """What is asked and reminded of in a route's life, and how long it is kept.

    `deadline_days`: on which days around the deadline of a plan line, before it negative; `attestation`: the
    question whose answer may hold the date of the next attestation. Interim monitoring every so many months
    (001 names no number, R24: half a year); 0 for none, as for `transfer_weeks`: so long after a course one
    is asked what of it came to a lesson.
    """

    deadline_days: tuple[int, ...] = Field(default=(-14, -7, -1, 0, 3, 7), max_length=12)
    attestation: Key = ""
    monitoring_months: int = Field(default=6, ge=0, le=60)
    reflection_per_year: int = Field(default=0, ge=0, le=12)
    reflection_per_activity: bool = False
    transfer_weeks: int = Field(default=3, ge=0, le=26)
    retention_years: int = Field(default=0, ge=0, le=100)


class Role(Model):
    """How this regulation calls the people who hold a capability. Several roles may share one capability
    (a school's and a region's coordinator): `scope` tells them apart, "" fits every scope."""

    key: Key
    title: str
    capability: Capability | Literal[""] = ""
    scope: Literal["", "school", "municipality", "region"] = ""
