"""The card: the layout of any regulation filled with the facts of any route."""

from collections.abc import Iterator
from random import Random

import pytest

from bot.iom import blocks
from bot.iom.blocks import Document
from bot.iom.card import card_of
from bot.iom.regulation import CardBlock, Regulation
from tests.regulations.given import ALL, REAL, given, labels, usual
from tests.rules.memory import Walker, changed
from tests.rules.tree import column, for_the_pen, in_order, of, pairs, table, text_of, under, words

HOSTILE = "{{7*7}} <w:p> & «кавычки»"


def card(walker: Walker) -> Document:
    return card_of(walker.regulation, walker.facts)


def always_printed(regulation: Regulation) -> tuple[CardBlock, ...]:
    """Blocks that stay in an empty card."""
    left_out = {"text", "table", "title", "items"}
    return tuple(b for b in regulation.card if b.blank or b.kind not in left_out)


def filled_in(regulation: Regulation) -> tuple[CardBlock, ...]:
    """The same without rows that the form has printed: answers are laid over them."""
    return tuple(b.model_copy(update={"form_rows": ()}) for b in always_printed(regulation))


def of_the_form(regulation: Regulation) -> list[tuple[tuple[str, ...], ...]]:
    """Rows that stand in an empty card."""
    labelled = [tuple((pair.label, "") for pair in b.pairs) for b in regulation.card if b.rows == "pairs"]
    return [(), *(b.form_rows for b in regulation.card), *labelled]


@pytest.fixture
def anna() -> Walker:
    """A teacher under stavropol who has answered nearly everything."""
    walker = Walker("stavropol")
    walker.answers(
        position="учитель",
        subject="математика",
        has_diagnosis="yes",
        term={"from": "2026-12-01", "to": "2027-05-31"},
        final_title="Мастер-класс",
        final_level="municipal",
        final_period={"from": "2027-04-01", "to": "2027-04-30"},
        full_name="Светлова Анна Ильинична",
        org_name="Гимназия",
        region="Ставропольский край",
        education="Высшее",
        experience=12,
        category="highest",
        strengths="Дети решают задачи в группах",
    )
    walker.adds(
        "diagnoses",
        scores={"subject": {"total": 59.6}, "methodical": {"low": 80.0, "medium": 60.5, "total": 67.0}},
        diagnosis_name="Оценка",
        diagnosis_level="regional",
        taken_on="2026-09-12",
    )
    point = walker.adds("growth", growth_point="subject", hinders=["time", "большие классы"])
    other = walker.adds("growth", growth_point="ict", wording="Недостаточно навыков работы с таблицами")
    walker.adds("tasks", point, task="Освоить дроби", expected="59,6 % → 70 %")
    walker.adds("tasks", point, other, task="Завести таблицу результатов")
    walker.adds(
        "plan",
        point,
        title="Семинар",
        competences=["subject", "счёт в уме"],
        level="regional",
        organiser="ЦНППМ",
        period={"from": "2027-02-01", "to": "2027-02-28"},
        result_form="сертификат",
    )
    walker.adds("plan", other, title="Чтение")
    walker.adds("products", product="банк заданий")
    walker.adds("products", product="мастер-класс")
    walker.adds("courses_3y", course_title="Дроби", course_place="институт", course_hours="h36")
    walker.adds("courses_3y", course_title="Проценты", course_year=2025)
    return walker


@pytest.fixture
def olga() -> Walker:
    """A воспитатель under ust_ilimsk."""
    walker = Walker("ust_ilimsk")
    walker.answers(
        position="воспитатель",
        has_diagnosis="yes",
        last_name="Светлова",
        first_name="Ольга",
        patronymic="Ильинична",
        org_name="Гимназия",
        category="first",
        category_date="18.03.2024, бессрочно",
        term={"from": "2026-12-01", "to": "2027-05-31"},
        phone="+7 914 000-00-00",
    )
    walker.adds(
        "diagnoses",
        scores={"subject": {"level": "high"}, "ict": {"level": "low", "total": 49.0}},
        diagnosis_name="Входная",
        diagnosis_level="municipal",
        taken_on="2026-09-12",
    )
    point = walker.adds("growth", growth_point="ict")
    walker.adds("tasks", point, task="Освоить видео", expected="6 видео")
    walker.adds("plan", point, title="Вебинар", form="online", level="federal")
    walker.adds("products", product="картотека")
    return walker


# --- The form -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ALL)
def test_an_empty_card_has_every_label_of_the_form_in_order(slug: str) -> None:
    walker = Walker(slug)
    assert words(card(walker)) == [*_form(walker.regulation)]


def _form(regulation: Regulation) -> Iterator[str]:
    """The labels; the names of the blocks stand in an empty card too, after the header of their table."""
    for block in always_printed(regulation):
        yield from labels((block,))
        if block.rows in {"blocks", "blocks_final"}:
            yield from (one.title for one in usual(regulation).values())


@pytest.mark.parametrize("slug", ALL)
def test_a_full_card_has_every_label_of_the_layout_in_order(slug: str) -> None:
    walker = Walker(slug)
    walker.walks_everything(Random(7).choice)
    printed = words(card(walker))
    assert in_order(labels(filled_in(walker.regulation)), printed)
    answered = [
        b for b in walker.regulation.card if b.kind == "text" and b.value and walker.facts.text(b.value[0])
    ]
    assert in_order(labels(tuple(answered)), printed)


@pytest.mark.parametrize("slug", ALL)
def test_an_empty_route_prints_empty_cells_and_room_for_the_pen(slug: str) -> None:
    empty = card(Walker(slug))
    assert all(map(for_the_pen, pairs(empty).values()))
    for made in of(empty, blocks.Table):
        assert made.blank_rows or made.rows
        if column(made, made.columns[0].header[-1]) != [b.title for b in usual(given(slug)).values()]:
            assert made.rows in of_the_form(given(slug))
    assert all(items.items == () and items.blank_rows for items in of(empty, blocks.Items))
    assert all(not signed.name for block in of(empty, blocks.Signatures) for signed in block.signatures)
    for text in of(empty, blocks.Text):
        assert text.blank_lines
        assert not text.text


@pytest.mark.parametrize("slug", REAL)
def test_the_draft_is_marked_and_the_final_card_is_not(slug: str) -> None:
    walker = Walker(slug)
    draft = card_of(walker.regulation, walker.facts, mark="ЧЕРНОВИК", footer="1.1")
    assert (draft.mark, draft.footer, draft.title) == ("ЧЕРНОВИК", "1.1", walker.regulation.official)
    assert card(walker).mark == ""


# --- What is printed, in official words -----------------------------------------------------------------


def test_several_answers_stand_in_one_cell(anna: Walker) -> None:
    known = pairs(card(anna))
    assert known["Название учебного заведения, регион"] == "Гимназия, Ставропольский край"
    assert known["ФИО педагога, занимаемая должность"] == "Светлова Анна Ильинична, учитель, математика"
    assert known["Педагогический стаж"] == "12"
    assert known["Квалификационная категория"] == "высшая"
    assert known["Год реализации ИОМ (учебный)"] == "2026/2027"


def test_courses_are_listed_in_one_cell(anna: Walker) -> None:
    known = pairs(card(anna))["Курсы повышения квалификации (за последние 3 года)"]
    assert known == "Дроби, институт, 36 ч.\nПроценты, 2025"


def test_percent_stand_under_their_columns_unrounded_and_the_rest_is_for_the_pen(anna: Walker) -> None:
    """domain.md C06: the total under «общий», the others only when they were told."""
    made = table(card(anna), "общий")
    assert column(made, "общий") == ["59,6", "67", "", "", ""]
    assert column(made, "низкий") == ["", "80", "", "", ""]
    assert column(made, "средний") == ["", "60,5", "", "", ""]
    assert column(made, "высокий") == ["", "", "", "", ""]


def test_what_hinders_is_printed_as_the_difficulty_of_its_block(anna: Walker) -> None:
    made = table(card(anna), "Затруднения")
    assert column(made, "Затруднения") == [
        "недостаток времени на подготовку; большие классы",
        "",
        "",
        "",
        "Недостаточно навыков работы с таблицами",
    ]


def test_the_final_diagnosis_is_left_for_later(anna: Walker) -> None:
    made = under(card(anna), "1. Результаты итоговой диагностики профессиональных компетенций")[0]
    assert isinstance(made, blocks.Table)
    assert column(made, "Компетенции") == [block.title for block in usual(anna.regulation).values()]
    assert column(made, "общий") == [""] * 5


def test_deficits_tasks_and_results_stand_in_one_row(anna: Walker) -> None:
    deficit = f"{anna.regulation.blocks['subject'].deficit.rstrip('.')} "
    deficit += "(недостаток времени на подготовку; большие классы)"
    assert table(card(anna), "Образовательные задачи").rows == (
        (deficit, "Освоить дроби", "", "", "59,6 % → 70 %"),
        (deficit, "Завести таблицу результатов", "", "", ""),
        ("Недостаточно навыков работы с таблицами", "Завести таблицу результатов", "", "", ""),
    )


def test_a_point_of_growth_without_a_task_is_printed_all_the_same() -> None:
    walker = Walker("ust_ilimsk")
    walker.adds("growth", growth_point="ict")
    made = table(card(walker), "Задачи профессионального развития")
    assert made.rows == ((walker.regulation.blocks["ict"].deficit, ""),)


def test_the_plan_is_printed_twice_and_numbered_in_the_monitoring(anna: Walker) -> None:
    plan = under(card(anna), "4. План мероприятий")[0]
    assert isinstance(plan, blocks.Table)
    assert plan.rows == (
        ("Семинар", "Предметные; счёт в уме", "региональный", "ЦНППМ", "февраль 2027 г.", "сертификат"),
        ("Чтение", "", "", "", "", ""),
    )
    monitoring = table(card(anna), "Причины невыполнения")
    assert column(monitoring, "№ п/п") == ["1", "2"]
    assert column(monitoring, "Отметка о выполнении") == ["", ""]


def test_products_are_a_list(anna: Walker) -> None:
    assert [items.items for items in of(card(anna), blocks.Items)] == [("банк заданий", "мастер-класс")]


def test_the_heads_of_the_attachments_name_the_teacher(anna: Walker) -> None:
    heads = of(card(anna), blocks.AttachmentHead)
    assert len(heads) == 2
    for head in heads:
        assert head.fields == (
            ("Светлова Анна Ильинична", "ФИО педагогического работника"),
            ("учитель, математика", "должность педагогического работника"),
            ("Гимназия", "название образовательной организации"),
        )


def test_the_source_of_the_results_is_named(anna: Walker) -> None:
    said = text_of(card(anna), "Сведения о диагностике")
    assert said == "Оценка, региональная, 12 сентября 2026 г."


def test_a_plus_stands_under_the_level(olga: Walker) -> None:
    made = table(card(olga), "низкий")
    by_title = {row[2]: row for row in made.rows}
    blocks_of = olga.regulation.blocks
    assert by_title[blocks_of["subject"].title] == (
        "12 сентября 2026 г.",
        "Входная, муниципальная",
        blocks_of["subject"].title,
        "",
        "",
        "+",
    )
    assert by_title[blocks_of["ict"].title][3:] == ("+", "", "")
    assert len(made.rows) == 2


def test_a_percent_of_004_is_never_printed(olga: Walker) -> None:
    assert not [text for text in words(card(olga)) if "49" in text]


def test_each_test_of_004_has_rows_of_its_own(olga: Walker) -> None:
    olga.adds("diagnoses", scores={"ict": {"level": "medium"}}, diagnosis_name="Вторая")
    assert column(table(card(olga), "низкий"), "средний") == ["", "", "+"]


def test_a_full_name_is_made_of_its_parts(olga: Walker) -> None:
    signed = of(card(olga), blocks.Signatures)[-1].signatures
    assert signed[0].name == "Светлова Ольга Ильинична, воспитатель"
    assert [one.name for one in signed[1:]] == ["", ""]


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Светлова", "Ольга", ""), "Светлова Ольга"),
        (("", "Ольга", "Ильинична"), "Ольга Ильинична"),
        (("Светлова", "", ""), "Светлова"),
    ],
)
def test_a_name_has_as_many_parts_as_were_told(olga: Walker, parts: tuple[str, str, str], name: str) -> None:
    for key, value in zip(("last_name", "first_name", "patronymic"), parts, strict=True):
        olga.answers(**{key: value or None})
    assert of(card(olga), blocks.Signatures)[-1].signatures[0].name.startswith(name)


def test_the_term_is_printed_by_days(olga: Walker) -> None:
    known = pairs(card(olga))
    assert known["Начало реализации ИОМ:"] == "1 декабря 2026 г."
    assert known["Окончание реализации ИОМ:"] == "31 мая 2027 г."


@pytest.mark.parametrize(
    ("starts", "ends", "year"),
    [
        ("2026-09-01", "2027-05-31", "2026/2027"),
        ("2027-01-11", "2027-05-31", "2026/2027"),
        ("2026-08-31", "2027-05-31", "2026/2027"),
    ],
)
def test_the_school_year_of_the_term(anna: Walker, starts: str, ends: str, year: str) -> None:
    anna.answers(term={"from": starts, "to": ends})
    assert pairs(card(anna))["Год реализации ИОМ (учебный)"] == year


def test_the_director_approves_for_the_organisation(olga: Walker) -> None:
    head = of(card(olga), blocks.ApprovalHead)[0]
    assert [one.organisation for one in head.approvals] == ["", "Гимназия"]


def test_a_choice_and_its_topic_are_joined_as_the_layout_says() -> None:
    walker = Walker("tiny")
    walker.answers(wants_mentor="need", mentor_topic="разный уровень")
    assert pairs(card(walker))["Наставник"] == "Нужен: разный уровень"
    walker.answers(wants_mentor="enough")
    assert pairs(card(walker))["Наставник"] == "закреплён"


def test_rows_of_a_table_no_other_region_has() -> None:
    walker = Walker("tiny")
    walker.adds("trials", trial="Урок в парке", trial_on="2026-10-12", trial_hours=2)
    assert table(card(walker), "Часы").rows == (("Урок в парке", "12 октября 2026 г.", "2"),)


def test_words_are_printed_as_they_were_said(anna: Walker) -> None:
    """Escaping is the printers' business: the tree holds plain text."""
    anna.answers(education=HOSTILE)
    assert pairs(card(anna))["Образование"] == HOSTILE


# --- What is not printed --------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["education", "subject", "category", "final_title"])
def test_a_skipped_answer_is_a_line_for_the_pen(anna: Walker, key: str) -> None:
    before = words(card(anna))
    anna.on(key).skips()
    assert len(words(card(anna))) <= len(before)
    assert pairs(card(anna))["Образование"] == ("" if key == "education" else "Высшее")


def test_a_skipped_row_prints_empty_cells(anna: Walker) -> None:
    anna.on("product").skips()
    assert of(card(anna), blocks.Items)[0].items == ("банк заданий", "мастер-класс")
    anna.adds("plan", title=None)
    assert column(table(card(anna), "Причины невыполнения"), "№ п/п") == ["1", "2", "3"]


def test_the_percent_of_a_test_there_is_not_are_never_printed(anna: Walker) -> None:
    """The answers are kept, ignored and never printed."""
    anna.on("has_diagnosis").taps("no")
    made = card(anna)
    assert column(table(made, "общий"), "общий") == [""] * 5
    assert text_of(made, "Сведения о диагностике") is None
    assert not [text for text in words(made) if text in {"59,6", "67", "60,5"}]
    anna.on("has_diagnosis").taps("yes")
    assert column(table(card(anna), "общий"), "общий")[0] == "59,6"


def test_the_levels_of_a_test_there_is_not_are_never_printed(olga: Walker) -> None:
    olga.on("has_diagnosis").taps("no")
    assert table(card(olga), "низкий").rows == ()


def test_a_self_assessment_that_is_no_longer_asked_is_not_printed() -> None:
    walker = Walker("stavropol")
    walker.answers(has_diagnosis="no")
    walker.adds("diagnoses", self_scores={"subject": {"self": "low"}})
    assert text_of(card(walker), "Самодиагностика") == "Предметные – осваивает"
    walker.answers(has_diagnosis="yes")
    assert text_of(card(walker), "Самодиагностика") is None


def test_a_self_assessment_is_never_a_percent() -> None:
    walker = Walker("stavropol")
    walker.answers(has_diagnosis="no")
    walker.adds("diagnoses", self_scores={b.key: {"self": "high"} for b in walker.regulation.block})
    made = card(walker)
    for level in ("низкий", "средний", "высокий", "общий"):
        assert column(table(made, level), level) == [""] * 5
    assert (text_of(made, "Самодиагностика") or "").count("передаёт опыт коллегам") == 5


def test_a_self_assessment_under_004_is_named_so() -> None:
    walker = Walker("ust_ilimsk")
    walker.answers(has_diagnosis="no")
    walker.adds("diagnoses", self_scores={"ict": {"self": "low"}})
    made = table(card(walker), "низкий")
    assert made.rows == (("", "Самодиагностика", walker.regulation.blocks["ict"].title, "+", "", ""),)


def test_by_code_no_name_is_printed_even_if_one_is_stored(olga: Walker) -> None:
    """An organisation may go over to codes after names were given."""
    made = card(olga.by_code())
    assert not [text for text in words(made) if "Светлова" in text or "+7 914" in text]
    assert pairs(made)["Место работы"] == "Гимназия"


@pytest.mark.parametrize("label", ["Самоанализ: затруднения", "Образовательный запрос"])
def test_an_empty_addition_is_left_out(anna: Walker, label: str) -> None:
    assert text_of(card(anna), label) is None
    assert text_of(card(anna), "Самоанализ: сильные стороны") == "Дети решают задачи в группах"


def test_an_empty_event_has_one_row_for_the_pen() -> None:
    made = table(card(Walker("ust_ilimsk")), "Сроки")
    assert made.rows in ((), (("", "", "", ""),))
    assert made.rows or made.blank_rows


# --- One route, many regulations ------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ALL)
@pytest.mark.parametrize("slug", ALL)
@pytest.mark.parametrize("seed", range(3))
def test_the_same_facts_print_as_the_card_of_any_region(slug: str, layout: str, seed: int) -> None:
    walker = Walker(slug)
    walker.walks_everything(Random(seed).choice)
    made = card_of(given(layout), walker.facts)
    printed = words(made)
    assert in_order(labels(filled_in(given(layout))), printed)
    assert not [text for text in printed if text.startswith(("{", "["))], "no raw value is ever printed"


def test_a_teacher_who_moves_takes_her_plan_along(anna: Walker) -> None:
    made = card_of(given("ust_ilimsk"), anna.facts)
    assert pairs(made)["Место работы"] == "Гимназия"
    assert pairs(made)["Должность"] == "учитель, математика"
    roadmap = table(made, "Дефициты, на устранение которых направлено мероприятие")
    assert column(roadmap, "Уровень мероприятия") == ["региональный", ""]
    assert column(roadmap, "Сроки проведения") == ["февраль 2027 г.", ""]
    assert table(made, "низкий").rows == (), "percent are no levels"


def test_rows_of_a_table_that_is_hidden_are_not_printed() -> None:
    walker = Walker("tiny")
    walker.adds("trials", trial="Урок в парке")
    tables = (
        t.model_copy(update={"asked_if": walker.regulation.questions["mentor_topic"].asked_if})
        if t.key == "trials"
        else t
        for t in walker.regulation.table
    )
    walker.regulation = changed(walker.regulation, table=tuple(tables))
    assert table(card(walker), "Часы").rows == ()
    walker.answers(wants_mentor="need")
    assert len(table(card(walker), "Часы").rows) == 1
