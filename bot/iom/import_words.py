"""Reading `templates/imports.toml`: captions, words and reasons of every list that may be brought in.

A form is one kind of list: its columns, the words a cell may hold, an example, and why a row is not taken.
"""

import tomllib
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.iom.columns import lettered, spelled
from bot.iom.toml_lines import line_of, line_of_syntax_error

ImportKind = Literal["catalogue", "diagnostics", "staff"]


class ImportWordsError(ValueError):
    """The words can't be used: the 1-based line and why."""

    def __init__(self, line: int, about: str) -> None:
        super().__init__(f"{line}: {about}")
        self.line = line


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ImportColumn(_Model):
    """A column: its caption, captions of other lists that mean the same, its width in letters, the longest
    text of a cell. `needed`: without it the list is no such list; `choices`: only words of that option list.
    """

    key: str
    caption: str
    also: tuple[str, ...] = ()
    width: float = Field(gt=0, le=100)
    note: str = ""
    needed: bool = False
    choices: str = ""
    most: int = 200


class ImportOption(_Model):
    """A stored key in words: the title is what the drop-down list offers."""

    key: str
    title: str
    words: tuple[str, ...] = ()


class ImportForm(_Model):
    """One kind of list. Everything a person may type is looked up by `spelled`."""

    title: str
    example_title: str
    rejected_title: str
    number_caption: str
    reason_caption: str
    column: tuple[ImportColumn, ...]
    options: Mapping[str, tuple[ImportOption, ...]] = {}
    example: tuple[Mapping[str, str], ...] = ()
    reasons: Mapping[str, str]

    @cached_property
    def columns(self) -> Mapping[str, ImportColumn]:
        """By key, in the order of our own template."""
        return {one.key: one for one in self.column}

    @cached_property
    def captions(self) -> Mapping[str, str]:
        """Keys of columns by caption, as `columns.lettered`."""
        return {lettered(word): one.key for one in reversed(self.column) for word in (one.caption, *one.also)}

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """Stored keys by what may be typed, for each option list."""
        return {
            name: {spelled(word): one.key for one in options for word in (one.title, *one.words)}
            for name, options in self.options.items()
        }

    @property
    def needed(self) -> tuple[ImportColumn, ...]:
        """The columns without which it is no such list."""
        return tuple(one for one in self.column if one.needed)

    def titles(self, name: str) -> tuple[str, ...]:
        """What a drop-down list offers."""
        return tuple(one.title for one in self.options.get(name, ()))

    def title_of(self, name: str, key: str) -> str:
        """A stored key in words, "" for an unknown one."""
        return next((one.title for one in self.options.get(name, ()) if one.key == key), "")

    def reason(self, reason: str, values: Mapping[str, object]) -> str:
        """Why a row was not taken, in a sentence of plain text."""
        return self.reasons[reason].format_map(values)


class ImportWords(_Model):
    """The whole file."""

    catalogue: ImportForm
    diagnostics: ImportForm
    staff: ImportForm

    def form(self, kind: ImportKind) -> ImportForm:
        """The words of one kind of list."""
        forms: dict[ImportKind, ImportForm] = {
            "catalogue": self.catalogue,
            "diagnostics": self.diagnostics,
            "staff": self.staff,
        }
        return forms[kind]


def read(source: str) -> ImportWords:
    """The words of one file; raises `ImportWordsError`."""
    try:
        return ImportWords.model_validate(tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        raise ImportWordsError(line_of_syntax_error(str(error)) or 1, str(error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        path = tuple(first["loc"])
        about = f"{'.'.join(map(str, path))}: {first['msg']}"
        raise ImportWordsError(line_of(source, path), about) from None
