"""003: nine areas, an image of oneself, a road map in four parts, and programmes of mentoring beside it."""

from collections.abc import Mapping

import pytest

from bot.iom import conclusion, interview
from bot.iom.asked import Accepted, Refused, Said
from bot.iom.card import card_of, without_reflections
from bot.iom.facts import State
from bot.iom.journey import EMPTY
from bot.iom.owners import may_propose, may_write
from bot.iom.regulation_file import RegulationError, parse
from tests.regulations.given import draft, given, labels, source
from tests.regulations.test_cards import added, of_the_form
from tests.rules.memory import Walker
from tests.rules.mentored import PARTS, masha
from tests.rules.tree import column, table, text_of, words

Z = given("znamenka")
AREAS = [
    "Научно-теоретические",
    "Нормативные правовые",
    "Предметно-профессиональные",
    "Психолого-педагогические (ориентированные на обучающихся и их родителей)",
    "Методические (содержание образования, методики и технологии обучения)",
    "ИКТ-компетенции",
    "Цифровизация образования",
    "Внеурочная и воспитательная деятельность",
    "Здоровьесбережение обучающихся",
]
LINE = ["Сроки", "Планируемый педагогический продукт"]
AIM = "Дефицит, на который направлено"
# 003 Положение, п. 4.2.1: seven positions in their order and words; columns are ours, there is no form.
SEVEN = [
    "Индивидуальный образовательный маршрут наставляемого",
    "1. Самоопределение (саморефлексия) педагога",
    "Описание идеального, желаемого образа самого себя как состоявшегося профессионала",
    "2. Диагностика (самодиагностика) достижений, достоинств и личностных ресурсов педагога",
    "Педагогический контекст образовательной организации",
    *("Область", "Самодиагностика", "Достижения и достоинства", "Личностные ресурсы"),
    "3. Диагностика (самодиагностика) профессиональных затруднений и дефицитов",
    *("Область", "Профессиональные затруднения", "Профессиональные дефициты"),
    "4. Дорожная карта индивидуального образовательного маршрута",
    "а) график обучения по программам дополнительного профессионального образования",
    *("№", "Программа дополнительного профессионального образования", AIM, "Где проходит обучение", *LINE),
    "б) осуществление инновационных для данного педагога пробно-поисковых действий, реализуемых "
    "в совместной с обучающимися педагогической деятельности",
    *("№", "Пробно-поисковое действие", AIM, "С кем", *LINE),
    "в) участие в разработке и реализации инновационных программ и педагогических проектов; "
    "исследовательская деятельность",
    *("№", "Программа, проект, исследование", AIM, "С кем", *LINE),
    "г) комплекс и последовательность конкретных мер и мероприятий в целях достижения желаемого результата",
    *("№", "Мера, мероприятие", AIM, "Кто проводит", *LINE),
    "5. Реализация дорожной карты",
    *("№", "Мероприятие", "Отметка о выполнении", "Достижение: педагогический продукт"),
    "Субъективное отношение к достигнутым результатам",
    "6. Корректировка дорожной карты",
    "Дополнения и изменения, вносимые в дорожную карту",
    "7. Рефлексивный анализ эффективности индивидуального образовательного маршрута",
    *("Профессиональный дефицит", "Рефлексия процесса достижения и достигнутых результатов"),
    "Рефлексия степени приближения к желаемому образу педагога профессионала",
    "Самооценка эффективности индивидуального образовательного маршрута",
]


def test_the_seven_positions_are_printed_to_the_letter() -> None:
    assert labels(of_the_form("znamenka")) == SEVEN


def test_whatever_p_4_2_1_does_not_name_says_why() -> None:
    assert all(block.restored.startswith("Дополнение: ") for block in added("znamenka"))
    assert "Персонализированная программа наставничества" in labels(added("znamenka"))


def test_nothing_is_approved_or_signed() -> None:
    """domain.md C14, C28."""
    assert Z.life.approval == ()
    assert not [block for block in Z.card if block.kind in {"approvals", "signatures"}]


def test_nine_areas_in_the_words_of_the_regulation() -> None:
    """R35."""
    assert [block.title for block in Z.block] == AREAS
    assert all(list(block.selfcheck) == ["low", "medium", "high"] for block in Z.block)
    tasks = [task for block in Z.block for task in block.tasks]
    assert len(set(tasks)) == len(tasks) == 54
    assert all(any(map(str.isdigit, result)) for block in Z.block for result in block.results)


def test_it_begins_with_the_image_of_oneself_and_takes_twelve_answers() -> None:
    assert draft(Z) == [
        *("ideal_self", "position", "subject", "self_scores", "strong_area", "achievement"),
        *("growth_point", "hinders", "task", "expected", "term", "events"),
    ]


def test_a_route_lasts_four_or_five_years() -> None:
    """R16."""
    assert (Z.term.min_months, Z.term.max_months, Z.term.strict) == (48, 60, True)
    walker = Walker("znamenka")
    short = walker.on("term").says("01.09.2026 – 31.08.2029")
    assert isinstance(short, Refused)
    assert short.values["clause"] == "003 п. 1, понятия"
    assert isinstance(walker.on("term").taps("four_years"), Accepted)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("октябрь – ноябрь 2026", "too_short"),
        ("01.10.2026 – 31.12.2026", ""),
        ("01.10.2026 – 30.09.2027", ""),
        ("01.10.2026 – 31.12.2027", "too_long"),
        ("ноябрь 2026", "too_short"),
    ],
)
def test_a_programme_lasts_three_to_twelve_months(said: str, problem: str) -> None:
    """R17, checked when it is answered."""
    walker = Walker("znamenka")
    walker.answers(term={"from": "2026-09-01", "to": "2030-08-31"})
    row = walker.adds("programmes", programme_title="Оценивание")
    outcome = walker.on("programme_term", row).says(said)
    assert (outcome.values["problem"] if isinstance(outcome, Refused) else "") == problem


def test_every_line_stands_in_its_part_of_the_road_map() -> None:
    walker, travelled = masha()
    made = card_of(walker.regulation, walker.facts, travelled)
    firsts = {
        "study": "Программа дополнительного профессионального образования",
        "trial": "Пробно-поисковое действие",
        "project": "Программа, проект, исследование",
        "measure": "Мера, мероприятие",
    }
    for title, part in PARTS.items():
        header = firsts.get(part, "Мероприятие")
        shown = table(made, header)
        assert column(shown, header) == [title]
        assert len(column(shown, "Сроки")) == 1
    assert sorted(column(table(made, "Отметка о выполнении"), "Мероприятие")) == sorted(PARTS)


def test_areas_hold_what_was_said_of_them() -> None:
    walker, travelled = masha()
    made = card_of(walker.regulation, walker.facts, travelled)
    strong = table(made, "Достижения и достоинства")
    assert column(strong, "Область") == AREAS
    assert column(strong, "Достижения и достоинства")[2::6] == [
        "Трое призёров олимпиады",
        "Веду картотеку пауз",
    ]
    assert column(strong, "Самодиагностика")[:3] == ["осваивает", "применяет уверенно", "передаёт опыт"]
    hard = table(made, "Профессиональные затруднения")
    assert column(hard, "Профессиональные затруднения")[3] == "Трудно начать разговор с родителями"
    assert [bool(text) for text in column(hard, "Профессиональные дефициты")].count(True) == 2


def test_two_achievements_of_one_area_stand_together() -> None:
    walker = Walker("znamenka")
    for text in ("Первое", "Второе"):
        walker.adds("strengths", strong_area="law", achievement=text)
    made = table(card_of(walker.regulation, walker.facts), "Достижения и достоинства")
    assert column(made, "Достижения и достоинства")[1] == "Первое; Второе"


def test_product_and_attitude_stand_beside_every_event() -> None:
    walker, travelled = masha()
    made = table(card_of(walker.regulation, walker.facts, travelled), "Отметка о выполнении")
    assert set(column(made, "Достижение: педагогический продукт")) == {"Разработки трёх занятий"}
    assert set(column(made, made.columns[-1].header[-1])) == {"Довольна: дети просят ещё"}
    assert "выполнено" in column(made, "Отметка о выполнении")
    hidden = card_of(walker.regulation, without_reflections(walker.facts), travelled)
    assert set(column(table(hidden, "Отметка о выполнении"), made.columns[-1].header[-1])) == {""}


def test_each_deficit_has_a_reflection_of_its_own() -> None:
    """C22."""
    walker, travelled = masha()
    made = table(
        card_of(walker.regulation, walker.facts, travelled),
        "Рефлексия процесса достижения и достигнутых результатов",
    )
    assert all(text.startswith("Недостаточный уровень") for text in column(made, "Профессиональный дефицит"))
    assert len(made.rows) == 2
    done = conclusion.completion(walker.regulation, walker.facts, travelled)
    assert done.done
    assert Z.life.completion.all == ("reflection",)


def test_the_programme_is_printed_beside_the_route() -> None:
    walker, travelled = masha()
    made = card_of(walker.regulation, walker.facts, travelled)
    programme = table(made, "Срок реализации")
    assert column(programme, "Срок реализации") == ["октябрь 2026 г. – май 2027 г."]
    assert column(programme, "Виды наставничества") == [
        "традиционное («один-на-один»); виртуальное (дистанционное)"
    ]
    printed = words(made)
    assert printed.index("Персонализированная программа наставничества") > printed.index(SEVEN[-1])
    assert text_of(made, "Дополнения и изменения, вносимые в дорожную карту").startswith("03.12.2026")  # type: ignore[union-attr]


def test_an_empty_route_has_seven_positions_and_no_line_without_a_part() -> None:
    printed = words(card_of(Z, Walker("znamenka").facts, EMPTY))
    assert "Часть дорожной карты ещё не выбрана" not in printed
    assert printed.count("Нормативные правовые") == 2


def test_who_does_what() -> None:
    """domain.md §2.4, §2.6, C03, C13."""
    walker = Walker("znamenka")
    assert {one for one in ("mentor", "curator", "head") if one in Z.life.confirm} == {"mentor", "curator"}
    assert may_write(Z, walker.facts, "task", "teacher")
    assert may_propose(Z, walker.facts, "plan", "methodist")
    assert may_propose(Z, walker.facts, "programmes", "curator")
    assert Z.role_title("methodist", "municipality") == "методист городского методического кабинета"
    assert Z.role_title("curator") == "куратор реализации программ наставничества"
    assert Z.role_title("mentor") == "наставник"
    assert Z.role_title("head") == "руководитель образовательной организации"
    assert Z.teacher == "наставляемый"
    assert Z.life.conclusion.writers == ("curator",)
    assert Z.life.correction.steps == ()
    assert (Z.rhythm.monitoring_months, Z.rhythm.retention_years) == (6, 0)
    assert Z.life.extension is None


def test_products_of_the_regulation_prove_an_event() -> None:
    """003 п. 4.2.1, позиция 5."""
    named = [kind.official for kind in Z.life.evidence[:5]]
    assert named == [
        "пакет педагогических диагностик",
        "методические рекомендации",
        "технология, методика",
        "разработка занятия",
        "сценарий воспитательного мероприятия",
    ]
    certificate = next(kind for kind in Z.life.evidence if kind.key == "certificate")
    assert certificate.asks == ("number", "issued_on", "hours")
    assert len(Z.life.not_done) >= 5


def test_forms_and_kinds_of_mentoring() -> None:
    """003 п. 4.1.5."""
    assert len(Z.questions["programme_form"].options) == 6
    assert len(Z.questions["programme_kind"].options) == 7
    assert [one.key for one in Z.questions["part"].options] == ["study", "trial", "project", "measure"]


def test_words_and_numbers_have_limits_and_clauses() -> None:
    for question in Z.question:
        assert question.clause.startswith("003 "), question.key
        assert question.hint or question.options or question.example, question.key
        if question.kind in {"line", "text"}:
            assert question.min is not None, question.key
            assert question.max is not None, question.key
            assert all((question.min or 0) <= len(one) <= question.max for one in question.suggestions)
            assert (question.min or 0) <= len(question.example) <= question.max, question.key


WRONG: Mapping[str, str] = {
    'only = { question = "part", answer = "trials" }': "нет варианта «trials»",
    'only = { question = "title", answer = "trial" }': "по вопросу-выбору",
    'only = { question = "programme_form", answer = "trial" }': "по вопросу-выбору",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_rows_are_narrowed_by_a_choice_of_their_own_table(wrong: str) -> None:
    spoilt = source("znamenka").replace('only = { question = "part", answer = "trial" }', wrong)
    with pytest.raises(RegulationError, match=WRONG[wrong]) as refused:
        parse(spoilt)
    assert spoilt.splitlines()[refused.value.line - 1] == wrong


def test_years_in_the_post_are_not_above_all_the_years() -> None:
    """004, стаж: domain.md §5.5."""
    olga = Walker("ust_ilimsk")
    olga.on("experience").says("7")
    refused = olga.on("position_years").says("8")
    assert isinstance(refused, Refused)
    assert refused.values["high"] == 7
    assert isinstance(olga.on("position_years").says("7"), Accepted)
    with pytest.raises(RegulationError, match="нет вопроса «years»"):
        parse(source("ust_ilimsk").replace('not_above = "experience"', 'not_above = "years"'))


def test_the_reflections_are_asked_when_the_route_is_carried_out() -> None:
    walker, _ = masha()
    late = {"achieved", "reflection", "reflection_point", "reflection_image", "reflection_final"}
    assert late <= {step.key for step in interview.steps(walker.regulation, walker.facts)}
    early = Walker("znamenka")
    early.answers_well(early.next(), lambda options: Said(text="Веду любой класс спокойно"))  # type: ignore[arg-type]
    assert early.facts.state is State.DRAFT
    assert not late & {step.key for step in interview.steps(early.regulation, early.facts)}
