"""The card as a Word document: valid, with the form's own tables, lines, sections and marks."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import docx as word
import pytest
from docx.enum.section import WD_ORIENT

from bot.documents.docx import docx
from bot.iom.blocks import Column, Document, Fields, Page, Signature, Signatures, Table, Text, Title
from tests.documents.reading import DRAFT, W, docx_text, faults, part, parts
from tests.documents.stavropol import TEACHER, stavropol
from tests.documents.ust_ilimsk import ust_ilimsk

Form = Callable[..., Document]
forms = pytest.mark.parametrize("form", [stavropol, ust_ilimsk])
LEVELS_TABLE = 1  # the second bordered table of the Stavropol form, after label | value


def _tables(card: Document) -> list[Element]:
    """Bordered tables: those of the layout (head, signatures) have another style."""
    found = part(docx(card)).iter(W + "tbl")
    return [table for table in found if _style(table) == "TableGrid"]


def _style(table: Element) -> str | None:
    style = table.find(f"{W}tblPr/{W}tblStyle")
    return None if style is None else style.get(W + "val")


def _span(cell: Element) -> tuple[str, int, str | None]:
    """Text, how many columns, and «restart» or «continue» of a vertical merge."""
    span, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
    text = "".join(node.text or "" for node in cell.iter(W + "t"))
    return (
        text,
        int(span.get(W + "val", "1")) if span is not None else 1,
        merge.get(W + "val") if merge is not None else None,
    )


@forms
@pytest.mark.parametrize("rich", [False, True], ids=["empty", "rich"])
def test_independent_validator_finds_nothing(form: Form, rich: bool, tmp_path: Path) -> None:
    assert faults(docx(form(rich=rich, mark=DRAFT if rich else "")), tmp_path) == []


@forms
def test_python_docx_reads_it_and_its_title(form: Form) -> None:
    opened = word.Document(io.BytesIO(docx(form(rich=True))))
    assert opened.core_properties.title == form().title
    assert opened.core_properties.author == "Бот ИОМ"
    assert opened.styles["Normal"].type is not None


def test_level_is_one_cell_over_four_columns() -> None:
    first, second = _tables(stavropol())[LEVELS_TABLE].findall(W + "tr")[:2]
    assert [_span(cell) for cell in first.findall(W + "tc")] == [
        ("Компетенции", 1, "restart"),
        ("Затруднения", 1, "restart"),
        ("Уровень (%)", 4, None),
    ]
    assert [_span(cell) for cell in second.findall(W + "tc")] == [
        ("", 1, "continue"),
        ("", 1, "continue"),
        *((level, 1, None) for level in ("низкий", "средний", "высокий", "общий")),
    ]


def test_every_row_of_a_table_fills_its_grid() -> None:
    for table in [*_tables(stavropol(rich=True)), *_tables(ust_ilimsk(rich=True))]:
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(W + "tr"):
            assert sum(_span(cell)[1] for cell in row.findall(W + "tc")) == columns


def test_header_rows_are_repeated_on_every_page_and_others_are_not() -> None:
    three_levels = _tables(ust_ilimsk(rich=True))[0]
    repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in three_levels.findall(W + "tr")]
    assert repeated == [True] * 3 + [False] * 5


def test_rows_are_not_split_over_pages() -> None:
    rows = part(docx(stavropol(rich=True))).iter(W + "tr")
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_only_a_row_taller_than_half_a_page_may_be_split() -> None:
    card = Document("Карта", (Table((Column(("Вывод",)),), (("слово " * 2000,), ("слово",))),))
    rows = part(docx(card)).iter(W + "tr")
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, False, True]


def test_sections_turn_the_paper_and_back() -> None:
    opened = word.Document(io.BytesIO(docx(stavropol())))
    lying = [section.orientation == WD_ORIENT.LANDSCAPE for section in opened.sections]
    assert lying == [False, True, False, True, False]
    for section in opened.sections:
        assert (section.page_width or 0) > (section.page_height or 0) or not lying[0]


def test_leading_page_turns_the_paper_without_an_empty_sheet() -> None:
    opened = word.Document(io.BytesIO(docx(Document("Карта", (Page("landscape"), Title("План"))))))
    assert [section.orientation for section in opened.sections] == [WD_ORIENT.LANDSCAPE]


@pytest.mark.parametrize("mark", ["", DRAFT])
def test_mark_stands_in_the_header_of_every_section(mark: str) -> None:
    opened = word.Document(io.BytesIO(docx(stavropol(mark=mark))))
    assert [section.header.paragraphs[0].text for section in opened.sections] == [mark] * 5


def test_footer_tells_the_teacher_and_the_page_of_pages() -> None:
    printed = docx(stavropol(rich=True))
    for footer in ("word/footer1.xml", "word/footer2.xml"):
        assert docx_text(printed, footer).split() == [
            *f"{TEACHER}, 2026/2027".split(),
            "стр.",
            "1",
            "из",
            "1",
        ]
        fields = [node.get(W + "instr", "").strip() for node in part(printed, footer).iter(W + "fldSimple")]
        assert fields == ["PAGE", "NUMPAGES"]


def test_signature_says_role_then_captions_under_the_lines() -> None:
    signature = Signature("Методист", "Горин П. И.", "подпись", "фамилия, инициалы")
    card = Document("Карта", (Signatures((signature,), date_line=True),))
    lines = [line for line in docx_text(docx(card)).splitlines() if line]
    assert lines == [
        "« ____ » _________ 20__ г.",
        "Методист",
        "/",
        "Горин П. И.",
        "/",
        "подпись",
        "фамилия, инициалы",
    ]


def test_empty_text_leaves_ruled_lines_for_the_pen() -> None:
    card = Document("Карта", (Text("Выводы:", blank_lines=5),))
    styles = [node.get(W + "val") for node in part(docx(card)).iter(W + "pStyle")]
    assert styles.count("BlankLine") == 5


def test_newline_becomes_a_line_break_and_a_paragraph_in_a_text() -> None:
    card = Document("Карта", (Title("Первая\r\nвторая"), Text(text="третья\nчетвёртая")))
    body = part(docx(card))
    assert len(list(body.iter(W + "br"))) == 1
    assert [line for line in docx_text(docx(card)).splitlines() if line] == [
        "Первая",
        "вторая",
        "третья",
        "четвёртая",
    ]


def test_package_carries_no_moment_of_printing() -> None:
    core = parts(docx(stavropol()))["docProps/core.xml"].decode()
    assert "created" not in core
    assert "modified" not in core


def test_row_with_another_number_of_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="another number of cells"):
        docx(Document("Карта", (Table((Column(("А",)),), (("1", "2"),)),)))


@pytest.mark.long
@pytest.mark.skipif(shutil.which("libreoffice") is None, reason="LibreOffice is not installed")
@forms
def test_libreoffice_opens_it(form: Form, tmp_path: Path) -> None:
    (tmp_path / "card.docx").write_bytes(docx(form(rich=True)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["libreoffice", profile, "--headless", "--convert-to", "pdf", "card.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "card.pdf").read_bytes().startswith(b"%PDF")


def test_the_first_and_the_last_line_of_fields_are_not_left_alone() -> None:
    rows = tuple((f"Строка {number}:", "") for number in range(4))
    xml = zipfile.ZipFile(io.BytesIO(docx(Document("Карта", (Fields(rows),))))).read("word/document.xml")
    lines = [line for line in xml.decode().split("<w:p>") if "FieldLine" in line]
    assert ["<w:keepNext/>" in line for line in lines] == [True, False, True, False]
