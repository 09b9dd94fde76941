"""The cells of a card's table: one row of the route each, or columns that are filled each by itself."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from bot.iom.card_rows import table_rows
from bot.iom.card_sources import Row, Sources
from bot.iom.regulation import CardBlock, CardColumn

NUMBER = "n"

Cells = tuple[str, ...]


def cells(sources: Sources, block: CardBlock) -> tuple[Cells, ...]:
    """What the route fills in; nothing when the layout names no rows."""
    if any(column.only for column in block.columns):
        return tuple(_side_by_side(sources, block))
    return of_rows(block, table_rows(sources, block.rows, block.only, block.by))


def of_rows(block: CardBlock, rows: Iterable[Row]) -> tuple[Cells, ...]:
    """The cells of these rows."""
    return tuple(tuple(_cell(column, row) for column in block.columns) for row in rows)


def _cell(column: CardColumn, row: Row) -> str:
    return ", ".join(filter(None, (row.get(name, "") for name in (column.value, *column.also))))


def _side_by_side(sources: Sources, block: CardBlock) -> Iterator[Cells]:
    """Each column lists rows of its own from the top down (002: грамоты beside дипломы)."""
    lists = [
        [_cell(column, row) for row in table_rows(sources, block.rows, column.only)] if column.only else []
        for column in block.columns
    ]
    for number, found in enumerate(zip_longest(*lists, fillvalue=""), 1):
        pairs = zip(block.columns, found, strict=True)
        yield tuple(str(number) if column.value == NUMBER else text for column, text in pairs)


def over_form(block: CardBlock, filled: tuple[Cells, ...]) -> tuple[Cells, ...]:
    """The rows that the form has printed, with the filled ones laid over them."""
    return (*filled, *block.form_rows[len(filled) :])
