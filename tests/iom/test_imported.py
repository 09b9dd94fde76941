"""Lists that come in, judged row by row: events, results of diagnoses, staff numbers."""

from datetime import date

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from bot.documents import imports as files
from bot.documents import xlsx
from bot.iom import import_sheets
from bot.iom.catalogue import EDUCATION, FORMS, LEVELS, RECOMMENDED, REGISTRATION, RESOURCES, Event
from bot.iom.catalogue_rows import Publisher, code_of, events_of, link_fits
from bot.iom.diagnosis_rows import DiagnosisRow, Examined, diagnoses_of
from bot.iom.imported import Sifted
from bot.iom.numbers_names import block_names
from bot.iom.people import Organisation
from bot.iom.staff_rows import staff_of
from bot.iom.workbook import Row, TableError, TableProblem
from tests.regulations.given import given

S, U = "stavropol", "ust_ilimsk"
TODAY = date(2026, 11, 2)
WORDS = files.words()
BLOCKS = block_names(given(S).block)
SCHOOL = Publisher(7, "school", True, BLOCKS)
EVERYBODY = Publisher(0, "", False, BLOCKS)
HEADER = ("Название", "Компетенции", "Форма участия", "Вид образования")
GOOD = ("Открытый урок", "Методические", "очно", "информальное")
PEOPLE = (
    Examined(1, "Светлова Анна Ильинична", "П-7K2M", S),
    Examined(2, "", "П-3F4A", U),
    Examined(3, "Двойникова Ольга", "П-111A", S),
    Examined(4, "Двойникова Ольга", "П-222A", S),
    Examined(5, "Былых Нина", "П-555A", "gone"),
)
TITLES = (
    Organisation(1, "Школа № 1"),
    Organisation(2, "Школа № 2"),
    Organisation(3, "Сад"),
    Organisation(4, "сад"),
)


def rows(*lines: tuple[str, ...]) -> tuple[Row, ...]:
    return tuple(Row(number, cells) for number, cells in enumerate(lines, 1))


def brought(*more: tuple[str, str], publisher: Publisher = SCHOOL) -> Sifted[tuple[int, Event]]:
    """One good row with further columns."""
    header = (*HEADER, *(caption for caption, _ in more))
    return events_of(rows(header, (*GOOD, *(cell for _, cell in more))), WORDS.catalogue, publisher, TODAY)


def refused(*more: tuple[str, str]) -> str:
    """The reason of the only row, in words."""
    (one,) = brought(*more).rejected
    return WORDS.catalogue.reason(one.reason, one.values)


def test_the_least_an_event_says() -> None:
    ((number, event),) = brought().valid
    assert number == 2
    assert event.title == "Открытый урок"
    assert (event.blocks, event.form, event.education) == (("methodical",), "onsite", "informal")
    assert (event.level, event.state, event.organisation, event.proposer) == (
        "institutional",
        "proposed",
        7,
        7,
    )
    assert event.code.startswith("7/h-")


def test_what_the_operator_brings_is_published_for_everybody() -> None:
    ((_, event),) = brought(publisher=EVERYBODY).valid
    assert (event.state, event.organisation, event.code[:2]) == ("published", 0, "h-")


def test_every_column_is_read() -> None:
    cells = {
        "Уровень": "региональное",
        "Организатор": "ИРО",
        "Дата начала": "2027-04-12",
        "Окончание": "30.04.2027",
        "Кол-во часов": "36,5 ч",
        "Результат": "удостоверение",
        "Предмет": "чтение",
        "Для кого": "учителя",
        "Вид ресурса": "кадровые",
        "Рекомендовано": "Школа",
        "Регистрация": "открыта",
        "Ссылка": "https://courses.example.org/a?b=1",
        "Код": "К-15",
    }
    ((_, event),) = brought(*cells.items()).valid
    assert event == Event(
        id=2,
        code="7/к-15",
        title="Открытый урок",
        blocks=("methodical",),
        level="regional",
        form="onsite",
        education="informal",
        organiser="ИРО",
        starts_on=date(2027, 4, 12),
        ends_on=date(2027, 4, 30),
        hours=36.5,
        result="удостоверение",
        topics="чтение",
        audience="school",
        resource="people",
        recommended_by="school",
        registration="open",
        link="https://courses.example.org/a?b=1",
        state="proposed",
        organisation=7,
        proposer=7,
    )


def test_several_blocks_stand_in_one_cell() -> None:
    found = events_of(
        rows(HEADER, ("Курс", "ПП; предметные, ИКТ", "очно", "курсы")), WORDS.catalogue, SCHOOL, TODAY
    )
    assert found.valid[0][1].blocks == ("psych_ped", "subject", "ict")


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("Начало", "когда-нибудь", "не дата: «когда-нибудь»"),
        ("Окончание", "12.04.2027", "нет начала"),
        ("Начало", "12.10.2026", "Уже прошло: закончилось 12.10.2026."),
        ("Часы", "много", "Не понимаю часы: «много»"),
        ("Часы", "-4", "Не понимаю часы"),
        ("Часы", "nan", "Не понимаю часы"),
        ("Уровень", "галактический", "Можно: федеральный, региональный, муниципальный, в организации."),
        ("Рекомендовано", "ЦНППМ", "может только тот, кто выше"),
        ("Ссылка", "javascript:alert(1)", "Не похоже на адрес"),
        ("Ссылка", "https://a b.ru", "Не похоже на адрес"),
        ("Организатор", "Щ" * 201, "можно до 200 знаков"),
    ],
)
def test_why_a_row_is_not_taken(column: str, cell: str, said: str) -> None:
    assert said in refused((column, cell))


def test_the_end_may_not_be_before_the_beginning() -> None:
    assert "Окончание 01.04.2027 раньше начала 12.04.2027" in refused(
        ("Начало", "12.04.2027"), ("Окончание", "01.04.2027")
    )


@pytest.mark.parametrize(
    ("link", "fits"),
    [
        ("https://example.org", True),
        ("HTTP://пример.рф/запись?x=1#y", True),
        ("https://example.org:8080/", True),
        ("https://user@example.org/", False),
        ("ftp://example.org", False),
        ("https://localhost", False),
        ("https://example.org/" + "a" * 300, False),
        ("example.org", False),
        ("", False),
    ],
)
def test_links_are_looked_at_for_their_form_only(link: str, fits: bool) -> None:
    assert link_fits(link) is fits


def test_twins_repeats_and_overlaps_are_told() -> None:
    header = (*HEADER, "Начало", "Окончание", "Организатор", "Код")
    april, may = ("12.04.2027", "30.04.2027", "ИРО"), ("25.04.2027", "02.05.2027", "ИРО")
    found = events_of(
        rows(
            header,
            (*GOOD, *april, "1"),
            (*GOOD, *april, "1"),
            ("Другое", *GOOD[1:], *april, "1"),
            ("Третье", *GOOD[1:], *may, "3"),
        ),
        WORDS.catalogue,
        SCHOOL,
        TODAY,
    )
    assert (len(found.valid), found.repeated) == (2, 1)
    assert [(one.number, one.reason, one.values) for one in found.rejected] == [(4, "same", {"row": 2})]
    assert found.told == {"overlapping": 1, "pairs": [[2, 5]]}


def test_a_table_without_the_needed_columns_is_no_list() -> None:
    with pytest.raises(TableError) as error:
        events_of(rows(("Название", "Часы"), ("Курс", "4")), WORDS.catalogue, SCHOOL, TODAY)
    assert error.value.reason is TableProblem.NO_HEADER
    assert "«Форма участия»" in str(error.value.values["expected"])


def test_the_key_of_an_event_without_a_code_is_what_it_says() -> None:
    day = date(2027, 4, 12)
    assert code_of("Курс  «Ёж»", "ИРО", day, day) == code_of("курс «еж»", "иро", day, day)
    assert code_of("Курс", "ИРО", day, day) != code_of("Курс", "ИРО", day, None)


@every(st.lists(st.lists(st.text(max_size=30), max_size=6).map(tuple), max_size=5))
def test_no_cells_break_a_list_of_events(lines: list[tuple[str, ...]]) -> None:
    found = events_of(rows(HEADER, *lines, GOOD), WORDS.catalogue, SCHOOL, TODAY)
    assert len(found.valid) + len(found.rejected) + found.repeated == len(lines) + 1
    for one in found.rejected:
        assert WORDS.catalogue.reason(one.reason, one.values)


def diagnoses(header: tuple[str, ...], *lines: tuple[str, ...]) -> Sifted[DiagnosisRow]:
    regulations = {S: given(S), U: given(U)}
    return diagnoses_of(rows(("ФИО", *header), *lines), WORDS.diagnostics, PEOPLE, regulations, TODAY)


def test_percent_and_levels_each_by_the_regulation_of_the_card() -> None:
    first = given(U).block[0]
    level = given(U).scale.levels[0]
    found = diagnoses(
        ("Дата", "Диагностика", "Предметные", "М", first.title),
        ("светлова анна  ильинична", "12.09.2026", "Входная", "49,5", "60/45/30/49", ""),
        ("П-3F4A", "", "", "", "", level.official),
    )
    assert found.rejected == ()
    one, two = found.valid
    assert one.route_id == 1
    assert one.answers["scores"] == {
        "subject": {"total": 49.5},
        "methodical": {"low": 60.0, "medium": 45.0, "high": 30.0, "total": 49.0},
    }
    assert (one.answers["taken_on"], one.answers["diagnosis_name"]) == ("2026-09-12", "Входная")
    assert one.words.startswith("Входная, 12 сентября 2026")
    assert "Предметные – 49,5" in one.words
    assert two.answers == {"scores": {first.key: {"level": level.key}}}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("Никто", "", "50"), "nobody"),
        (("Двойникова Ольга", "", "50"), "several"),
        (("Былых Нина", "", "50"), "no_regulation"),
        (("П-7K2M", "", ""), "no_results"),
        (("П-7K2M", "", "150"), "not_percent"),
        (("П-7K2M", "", "=1+1"), "not_percent"),
        (("П-7K2M", "01.12.2026", "50"), "future"),
        (("П-7K2M", "вчера утром", "50"), "not_a_day"),
        (("", "", "50"), "empty"),
    ],
)
def test_why_a_result_is_not_taken(cells: tuple[str, ...], reason: str) -> None:
    (one,) = diagnoses(("Дата", "Предметные"), cells).rejected
    assert one.reason == reason
    assert WORDS.diagnostics.reason(one.reason, one.values)


def test_one_person_may_have_two_diagnoses_of_different_days() -> None:
    lines = (("П-7K2M", "01.09.2026", "50"), ("П-7K2M", "02.10.2026", "60"), ("П-7K2M", "02.10.2026", "61"))
    found = diagnoses(("Дата", "Предметные"), *lines)
    assert len(found.valid) == 2
    assert [(one.number, one.values) for one in found.rejected] == [(4, {"row": 3})]


def test_staff_numbers_by_titles() -> None:
    lines = rows(
        ("Школа", "Численность"),
        ("ШКОЛА №1", "45 педагогов"),
        ("Школа № 2", "нисколько"),
        ("Сад", "3"),
        ("Лицей", "3"),
    )
    found = staff_of(lines, WORDS.staff, TITLES)
    assert [(one.organisation_id, one.staff) for one in found.valid] == [(1, 45)]
    assert [one.reason for one in found.rejected] == ["not_staff", "several", "nobody"]


def test_stored_keys_have_their_words() -> None:
    keys = {name: {one.key for one in options} for name, options in WORDS.catalogue.options.items()}
    assert keys == {
        "form": set(FORMS),
        "education": set(EDUCATION),
        "level": set(LEVELS),
        "resource": set(RESOURCES),
        "recommended": set(RECOMMENDED),
        "registration": set(REGISTRATION),
        "audience": {"school", "preschool"},
    }


@pytest.mark.parametrize("slug", [S, U])
def test_every_example_of_a_template_is_taken(slug: str) -> None:
    regulation = given(slug)
    publisher = Publisher(7, "region", False, block_names(regulation.block))
    blank, example = files.catalogue_template(regulation), given(slug)
    assert [row.number for row in xlsx.read(blank, "a.xlsx")] == [1]
    sheet = import_sheets.catalogue(WORDS.catalogue, example)[1]
    lines = rows(sheet.header, *[tuple(map(str, row)) for row in sheet.rows])
    found = events_of(lines, WORDS.catalogue, publisher, TODAY)
    assert (len(found.valid), found.rejected) == (2, ())
    sheet = import_sheets.diagnostics(WORDS.diagnostics, regulation, ["Светлова Анна Ильинична"])[1]
    lines = rows(sheet.header, *[tuple(map(str, row)) for row in sheet.rows])
    people = [Examined(1, "Светлова Анна Ильинична", "", slug)]
    results = diagnoses_of(lines, WORDS.diagnostics, people, {slug: regulation}, TODAY)
    assert len(results.valid) == 1
    assert len(results.valid[0].answers["scores"]) == len(regulation.block)  # type: ignore[arg-type]
