"""Merged header cells of a table, computed from the header paths of its columns."""

from dataclasses import dataclass

from bot.iom.blocks import Column


@dataclass(frozen=True, slots=True)
class Cell:
    """A header cell: its text, its first row and column, and how many rows and columns it covers."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


def header_cells(columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    """Cells in reading order, row by row; («Уровень (%)», «низкий») stands over two rows.

    Neighbours with the same beginning of the path share one cell above them; the last words of a
    path are always a cell of its own and reach down to the deepest row.
    """
    paths = [column.header or ("",) for column in columns]
    depth = max(map(len, paths), default=0)
    return tuple(cell for row in range(depth) for cell in _row(paths, row, depth))


def header_rows(columns: tuple[Column, ...]) -> list[list[tuple[Cell, bool]]]:
    """The same cells as Word wants them: every row names each cell that crosses it.

    The flag is true where a cell goes on from the row above; such a cell never spans columns.
    """
    cells = header_cells(columns)
    depth = max((cell.row + cell.rowspan for cell in cells), default=0)
    crossing = [[cell for cell in cells if cell.row <= row < cell.row + cell.rowspan] for row in range(depth)]
    return [
        [(cell, cell.row < row) for cell in sorted(found, key=lambda cell: cell.column)]
        for row, found in enumerate(crossing)
    ]


def _row(paths: list[tuple[str, ...]], row: int, depth: int) -> list[Cell]:
    cells = []
    column = 0
    while column < len(paths):
        path = paths[column]
        span = 1
        if row == len(path) - 1:
            cells.append(Cell(path[row], row, column, rowspan=depth - row))
        elif row < len(path):
            span = _span(paths, row, column)
            cells.append(Cell(path[row], row, column, colspan=span))
        column += span
    return cells


def _span(paths: list[tuple[str, ...]], row: int, column: int) -> int:
    """How many neighbours to the right lie under the same group, the first column included."""
    group = paths[column][: row + 1]
    end = column
    while end < len(paths) and len(paths[end]) > row + 1 and paths[end][: row + 1] == group:
        end += 1
    return end - column
