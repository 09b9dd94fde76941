"""One row of a list of people: who it is, what she does, and in what role she comes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.iom.columns import spelled
from bot.iom.contacts import ContactError, parse_email
from bot.iom.people_rows import PersonRow, Rejected, RowProblem
from bot.iom.people_words import ColumnKey, PeopleWords
from bot.iom.plain import cyrillic
from bot.iom.regulation_life import Capability
from bot.iom.workbook import Row

_NAMES: Final[tuple[ColumnKey, ...]] = ("last_name", "first_name", "patronymic")
_PERSONAL: Final[tuple[ColumnKey, ...]] = (*_NAMES, "full_name", "email")
_MOST_NAME: Final = 60
_MOST_FULL_NAME: Final = 120
_MOST_TEXT: Final = 200
_NAME: Final = re.compile(r"[^\W\d_]+(?:(?:[ \-‐‑'’ʼ]|\. ?)[^\W\d_]+)*\.?")
_CODE: Final = re.compile(r"(?=.*\d)[^\W_][\w\-./№]{0,19}")


@dataclass(frozen=True, slots=True)
class Named:
    """A row that says who it is. `key` tells the same person, `mentor` is as typed."""

    key: str
    row: PersonRow
    mentor: str
    source: Row


class _No(Exception):
    def __init__(self, reason: RowProblem, **values: str | int) -> None:
        self.reason = reason
        self.values = values


def person(row: Row, cells: Mapping[str, str], words: PeopleWords, *, keeps_names: bool) -> Named | Rejected:
    """Judge a row by itself; the mentor is only carried along."""
    try:
        full_name = _full_name(cells, words) if keeps_names else ""
        code = "" if keeps_names else _code(cells, words)
        return Named(
            key=person_key(full_name or code),
            row=PersonRow(
                number=row.number,
                full_name=full_name,
                code=code,
                position=_text("position", cells, words),
                subject=_text("subject", cells, words),
                role=_role(cells, words),
                email=_email(cells, words),
            ),
            mentor=_text("mentor", cells, words),
            source=row,
        )
    except _No as no:
        return Rejected(row.number, row.cells, no.reason, no.values)


def person_key(name: str) -> str:
    """The same for the same name or code: case, ё/е, spaces, and Latin letters that look Russian."""
    return cyrillic(spelled(name))


def _full_name(cells: Mapping[str, str], words: PeopleWords) -> str:
    """The name from its three columns, or from the one where all is written."""
    parts = [_name_part(key, cells, words) for key in _NAMES]
    if not any(parts) and cells.get("full_name"):
        whole = _name_part("full_name", cells, words)
        parts = whole.split(" ") if whole.count(" ") else []
    if len(parts) < 2 or not all(parts[:2]):
        raise _No(RowProblem.NO_NAME)
    full = " ".join(filter(None, parts))
    if len(full) > _MOST_FULL_NAME:
        raise _No(RowProblem.TOO_LONG, column=words.caption("last_name"), most=_MOST_FULL_NAME)
    return full


def _name_part(key: ColumnKey, cells: Mapping[str, str], words: PeopleWords) -> str:
    """A checked part of a name; «СВЕТЛОВА» and «светлова» become «Светлова», mixed case stays."""
    text = cells.get(key, "")
    most = _MOST_FULL_NAME if key == "full_name" else _MOST_NAME
    if len(text) > most:
        raise _No(RowProblem.TOO_LONG, column=words.caption(key), most=most)
    if key == "patronymic" and spelled(text) in words.blanks:
        return ""
    if any(sign.isdigit() for sign in text):
        raise _No(RowProblem.NAME_DIGITS, name=text)
    if text and not _NAME.fullmatch(text):
        raise _No(RowProblem.NAME_SIGNS, name=text)
    return (
        re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), text)
        if text.isupper() or text.islower()
        else text
    )


def _code(cells: Mapping[str, str], words: PeopleWords) -> str:
    filled = next((key for key in _PERSONAL if cells.get(key)), None)
    if filled:
        raise _No(RowProblem.NAMES_NOT_KEPT, column=words.caption(filled))
    code = cells.get("code", "")
    if not code:
        raise _No(RowProblem.NO_CODE)
    if not _CODE.fullmatch(code):
        raise _No(RowProblem.BAD_CODE, code=code[:_MOST_NAME])
    return code


def _text(key: ColumnKey, cells: Mapping[str, str], words: PeopleWords) -> str:
    text = cells.get(key, "")
    if len(text) > _MOST_TEXT:
        raise _No(RowProblem.TOO_LONG, column=words.caption(key), most=_MOST_TEXT)
    return text


def _role(cells: Mapping[str, str], words: PeopleWords) -> Capability:
    """The capability of the word; nothing written is a teacher."""
    typed = _text("role", cells, words)
    if spelled(typed) in words.blanks:
        return "teacher"
    role = words.roles.get(spelled(typed))
    if not role:
        known = ", ".join(one.title for one in words.role)
        raise _No(RowProblem.UNKNOWN_ROLE, role=typed, known=known)
    return role


def _email(cells: Mapping[str, str], words: PeopleWords) -> str:
    typed = cells.get("email", "")
    if spelled(typed) in words.blanks:
        return ""
    try:
        return parse_email(typed)
    except ContactError:
        raise _No(RowProblem.BAD_EMAIL, email=typed[:_MOST_NAME]) from None
