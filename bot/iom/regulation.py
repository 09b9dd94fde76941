"""A regulation: the questions, rules, roles, rhythm and printed card of one region, as frozen data.

One folder `templates/regulations/<slug>/regulation.toml` is one regulation; nothing in the code knows
a slug. Its parts live in `regulation_questions`, `regulation_rules` and `regulation_card`; everybody else
imports from here. `bot.iom.regulation_file` reads one and checks what the rest of the program relies on.
"""

from functools import cached_property
from typing import Literal

from pydantic import Field

from bot.iom.regulation_card import CardApproval, CardBlock, CardColumn, CardRow, CardSignature
from bot.iom.regulation_questions import Condition, Key, Kind, Model, Option, Question, TableSpec, When
from bot.iom.regulation_rules import CompetenceBlock, Level, Rhythm, Role, Scale, Section, Term, TermOption

__all__ = [
    "CardApproval",
    "CardBlock",
    "CardColumn",
    "CardRow",
    "CardSignature",
    "CompetenceBlock",
    "Condition",
    "Key",
    "Kind",
    "Level",
    "Model",
    "Option",
    "Question",
    "Regulation",
    "Rhythm",
    "Role",
    "Scale",
    "Section",
    "TableSpec",
    "Term",
    "TermOption",
    "When",
]


class Regulation(Model):
    """Everything one region's programme of ИОМ says, in its own words."""

    slug: Key = ""
    title: str = Field(max_length=60)
    official: str
    source: str
    about: str = Field(max_length=400)
    timezone: str
    teacher: str
    companion: str
    self_title: str
    audience: Literal["school", "preschool", ""] = ""
    scale: Scale
    term: Term
    rhythm: Rhythm = Rhythm()
    role: tuple[Role, ...] = ()
    section: tuple[Section, ...]
    block: tuple[CompetenceBlock, ...] = Field(min_length=1)
    table: tuple[TableSpec, ...]
    question: tuple[Question, ...]
    card: tuple[CardBlock, ...]

    @cached_property
    def questions(self) -> dict[Key, Question]:
        """Questions by key, in the order they are asked."""
        return {question.key: question for question in self.question}

    @cached_property
    def tables(self) -> dict[Key, TableSpec]:
        """Tables by key."""
        return {table.key: table for table in self.table}

    @cached_property
    def blocks(self) -> dict[Key, CompetenceBlock]:
        """Competence blocks by key, in printed order."""
        return {block.key: block for block in self.block}

    @cached_property
    def sections(self) -> dict[Key, Section]:
        """Sections by key, in order."""
        return {section.key: section for section in self.section}

    @cached_property
    def draft(self) -> tuple[Question, ...]:
        """The questions of the first draft, in order."""
        return tuple(question for question in self.question if question.when == "draft")

    @cached_property
    def conditional(self) -> tuple[Question, ...]:
        """The questions with a condition, in order."""
        return tuple(question for question in self.question if question.asked_if)

    @cached_property
    def by_table(self) -> dict[Key, tuple[Question, ...]]:
        """The questions asked of every row of a table, in order."""
        return {key: tuple(q for q in self.question if q.each == key) for key in self.tables}

    def fields(self, table: Key) -> tuple[Question, ...]:
        """The questions asked of every row of `table`; the first creates the row."""
        return self.by_table.get(table, ())

    def of_kind(self, kind: Kind) -> Question | None:
        """The first question of a kind, e.g. the one that asks for the term."""
        return next((question for question in self.question if question.kind is kind), None)
