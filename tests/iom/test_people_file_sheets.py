"""The list to fill in, and the list of what was not taken: both can be sent back as they are."""

import pytest

from bot.documents import people
from bot.documents.xlsx import read, write
from bot.iom.people_file import judge
from bot.iom.people_sheets import people_template, rejected_sheet
from tests.iom.test_people_file import BORIS, WORDS, _coded, _named


@pytest.mark.parametrize("keeps", [True, False])
def test_the_example_is_a_good_list(keeps: bool) -> None:
    _, example = people_template(WORDS, keeps_names=keeps)
    judged = judge(read(write([example]), "a.xlsx"), WORDS, keeps_names=keeps)
    assert len(judged.valid) == 3
    assert not judged.rejected
    assert not judged.repeated
    assert sum(bool(one.mentor) for one in judged.valid) == 1


def test_the_blank_list_offers_every_role_that_is_understood() -> None:
    blank, _ = people_template(WORDS, keeps_names=True)
    [(column, roles)] = blank.choices.items()
    assert blank.header[column] == "Роль"
    judged = _named(*(f"Светлова;Анна;{'И' + 'а' * n};;;{role}" for n, role in enumerate(roles)))
    assert len({one.role for one in judged.valid}) == len(roles)


def test_no_column_of_names_where_they_are_not_kept() -> None:
    blank, example = people_template(WORDS, keeps_names=False)
    assert blank.header == example.header == ("Код", "Должность", "Предмет или группа", "Роль", "Наставник")


def test_rows_not_taken_come_with_number_reason_and_their_own_cells() -> None:
    judged = _named(BORIS, "=1+1;Анна;;учитель;;;;;лишнее", "Светлова;Анна;;;;завхоз")
    header, first, second = (row.cells for row in read(people.rejected_file(judged), "a.xlsx"))
    assert header[:4] == ("Строка", "Что исправить", "Фамилия", "Имя")
    assert first[0] == "3"
    assert first[2:6] == ("=1+1", "Анна", "", "учитель")
    assert first[-1] == "лишнее"
    assert second[1].startswith("Роль «завхоз» не знаю")


def test_rows_not_taken_are_judged_again_once_mended() -> None:
    judged = _named(BORIS, "Светлова;Анна;;;;завхоз", "Лугова1;Мария")
    text = "\n".join(";".join(row.cells) for row in read(people.rejected_file(judged), "a.xlsx"))
    mended = (
        text.replace("завхоз;", "куратор;").replace("завхоз\n", "куратор\n").replace("Лугова1;", "Лугова;")
    )
    again = judge(read(mended.encode(), "a.csv"), WORDS, keeps_names=True)
    assert [(one.full_name, one.role) for one in again.valid] == [
        ("Светлова Анна", "curator"),
        ("Лугова Мария", "teacher"),
    ]


def test_nothing_to_mend_is_a_sheet_without_rows() -> None:
    assert rejected_sheet(_coded("П-01"), WORDS).rows == ()


def test_two_thousand_people_from_a_workbook() -> None:
    letters = [chr(ord("а") + number) for number in range(32)]
    names = [f"Светлов{a}{b}{c}" for a in letters for b in letters[:10] for c in letters[:7]][:1999]
    _, example = people_template(WORDS, keeps_names=True)
    rows = [("Борисов", "Пётр", "Сергеевич", "", "", "наставник", "")]
    rows += [(name, "Анна", "Ильинична", "учитель", "", "", "Борисов П. С.") for name in names]
    data = write([type(example)("Люди", example.header, tuple(rows))])
    judged = judge(read(data, "a.xlsx"), WORDS, keeps_names=True)
    assert len(judged.valid) == 2000
    assert all(one.mentor for one in judged.valid[1:])
