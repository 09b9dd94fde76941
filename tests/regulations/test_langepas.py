"""000, Лангепас: five mandatory sections to the letter, seven columns, a conclusion by all who took part."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.documents.docx import docx
from bot.documents.pdf import pdf
from bot.documents.words import words_of
from bot.iom import hints, interview, period
from bot.iom.blocks import Document, Table, Text, Title
from bot.iom.card import card_of
from bot.iom.catalogue import Event
from bot.iom.conclusion import completion
from bot.iom.facts import State
from bot.iom.journey import EMPTY, Journey, Line, LineState
from bot.iom.recommend_types import need_of
from bot.iom.regulation import Kind
from handlers.events import line_of
from tests.documents.reading import docx_text, faults, glued, inked_words, pdf_pages, pdf_text
from tests.regulations.given import draft, given, labels
from tests.regulations.langepas import SLUG, drafted, rich
from tests.rules.memory import Walker
from tests.rules.travelled import at

LANGEPAS = given(SLUG)

# 000 п. IV.5 and V.4, in the order of the form that is not there.
SECTIONS = [
    "Основные сведения о педагогическом работнике",
    "Информация о прохождении диагностики (сведения о выявленных профессиональных дефицитах)",
    "Самоанализ результатов диагностики, их соотнесение с образовательными результатами обучающихся",
    "План восполнения выявленных профессиональных дефицитов",
    "Заключение о реализации ИОМ",
]
COLUMNS = [
    "Профессиональный дефицит",
    "Программы повышения квалификации",
    "Консультационные часы (тьютор, наставник, куратор ЦНППМ)",
    "Методические мероприятия муниципального уровня",
    "Внутришкольная система непрерывного профессионального развития",
    "Самообразование",
    "Период реализации",
]


def card(kind: str) -> Document:
    if kind == "empty":
        return card_of(LANGEPAS, Walker(SLUG).facts)
    walker, travelled = rich() if kind == "rich" else (drafted(), EMPTY)
    return card_of(walker.regulation, walker.facts, travelled)


def plan_of(made: Document) -> Table:
    """The table of seven columns."""
    found = [one for one in made.blocks if isinstance(one, Table) and len(one.columns) == len(COLUMNS)]
    assert len(found) == 1
    return found[0]


# --- The form ------------------------------------------------------------------------------------------


def test_the_sections_and_the_columns_are_printed_to_the_letter_and_in_order() -> None:
    form = tuple(block for block in LANGEPAS.card if not block.restored)
    title = "Индивидуальный образовательный маршрут педагогического работника"
    assert labels(form) == [title, *SECTIONS[:4], *COLUMNS, SECTIONS[4]]


@pytest.mark.parametrize("kind", ["empty", "draft", "rich"])
def test_the_five_sections_stand_on_every_card(kind: str) -> None:
    titles = [block.text for block in card(kind).blocks if isinstance(block, Title) and block.level == 2]
    assert titles == SECTIONS


def test_only_the_plan_lies_on_its_side() -> None:
    turns = [block.orientation for block in LANGEPAS.card if block.kind == "page"]
    assert turns == ["landscape", "portrait"]
    page = next(n for n, block in enumerate(LANGEPAS.card) if block.orientation == "landscape")
    assert LANGEPAS.card[page + 1].text == SECTIONS[3]


@pytest.mark.parametrize(("kind", "sheets"), [("empty", 3), ("draft", 3), ("rich", 3)])
def test_word_and_pdf_hold_the_same_words_on_so_many_pages(kind: str, sheets: int, tmp_path: Path) -> None:
    made = card(kind)
    word = docx(made)
    assert glued(docx_text(word)) == glued(words_of(made))
    assert glued(pdf_text(pdf(made, plain=True))) == glued(inked_words(made))
    assert faults(word, tmp_path) == []
    assert len(pdf_pages(pdf(made))) == sheets


# --- The plan ------------------------------------------------------------------------------------------


def test_a_row_is_a_deficit_and_a_cell_its_lines_of_one_column() -> None:
    first, second = plan_of(card("draft")).rows
    assert first[0].startswith("Недостаточное развитие методических компетенций")
    assert first[1] == (
        "1) Программа «Формирующее оценивание», 12.10.2026 – 13.11.2026, 36 ч.\n"
        "2) Программа «Читательская грамотность», 01.02.2027 – 20.02.2027, 24 ч. (предложено педагогом)"
    )
    assert first[2] == "1) наставник, 6 ч.\n2) тьютор, 2 ч."
    assert first[3] == "Городской семинар «Задания трёх уровней», 25.11.2026"
    assert first[4].startswith("Взаимные посещения уроков")
    assert first[5].startswith("Чтение пособий")  # her own column: no proposal
    assert first[6] == "01.10.2026 – 20.02.2027"
    assert second[2:4] == (
        "региональный методист, 1 ч.",
        "Мастер-класс на городском объединении, 18.03.2027",
    )
    assert second[6] == "18.03.2027"


def test_nothing_is_a_proposal_once_the_structure_is_agreed() -> None:
    assert "предложено педагогом" in words_of(card("draft"))
    assert "предложено педагогом" not in words_of(card("rich"))


def test_a_cancelled_line_says_so_and_a_line_of_no_column_is_not_lost() -> None:
    walker = drafted()
    seminar = walker.facts.rows("plan")[2]
    walker.adds("plan", walker.facts.rows("growth")[0].id, title="Вебинар без столбца")
    walker.adds("plan", title="Поездка без точки роста", column="municipal")
    gone = Journey(lines={seminar.id: _line(seminar.id, LineState.CANCELLED)})
    made = card_of(LANGEPAS, walker.facts, gone)
    assert plan_of(made).rows[0][3].endswith("25.11.2026 (отменено)")
    lost = next(one for one in made.blocks if isinstance(one, Text) and "не распределённые" in one.label)
    assert lost.text == "1) Вебинар без столбца\n2) Поездка без точки роста (предложено педагогом)"
    assert "не распределённые" not in words_of(card("draft"))


def _line(entry_id: int, state: LineState) -> Line:
    return Line(entry_id, state, at(12, 1))


@pytest.mark.parametrize(
    ("education", "level", "form", "column"),
    [
        ("formal", "municipal", "onsite", "pd_programmes"),
        ("nonformal", "municipal", "onsite", "municipal"),
        ("nonformal", "institutional", "onsite", "in_school"),
        ("informal", "institutional", "self", "self_study"),
        ("nonformal", "federal", "online", None),  # nobody's column: asked
    ],
)
def test_an_event_brings_its_column_and_hours(
    education: str, level: str, form: str, column: str | None
) -> None:
    event = Event(1, "e", "Событие", ("subject",), level, form, education, hours=36.0)
    line = line_of(LANGEPAS, event)
    assert line.get("column") == column
    assert line["hours"] == 36
    assert "column" not in line_of(given("stavropol"), event)


# --- The rules -----------------------------------------------------------------------------------------


def test_a_draft_takes_twelve_answers() -> None:
    asked = [
        *("position", "subject", "has_diagnosis", "scores", "growth_point", "hinders"),
        *("analysis", "pupils_link", "task", "expected", "term", "events"),
    ]
    assert draft(LANGEPAS, has_diagnosis="yes") == asked
    assert draft(LANGEPAS, has_diagnosis="no") == ["self_scores" if key == "scores" else key for key in asked]


def test_both_parts_of_the_self_analysis_are_mandatory() -> None:
    walker = Walker(SLUG)
    walker.walks_the_draft()
    assert {"analysis", "pupils_link"} <= {key for _, key in walker.facts.answers}
    walker.on("pupils_link").skips()
    blocking = {hint.step.key for hint in hints.blocks(LANGEPAS, walker.facts) if hint.step}
    assert "pupils_link" in blocking
    assert not {"wording", "consultant", "consult_hours"} & blocking


def test_pupils_are_only_counted() -> None:
    """VI.5, I23: totals of a class or a parallel, never a child."""
    fields = {question.key: question for question in LANGEPAS.fields("pupil_results")}
    assert fields["pupil_percent"].kind is Kind.INTEGER
    assert (fields["pupil_percent"].min, fields["pupil_percent"].max) == (0, 100)
    assert "без имён" in LANGEPAS.questions["pupil_results_more"].hint
    assert "Меньше пяти" in fields["pupil_group"].hint
    assert "46 %" in words_of(card("draft"))


def test_four_groups_and_no_level_is_named() -> None:
    """000 I, L11; no thresholds in 000 (6.3)."""
    assert [block.title for block in LANGEPAS.block] == [
        "Предметные",
        "Методические",
        "Психолого-педагогические",
        "Коммуникативные",
    ]
    assert len(LANGEPAS.scale.levels) == 1
    assert need_of(LANGEPAS.scale, LANGEPAS.scale.level(12.0)) is None
    assert need_of(LANGEPAS.scale, LANGEPAS.scale.self_levels[0]) is not None


def test_the_term_is_free() -> None:
    """R20: longer than anybody plans is warned of, never refused."""
    assert not LANGEPAS.term.strict
    walker = Walker(SLUG)
    walker.on("term").says("01.10.2026 – 31.05.2031")
    assert period.from_value(walker.facts.value("term")) is not None


def test_who_agrees_controls_and_concludes() -> None:
    life = LANGEPAS.life
    assert [(step.title, step.clause) for step in life.approval] == [
        ("Согласование структуры ИОМ", "000 п. VI.9.4")
    ]
    assert life.quality == ("curator",)
    assert (
        LANGEPAS.role_title("curator", "school") == "заместитель руководителя общеобразовательного учреждения"
    )
    assert LANGEPAS.role_title("methodist", "municipality") == "методист муниципальной методической службы"
    assert life.conclusion.writers == ("curator", "coordinator", "methodist")
    assert life.conclusion.agree == ()
    assert (life.companion.required, life.extension, life.group) == (False, None, True)
    assert [one.official for one in life.companion.direction] == ["наставник", "тьютор", "куратор ЦНППМ"]


def test_the_route_ends_with_every_line_closed_and_her_own_analysis() -> None:
    walker, travelled = rich()
    walker.facts = replace(walker.facts, state=State.FINALIZING)
    lacking = completion(LANGEPAS, walker.facts, travelled)
    assert lacking.lacks == ("lines",)  # two lines were never judged
    closed = {row.id: _line(row.id, LineState.CONFIRMED) for row in walker.facts.rows("plan")}
    assert completion(LANGEPAS, walker.facts, Journey(lines=closed)).done
    assert "reflection_final" in {step.key for step in interview.steps(LANGEPAS, walker.facts)}
