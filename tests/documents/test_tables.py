"""Merged headers and widths of columns: what the regulation wrote, made to fit."""

from bot.documents.face import advance
from bot.documents.headers import Cell, header_cells
from bot.documents.sheet import A4, PHONE, sheet_of
from bot.documents.widths import PADDING, fitted, lines, longest_word
from bot.iom.blocks import Column, Document, Page, Table
from tests.documents.stavropol import stavropol
from tests.documents.ust_ilimsk import ust_ilimsk


def _columns(*paths: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(path) for path in paths)


def test_group_spans_its_columns_and_short_paths_reach_down() -> None:
    cells = header_cells(_columns(("Компетенции",), ("Уровень", "низкий"), ("Уровень", "высокий")))
    assert cells == (
        Cell("Компетенции", 0, 0, rowspan=2),
        Cell("Уровень", 0, 1, colspan=2),
        Cell("низкий", 1, 1),
        Cell("высокий", 1, 2),
    )


def test_three_levels_of_004() -> None:
    results, skill = "Результаты диагностик", "Уровень сформированности компетенций"
    cells = header_cells(
        _columns(("Дата",), (results, "Компетенции"), (results, skill, "низкий"), (results, skill, "высокий"))
    )
    assert cells == (
        Cell("Дата", 0, 0, rowspan=3),
        Cell(results, 0, 1, colspan=3),
        Cell("Компетенции", 1, 1, rowspan=2),
        Cell(skill, 1, 2, colspan=2),
        Cell("низкий", 2, 2),
        Cell("высокий", 2, 3),
    )


def test_neighbours_with_the_same_words_stay_two_columns() -> None:
    assert len(header_cells(_columns(("Дата",), ("Дата",)))) == 2


def test_same_group_apart_is_two_cells() -> None:
    cells = header_cells(_columns(("Г", "а"), ("Иное",), ("Г", "б")))
    assert [cell.text for cell in cells if cell.row == 0] == ["Г", "Иное", "Г"]


def test_column_without_a_header_is_an_empty_cell() -> None:
    assert header_cells(_columns((), ("А", "Б"))) == (
        Cell("", 0, 0, rowspan=2),
        Cell("А", 0, 1),
        Cell("Б", 1, 1),
    )


def test_wide_enough_shares_are_kept_as_written() -> None:
    fit = fitted([5.0, 5.0], [1, 3], 400)
    assert (fit.size, fit.widths, fit.is_whole) == (11.0, [100, 300], True)


def test_narrow_column_borrows_from_wide_ones() -> None:
    word = longest_word(["институциональный"])
    fit = fitted([word, 3.0], [1, 9], 400)
    assert fit.widths[0] == word * 11 + PADDING
    assert sum(fit.widths) == 400


def test_letters_shrink_before_words_break() -> None:
    word = longest_word(["институциональный"])
    assert fitted([word] * 5, [1] * 5, 5 * (word * 9 + PADDING)).size == 9.0
    assert not fitted([word] * 9, [1] * 9, 300).is_whole


def test_word_may_break_after_a_hyphen_only() -> None:
    assert longest_word(["психолого-педагогические"]) == advance("педагогические")
    assert longest_word(["форма/результат"]) == advance("форма/результат")


def test_lines_are_counted_by_the_width_of_letters() -> None:
    assert lines("слово", 200, 11) == 1
    assert lines("одна\nдве", 200, 11) == 2
    assert lines("слово " * 100, 100, 11) > 30


def test_levels_fit_whole_on_paper_in_both_forms() -> None:
    for card in (stavropol(rich=True), ust_ilimsk(rich=True)):
        for section in sheet_of(card, A4)["sections"]:
            for table in section["blocks"]:
                if table["kind"] == "Table":
                    assert table["is_whole"]
                    assert abs(sum(table["widths"]) - section["width"]) < 0.01


def test_nine_columns_do_not_fit_a_phone() -> None:
    wide = [
        table
        for section in sheet_of(stavropol(rich=True), PHONE)["sections"]
        for table in section["blocks"]
        if table["kind"] == "Table" and len(table["labels"]) == 9
    ]
    assert [table["is_whole"] for table in wide] == [False]


def test_empty_table_gets_rows_for_the_pen() -> None:
    card = Document("Карта", (Page("landscape"), Table(_columns(("А",), ("Б",)), (), blank_rows=3)))
    (section,) = sheet_of(card)["sections"]
    assert section["orientation"] == "landscape"
    assert [row["blank"] for row in section["blocks"][0]["rows"]] == [True] * 3
