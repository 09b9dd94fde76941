"""From a document to a sheet: plain lists and dictionaries that a template can draw.

Texts are cleaned, a page break opens a section, tables get their header cells, widths and size of
letters. Both printers draw the same sheet, so they cannot disagree about anything but their ink.
"""

from dataclasses import dataclass, fields
from typing import Any, Final

from bot.documents.clean import clean
from bot.documents.headers import header_rows
from bot.documents.widths import LEADING, SIZES, fitted, lines, longest_word
from bot.iom.blocks import Block, Document, Page, Pairs, Table

Tree = dict[str, Any]

MM: Final = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper in points: the room for text, standing and lying."""

    name: str
    portrait: tuple[float, float]
    landscape: tuple[float, float]


A4: Final = Paper("a4", (170 * MM, 257 * MM), (257 * MM, 170 * MM))
PHONE: Final = Paper("phone", (88 * MM, 160 * MM), (88 * MM, 160 * MM))
# A row taller than this part of a page may be split after all, or its words would leave the paper.
TALL: Final = 0.45
# Letters in a row that cannot make it tall at any width: most rows are not measured at all.
SHORT: Final = 120
# The label's part of a label | value table, as both templates draw it.
LABEL: Final = 0.4


def sheet_of(document: Document, paper: Paper = A4) -> Tree:
    """The sheet: title, author, mark, footer, and sections of `{orientation, width, blocks}`."""
    return {
        "title": clean(document.title).replace("\n", " "),
        "author": clean(document.author).replace("\n", " "),
        "mark": clean(document.mark),
        "footer": clean(document.footer),
        "paper": paper.name,
        "sections": [_section(page, blocks, paper) for page, blocks in _sections(document.blocks)],
    }


def _sections(blocks: tuple[Block, ...]) -> list[tuple[Page, list[Block]]]:
    """Blocks between page breaks; a break before the first block only turns the paper."""
    sections: list[tuple[Page, list[Block]]] = [(Page(), [])]
    for block in blocks:
        if isinstance(block, Page):
            sections.append((block, []))
        else:
            sections[-1][1].append(block)
    return [section for section in sections if section[1]] or sections[-1:]


def _section(page: Page, blocks: list[Block], paper: Paper) -> Tree:
    width, height = paper.landscape if page.orientation == "landscape" else paper.portrait
    return {
        "orientation": page.orientation,
        "width": width,
        "blocks": [_block(block, width, height) for block in blocks],
    }


def _block(block: Block, width: float, height: float) -> Tree:
    tree: Tree = {"kind": type(block).__name__}
    tree |= {field.name: _cleaned(getattr(block, field.name)) for field in fields(block)}
    if isinstance(block, Table):
        tree |= _table(block, tree["rows"], width, height)
    elif isinstance(block, Pairs):
        tree["rows"] = [
            _row(cells, [width * LABEL, width * (1 - LABEL)], SIZES[0], height) for cells in tree["rows"]
        ]
    return tree


def _cleaned(value: Any) -> Any:
    """The same value with every text in it cleaned: tuples become lists, blocks dictionaries."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return [_cleaned(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _cleaned(getattr(value, field.name)) for field in fields(value)}
    return value


def _table(table: Table, rows: list[list[str]], width: float, height: float) -> Tree:
    if any(len(row) != len(table.columns) for row in rows):
        raise ValueError(f"a row of a table of {len(table.columns)} columns has another number of cells")
    fit = fitted(_words(table, rows), [column.width for column in table.columns], width)
    blank = [[""] * len(table.columns)] * (0 if rows else table.blank_rows)
    return {
        "header_rows": [
            [_cleaned(cell) | {"goes_on": goes_on} for cell, goes_on in row]
            for row in header_rows(table.columns)
        ],
        "labels": [" · ".join(map(clean, column.header)) for column in table.columns],
        "aligns": [column.align for column in table.columns],
        "widths": fit.widths,
        "size": fit.size,
        "is_whole": fit.is_whole,
        "rows": [_row(row, fit.widths, fit.size, height) for row in rows + blank],
    }


def _row(cells: list[str], widths: list[float], size: float, height: float) -> Tree:
    """`blank` rows are left high enough for a pen; `tall` ones may be split over pages."""
    return {"cells": cells, "blank": not any(cells), "tall": _is_tall(cells, widths, size, height)}


def _words(table: Table, rows: list[list[str]]) -> list[float]:
    """The widest unbreakable word of each column, its own header cell included."""
    return [
        max(
            longest_word([clean(text) for text in column.header[-1:]], bold=True),
            longest_word([row[index] for row in rows]),
        )
        for index, column in enumerate(table.columns)
    ]


def _is_tall(cells: list[str], widths: list[float], size: float, height: float) -> bool:
    if sum(map(len, cells)) < SHORT and not any("\n" in text for text in cells):
        return False
    rows = (lines(text, width, size) for text, width in zip(cells, widths, strict=True))
    return max(rows, default=0) * size * LEADING > height * TALL
