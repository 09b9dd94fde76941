"""The card as PDF: marked pages, repeated headers, the bundled face only, tags for a screen reader."""

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pypdf
import pytest

from bot.documents.pdf import pdf
from bot.iom.blocks import Approval, ApprovalHead, Column, Document, Signature, Signatures, Table, Title
from tests.documents.reading import DRAFT, glued, pdf_pages, pdf_text
from tests.documents.stavropol import TEACHER, stavropol
from tests.documents.ust_ilimsk import ust_ilimsk

Form = Callable[..., Document]
MM = 72 / 25.4
WIDE = (297, 210)
HIGH = (210, 297)


def _sizes(data: bytes) -> list[tuple[int, int]]:
    boxes = (page.mediabox for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return [(round(float(box.width) / MM), round(float(box.height) / MM)) for box in boxes]


def _fonts(data: bytes) -> set[str]:
    found = set()
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        resources = page["/Resources"].get_object()
        assert isinstance(resources, pypdf.generic.DictionaryObject)
        fonts = resources.get("/Font", pypdf.generic.DictionaryObject()).get_object()
        assert isinstance(fonts, pypdf.generic.DictionaryObject)
        found |= {str(font.get_object()["/BaseFont"]).rpartition("+")[2] for font in fonts.values()}
    return found


@pytest.mark.parametrize("form", [stavropol, ust_ilimsk])
@pytest.mark.parametrize("mark", [DRAFT, ""])
def test_mark_and_number_stand_on_every_page(form: Form, mark: str) -> None:
    pages = pdf_pages(pdf(form(rich=True, mark=mark)))
    for number, page in enumerate(pages, start=1):
        assert (DRAFT in glued(page)) is bool(mark)
        assert glued(f"стр. {number} из {len(pages)}") in glued(page)


def test_footer_stands_on_every_page() -> None:
    assert all(glued(TEACHER) in glued(page) for page in pdf_pages(pdf(stavropol(rich=True))))


def test_paper_lies_where_the_form_asks_for_it() -> None:
    assert _sizes(pdf(stavropol())) == [HIGH, WIDE, HIGH, WIDE, HIGH]


def test_phone_gets_small_pages_with_every_event() -> None:
    printed = pdf(stavropol(rich=True), paper="phone")
    assert set(_sizes(printed)) == {(100, 178)}
    assert glued("Семинар-практикум № 12") in glued(pdf_text(printed))


def test_only_the_bundled_face_is_used() -> None:
    for paper in ("a4", "phone"):
        fonts = _fonts(pdf(stavropol(rich=True), paper="phone" if paper == "phone" else "a4"))
        assert all(font.startswith("LiberationSerif") for font in fonts)
        assert "LiberationSerif-Bold" in fonts


def test_header_is_repeated_on_the_next_page() -> None:
    table = Table((Column(("Мероприятие",)), Column(("Срок",))), (("Семинар", "май"),) * 60)
    pages = pdf_pages(pdf(Document("Карта", (table,))))
    assert len(pages) > 1
    assert all("Мероприятие" in page for page in pages)


def test_title_is_never_left_alone_at_the_foot() -> None:
    filler = Table((Column(("А",)),), (("строка",),) * 40)
    for extra in range(8):
        rows = (("строка",),) * (30 + extra)
        blocks = (
            replace(filler, rows=rows),
            Title("ЗАГОЛОВОК", 2),
            Table((Column(("Шапка",)),), (("тело",),)),
        )
        page = next(page for page in pdf_pages(pdf(Document("Карта", blocks))) if "ЗАГОЛОВОК" in page)
        assert "Шапка" in page
        assert "тело" in page


def test_level_of_an_event_is_printed_in_one_piece() -> None:
    for printed in (pdf(stavropol(rich=True)), pdf(ust_ilimsk(rich=True))):
        assert "институциональный" in pdf_text(printed)


def test_reader_program_gets_tags_title_and_language() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf(stavropol())))
    root = reader.root_object
    marks = root["/MarkInfo"].get_object()
    assert isinstance(marks, pypdf.generic.DictionaryObject)
    assert marks["/Marked"] == pypdf.generic.BooleanObject(True)
    assert str(root["/Lang"]).startswith("ru")
    assert reader.metadata is not None
    assert reader.metadata.title == "Карта ИОМ педагога"
    assert [str(entry.title) for entry in reader.outline if isinstance(entry, pypdf.generic.Destination)][
        :1
    ] == ["Карта индивидуального образовательного маршрута педагога"]


def test_long_text_takes_several_pages_whole() -> None:
    words = [f"слово{number}" for number in range(1200)]
    card = Document("Карта", (Table((Column(("Вывод",)), Column(("Да",))), ((" ".join(words), "да"),)),))
    printed = set(pdf_text(pdf(card)).split())
    assert [word for word in words if word not in printed] == []


def test_phone_tells_an_event_as_labels_and_values() -> None:
    printed = pdf_text(pdf(stavropol(rich=True), paper="phone", plain=True))
    event = glued("Организатор мероприятия ЦНППМ СКИРО ПК и ПРО Сроки проведения 01.10.2026 – 15.10.2026")
    assert event in glued(printed)


def test_signatures_stay_together() -> None:
    people = tuple(Signature(f"Подписавший {number}", "", "подпись") for number in range(4))
    for rows in range(28, 40):
        table = Table((Column(("А",)),), (("строка",),) * rows)
        pages = pdf_pages(pdf(Document("Карта", (table, Signatures(people, date_line=True)))))
        assert sum("Подписавший" in page for page in pages) == 1


def test_more_signatures_than_a_page_holds_are_all_printed() -> None:
    people = tuple(Signature(f"Подписавший {number}", "", "подпись") for number in range(40))
    printed = pdf_text(pdf(Document("Карта", (Signatures(people),))))
    assert re.findall(r"Подписавший\s+(\d+)", printed) == [str(number) for number in range(40)]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_head_takes_one_to_three_approvals(count: int) -> None:
    approvals = tuple(Approval(f"ГРИФ {number}", post="Директор") for number in range(count))
    printed = pdf_text(pdf(Document("Карта", (ApprovalHead(approvals),))))
    assert all(f"ГРИФ {number}" in printed for number in range(count))
