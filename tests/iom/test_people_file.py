"""A list of people: the good rows are taken, every other one is said why not, in words a school knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents import people
from bot.documents.xlsx import read
from bot.iom.people_file import judge
from bot.iom.people_rows import Judged, KnownMentor, PersonRow, Rejected, Repeated, RowProblem
from bot.iom.people_words import PeopleWordsError
from bot.iom.people_words import read as read_words
from bot.iom.workbook import Row, TableError, TableProblem

WORDS = people.words()
BORIS = "Борисов;Пётр;Сергеевич;учитель;математика;наставник;;"
HEADER = "Фамилия;Имя;Отчество;Должность;Предмет или группа;Роль;Наставник;E-mail"
CODES = "Код;Должность;Предмет или группа;Роль;Наставник"


def _rows(*lines: str) -> tuple[Row, ...]:
    return tuple(
        Row(number, tuple(line.split(";"))) for number, line in enumerate(lines, start=1) if line.strip(";")
    )


def _named(*lines: str, known: tuple[KnownMentor, ...] = ()) -> Judged:
    return judge(_rows(HEADER, *lines), WORDS, keeps_names=True, known_mentors=known)


def _coded(*lines: str, known: tuple[KnownMentor, ...] = ()) -> Judged:
    return judge(_rows(CODES, *lines), WORDS, keeps_names=False, known_mentors=known)


def _only(judged: Judged) -> Rejected:
    [row] = judged.rejected
    return row


def test_a_good_list_is_taken_whole() -> None:
    judged = _named(
        BORIS, "Светлова;Анна;Ильинична;учитель;русский язык;педагог;Борисов П. С.;Anna@School.RU"
    )
    assert judged.valid == (
        PersonRow(2, "Борисов Пётр Сергеевич", "", "учитель", "математика", "mentor"),
        PersonRow(
            number=3,
            full_name="Светлова Анна Ильинична",
            position="учитель",
            subject="русский язык",
            role="teacher",
            mentor="Борисов Пётр Сергеевич",
            email="Anna@school.ru",
        ),
    )
    assert not judged.rejected
    assert not judged.repeated


def test_columns_are_found_in_any_order_under_a_title() -> None:
    rows = _rows("Список педагогов школы № 5", "", "№;  ИМЯ ;класс;фамилия:", "1;Анна;5Б;Светлова")
    assert [one.full_name for one in judge(rows, WORDS, keeps_names=True).valid] == ["Светлова Анна"]


@pytest.mark.parametrize("caption", ["ФИО", "Ф.И.О.", "фио педагога", "Фамилия, имя, отчество"])
def test_a_name_may_stand_in_one_column(caption: str) -> None:
    judged = judge(_rows(caption, "СВЕТЛОВА АННА ИЛЬИНИЧНА", "Борисов"), WORDS, keeps_names=True)
    assert [one.full_name for one in judged.valid] == ["Светлова Анна Ильинична"]
    assert _only(judged).reason is RowProblem.NO_NAME


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("СВЕТЛОВА;анна;Ильинична", "Светлова Анна Ильинична"),
        ("Петрова-Сидорова;Анна-Мария;", "Петрова-Сидорова Анна-Мария"),
        ("ПЕТРОВА-СИДОРОВА;О’ХАРА;-", "Петрова-Сидорова О’Хара"),
        ("Мамедов;Али;Гусейн оглы", "Мамедов Али Гусейн оглы"),
        ("Светлова;А.;И.", "Светлова А. И."),
        ("Светлова;А.И.;", "Светлова А.И."),
        ("де Светлова;Анна;", "де Светлова Анна"),
        ("Ким;Ю;", "Ким Ю"),
    ],
)
def test_names_people_have(typed: str, kept: str) -> None:
    assert [one.full_name for one in _named(typed).valid] == [kept]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";Анна;Ильинична", RowProblem.NO_NAME),
        ("Светлова;;Ильинична", RowProblem.NO_NAME),
        (";;;учитель", RowProblem.NO_NAME),
        ("Светлова2;Анна", RowProblem.NAME_DIGITS),
        ("Светлова;А٣нна", RowProblem.NAME_DIGITS),
        ("=Светлова;Анна", RowProblem.NAME_SIGNS),
        ("Светлова;Анна (Иванова)", RowProblem.NAME_SIGNS),
        ("<b>;Анна", RowProblem.NAME_SIGNS),
        ("Светлова;Анна;!!!", RowProblem.NAME_SIGNS),
        ("щ" * 61 + ";Анна", RowProblem.TOO_LONG),
        ("Светлова;Анна;" + "щ" * 400, RowProblem.TOO_LONG),
        ("щ" * 60 + ";" + "ш" * 60, RowProblem.TOO_LONG),
        ("Светлова;Анна;;" + "щ" * 201, RowProblem.TOO_LONG),
        ("Светлова;Анна;;;;завхоз", RowProblem.UNKNOWN_ROLE),
        ("Светлова;Анна;;;;;;школа", RowProblem.BAD_EMAIL),
        ("Светлова;Анна;;;;;;" + "a" * 400 + "@a.ru", RowProblem.BAD_EMAIL),
        ("Светлова;Анна;;;;;Нестеров А. А.;", RowProblem.MENTOR_UNKNOWN),
    ],
)
def test_a_bad_row_is_rejected_and_the_others_stay(line: str, reason: RowProblem) -> None:
    judged = _named(BORIS, line, "Лугова;Мария")
    rejected = _only(judged)
    assert (rejected.number, rejected.reason) == (3, reason)
    assert rejected.cells == tuple(line.split(";"))
    assert [one.number for one in judged.valid] == [2, 4]
    assert "{" not in WORDS.reason(rejected)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("", "teacher"),
        ("-", "teacher"),
        ("Педагог", "teacher"),
        (" НАСТАВНИК ", "mentor"),
        ("тьютор", "mentor"),
        ("куратор", "curator"),
        ("Методист", "methodist"),
        ("эксперт", "expert"),
        ("Директор", "head"),
        ("координатор", "coordinator"),
    ],
)
def test_roles_in_words(word: str, role: str) -> None:
    assert [one.role for one in _named(f"Светлова;Анна;;;;{word}").valid] == [role]


@pytest.mark.parametrize(
    "again",
    ["Светлова;Анна;Ильинична;директор", "СВЕТЛОВА;анна;ильинична;x", "Cвeтлoвa;Анна;Ильинична;латиница"],
)
def test_the_same_person_is_taken_once(again: str) -> None:
    judged = _named("Светлова;Анна;Ильинична;учитель", again)
    assert _only(judged) == Rejected(3, tuple(again.split(";")), RowProblem.SAME_PERSON, {"row": 2})
    assert [one.position for one in judged.valid] == ["учитель"]


def test_yo_makes_no_other_person() -> None:
    assert _only(_named("Королёв;Пётр;;учитель", "Королев;Петр;;завуч")).reason is RowProblem.SAME_PERSON


def test_a_row_word_for_word_is_passed_over() -> None:
    judged = _named("Светлова;Анна;;учитель", "СВЕТЛОВА;Анна;;Учитель")
    assert judged.repeated == (Repeated(3, 2),)
    assert judged.rejected == ()


def test_a_rejected_row_makes_nobody_a_repeat() -> None:
    judged = _named("Светлова;Анна;;;;завхоз", "Светлова;Анна;;;;педагог")
    assert [one.number for one in judged.valid] == [3]


def test_no_header_says_what_was_expected() -> None:
    for keeps, expected in ((True, "«Фамилия», «Имя»"), (False, "«Код»")):
        with pytest.raises(TableError) as refusal:
            judge(_rows("Светлова;Анна", "Борисов;Пётр"), WORDS, keeps_names=keeps)
        assert refusal.value.reason is TableProblem.NO_HEADER
        assert refusal.value.values == {"expected": expected}


@pytest.mark.parametrize("keeps", [True, False])
def test_a_template_nobody_filled_is_empty(keeps: bool) -> None:
    rows = read(people.template_file(keeps_names=keeps), "Люди.xlsx")
    with pytest.raises(TableError) as refusal:
        judge(rows, WORDS, keeps_names=keeps)
    assert refusal.value.reason is TableProblem.EMPTY


def test_codes_stand_for_names() -> None:
    judged = _coded("П-01;учитель;математика;наставник", "п-02;учитель;;;П-01", "7")
    assert judged.valid == (
        PersonRow(2, "", "П-01", "учитель", "математика", "mentor"),
        PersonRow(3, "", "п-02", "учитель", "", "teacher", "П-01"),
        PersonRow(4, "", "7"),
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";учитель", RowProblem.NO_CODE),
        ("Светлова;учитель", RowProblem.BAD_CODE),
        ("Светлова Анна 1;учитель", RowProblem.BAD_CODE),
        ("П-" + "1" * 30, RowProblem.BAD_CODE),
        ("=1", RowProblem.BAD_CODE),
        ("П-01;;;;Борисов Пётр", RowProblem.MENTOR_UNKNOWN),
        ("П-01;;;;П-01", RowProblem.MENTOR_HERSELF),
    ],
)
def test_a_bad_code_is_rejected(line: str, reason: RowProblem) -> None:
    assert _only(_coded(line)).reason is reason


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Фамилия", "Светлова"),
        ("Имя", "Анна"),
        ("Отчество", "Ильинична"),
        ("ФИО", "Светлова А. И."),
        ("E-mail", "anna@school.ru"),
    ],
)
def test_names_are_not_taken_where_they_are_not_kept(column: str, cell: str) -> None:
    judged = judge(_rows(f"Код;{column}", f"П-01;{cell}", "П-02;"), WORDS, keeps_names=False)
    rejected = _only(judged)
    assert (rejected.reason, rejected.values) == (RowProblem.NAMES_NOT_KEPT, {"column": column})
    assert [one.code for one in judged.valid] == ["П-02"]
    assert cell not in WORDS.reason(rejected)


@given(
    st.lists(
        st.lists(st.sampled_from(["Светлова", "Анна", "1", "", "наставник", "щ" * 99, "П-1"]), max_size=8)
    )
)
def test_every_row_is_in_exactly_one_place(table: list[list[str]]) -> None:
    for keeps, header in ((True, HEADER), (False, CODES)):
        rows = (*_rows(header), *(Row(n, tuple(cells)) for n, cells in enumerate(table, 2) if any(cells)))
        if len(rows) == 1:
            continue
        judged = judge(rows, WORDS, keeps_names=keeps)
        numbers = [one.number for one in judged.valid]
        numbers += [one.number for one in judged.rejected] + [one.number for one in judged.repeated]
        assert sorted(numbers) == [row.number for row in rows[1:]]
        assert all(WORDS.reason(row) for row in judged.rejected)


@pytest.mark.parametrize(
    ("source", "line"),
    [("title = ", 1), ("title = 'x'\nnonsense = 1", 2)],
)
def test_bad_words_are_reported_by_line(source: str, line: int) -> None:
    with pytest.raises(PeopleWordsError) as problem:
        read_words(source)
    assert problem.value.line in {1, line}
