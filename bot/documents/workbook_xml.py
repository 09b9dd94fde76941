"""The parts of a workbook around its sheets: which there are, the table of texts, which styles are dates."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from typing import Final
from xml.parsers import expat

from bot.documents.cells import tidy
from bot.documents.limits import DEEPEST, MOST_ELEMENTS
from bot.iom.workbook import TableError, TableProblem

Attributes = dict[str, str]
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_DATES: Final = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
# What a number format says literally: «"руб."», «\-», «[Red]»; hours in brackets are hours.
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_LONGEST_FORMAT: Final = 255
_WORDS: Final = {"general", "standard"}


@dataclass(frozen=True, slots=True)
class Book:
    """Names of the parts of visible sheets, in order; the calendar of old Macs."""

    sheets: tuple[str, ...]
    is_1904: bool


def walk(
    xml: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda name: None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call back for every element by its local name. Raises TableError; an entity of its own is damage."""
    elements = depth = 0

    def began(name: str, found: Attributes) -> None:
        nonlocal elements, depth
        elements, depth = elements + 1, depth + 1
        if elements > MOST_ELEMENTS or depth > DEEPEST:
            raise TableError(TableProblem.BOMB)
        start(name.rpartition(":")[2], found)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(":")[2])

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = began
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse  # no spreadsheet has one, entity bombs do
    try:
        parser.Parse(xml, True)
    except TableError:
        raise
    except (expat.ExpatError, LookupError, ValueError, OverflowError):
        raise TableError(TableProblem.DAMAGED) from None


def book(parts: Mapping[str, bytes]) -> Book:
    """What `xl/workbook.xml` says, with the names of parts its relations lead to."""
    targets: dict[str, str] = {}
    sheets: list[str] = []
    flags: list[str] = []

    def relation(name: str, found: Attributes) -> None:
        if name == "Relationship" and found.get("TargetMode") != "External":
            target = found.get("Target", "").replace("\\", "/").lower()
            targets[found.get("Id", "")] = normpath(join("/xl", target)).lstrip("/")

    def sheet(name: str, found: Attributes) -> None:
        if name == "workbookPr":
            flags.append(found.get("date1904", ""))
        if name == "sheet" and found.get("state", "visible") == "visible":
            sheets.extend(value for key, value in found.items() if key.rpartition(":")[2] == "id")

    walk(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), relation)
    walk(parts["xl/workbook.xml"], sheet)
    names = tuple(targets[key] for key in sheets if targets.get(key) in parts)
    return Book(names, bool({"1", "true"} & {*flags}))


def texts(xml: bytes) -> list[str]:
    """The table of texts, each tidied once; readings over Japanese letters are left out."""
    table: list[str] = []
    pieces: list[str] = []
    open_ones: list[str] = []

    def start(name: str, found: Attributes) -> None:
        open_ones.append(name)
        if name == "si":
            pieces.clear()

    def end(name: str) -> None:
        open_ones.pop()
        if name == "si":
            table.append(unescaped("".join(pieces)))

    def text(piece: str) -> None:
        if open_ones[-1:] == ["t"] and "rPh" not in open_ones[-2:]:
            pieces.append(piece)

    walk(xml, start, end, text)
    return table


def unescaped(text: str) -> str:
    """«_x0041_» is how a workbook writes a letter that XML can't hold; the text tidied."""
    return tidy(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))


def dates(xml: bytes) -> list[bool]:
    """Whether numbers of each style of cells are dates."""
    formats: dict[str, str] = {}
    styles: list[str] = []
    open_ones: list[str] = []

    def start(name: str, found: Attributes) -> None:
        if name == "numFmt":
            formats[found.get("numFmtId", "")] = found.get("formatCode", "")[:_LONGEST_FORMAT]
        if name == "xf" and open_ones[-1:] == ["cellXfs"]:
            styles.append(found.get("numFmtId", "0"))
        open_ones.append(name)

    def end(name: str) -> None:
        open_ones.pop()

    walk(xml, start, end)
    return [_is_date(formats[one]) if one in formats else one in _DATES for one in styles]


def _is_date(code: str) -> bool:
    return code.lower() not in _WORDS and bool(re.search("[ymdhs]", _LITERAL.sub("", code), re.IGNORECASE))


def _refuse(*_: object) -> None:
    raise TableError(TableProblem.DAMAGED)
