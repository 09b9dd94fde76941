"""Reading `templates/catalogue/*.toml`: events written by hand, dated or relative to the day of loading."""

import tomllib
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.iom.catalogue import Event
from bot.iom.toml_lines import line_of, line_of_syntax_error


class CatalogueProblem(StrEnum):
    """Why a catalogue can't be loaded."""

    SYNTAX = "syntax"
    FIELD = "field"
    SAME_CODE = "same_code"
    SAME_TITLE = "same_title"
    DATES = "dates"  # ends before it begins, an end without a beginning, or both kinds of dates


class CatalogueError(ValueError):
    """A catalogue that can't be loaded: the 1-based line, the problem, and what it is about."""

    def __init__(self, line: int, problem: CatalogueProblem, about: str = "") -> None:
        super().__init__(f"{line}: {problem.value}: {about}")
        self.line = line
        self.problem = problem
        self.about = about


class _Row(BaseModel):
    """One `[[event]]`: `starts_in` days after loading for `lasts` days, `starts_on`–`ends_on`, or undated."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(min_length=1, max_length=64, pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=3, max_length=90)
    blocks: tuple[str, ...] = Field(min_length=1)
    level: Literal["federal", "regional", "municipal", "institutional"]
    form: Literal["onsite", "online", "mixed", "self"]
    education: Literal["formal", "nonformal", "informal"]
    organiser: str = Field(default="", max_length=120)
    starts_in: int | None = Field(default=None, ge=-3660, le=3660)
    lasts: int = Field(default=1, ge=1, le=1100)
    starts_on: date | None = None
    ends_on: date | None = None
    hours: float | None = Field(default=None, gt=0, le=1000)
    result: str = Field(default="", max_length=120)
    topics: str = Field(default="", max_length=200)
    audience: Literal["", "school", "preschool"] = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    event: tuple[_Row, ...] = ()


def read(source: str, today: date) -> tuple[Event, ...]:
    """The events of one file; raises `CatalogueError`.

    Ids are places in the file from 1; storage gives its own. `code` is what an import knows an event by.
    """
    rows = _rows(source)
    codes: set[str] = set()
    titles: set[str] = set()
    events = []
    for place, row in enumerate(rows):
        if row.code in codes:
            raise _at(source, place, "code", CatalogueProblem.SAME_CODE, row.code)
        if row.title.casefold() in titles:
            raise _at(source, place, "title", CatalogueProblem.SAME_TITLE, row.title)
        codes.add(row.code)
        titles.add(row.title.casefold())
        dates = _dates(row, today)
        if dates is None:
            raise _at(source, place, "ends_on", CatalogueProblem.DATES, row.code)
        events.append(_event(row, place + 1, *dates))
    return tuple(events)


def _rows(source: str) -> tuple[_Row, ...]:
    try:
        raw = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = line_of_syntax_error(str(error)) or len(source.splitlines())  # «at end of document»
        raise CatalogueError(line, CatalogueProblem.SYNTAX, str(error)) from None
    try:
        return _File.model_validate(raw).event
    except ValidationError as error:
        first = error.errors()[0]
        path = tuple(first["loc"])
        about = f"{'.'.join(str(part) for part in path)}: {first['msg']}"
        raise CatalogueError(line_of(source, path), CatalogueProblem.FIELD, about) from None


def _at(source: str, place: int, key: str, problem: CatalogueProblem, about: str) -> CatalogueError:
    return CatalogueError(line_of(source, ("event", place, key)), problem, about)


def _dates(row: _Row, today: date) -> tuple[date | None, date | None] | None:
    """First and last day, (None, None) for an undated event, None when they make no sense."""
    if row.starts_in is not None:
        if row.starts_on or row.ends_on:
            return None
        starts = today + timedelta(days=row.starts_in)
        return starts, starts + timedelta(days=row.lasts - 1)
    if row.starts_on is None:
        return None if row.ends_on else (None, None)
    ends = row.ends_on or row.starts_on
    return (row.starts_on, ends) if row.starts_on <= ends else None


def _event(row: _Row, number: int, starts: date | None, ends: date | None) -> Event:
    return Event(
        id=number,
        code=row.code,
        title=row.title,
        blocks=row.blocks,
        level=row.level,
        form=row.form,
        education=row.education,
        organiser=row.organiser,
        starts_on=starts,
        ends_on=ends,
        hours=row.hours,
        result=row.result,
        topics=row.topics,
        audience=row.audience,
    )
