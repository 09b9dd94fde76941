"""What a regulation asks: kinds of questions, their conditions, the tables whose rows are asked about."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Key = str


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
    SCORES = "scores"  # {block: {"low"|"medium"|"high"|"total": %}} or {block or name: {"level", "percent"?}}
    SELF_SCORES = "self_scores"  # {block: {"self": level key}}
    POINT = "point"  # block key of a point of growth, or the name of a competence of one's own
    EXPECTED = "expected"  # a measurable result of a task: str
    TASK = "task"  # text of a task of professional development, suggested by block
    TERM = "term"  # {"from": ISO, "to": ISO}, the term of the route
    PERIOD = "period"  # {"from": ISO, "to": ISO}, inside the term
    EVENTS = "events"  # choosing events of one point of growth; "done" when the person says so
    ROWS = "rows"  # adding, editing, deleting rows of `rows`; "done" when the person says so
    LINKS = "links"  # rows of another table this row belongs to; stored as links, not as an answer


class Option(Model):
    """One answer to choose; `official` is what documents print, `title` by default.

    `fits`: words of the catalogue (level, form, education, a block; "any" for every event) that an event has,
    all of them, so that a plan line made of it takes this option by itself; the first that fits.
    """

    key: Key = Field(max_length=32, pattern=r"^[a-z0-9_]+$")
    title: str = Field(max_length=64)
    official: str = ""
    fits: tuple[str, ...] = ()


class Condition(Model):
    """The only kind of condition: asked if `question` was answered `answer`: the key of an option, or one of
    the suggestions of a line."""

    question: Key
    answer: Key


When = Literal["draft", "sending", "later", "finish"]


class Question(Model):
    """One thing the bot asks.

    `each` names the table whose every row is asked this; `rows` (kind rows, links) the table it fills
    or points at. `why` («зачем») is required for personal data. `when`: for the first draft,
    before sending, later, or "finish": once the route is being carried out (reflection, exit diagnosis).
    `required`: can't be skipped in the draft; `mandatory`: the regulation demands it of the finished card;
    `lacking`: the option that is an answer and still a gap («пока нет»). `carry`: known from an earlier
    route. `within_years`: a year between so many years ago and now. `writer`: who answers, the teacher
    unless said otherwise (the conclusion is the companion's). `not_above`: a whole number that is no more
    than the answer to that question; `min` and `max` of a period are months; `unit` follows a number in
    words («4 ч.»).
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
    within_years: int = Field(default=0, ge=0, le=100)
    not_above: Key = ""
    unit: str = Field(default="", max_length=12)
    clause: str = ""
    writer: Key = "teacher"

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
