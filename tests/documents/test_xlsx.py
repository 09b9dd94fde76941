"""Tables out and in: what is written reads back, texts never become formulas."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from bot.documents.cells import text_of, tidy
from bot.documents.xlsx import read, write
from bot.iom.workbook import Row, Sheet
from tests.documents.workbooks import SHEET, part, tampered, with_sheet, workbook

INJECTIONS = [
    "=1+1",
    '=HYPERLINK("http://evil.example","жми")',
    "=cmd|' /C calc'!A0",
    "+7 914",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "http://evil.example",
    "'=1",
]


def _cells(data: bytes, name: str = "список.xlsx") -> list[tuple[str, ...]]:
    return [row.cells for row in read(data, name)]


def test_what_is_written_is_read() -> None:
    rows = (("Светлова", 12, 12.5, date(2027, 9, 1)), ("Борисов\nПётр", 0, -3, date(2028, 2, 29)))
    assert _cells(workbook(("а", "б", "в", "г"), *rows)) == [
        ("а", "б", "в", "г"),
        ("Светлова", "12", "12.5", "2027-09-01"),
        ("Борисов Пётр", "0", "-3", "2028-02-29"),
    ]


@pytest.mark.parametrize("text", INJECTIONS)
def test_text_is_never_a_formula(text: str) -> None:
    data = write([Sheet(text, (text,), ((text,),), notes={0: text})])
    xml = part(data, SHEET)
    assert b"<f>" not in xml
    assert b"hyperlink" not in xml
    assert len(re.findall(rb'<c [^>]*t="s"', xml)) == 2
    assert _cells(data) == [(tidy(text),)] * 2


@given(st.lists(st.text(st.characters(exclude_categories=["Cc"]), max_size=50), min_size=1, max_size=5))
def test_no_text_at_all_is_a_formula(texts: list[str]) -> None:
    data = workbook(("заголовок",) * len(texts), tuple(texts))
    assert b"<f>" not in part(data, SHEET)
    expected = [tidy(text) for text in texts]
    while expected and not expected[-1]:
        expected.pop()
    assert _cells(data)[1:] == ([tuple(expected)] if expected else [])


@pytest.mark.parametrize("text", ["=1", "+7", "-2", "@а"])
def test_dangerous_text_stays_text_when_it_is_edited(text: str) -> None:
    """Without the quote prefix Excel would take it for a formula after F2 and Enter."""
    assert b'quotePrefix="1"' in part(workbook(("а",), (text,)), "xl/styles.xml")


def test_header_is_bold_and_frozen() -> None:
    data = workbook(("Фамилия",), ("Светлова",))
    assert b'state="frozen"' in part(data, SHEET)
    assert b"<b/>" in part(data, "xl/styles.xml")


def test_choices_and_notes_stand_by_their_columns() -> None:
    data = write(
        [Sheet("Люди", ("Имя", "Роль"), choices={1: ("педагог", "наставник")}, notes={1: "Выберите"})]
    )
    xml = part(data, SHEET).decode()
    assert '<formula1>"педагог,наставник"</formula1>' in xml
    assert 'sqref="B2:B1001"' in xml
    assert "Выберите" in part(data, "xl/comments1.xml").decode()


@pytest.mark.parametrize("words", [("а, б", "в"), ("слово" * 60, "=1+1")])
def test_choices_that_fit_no_cell_stand_on_a_hidden_sheet(words: tuple[str, ...]) -> None:
    data = write([Sheet("Л", ("А", "Б"), choices={0: words, 1: words})])
    assert b'state="hidden"' in part(data, "xl/workbook.xml")
    assert part(data, "xl/worksheets/sheet1.xml").count(b"lists!$A$1:$A$2") == 2
    assert b"<f>" not in part(data, "xl/worksheets/sheet2.xml")
    assert [row.cells for row in read(data, "a.xlsx")] == [("А", "Б")]


def test_titles_excel_cannot_hold_are_mended() -> None:
    titles = ["Люди", "люди", "[a]:*?/\\", "", "'", "ш" * 40, "ш" * 40, "\x00\ud800"]
    xml = part(write([Sheet(title, ("а",)) for title in titles]), "xl/workbook.xml").decode()
    names = re.findall(r'<sheet name="([^"]*)"', xml)
    assert len(names) == len(titles)
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 for name in names)


def test_a_cell_longer_than_excel_holds_is_cut() -> None:
    assert len(_cells(workbook(("а",), ("щ" * 40_000,)))[1][0]) == 32_767


def test_office_finds_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    rows = (("=1", 5, date(2027, 9, 1)), ("\x00\ud800", 1.5, "до\nпосле"))
    path.write_bytes(
        write([Sheet("Люди", ("а", "б", "в"), rows, (10, 20, 30), {0: ("да", "нет")}, {1: "что"})])
    )
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert workbook(("а",), ("б",)) == workbook(("а",), ("б",))


def test_rows_keep_the_numbers_of_the_sheet() -> None:
    third = b'<row r="3"><c r="B3" t="inlineStr"><is><t>x</t></is></c></row>'
    seventh = b'<row r="7"><c r="A7"><v>5</v></c></row>'
    assert read(with_sheet(third + seventh), "a.xlsx") == (Row(3, ("", "x")), Row(7, ("5",)))


def test_texts_of_every_kind() -> None:
    rows = (
        b'<row><c t="s"><v>0</v></c>'
        b'<c t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>'
        b'<c t="str"><f>"x"</f><v>_x0041_</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>'
        b'<c t="d"><v>2027-09-01</v></c><c><v>46266</v></c><c/><c><v></v></c><c t="x"><v>y</v></c></row>'
    )
    table = b"<sst><si><r><t>wo</t></r><r><t>rd</t></r><rPh><t>reading</t></rPh></si></sst>"
    data = tampered(with_sheet(rows), {"xl/sharedStrings.xml": table})
    assert _cells(data) == [("word", "a b", "A", "TRUE", "", "2027-09-01", "46266", "", "", "y")]


@pytest.mark.parametrize(
    ("style", "number", "text"),
    [
        ('numFmtId="14"', "46266", "2026-09-01"),
        ('numFmtId="22"', "46266.5", "2026-09-01 12:00:00"),
        ('numFmtId="20"', "0.5", "12:00:00"),
        ('numFmtId="170"', "46266", "2026-09-01"),
        ('numFmtId="171"', "46266", "46266"),
        ('numFmtId="172"', "46266", "46266"),
        ('numFmtId="173"', "1.5", "1899-12-31 12:00:00"),
        ('numFmtId="0"', "46266", "46266"),
        ('numFmtId="14"', "-5", "-5"),
        ('numFmtId="14"', "1e300", "1e+300"),
    ],
)
def test_a_number_is_a_date_when_its_style_says_so(style: str, number: str, text: str) -> None:
    formats = {170: "dd\\.mm\\.yyyy", 171: "0 &quot;days&quot;", 172: "[Red]0.00", 173: "[h]:mm"}
    listed = "".join(f'<numFmt numFmtId="{key}" formatCode="{code}"/>' for key, code in formats.items())
    styles = f"<styleSheet><numFmts>{listed}</numFmts><cellXfs><xf/><xf {style}/></cellXfs></styleSheet>"
    rows = f'<row><c s="1"><v>{number}</v></c></row>'
    data = tampered(with_sheet(rows.encode()), {"xl/styles.xml": styles.encode()})
    assert _cells(data) == [(text,)]


def test_the_calendar_of_old_macs() -> None:
    with_date = workbook(("а",), (date(2027, 9, 1),))
    whole = part(with_date, "xl/workbook.xml").replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    assert _cells(tampered(with_date, {"xl/workbook.xml": whole}))[1] == ("2031-09-02",)


def test_parts_as_other_programs_name_them() -> None:
    data = workbook(("Фамилия",), ("Светлова",))
    relations = part(data, "xl/_rels/workbook.xml.rels").replace(
        b"worksheets/sheet1.xml", b"/xl/Worksheets/Sheet1.xml"
    )
    moved = {
        SHEET: None,
        "xl\\worksheets\\Sheet1.xml": part(data, SHEET),
        "xl/_rels/workbook.xml.rels": relations,
    }
    assert _cells(tampered(data, moved)) == [("Фамилия",), ("Светлова",)]


def test_two_thousand_rows() -> None:
    rows = [(f"Светлова {number}", "Анна", "Ильинична", "учитель") for number in range(2000)]
    assert _cells(workbook(("Фамилия", "Имя", "Отчество", "Должность"), *rows))[1:] == rows


def test_hidden_and_blank_sheets_are_passed_over() -> None:
    data = write([Sheet("A", ()), Sheet("B", ("скрыт",)), Sheet("C", ("Фамилия",)), Sheet("D", ("нет",))])
    whole = part(data, "xl/workbook.xml").replace(b'<sheet name="B"', b'<sheet name="B" state="hidden"')
    assert _cells(tampered(data, {"xl/workbook.xml": whole})) == [("Фамилия",)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Фамилия;Имя\r\nСветлова;Анна\r\n", "utf-8"),
        ("\ufeffФамилия;Имя\nСветлова;Анна", "utf-8"),
        ("Фамилия;Имя\r\nСветлова;Анна\r\n", "cp1251"),
        ("Фамилия\tИмя\r\nСветлова\tАнна\r\n", "utf-16"),
        ("Фамилия,Имя\nСветлова,Анна\n", "utf-8"),
        ('"Фамилия","Имя"\n"Светлова","Анна"\n', "cp1251"),
    ],
)
def test_csv_of_every_kind(text: str, encoding: str) -> None:
    assert _cells(text.encode(encoding), "Список.CSV") == [("Фамилия", "Имя"), ("Светлова", "Анна")]


def test_commas_in_cells_do_not_split_them() -> None:
    text = "Список, школа № 5, 2027\nФамилия;Предмет\nСветлова;русский, литература, родной язык\n"
    assert _cells(text.encode(), "a.csv")[2] == ("Светлова", "русский, литература, родной язык")


def test_declared_delimiter_and_blank_lines_keep_the_numbers() -> None:
    assert read(b"sep=,\n\na,b\n", "a.csv") == (Row(3, ("a", "b")),)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (1e20, "1e+20"),
        (float("nan"), ""),
        (True, "TRUE"),
        (7, "7"),
        (date(2027, 9, 1), "2027-09-01"),
        (" а\u00a0\u200b б\x00\ud800\n\nв\ufeff ", "а б в"),
        ("и\u0306", "й"),
    ],
)
def test_a_cell_becomes_a_clean_line(value: object, text: str) -> None:
    assert text_of(value) == text


@given(st.text())
def test_tidy_text_is_tidy(text: str) -> None:
    once = tidy(text)
    assert once == once.strip()
    assert "\0" not in once
    assert "\n" not in once
    assert once.encode().decode() == once
