"""The card in chat: a line for every question that is asked, and what is still missing."""

import pytest

from bot.iom import interview, summary
from bot.iom.interview import Step
from bot.iom.summary import Gap, Line
from tests.regulations.given import ALL
from tests.rules.memory import Walker, first


@pytest.fixture
def anna() -> Walker:
    walker = Walker("stavropol")
    walker.answers(has_diagnosis="yes")
    return walker


def lines(walker: Walker, section: str) -> dict[str, Line]:
    return {line.title: line for line in summary.lines(walker.regulation, walker.facts, section)}


def gaps(walker: Walker) -> list[Gap]:
    return list(summary.gaps(walker.regulation, walker.facts))


def missing(walker: Walker, *, must: bool) -> set[str]:
    return {gap.step.key for gap in gaps(walker) if gap.must is must}


# --- Lines ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ALL)
def test_every_line_leads_to_its_question(slug: str) -> None:
    walker = Walker(slug)
    walker.walks_everything()
    for section in walker.regulation.section:
        for line in summary.lines(walker.regulation, walker.facts, section.key):
            question = walker.regulation.questions[line.step.key]
            assert question.section == section.key
            assert line.title in {question.title, *(t.title for t in walker.regulation.table)}
            assert interview.applies(walker.regulation, walker.facts, line.step)


@pytest.mark.parametrize("slug", ALL)
def test_nothing_is_in_two_sections_and_only_rows_of_lists_are_nowhere(slug: str) -> None:
    walker = Walker(slug)
    walker.walks_the_draft()
    shown = [
        line.step
        for section in walker.regulation.section
        for line in summary.lines(walker.regulation, walker.facts, section.key)
    ]
    assert len(set(shown)) == len(shown)
    hidden = {step.key for step in interview.steps(walker.regulation, walker.facts)} - {s.key for s in shown}
    listed = {q.rows for q in walker.regulation.question if q.kind in {"rows", "events"}}
    for key in hidden:
        question = walker.regulation.questions[key]
        assert question.kind == "links" or question.each in listed


def test_an_answer_is_shown_in_words(anna: Walker) -> None:
    anna.answers(position="учитель", final_level="municipal", category="highest")
    anna.answers(term={"from": "2026-12-01", "to": "2027-05-31"})
    assert lines(anna, "work")["Должность"].value == "учитель"
    assert lines(anna, "final")["Уровень показа"].value == "муниципальный"
    assert lines(anna, "term")["Срок маршрута"].value
    assert "{" not in lines(anna, "term")["Срок маршрута"].value


def test_an_unanswered_line_is_empty_and_a_skipped_one_is_for_the_pen(anna: Walker) -> None:
    empty = lines(anna, "work")["Предмет"]
    assert (empty.value, empty.pen) == ("", False)
    anna.on("subject").skips()
    pen = lines(anna, "work")["Предмет"]
    assert (pen.value, pen.pen) == ("", True)


def test_results_are_shown_by_the_short_names_of_blocks(anna: Walker) -> None:
    row = anna.adds("diagnoses", scores={"subject": {"total": 59.6}, "ict": {"total": 70.0}})
    step = Step("scores", row)
    assert summary.in_words(anna.regulation, anna.facts, step) == "П 59,6, ИКТ 70"


def test_levels_are_shown_in_words_too() -> None:
    walker = Walker("ust_ilimsk")
    walker.answers(has_diagnosis="yes")
    row = walker.adds("diagnoses", scores={"ict": {"level": "low"}, "subject": {"level": "high"}})
    step = Step("scores", row)
    assert summary.in_words(walker.regulation, walker.facts, step) == "С высокий, ИКТ низкий"


def test_a_self_assessment_is_shown_in_soft_words() -> None:
    walker = Walker("tiny")
    row = walker.adds("diagnoses", self_scores={"theory": {"self": "try"}, "health": {"self": "can"}})
    step = Step("self_scores", row)
    assert summary.in_words(walker.regulation, walker.facts, step) == "НТ – Пробую, З – Умею"


def test_lists_name_their_rows(anna: Walker) -> None:
    anna.adds("courses_3y", course_title="Дроби")
    anna.adds("courses_3y", course_title="Проценты")
    anna.on("courses").taps("done")
    assert lines(anna, "info")["Курсы за последние 3 года"].value == "Дроби; Проценты"
    assert "Программа курса" not in lines(anna, "info"), "rows open through their own list"


def test_events_are_named_for_their_own_point_of_growth(anna: Walker) -> None:
    one, other = anna.adds("growth", growth_point="ict"), anna.adds("growth", growth_point="subject")
    anna.adds("plan", one, title="Семинар")
    anna.adds("plan", one, other, title="Чтение")
    named = [summary.in_words(anna.regulation, anna.facts, Step("events", row)) for row in (one, other)]
    assert named == ["Семинар; Чтение", "Чтение"]


def test_lines_of_a_hidden_question_are_not_shown(anna: Walker) -> None:
    anna.adds("diagnoses", scores={"subject": {"total": 49.0}})
    anna.on("has_diagnosis").taps("no")
    assert "Результаты по блокам" not in {
        line.title for line in summary.lines(anna.regulation, anna.facts, "diagnostics")
    }


def test_by_code_personal_lines_are_not_shown(anna: Walker) -> None:
    assert "Фамилия, имя, отчество" in lines(anna, "info")
    assert "Фамилия, имя, отчество" not in lines(anna.by_code(), "info")


# --- Gaps -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ALL)
def test_a_route_with_everything_has_no_gaps(slug: str) -> None:
    walker = Walker(slug)
    walker.walks_everything()
    assert gaps(walker) == []


@pytest.mark.parametrize("slug", ALL)
def test_gaps_come_in_the_order_of_asking_and_can_be_filled(slug: str) -> None:
    walker = Walker(slug)
    order = list(interview.steps(walker.regulation, walker.facts))
    found = [gap.step for gap in gaps(walker)]
    assert found == [step for step in order if step in found]
    for _ in range(200):
        found_gaps = [gap for gap in gaps(walker) if gap.step.key != "events"]
        if not found_gaps:
            break
        walker.answers_well(found_gaps[0].step, first)
    assert not [gap for gap in gaps(walker) if gap.step.key != "events"]


def test_an_empty_route_lacks_what_the_regulation_demands(anna: Walker) -> None:
    assert {"position", "full_name", "education", "term"} <= missing(anna, must=True)
    assert "subject" in missing(anna, must=False)
    assert "awards" not in missing(anna, must=True) | missing(anna, must=False), "later and not demanded"


def test_a_skipped_question_is_still_a_gap(anna: Walker) -> None:
    anna.on("subject").skips()
    anna.on("education").skips()
    assert "subject" in missing(anna, must=False)
    assert "education" in missing(anna, must=True)


def test_without_a_test_stavropol_lacks_one_and_ust_ilimsk_does_not(anna: Walker) -> None:
    """domain.md C36."""
    anna.answers(has_diagnosis="no")
    assert "has_diagnosis" in missing(anna, must=True)
    walker = Walker("ust_ilimsk")
    walker.answers(has_diagnosis="no")
    assert "has_diagnosis" not in missing(walker, must=True) | missing(walker, must=False)


def test_a_point_of_growth_without_a_task_or_an_event_is_named(anna: Walker) -> None:
    point = anna.adds("growth", growth_point="ict")
    chat = anna.regulation.blocks["ict"].chat
    about = {gap.step.key: gap.about for gap in gaps(anna)}
    assert (about["task"], about["events"], about["hinders"]) == (chat, chat, chat)
    anna.on("events", point).taps("done")
    assert "events" in missing(anna, must=True), "«Готово» with nothing chosen is a gap"
    anna.adds("plan", point, title="Семинар")
    assert "events" not in missing(anna, must=True)


def test_an_event_without_a_date_is_named_by_its_title(anna: Walker) -> None:
    point = anna.adds("growth", growth_point="ict")
    anna.adds("plan", point, title="Семинар «Таблицы»")
    undated = next(gap for gap in gaps(anna) if gap.step.key == "period")
    assert (undated.about, undated.must, undated.title) == ("Семинар «Таблицы»", True, "Срок мероприятия")


def test_by_code_a_name_is_no_gap(anna: Walker) -> None:
    assert "full_name" in missing(anna, must=True)
    assert "full_name" not in missing(anna.by_code(), must=True)
