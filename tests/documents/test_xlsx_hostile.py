"""Whatever a stranger sends is rows or a refusal; nothing is run, followed, or unpacked without end."""

import io
import struct
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents.limits import MOST_BYTES, MOST_COLUMNS, MOST_ROWS
from bot.documents.xlsx import read
from bot.iom.workbook import Row, TableError, TableProblem
from bot.speech.words import Words
from tests.documents.workbooks import SHEET, part, tampered, with_sheet, workbook, zipped

GOOD = workbook(("Фамилия", "Имя"), ("Светлова", "Анна"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
TYPES = "[Content_Types].xml"


def _reason(data: bytes, name: str = "список.xlsx") -> TableProblem:
    with pytest.raises(TableError) as refusal:
        read(data, name)
    return refusal.value.reason


def _cell(reference: str) -> bytes:
    return f'<row><c r="{reference}"><v>1</v></c></row>'.encode()


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.xlsx", TableProblem.NOT_A_TABLE),
        (b"", "a.csv", TableProblem.EMPTY),
        (b"\n \n;;\n", "a.csv", TableProblem.EMPTY),
        (b"%PDF-1.7", "a.pdf", TableProblem.NOT_A_TABLE),
        (b"%PDF-1.7", "a.xlsx", TableProblem.NOT_A_TABLE),
        (b"words", "", TableProblem.NOT_A_TABLE),
        (b"\x98\x98", "a.csv", TableProblem.NOT_A_TABLE),
        (b"\xff\xfea", "a.csv", TableProblem.NOT_A_TABLE),
        (b"a\0b", "a.csv", TableProblem.NOT_A_TABLE),
        (b'a;"b\nc;d\n', "a.csv", TableProblem.QUOTES),
        (b"a;" + b"x" * 200_000, "a.csv", TableProblem.QUOTES),
        (b"a\n" * (MOST_ROWS + 1), "a.csv", TableProblem.TOO_MANY_ROWS),
        (b";".join([b"a"] * (MOST_COLUMNS + 1)), "a.csv", TableProblem.TOO_MANY_COLUMNS),
        (b"a" * (MOST_BYTES + 1), "a.csv", TableProblem.TOO_BIG),
        (OLE, "a.xls", TableProblem.OLD_XLS),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", TableProblem.PASSWORD),
        (GOOD, "a.xlsm", TableProblem.MACROS),
        (GOOD[:300], "a.xlsx", TableProblem.DAMAGED),
        (zipped({"word/document.xml": b"<w/>", TYPES: b"<t/>"}), "a.docx", TableProblem.NOT_A_TABLE),
        (zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "a.ods", TableProblem.NOT_A_TABLE),
        (zipped({}), "a.xlsx", TableProblem.NOT_A_TABLE),
    ],
)
def test_no_table(data: bytes, name: str, reason: TableProblem) -> None:
    assert _reason(data, name) is reason


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"xl/vbaProject.bin": b"Sub AutoOpen"}, TableProblem.MACROS),
        ({"XL\\VBAPROJECT.BIN": b"Sub AutoOpen"}, TableProblem.MACROS),
        (
            {TYPES: b"<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>"},
            TableProblem.MACROS,
        ),
        ({"xl/media/a.bin": b"\0" * (61 << 20)}, TableProblem.BOMB),
        ({"xl/sharedStrings.xml": b" " * (20 << 20)}, TableProblem.BOMB),
        ({f"xl/{number}.xml": b"" for number in range(2001)}, TableProblem.BOMB),
        ({SHEET: b"<worksheet><sheetData><row"}, TableProblem.DAMAGED),
        ({SHEET: part(GOOD, SHEET).decode().encode("utf-16")}, TableProblem.DAMAGED),
        ({SHEET: None}, TableProblem.DAMAGED),
        ({SHEET: b"<a>" * 60}, TableProblem.BOMB),
        ({"xl/sharedStrings.xml": b"<sst></sst>"}, TableProblem.DAMAGED),
        ({"xl/sharedStrings.xml": b"<t>text</t>"}, TableProblem.DAMAGED),
        ({"xl/_rels/workbook.xml.rels": b"<Relationships/>"}, TableProblem.DAMAGED),
        ({"xl/workbook.xml": b"not xml"}, TableProblem.DAMAGED),
        ({"xl/WORKBOOK.xml": b"<workbook/>"}, TableProblem.DAMAGED),
    ],
)
def test_a_workbook_with_a_trap_is_refused(parts: dict[str, bytes | None], reason: TableProblem) -> None:
    assert _reason(tampered(GOOD, parts)) is reason


@pytest.mark.parametrize("field", [24, 22])
def test_a_part_that_lies_about_its_size(field: int) -> None:
    """The central directory says how much a part unpacks to: a hundred megabytes, or next to nothing."""
    data = bytearray(tampered(GOOD, {SHEET: b"<x>" + b" " * (1 << 20)}))
    place = data.index(SHEET.encode(), data.index(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, place + 24, 100 << 20 if field == 24 else 5)
    assert _reason(bytes(data)) is (TableProblem.BOMB if field == 24 else TableProblem.DAMAGED)


def test_an_encrypted_part_is_a_password() -> None:
    data = bytearray(GOOD)
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    assert _reason(bytes(data)) is TableProblem.PASSWORD


def test_an_unknown_compression_is_damage() -> None:
    data = bytearray(GOOD)
    for start in (i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02"):
        struct.pack_into("<H", data, start + 10, 99)
    assert _reason(bytes(data)) is TableProblem.DAMAGED


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (_cell("A1") + _cell("XFD1048576"), TableProblem.TOO_MANY_ROWS),
        (_cell("A1") + _cell("A1048576"), TableProblem.TOO_MANY_ROWS),
        (_cell("A1") + _cell("xfd1"), TableProblem.TOO_MANY_COLUMNS),
        (_cell("A1") + b'<row r="1048576"><c><v>1</v></c></row>', TableProblem.TOO_MANY_ROWS),
        (b"<row/>" * 30_000 + b"<row><c><v>1</v></c></row>", TableProblem.TOO_MANY_ROWS),
        (b"<row>" + b"<c/>" * 70 + b"<c><v>1</v></c></row>", TableProblem.TOO_MANY_COLUMNS),
        (_cell("ZZZZ9"), TableProblem.DAMAGED),
        (_cell("A99999999999"), TableProblem.DAMAGED),
        (b'<row r="-1"><c><v>1</v></c></row>', TableProblem.DAMAGED),
        (b'<row r="\xd9\xa3"><c><v>1</v></c></row>', TableProblem.DAMAGED),
    ],
)
def test_far_corners_are_refused_before_they_take_memory(rows: bytes, reason: TableProblem) -> None:
    """A reader that lays a sheet out densely would ask for 500 GB here."""
    assert _reason(with_sheet(rows)) is reason


def test_formatting_without_content_is_no_corner() -> None:
    rows = _cell("A1") + b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert read(with_sheet(rows), "a.xlsx") == (Row(1, ("1",)),)


def test_one_long_text_in_every_cell_is_a_bomb() -> None:
    """A table of texts is small, and what refers to it is not."""
    rows = b"".join(b"<row>" + b'<c t="s"><v>0</v></c>' * 50 + b"</row>" for _ in range(50))
    text = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    assert _reason(tampered(with_sheet(rows), {"xl/sharedStrings.xml": text})) is TableProblem.BOMB


def test_a_table_of_texts_that_lies_about_its_length() -> None:
    """Another reader reserves as much memory as it says, and aborts."""
    text = b'<sst uniqueCount="99999999999"><si><t>one</t></si></sst>'
    rows = b'<row><c t="s"><v>0</v></c></row>'
    data = tampered(with_sheet(rows), {"xl/sharedStrings.xml": text})
    assert read(data, "a.xlsx") == (Row(1, ("one",)),)


def test_entities_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    assert _reason(with_sheet(b"<row><c><v>&b;</v></c></row>", before=laughs)) is TableProblem.DAMAGED


def test_a_formula_is_its_last_value_and_a_link_is_not_followed() -> None:
    rows = (
        b'<row r="1"><c r="A1" t="str"><f>[1]Sheet1!A1</f><v>cached</v></c>'
        b'<c r="B1"><f>1+1</f></c><c r="C1" t="e"><v>#REF!</v></c><c r="D1"><f>2+2</f><v>4</v></c></row>'
    )
    links = {
        "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        "xl/externalLinks/_rels/externalLink1.xml.rels": b'<R Target="file:///etc/passwd"/>',
    }
    assert read(tampered(with_sheet(rows), links), "a.xlsx") == (Row(1, ("cached", "", "", "4")),)


def test_parts_named_twice_are_refused() -> None:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(SHEET.upper(), b"<worksheet/>")
    assert _reason(buffer.getvalue()) is TableProblem.DAMAGED


def _is_settled(data: bytes, name: str) -> bool:
    try:
        rows = read(data, name)
    except TableError:
        return True
    return all(row.cells and row.cells[-1] for row in rows)


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.txt", "a", ""]))
def test_any_bytes_are_rows_or_a_refusal(data: bytes, name: str) -> None:
    assert _is_settled(data, name)


@given(st.text(alphabet='ая;,\t"\r\n\0=01', max_size=80))
def test_any_csv_is_rows_or_a_refusal(text: str) -> None:
    assert _is_settled(text.encode(), "a.csv")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_workbook_with_spoilt_bytes_is_rows_or_a_refusal(spoilt: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for place, value in spoilt:
        data[place] = value
    assert _is_settled(bytes(data), "a.xlsx")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", TYPES]),
    st.integers(0, 3000),
    st.sampled_from(
        [
            b"<",
            b">",
            b'"',
            b"<c/>",
            b'<c r="B2"><v>1</v></c>',
            b"</row>",
            b"9",
            b"-",
            b"\xff",
            b"&#0;",
            b"<v>1e999</v>",
        ]
    ),
)
def test_a_workbook_with_spoilt_xml_is_rows_or_a_refusal(name: str, place: int, what: bytes) -> None:
    xml = part(GOOD, name)
    cut = place % len(xml)
    assert _is_settled(tampered(GOOD, {name: xml[:cut] + what + xml[cut:]}, store=True), "a.xlsx")


@pytest.mark.parametrize("reason", TableProblem)
def test_every_refusal_has_its_words(reason: TableProblem) -> None:
    values = {"most": 5, "kind": "pdf", "line": 3, "expected": "«Фамилия» <b>"}
    page = Words()._env.from_string(
        '{% from "_table_reasons.j2" import why_no_table %}{{ why_no_table(reason, values) }}'
    )
    said = page.render(reason=reason.value, values=values)
    assert len(said) > 20
    assert "<b>" not in said
    assert "%" not in said
