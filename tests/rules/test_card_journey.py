"""What happened between people stands in its own cell of both forms, and nowhere when nothing happened."""

from dataclasses import replace

import pytest

from bot.iom.blocks import ApprovalHead, Signatures, Table
from bot.iom.card import card_of, without_reflections
from bot.iom.facts import State
from bot.iom.journey import EMPTY, Journey
from tests.regulations.given import REAL
from tests.rules.memory import Walker
from tests.rules.travelled import ANNA, BORIS, DMITRY, GALINA, PLAN, ZOYA, anna
from tests.rules.tree import column, of, pairs, table, text_of, words

S, U = REAL


def rows(slug: str, header: str, title: str = "") -> list[str]:
    walker, travelled = anna(slug)
    made = card_of(walker.regulation, walker.facts, travelled)
    found = [t for t in of(made, Table) if any(c.header[-1] == header for c in t.columns)]
    fits = [t for t in found if not title or any(c.header[-1] == title for c in t.columns)]
    return column(fits[0], header)


def test_approvals_name_who_holds_the_step_and_the_day_of_the_decision_in_force() -> None:
    """22 o'clock in UTC is the next day in Moscow."""
    walker, travelled = anna(S)
    (head,) = of(card_of(walker.regulation, walker.facts, travelled), ApprovalHead)
    assert [(a.post, a.organisation, a.name, a.date) for a in head.approvals] == [
        ("Заместитель директора", "Гимназия «Берег»", GALINA, "24 сентября 2026 г."),
        ("Директор", "Гимназия «Берег»", DMITRY, "26 сентября 2026 г."),
    ]


def test_words_of_the_form_are_not_replaced_by_a_post() -> None:
    walker, travelled = anna(U)
    (head,) = of(card_of(walker.regulation, walker.facts, travelled), ApprovalHead)
    assert [a.post for a in head.approvals] == ["Заместитель директора по ДО:", "Директор"]


def test_a_returned_plan_is_agreed_by_nobody() -> None:
    walker, travelled = anna(S)
    back = replace(travelled, decisions=travelled.decisions[:3])
    (head,) = of(card_of(walker.regulation, walker.facts, back), ApprovalHead)
    assert {a.date for a in head.approvals} == {"« ____ » _________ 202__ г."}
    assert [a.name for a in head.approvals] == [GALINA, DMITRY]


def test_marks_and_reasons_of_plan_lines() -> None:
    """001 Приложение 1 к Карте, §2: выполнено, частично, не выполнено, перенесено."""
    marks, reasons = rows(S, "Отметка о выполнении"), rows(S, "Причины невыполнения")
    told = zip(marks, reasons, strict=True)
    assert dict(zip(PLAN, told, strict=True)) == {
        "Курсы": ("выполнено – удостоверение № 17, 12.11.2026, 36 ч.", ""),
        "Семинар": ("выполнено частично – подтверждение, была на первом дне", "осталось: второй день"),
        "Открытый показ": ("не выполнено", "не было свободных мест"),
        "Чтение": ("", ""),
        "Вебинар": ("перенесено", "изменилась рабочая нагрузка"),
        "Стажировка": ("заменено", "так полезнее"),
    }


def test_results_of_the_road_map() -> None:
    """004: mark and reason in one cell."""
    assert rows(U, "Результат") == [
        "выполнено – удостоверение № 17, 12.11.2026, 36 ч.",
        "выполнено частично – подтверждение, была на первом дне (осталось: второй день)",
        "не выполнено (не было свободных мест)",
        "",
        "перенесено (изменилась рабочая нагрузка)",
        "заменено (так полезнее)",
    ]


def test_corrections_have_days_and_lines_for_the_pen() -> None:
    walker, travelled = anna(S)
    made = table(card_of(walker.regulation, walker.facts, travelled), "Подпись регионального методиста")
    assert made.rows == (
        ("1", "03.12.2026", "изменилась рабочая нагрузка", "02.12.2026", "03.12.2026", ""),
        ("2", "05.12.2026", "так полезнее", "не назначен", "", ""),  # nobody of the chain was there
    )


def test_changed_events_stand_in_their_table() -> None:
    title = "Мероприятие, обеспечивающее повышение уровня профессиональных компетенций"
    assert rows(S, title) == ["Вебинар", "Наставничество"]
    assert rows(S, "Организатор мероприятия", title) == ["ЦНППМ", ""]


def test_corrections_and_extensions_in_one_text() -> None:
    walker, travelled = anna(U)
    label = "Информация о корректировке индивидуального образовательного маршрута:"
    assert text_of(card_of(walker.regulation, walker.facts, travelled), label) == (
        "03.12.2026 – изменён срок мероприятия «Вебинар» на декабрь 2026 г.: изменилась рабочая нагрузка\n"
        "05.12.2026 – заменено мероприятие «Стажировка» на «Наставничество»: так полезнее\n"
        "20.05.2027 – срок реализации ИОМ продлён на 3 мес., до 31 августа 2027 г.: болезнь"
    )


def test_recommendations_of_three_levels_but_declined_ones() -> None:
    walker, travelled = anna(S)
    made = table(card_of(walker.regulation, walker.facts, travelled), "Кто внёс")
    assert made.rows == (
        ("региональный", "Посетить площадку", f"региональный методист, {ZOYA}"),
        ("муниципальный", "Начать с оценивания", "методист ММС"),
    )


def test_the_exit_diagnosis_of_both_forms() -> None:
    walker, travelled = anna(S)
    final = of(card_of(walker.regulation, walker.facts, travelled), Table)[-1]
    assert final.rows[1] == ("Методические", "Мало времени на разбор", "80", "70", "60,5", "71,5")
    assert [row[1:] for row in final.rows if row[0] != "Методические"] == [("",) * 5] * 4
    walker, travelled = anna(U)
    made = card_of(walker.regulation, walker.facts, travelled)
    final = [t for t in of(made, Table) if t.columns[0].header == ("Дата",)][-1]
    name = "Итоговая оценка, региональная"
    title = walker.regulation.blocks["methodical"].title
    assert final.rows == (("12 мая 2027 г.", name, title, "", "", "+"),)


@pytest.mark.parametrize("slug", REAL)
def test_the_final_event_has_its_mark(slug: str) -> None:
    walker, travelled = anna(slug)
    made = card_of(walker.regulation, walker.facts, travelled)
    label = "Отметка о выполнении (дополнение по п. 2.5 Положения):"
    mark = pairs(made)[label] if slug == U else column(_final(of(made, Table)), "Отметка о выполнении")[0]
    assert mark == "выполнено, 21 апреля 2027 г."


def _final(tables: list[Table]) -> Table:
    return next(t for t in tables if t.columns[-1].header == ("Отметка о выполнении",))


def test_conclusions_with_their_day_and_people() -> None:
    walker, travelled = anna(S)
    made = card_of(walker.regulation, walker.facts, travelled)
    assert text_of(made, "2. Выводы:") == "Задачи решены.\nРекомендовано наставничество."
    (signed,) = of(made, Signatures)
    assert signed.date == "25 мая 2027 г."
    assert [one.name for one in signed.signatures] == [ZOYA, DMITRY, ANNA]
    assert text_of(made, "Рефлексия педагога по итогам маршрута") == "Стало спокойнее планировать"
    assert "12 мая 2027" in (text_of(made, "Сведения об итоговой диагностике") or "")


def test_conclusion_reflections_and_verdict_of_004() -> None:
    walker, travelled = anna(U)
    made = card_of(walker.regulation, walker.facts, travelled)
    conclusion = text_of(made, "Заключение (выводы/результаты/рекомендации):")
    assert conclusion == "Задачи решены.\nРекомендовано наставничество."
    (signed,) = of(made, Signatures)
    assert [one.name for one in signed.signatures] == [f"{ANNA}, педагог", f"{BORIS}, учитель", DMITRY]
    assert column(table(made, "Результаты рефлексии"), "Результаты рефлексии")[0].startswith(
        "Пробую критерии"
    )
    assert table(made, "Оценка").rows == (("Банк заданий", "профессиональные дефициты устранены"),)


@pytest.mark.parametrize("slug", REAL)
def test_where_names_are_not_kept_only_a_code_is_printed(slug: str) -> None:
    walker, travelled = anna(slug)
    walker.by_code()
    coded = replace(travelled, companions=(replace(travelled.companions[0], name="П-7K2M"),))
    printed = " ".join(words(card_of(walker.regulation, walker.facts, coded)))
    for name in (DMITRY, GALINA, BORIS, ZOYA, ANNA):
        assert name not in printed
    assert "П-7K2M" in printed


@pytest.mark.parametrize("slug", REAL)
def test_a_card_may_be_shown_without_reflections(slug: str) -> None:
    walker, travelled = anna(slug)
    shown = card_of(walker.regulation, without_reflections(walker.facts), travelled)
    printed = " ".join(words(shown))
    assert "Стало спокойнее" not in printed
    assert "Пробую критерии" not in printed
    assert "Задачи решены" in printed


@pytest.mark.parametrize("slug", REAL)
def test_a_journey_changes_no_label(slug: str) -> None:
    walker, travelled = anna(slug)
    before = card_of(walker.regulation, walker.facts)
    after = card_of(walker.regulation, walker.facts, travelled)
    kept = [t.columns for t in of(before, Table)]
    assert [t.columns for t in of(after, Table) if t.columns[0].header[0] != "Рекомендации"] == kept
    assert (
        before
        == card_of(walker.regulation, walker.facts, EMPTY)
        == card_of(walker.regulation, walker.facts, Journey())
    )


@pytest.mark.parametrize("slug", REAL)
def test_answers_of_the_finish_are_not_printed_in_a_draft(slug: str) -> None:
    walker, _ = anna(slug)
    early = replace(walker.facts, state=State.DRAFT)
    printed = " ".join(words(card_of(walker.regulation, early)))
    for told in ("Задачи решены", "Стало спокойнее", "Пробую критерии", "21 апреля", "устранены"):
        assert told not in printed


def test_a_stranger_of_a_route_leaves_no_trace_in_an_empty_card() -> None:
    empty = Walker(S)
    printed = words(card_of(empty.regulation, empty.facts))
    assert not [text for text in printed if "выполнено" in text or text == "Рекомендации"]
