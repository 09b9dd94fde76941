"""A regulation: the questions, rules, roles, rhythm and printed card of one region, as frozen data.

One folder `templates/regulations/<slug>/regulation.toml` is one regulation; nothing in the code knows
a slug. Its parts live in `regulation_questions`, `regulation_rules` and `regulation_card`; everybody else
imports from here. `bot.iom.regulation_file` reads one and checks what the rest of the program relies on.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field

from bot.iom.regulation_application import Application
from bot.iom.regulation_card import CardApproval, CardBlock, CardColumn, CardRow, CardSignature
from bot.iom.regulation_certificate import Certificate
from bot.iom.regulation_life import Capability, Life
from bot.iom.regulation_questions import Condition, Key, Kind, Model, Option, Question, TableSpec, When
from bot.iom.regulation_rules import CompetenceBlock, Level, Rhythm, Role, Scale, Section, Term, TermOption

__all__ = [
    "Application",
    "Capability",
    "CardApproval",
    "CardBlock",
    "CardColumn",
    "CardRow",
    "CardSignature",
    "Certificate",
    "CompetenceBlock",
    "Condition",
    "Key",
    "Kind",
    "Level",
    "Life",
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
    """Everything one region's programme of ИОМ says, in its own words.

    `own_deficit` is how a point of growth is worded that is no block but a competence named freely.
    """

    slug: Key = ""
    title: str = Field(max_length=60)
    official: str
    source: str
    about: str = Field(max_length=400)
    timezone: str
    teacher: str
    companion: str
    self_title: str
    own_deficit: str = Field(default="", max_length=120)
    audience: Literal["school", "preschool", ""] = ""
    scale: Scale
    term: Term
    rhythm: Rhythm = Rhythm()
    life: Life = Life()
    certificate: Certificate | None = None
    application: Application = Application()
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
    def branches(self) -> bool:
        """Whether some blocks stand in for the others (`bot.iom.branch`)."""
        return any(block.asked_if for block in self.block)

    @property
    def names_own(self) -> bool:
        """Whether a diagnosis may name competences of its own beside the blocks: it has words for them."""
        return bool(self.own_deficit) and self.scale.kind == "level"

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

    @cached_property
    def writers(self) -> dict[Key, frozenset[str]]:
        """Who may answer each question: its nearest owner in `life` – by its key, «table.key», its table,
        its section – else its `writer`. What is not the teacher's is not given away by a whole section.
        Whoever owns an option answers too (and may choose only that, see `owners.may_choose`)."""
        owners = {owner.key: frozenset(owner.write) for owner in self.life.owner}
        return {question.key: _writers(owners, question) for question in self.question}

    @cached_property
    def owned_options(self) -> tuple[Key, ...]:
        """Keys of the choices whose options have owners of their own («plan.column.municipal»)."""
        owners = {owner.key.rpartition(".")[0] for owner in self.life.owner}
        return tuple(
            question.key for question in self.question if f"{question.each}.{question.key}" in owners
        )

    def role_title(self, capability: str, scope: str = "") -> str:
        """How this regulation calls a capability; "" when it has no such role. Without a scope the school's
        own role is meant, if there is one."""
        if capability == "teacher":
            return self.teacher
        held = [role for role in self.role if role.capability == capability]
        fits = [role for role in held if role.scope in {scope, ""}]
        if not fits and not scope:
            fits = [role for role in held if role.scope == "school"] or held
        return fits[0].title if fits else (self.companion if capability == "mentor" else "")

    def fields(self, table: Key) -> tuple[Question, ...]:
        """The questions asked of every row of `table`; the first creates the row."""
        return self.by_table.get(table, ())

    def of_kind(self, kind: Kind) -> Question | None:
        """The first question of a kind, e.g. the one that asks for the term."""
        return next((question for question in self.question if question.kind is kind), None)


def _writers(owners: Mapping[Key, frozenset[str]], question: Question) -> frozenset[str]:
    of = question.rows if question.kind in {Kind.ROWS, Kind.EVENTS} else question.each
    near = (question.key, f"{of}.{question.key}", of)
    places = near if question.writer != "teacher" else (*near, question.section)
    whole = next((owners[key] for key in places if key in owners), frozenset({question.writer}))
    options = (owners.get(f"{of}.{question.key}.{option.key}") for option in question.options)
    return whole.union(*(one for one in options if one))
