"""Workbooks as a test needs them: plain ones, and ones whose parts somebody tampered with."""

import io
import zipfile
from collections.abc import Mapping

from bot.documents.xlsx import write
from bot.iom.workbook import Cell, Sheet

SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(*rows: tuple[Cell, ...]) -> bytes:
    """A workbook of one sheet; the first row is its header."""
    return write([Sheet("Лист", tuple(map(str, rows[0])), rows[1:])])


def tampered(data: bytes, parts: Mapping[str, bytes | None], *, store: bool = False) -> bytes:
    """The same archive with these parts put in, or taken out for None."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole: dict[str, bytes | None] = {name: archive.read(name) for name in archive.namelist()}
    return zipped(whole | dict(parts), store=store)


def zipped(parts: Mapping[str, bytes | None], *, store: bool = False) -> bytes:
    buffer = io.BytesIO()
    kind = zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)
    return buffer.getvalue()


def with_sheet(rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """A workbook whose only sheet has this XML for its rows."""
    xml = before + b"<worksheet " + MAIN + b"><sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>"
    return tampered(workbook(("а",)), {SHEET: xml})


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
