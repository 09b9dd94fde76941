"""Reading `templates/people.toml`: captions, words for roles and reasons of a list of people."""

import tomllib
from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.iom.columns import lettered, spelled
from bot.iom.people_rows import Rejected, RowProblem
from bot.iom.regulation_life import Capability
from bot.iom.toml_lines import line_of, line_of_syntax_error

ColumnKey = Literal[
    "last_name",
    "first_name",
    "patronymic",
    "full_name",
    "code",
    "position",
    "subject",
    "role",
    "mentor",
    "email",
]


class PeopleWordsError(ValueError):
    """The words can't be used: the 1-based line and why."""

    def __init__(self, line: int, about: str) -> None:
        super().__init__(f"{line}: {about}")
        self.line = line


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PeopleColumn(_Model):
    """A column: its caption, captions of other lists that mean the same, its width in letters."""

    key: ColumnKey
    caption: str
    also: tuple[str, ...] = ()
    width: float = Field(gt=0, le=100)
    note: str = ""


class PeopleRole(_Model):
    """A capability in words; `guides`: may be somebody's mentor."""

    key: Capability
    title: str
    words: tuple[str, ...] = ()
    guides: bool = False


class PeopleWords(_Model):
    """The whole file. Everything a person may type is looked up by `spelled`."""

    title: str
    example_title: str
    rejected_title: str
    number_caption: str
    reason_caption: str
    nothing: tuple[str, ...] = ()
    column: tuple[PeopleColumn, ...]
    role: tuple[PeopleRole, ...]
    example: tuple[Mapping[ColumnKey, str], ...] = ()
    reasons: Mapping[RowProblem, str]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        missing = {*RowProblem} - {*self.reasons} or {*get_args(ColumnKey)} - {one.key for one in self.column}
        if missing:
            raise ValueError(f"missing: {', '.join(sorted(missing))}")
        return self

    @cached_property
    def columns(self) -> Mapping[str, ColumnKey]:
        """Column by a caption as `spelled` without signs: «Ф.И.О.» is «фио»."""
        return {lettered(word): one.key for one in reversed(self.column) for word in (one.caption, *one.also)}

    @cached_property
    def roles(self) -> Mapping[str, Capability]:
        """Capability by a word for it."""
        return {spelled(word): one.key for one in self.role for word in (one.title, *one.words)}

    @cached_property
    def guides(self) -> frozenset[str]:
        """Capabilities of those who may be somebody's mentor."""
        return frozenset(one.key for one in self.role if one.guides)

    @cached_property
    def blanks(self) -> frozenset[str]:
        """What stands in a cell that is meant to be empty."""
        return frozenset({"", *map(spelled, self.nothing)})

    def caption(self, key: ColumnKey) -> str:
        """The caption of our own template."""
        return next(one.caption for one in self.column if one.key == key)

    def reason(self, rejected: Rejected) -> str:
        """Why a row was not taken, in a sentence of plain text."""
        return self.reasons[rejected.reason].format_map(rejected.values)


def read(source: str) -> PeopleWords:
    """The words of one file; raises `PeopleWordsError`."""
    try:
        return PeopleWords.model_validate(tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        raise PeopleWordsError(line_of_syntax_error(str(error)) or 1, str(error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        path = tuple(first["loc"])
        about = f"{'.'.join(map(str, path))}: {first['msg']}"
        raise PeopleWordsError(line_of(source, path), about) from None
