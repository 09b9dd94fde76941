"""The report of a year: every number in its cell, what is not known left for the pen, on both papers."""

from dataclasses import replace
from datetime import date

import pytest

from bot.documents.docx import docx
from bot.documents.report import OF_ORGANISATION, Report, document, said, words
from bot.documents.words import words_of
from bot.iom.blocks import Table
from bot.iom.profile import Beside, Diagnosed, profile
from tests.documents.reading import docx_text
from tests.regulations.given import given

STAVROPOL = given("stavropol")
FIRST = next(iter(STAVROPOL.blocks))
SCORES = [Diagnosed(n, "p", n, "", {FIRST: {"total": 40.0 + n}}) for n in range(6)]
REPORT = Report(
    "Гимназия «Радуга»",
    "2026/2027",
    date(2027, 5, 31),
    {"staff": 61, "people": 24, "share": 39, "quota": 7, "done": 62.5, "studied": None},
    states=[("Маршрут идёт", 20), ("Завершён", 4)],
    causes=[("изменилась рабочая нагрузка", 3)],
    profiles=[("", profile({"p": STAVROPOL}, SCORES)["stavropol"])],
    pupils=[Beside("Математика", 62.5, 54.0, 6), Beside("Химия", 40)],
)


def cells(report: Report) -> dict[str, tuple[str, ...]]:
    """Rows of all tables by their first cell."""
    tables = [block for block in document(report).blocks if isinstance(block, Table)]
    return {row[0]: row[1:] for table in tables for row in table.rows}


def test_numbers_are_filled_in_and_the_unknown_is_empty() -> None:
    rows, row = cells(REPORT), words()["row"]
    assert rows[row["staff"]] == ("61",)
    assert rows[row["done"]] == ("62,5",)
    for unknown in ("approved", "studied", "achieved", "positive"):
        assert rows[row[unknown]] == ("",)
    assert rows["Математика"] == ("62,5", "54")
    assert rows["Химия"] == ("40", "")
    assert rows[STAVROPOL.blocks[FIRST].title] == ("6", "6", "0", "0")


def test_a_block_of_few_people_is_not_printed() -> None:
    few = replace(REPORT, profiles=[("", profile({"p": STAVROPOL}, SCORES[:4])["stavropol"])])
    assert STAVROPOL.blocks[FIRST].title not in cells(few)


def test_organisations_are_there_above_a_school_and_some_are_hidden() -> None:
    numbers = dict.fromkeys(OF_ORGANISATION, 3.0) | {"done": None}
    above = replace(REPORT, organisations=[("Школа № 1", numbers), ("Школа № 2", None)])
    rows = cells(above)
    assert rows["Школа № 1"] == ("3", "3", "3", "", "3", "3")
    assert set(rows["Школа № 2"]) == {words()["note"]["few"]}
    titles = words()["section"]["organisations"]
    assert titles in words_of(document(above))
    assert titles not in words_of(document(REPORT))


def test_the_paper_holds_the_same_words() -> None:
    made = document(REPORT)
    printed = docx_text(docx(made))
    for word in words_of(made).split():
        assert word in printed


@pytest.mark.parametrize(
    ("number", "expected"),
    [(None, ""), (0, "0"), (12.0, "12"), (12.5, "12,5"), (12.34, "12,3"), (100, "100")],
)
def test_a_number_as_it_is_printed(number: float | None, expected: str) -> None:
    assert said(number) == expected
