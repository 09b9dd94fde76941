"""A regulation: the questions, rules, roles, rhythm and printed card of one region, as frozen data.

One folder `templates/regulations/<slug>/regulation.toml` is one regulation; nothing in the code knows
a slug. `parse` reads the text and checks every promise the rest of the program relies on; the cross
checks live in `bot.iom.regulation_check`.
"""

import tomllib
from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.iom.toml_lines import line_of, line_of_syntax_error, syntax_reason, type_reason

Key = str
Widths = Literal["low", "medium", "high", "total"]


class RegulationError(ValueError):
    """A regulation that can't be used: `line` (1-based, 0 if unknown) and a `reason` for a methodist."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"строка {line}: {reason}" if line else reason)
        self.line = line
        self.reason = reason


class Model(BaseModel):
    """Frozen, and an unknown key is a mistake of the one who wrote the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Kind(StrEnum):
    """How a question is asked and what its answer looks like (stored contracts)."""

    LINE = "line"  # one line of text: str
    TEXT = "text"  # a few lines: str
    INTEGER = "integer"  # int, `min`..`max`
    DATE = "date"  # ISO date
    EMAIL = "email"  # str
    PHONE = "phone"  # "+7 914 000-00-00"
    CHOICE = "choice"  # one option key, or own words if `own`
    CHIPS = "chips"  # list of option keys and own words
    SCORES = "scores"  # {block: {"low"|"medium"|"high"|"total": percent} or {"level": key}}
    SELF_SCORES = "self_scores"  # {block: {"self": level key}}
    POINT = "point"  # block key of a point of growth
    EXPECTED = "expected"  # a measurable result of a task: str
    TASK = "task"  # text of a task of professional development, suggested by block
    TERM = "term"  # {"from": ISO, "to": ISO}, the term of the route
    PERIOD = "period"  # {"from": ISO, "to": ISO}, inside the term
    EVENTS = "events"  # choosing events of one point of growth; "done" when the person says so
    ROWS = "rows"  # adding, editing, deleting rows of `rows`; "done" when the person says so
    LINKS = "links"  # rows of another table this row belongs to; stored as links, not as an answer


class Option(Model):
    """One answer to choose; `official` is what documents print, `title` by default."""

    key: Key = Field(max_length=32, pattern=r"^[a-z0-9_]+$")
    title: str = Field(max_length=64)
    official: str = ""


class Condition(Model):
    """The only kind of condition: asked if `question` was answered `answer`."""

    question: Key
    answer: Key


When = Literal["draft", "sending", "later"]


class Question(Model):
    """One thing the bot asks.

    `each` names the table whose every row is asked this; `rows` (kind rows, links) the table it fills
    or points at. `why` («зачем») is required for personal data. `when`: for the first draft, before
    sending, or later. `required`: can't be skipped in the draft; `mandatory`: the regulation demands it
    of the finished card; `lacking`: the option that is an answer and still a gap («пока нет»). `carry`:
    known from an earlier route.
    """

    key: Key = Field(max_length=32, pattern=r"^[a-z0-9_]+$")
    section: Key
    kind: Kind
    title: str = Field(max_length=64)
    ask: str = Field(max_length=500)
    hint: str = Field(default="", max_length=400)
    example: str = Field(default="", max_length=300)
    why: str = Field(default="", max_length=200)
    when: When = "later"
    each: Key = ""
    rows: Key = ""
    options: tuple[Option, ...] = ()
    suggestions: tuple[str, ...] = ()
    own: bool = True
    asked_if: Condition | None = None
    personal: bool = False
    required: bool = False
    mandatory: bool = False
    lacking: Key = ""
    carry: bool = False
    min: float | None = None
    max: float | None = None
    clause: str = ""

    def option(self, key: str) -> Option | None:
        """The option with this key, or None (own words, or an option of an older version)."""
        return next((option for option in self.options if option.key == key), None)


class TableSpec(Model):
    """Rows of one kind. `per`: every row of that table needs at least one of these.

    The first question of the table (its `each`) creates a row. `at_least` rows are asked for when
    `asked_if` holds; `first_pass` is how many are offered before the first draft.
    """

    key: Key = Field(max_length=32, pattern=r"^[a-z0-9_]+$")
    section: Key
    title: str
    one: str
    at_least: int = 0
    at_most: int = 30
    first_pass: int = 1
    per: Key = ""
    asked_if: Condition | None = None


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
    observable description.
    """

    key: Key = Field(max_length=32, pattern=r"^[a-z0-9_]+$")
    short: str = Field(max_length=4)
    title: str
    chat: str
    deficit: str
    selfcheck: dict[Key, str]
    tasks: tuple[str, ...] = Field(min_length=5)
    results: tuple[str, ...] = Field(min_length=1)


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
    """Terms of the route's life in months; used by reminders and retention (later issues)."""

    monitoring_months: int = 0
    reflection_per_year: int = 0
    reflection_per_activity: bool = False
    retention_years: int = 0


class Role(Model):
    """A capability and how this regulation calls the people who hold it."""

    key: Key
    title: str


class CardRow(Model):
    """A label and the sources joined into its value."""

    label: str
    value: tuple[str, ...]
    join: str = ", "


class CardColumn(Model):
    """A column of a printed table: its path of headers, source and share of the width."""

    header: tuple[str, ...]
    value: str
    width: float = 1.0
    align: Literal["left", "center"] = "left"


class CardApproval(Model):
    """One column of the approval head; empty fields are lines for the pen."""

    heading: str
    post: str = ""
    organisation: str = ""
    organisation_from: tuple[str, ...] = ()
    post_caption: str = ""
    organisation_caption: str = ""
    sign_caption: str = ""
    name_caption: str = ""


class CardSignature(Model):
    """One signature line; `name` lists sources; `name_first` prints it before the line for the pen (004)."""

    role: str
    name: tuple[str, ...] = ()
    sign_caption: str = ""
    name_caption: str = ""
    name_first: bool = False


class CardBlock(Model):
    """One block of the printed card; which fields count depends on `kind` (see docs/regulations.md).

    `restored` marks what the source lost and we put back (001: the lost middle of the card).
    """

    kind: Literal[
        "approvals", "title", "pairs", "fields", "table", "text", "items", "attachment", "page", "signatures"
    ]
    text: str = ""
    label: str = ""
    level: Literal[1, 2, 3] = 2
    value: tuple[str, ...] = ()
    rows: str = ""
    pairs: tuple[CardRow, ...] = ()
    columns: tuple[CardColumn, ...] = ()
    approvals: tuple[CardApproval, ...] = ()
    signatures: tuple[CardSignature, ...] = ()
    lines: tuple[str, ...] = ()
    orientation: Literal["portrait", "landscape"] = "portrait"
    blank: int = Field(default=1, ge=0, le=30)
    date_line: bool = False
    restored: str = ""


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

    def fields(self, table: Key) -> tuple[Question, ...]:
        """The questions asked of every row of `table`; the first creates the row."""
        return tuple(question for question in self.question if question.each == table)

    def of_kind(self, kind: Kind) -> Question | None:
        """The first question of a kind, e.g. the one that asks for the term."""
        return next((question for question in self.question if question.kind is kind), None)


def parse(source: str, slug: str = "") -> Regulation:
    """Read one `regulation.toml`.

    Raises `RegulationError` with the line and a reason a methodist can act on.
    """
    from bot.iom.regulation_check import problems

    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        reason = f"файл не разобрать: {syntax_reason(str(error))}"
        raise RegulationError(line_of_syntax_error(str(error)), reason) from None
    try:
        regulation = Regulation.model_validate({**raw, "slug": slug})
    except ValidationError as error:
        first = error.errors()[0]
        where = first["loc"]
        reason = type_reason(first["type"], first["msg"], where, first.get("ctx", {}))
        raise RegulationError(line_of(source, where), reason) from None
    for path, reason in problems(regulation):
        raise RegulationError(line_of(source, path), reason)
    return regulation
