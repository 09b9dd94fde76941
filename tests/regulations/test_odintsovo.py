"""002, «Бланк ИОМ»: its labels to the letter, what its examples add, and what it says about life."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.documents.docx import docx
from bot.documents.pdf import pdf
from bot.documents.words import words_of
from bot.iom import account, conclusion, life
from bot.iom.asked import Accepted
from bot.iom.blocks import Document, Table
from bot.iom.card import card_of
from bot.iom.catalogue import Event as CatalogueEvent
from bot.iom.facts import State
from bot.iom.journey import EMPTY
from bot.iom.life import Event
from bot.iom.regulation_file import RegulationError, parse
from handlers.events import line_of
from tests.documents.reading import docx_text, faults, glued, inked_words, pdf_pages, pdf_text
from tests.regulations.given import draft, given, labels, source
from tests.regulations.odintsovo import ANNA, SLUG, TUTORS, drafted, rich
from tests.rules.memory import Walker
from tests.rules.tree import column, in_order, of, pairs, table, text_of, words

NUMBERS = ["1", "2", "3", "4"]
# 002, «Бланк ИОМ», from the first line to the last (domain.md §5.3).
FORM = [
    "Бланк ИОМ",
    "Начало реализации:",
    "Окончание реализации:",
    "1. Фамилия Имя Отчество",
    "2. E-mail адрес",
    "3. Место работы",
    "4. Городской округ",
    "5. Должность с указанием преподаваемого предмета",
    "6. Образование (наименование учреждения, год окончания, специальность)",
    "7. Квалификация",
    "Профессиональные достижения",
    *("№", "Грамоты", "Дипломы", "Эксперт ЕГЭ", "Другое", *NUMBERS),
    "Повышение квалификации за последние 3 года",
    *("№", "Место прохождения", "Название программы", "Количество часов", "Результаты обучения", *NUMBERS),
    "Результаты тестирования",
    *("№", "Вид тестирования", "Дата", "Уровень / баллы"),
    *("1", "Оценка предметных и методических компетенций", "2", "3", "4"),
    "Направления профессиональных интересов:",
    "Профессиональные запросы, которых хотели бы достичь в ходе реализации ИОМ:",
    "Цель, планируемая по завершении прохождения ИОМ:",
    "Рекомендации",
    "Курсы повышения квалификации",
    *("№", "Название программы", "Количество часов", "Результаты обучения", "1", "2", "3"),
    "Другие формы повышения квалификации на базе ЦНППМ",
    *("№", "Формы повышения квалификации", "Количество часов", "Результаты обучения", "1", "2", "3"),
    "Курирующий тьютор (специалист):",
    "По предметной части:",
    "По методической части:",
    "По метапредметной части:",
    "Методический аудит:",
    "Реализовано",
    "Общее количество часов",
    "Курсы повышения квалификации",
    "Другие формы повышения квалификации",
    "Индивидуальные консультации",
    "Посещение и анализ уроков наставником",
    "Саморефлексия по итогам прохождения ИОМ:",
]
# 002, Примеры 1, 2 and 4: what the form has no place for.
EXAMPLES = [
    "Описание профессиональных дефицитов и определение задач профессионального развития",
    "Выявленные дефициты",
    "Задачи профессионального развития",
    "Планируемые результаты реализации ИОМ:",
    "Направление",
    "Мероприятия, направленные на устранение выявленных дефицитов",
    "Сроки",
    "Отметка о выполнении",
]
TWELVE = [
    *("position", "subject", "has_diagnosis", "scores", "growth_point", "hinders", "task", "expected"),
    *("learning_request", "goal", "term", "events"),
]
ONLY_FORM = "form"


def printed(view: str = "full") -> Document:
    walker, travelled = rich()
    walker.answers(card_view=view)
    return card_of(walker.regulation, walker.facts, travelled)


def empty() -> Document:
    walker = Walker(SLUG)
    return card_of(walker.regulation, walker.facts)


# --- The form -------------------------------------------------------------------------------------------


def test_the_form_is_printed_to_the_letter() -> None:
    assert labels(tuple(block for block in given(SLUG).card if not block.restored)) == FORM


def test_an_empty_card_is_the_form_and_nothing_else() -> None:
    assert words(empty()) == FORM


def test_what_the_examples_add_is_printed_in_their_words_and_can_be_left_out() -> None:
    added = tuple(block for block in given(SLUG).card if block.restored)
    assert in_order(EXAMPLES, labels(added))
    assert all(block.unless and block.blank == 0 for block in added)
    assert in_order(EXAMPLES, words(printed()))
    assert not set(labels(added)) - set(FORM) & set(words(printed(ONLY_FORM)))


def test_what_was_answered_is_kept_when_only_the_form_is_printed() -> None:
    whole, short = words(printed()), words(printed(ONLY_FORM))
    assert in_order(short, whole)
    assert "Научиться вести проекты так, чтобы каждый обучающийся дошёл до защиты" in short


@pytest.mark.parametrize(
    ("made", "pages"),
    [(empty, 2), (printed, 4), (partial(printed, "form"), 3)],
    ids=["empty", "rich", "form"],
)
def test_word_and_pdf_hold_the_same_words_on_so_many_pages(
    made: Callable[[], Document], pages: int, tmp_path: Path
) -> None:
    card = made()
    word = docx(card)
    assert glued(docx_text(word)) == glued(words_of(card))
    assert glued(pdf_text(pdf(card, plain=True))) == glued(inked_words(card))
    assert faults(word, tmp_path) == []
    assert len(pdf_pages(pdf(card))) == pages


# --- What stands where ----------------------------------------------------------------------------------


def test_each_achievement_stands_in_its_own_column_from_the_top() -> None:
    made = table(printed(), "Эксперт ЕГЭ")
    assert column(made, "№") == NUMBERS
    assert column(made, "Грамоты")[:3] == [
        "Почётная грамота управления образования, 2024",
        "Грамота за подготовку команды к олимпиаде, 2025",
        "",
    ]
    assert column(made, "Дипломы")[:2] == ["Диплом муниципального конкурса уроков, 2025", ""]


def test_courses_keep_the_empty_rows_of_the_form() -> None:
    made = table(printed(), "Место прохождения")
    assert column(made, "№") == NUMBERS
    assert column(made, "Количество часов") == ["36", "72", "", ""]
    assert column(made, "Результаты обучения")[0] == "удостоверение, 2025"


def test_every_test_is_one_row_with_its_percents() -> None:
    made = table(printed(), "Уровень / баллы")
    assert column(made, "Дата") == ["12 мая 2026 г.", "10 июня 2027 г.", "", ""]
    assert column(made, "Уровень / баллы")[0].splitlines() == [
        "Предметная компетенция – 49\u00a0%",
        "Методическая компетенция – 50,5\u00a0%",
        "Метапредметная компетенция – 48\u00a0%",
        "Психолого-педагогическая компетенция – 67\u00a0%",
    ]


def test_a_self_assessment_is_no_percent() -> None:
    walker = Walker(SLUG)
    walker.answers(has_diagnosis="no")
    walker.adds("diagnoses", self_scores={"subject": {"self": "low"}})
    made = table(card_of(walker.regulation, walker.facts), "Уровень / баллы")
    assert made.rows[0] == ("1", "Самодиагностика", "", "Предметная компетенция – осваивает")
    assert [row[0] for row in made.rows] == NUMBERS


def test_courses_and_other_forms_are_two_lists_numbered_from_one() -> None:
    made = printed()
    other = table(made, "Формы повышения квалификации")
    courses = [t for t in of(made, Table) if t.columns[1].header == ("Название программы",)][-1]
    assert column(courses, "Название программы")[:2] == [
        "Подготовка к оценочным процедурам по математике",
        "Управление проектной деятельностью обучающихся",
    ]
    assert column(courses, "№") == ["1", "2", "3"]
    assert column(courses, "Результаты обучения")[0] == "выполнено – удостоверение № 17, 29.09.2026, 36 ч."
    assert column(other, "Количество часов") == ["16", "24", "14", "10"]


def test_the_road_map_goes_by_the_four_directions() -> None:
    """R34; inside a direction by the day it begins."""
    made = table(printed(), "Направление")
    assert column(made, "Направление") == [
        *("Профессиональное", "Профессиональное", "Психолого-педагогическое"),
        *("Методическое", "Методическое", "Освоение ИКТ"),
    ]
    assert column(made, "Сроки")[3:5] == ["сентябрь – декабрь 2026 г.", "январь – март 2027 г."]
    marks = column(made, "Отметка о выполнении")
    assert marks[-1] == "не выполнено (недостаток времени из-за рабочей нагрузки)"


def test_a_bare_rise_in_the_list_of_results_says_of_what() -> None:
    assert "Методическая компетенция: 50,5 % → 65 %" in words(printed())


def test_three_tutors_have_a_line_each_and_the_mentor_none() -> None:
    """R39."""
    known = pairs(printed())
    assert known["По предметной части:"] == f"{TUTORS['subject']}, методист"
    assert known["По методической части:"] == f"{TUTORS['methodical']}, методист"
    assert known["По метапредметной части:"] == f"{TUTORS['meta_subject']}, методист"


def test_where_no_names_are_kept_tutors_and_the_approver_are_lines_for_the_pen() -> None:
    walker, travelled = rich()
    known = card_of(walker.by_code().regulation, walker.facts, travelled)
    assert pairs(known)["По предметной части:"] == ""
    assert not [text for text in words(known) if ANNA in text or "Горин" in text]


def test_the_audit_counts_four_rows() -> None:
    """R40: courses by evidence, other forms by what was planned, both kinds of meetings from the log."""
    made = table(printed(), "Общее количество часов")
    assert made.rows == (
        ("Курсы повышения квалификации", "36"),
        ("Другие формы повышения квалификации", "54"),
        ("Индивидуальные консультации", "3,5"),
        ("Посещение и анализ уроков наставником", "3"),
    )


def test_the_audit_is_empty_until_there_are_hours_and_a_nought_at_the_end() -> None:
    walker = drafted()
    made = table(card_of(walker.regulation, walker.facts), "Общее количество часов")
    assert column(made, "Общее количество часов") == [""] * 4
    ended = card_of(walker.regulation, replace(walker.facts, state=State.AUDIT))
    assert column(table(ended, "Общее количество часов"), "Общее количество часов") == ["0"] * 4


def test_a_line_is_a_course_when_it_was_said_so_whatever_it_is_called() -> None:
    walker = Walker(SLUG)
    named, said = (
        walker.adds("plan", title="Курсы повышения квалификации", event_kind="other"),
        walker.adds("plan", title="Сложные случаи пунктуации", event_kind="course"),
    )
    kinds = {row.id: account.is_course(walker.facts, row, {}) for row in walker.facts.rows("plan")}
    assert kinds == {named: False, said: True}


def test_who_approved_is_printed_only_once_it_is_approved() -> None:
    label = "ИОМ утверждён в образовательной организации:"
    assert text_of(printed(), label) == "Директор, Горин Дмитрий Львович, 27 июля 2026 г."
    walker, travelled = rich()
    waiting = replace(travelled, decisions=travelled.decisions[:1])
    assert text_of(card_of(walker.regulation, walker.facts, waiting), label) is None


def test_the_teacher_answers_of_another_region_print_here() -> None:
    """A card of 001 has no directions and no kinds of events: its plan goes to the road map only."""
    walker = Walker("stavropol")
    point = walker.adds("growth", growth_point="subject")
    walker.adds("plan", point, title="Семинар")
    walker.adds("courses_3y", course_title="Дроби", course_hours="h36", course_year=2025)
    made = card_of(given(SLUG), walker.facts)
    assert column(table(made, "Направление"), "Сроки") == [""]
    assert column(table(made, "Место прохождения"), "Количество часов")[0] == "36"


@pytest.mark.parametrize(
    ("blocks", "education", "kind", "direction"),
    [
        (("subject", "methodical"), "formal", "course", "professional"),
        (("methodical",), "nonformal", "other", "methodical"),
        (("ict",), "informal", "other", "ict"),
        (("communicative",), "formal", "course", None),
    ],
)
def test_the_catalogue_answers_what_it_knows(
    blocks: tuple[str, ...], education: str, kind: str, direction: str | None
) -> None:
    event = CatalogueEvent(1, "one", "Событие", blocks, "regional", "online", education, hours=36.0)
    line = line_of(given(SLUG), event)
    assert (line["event_kind"], line.get("direction"), line["hours"]) == (kind, direction, 36)
    assert {"event_kind", "direction", "hours"}.isdisjoint(line_of(given("stavropol"), event))


# --- Questions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tested", "results"), [("yes", "scores"), ("no", "self_scores")])
def test_a_draft_takes_twelve_answers(tested: str, results: str) -> None:
    expected = [results if key == "scores" else key for key in TWELVE]
    assert draft(given(SLUG), has_diagnosis=tested) == expected


def test_four_blocks_with_common_codes() -> None:
    """domain.md C10: предметная, методическая, метапредметная, психолого-педагогическая."""
    assert list(given(SLUG).blocks) == ["subject", "methodical", "meta_subject", "psych_ped"]


def test_what_the_form_demands_is_mandatory() -> None:
    """domain.md §5.3, R; C36: a diagnosis is wanted."""
    mandatory = {key for key, question in given(SLUG).questions.items() if question.mandatory}
    assert {"full_name", "email", "org_name", "municipality", "position", "education"} <= mandatory
    assert {"qualification", "learning_request", "goal", "term", "has_diagnosis"} <= mandatory
    assert {"reflection_final", "diagnosis_name", "taken_on"} <= mandatory
    assert not {"interests", "achieved", "courses", "hours", "final_scores"} & mandatory


def test_names_and_mail_are_personal() -> None:
    assert {q.key for q in given(SLUG).question if q.personal} == {"full_name", "email"}


@pytest.mark.parametrize(
    ("ends", "problem"),
    [("30.06.2027", "too_short"), ("30.09.2027", ""), ("01.10.2029", ""), ("31.01.2030", "too_long")],
)
def test_a_term_of_less_or_more_is_taken_and_advised_against(ends: str, problem: str) -> None:
    """R15, C01: «обычно», «не стоит» – a recommendation, told with its clause."""
    walker = Walker(SLUG)
    taken = walker.on("term").says(f"01.10.2026 – {ends}")
    assert isinstance(taken, Accepted)
    assert walker.facts.value("term")
    told = taken.but
    assert (told.values["problem"] if told else "") == problem
    assert told is None or (told.reason, told.values["clause"]) == ("term_advised", "002 Пример 3")


# --- Life -----------------------------------------------------------------------------------------------


def test_the_organisation_approves_in_one_step_that_the_form_does_not_print() -> None:
    walker = drafted()
    facts = replace(walker.facts, state=State.ON_REVIEW)
    moved = life.move(walker.regulation, facts, Event.AGREE, "approver")
    assert isinstance(moved, life.Moved)
    assert moved.state is State.APPROVED
    assert not [block for block in walker.regulation.card if block.kind == "approvals"]


def test_a_correction_is_discussed_with_the_mentor_and_a_term_is_never_made_longer() -> None:
    rules = given(SLUG).life
    assert (rules.correction.steps, rules.correction.acknowledge) == (("mentor",), False)
    assert rules.extension is None
    assert [one.key for one in rules.companion.direction] == ["subject", "methodical", "meta_subject"]


def test_what_ends_a_route_is_the_reflection_then_the_audit() -> None:
    """C18: рефлексия и аудит."""
    walker = drafted()
    walker.facts = replace(walker.facts, state=State.FINALIZING)
    lacks = conclusion.completion(walker.regulation, walker.facts, EMPTY)
    assert (lacks.lacks, lacks.either) == (("reflection",), ())
    walker.on("reflection_final").says("Провожу один проект в четверть")
    assert conclusion.completion(walker.regulation, walker.facts, EMPTY).done
    facts, travelled = replace(walker.facts, state=State.CONCLUSION), rich()[1]
    written = replace(travelled, decisions=travelled.decisions[:3])
    moved = life.move(walker.regulation, facts, Event.ACKNOWLEDGE, "teacher", journey=written)
    assert moved == life.Moved(State.AUDIT)
    assert life.actors(walker.regulation, Event.AUDIT) == ("curator", "coordinator")


def test_where_the_finished_form_goes_is_written_by_those_who_know_it() -> None:
    """C21: the address is shown, nothing is sent, and the file of the regulation names none."""
    question = given(SLUG).questions["send_to"]
    assert given(SLUG).writers["send_to"] == {"teacher", "coordinator"}
    assert (question.when, question.mandatory, question.carry) == ("finish", False, True)
    label = "Реализованный ИОМ направляется в МБУ ДПО Одинцовский УМЦ «Развитие образования»:"
    assert text_of(printed(), label) == "umc@example.ru"


def test_the_mentor_or_the_coordinator_concludes() -> None:
    regulation = given(SLUG)
    assert regulation.writers["conclusion"] == {"mentor", "coordinator"}
    assert regulation.writers["reflection_final"] == {"teacher"}
    assert regulation.role_title("mentor") == "наставник"
    assert regulation.role_title("methodist") == "специалист УМЦ"


# --- What the layout may ask for ------------------------------------------------------------------------

AWARD = '{ question = "achievement_kind", answer = "award" }'
BY = 'by = "direction"'
UNLESS = 'unless = { question = "card_view", answer = "form" }'
FORM_ROWS = 'form_rows = [["1", "Оценка предметных и методических компетенций", "", ""]'


@pytest.mark.parametrize(
    ("was", "now", "reason"),
    [
        (AWARD, AWARD.replace("_kind", ""), "по вопросу-выбору этой таблицы без своих слов"),
        (AWARD, AWARD.replace('"award"', '"awards"'), "нет варианта «awards»"),
        (BY, 'by = "title"', "собирают по вопросу-выбору"),
        (UNLESS, UNLESS.replace('"form"', '"brief"'), "нет варианта «brief»"),
        (UNLESS, UNLESS.replace("card_view", "full_name"), "на вопрос-выбор о всём маршруте"),
        (FORM_ROWS, FORM_ROWS.replace(', ""]', "]"), "в строке формы 3 ячеек вместо 4"),
        ('also = ["course_year"]', 'also = ["course_day"]', "столбец печатает «course_day»"),
        ('rows = "deficit_tasks"\nblank', 'rows = "deficits"\nblank', "нет строк «deficits»"),
        ('["companion.subject"]', '["companion.sport"]', "карта печатает «companion.sport»"),
    ],
)
def test_a_layout_that_asks_for_what_is_not_there_is_refused(was: str, now: str, reason: str) -> None:
    assert was in source(SLUG)
    with pytest.raises(RegulationError, match=r"^строка \d+: ") as refused:
        parse(source(SLUG).replace(was, now, 1), SLUG)
    assert reason in refused.value.reason
