"""A route by the form of 002: Anna teaches mathematics; a mentor, three tutors, a coordinator of the school.

People, schools and numbers are invented; the shape of the road map is that of 002 Пример 4 (domain.md §7.2).
"""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.iom.facts import State
from bot.iom.journey import (
    Companion,
    Correction,
    Decision,
    Evidence,
    Hours,
    Journey,
    Line,
    LineState,
    Recommendation,
    Signatory,
)
from bot.iom.period import Period, month_end, to_value
from tests.rules.memory import Walker

SLUG = "odintsovo"
ANNA, BORIS = "Светлова Анна Ильинична", "Рощин Борис Ильич"
TUTORS = {
    "subject": "Ветрова Зоя Кирилловна",
    "methodical": "Лугова Галина Павловна",
    "meta_subject": "Берёзов Пётр Олегович",
}
# title, kind, direction, hours, first and last month, what became of it, its evidence
LINES = (
    (
        "Разработка рабочей программы по математике в соответствии с ФГОС",
        *("other", "professional", 16, (2026, 8), (2026, 8)),
        *("confirmed", Evidence(1, 0, "programme", datetime(2026, 8, 25, tzinfo=UTC), "", date(2026, 8, 24))),
    ),
    (
        "Подготовка к оценочным процедурам по математике",
        *("course", "professional", 36, (2026, 9), (2026, 9)),
        *(
            "confirmed",
            Evidence(2, 0, "certificate", datetime(2026, 10, 1, tzinfo=UTC), "17", date(2026, 9, 29), 36.0),
        ),
    ),
    (
        "Метод проектов на уроках математики: от замысла до защиты",
        *("other", "methodical", 24, (2026, 9), (2026, 12)),
        *("confirmed", Evidence(3, 0, "lesson", datetime(2026, 10, 16, tzinfo=UTC), "", date(2026, 10, 15))),
    ),
    (
        "Управление проектной деятельностью обучающихся",
        *("course", "methodical", 72, (2027, 1), (2027, 3)),
        *("partly", Evidence(4, 0, "words", datetime(2027, 3, 2, tzinfo=UTC), text="пройдено два модуля")),
    ),
    (
        "Изучение литературы о трудностях учения",
        *("other", "psych_ped", 14, (2027, 3), (2027, 5)),
        *("confirmed", Evidence(5, 0, "protocol", datetime(2027, 5, 18, tzinfo=UTC), "4", date(2027, 5, 18))),
    ),
    (
        "Освоение электронных образовательных ресурсов",
        "other",
        "ict",
        10,
        (2027, 4),
        (2027, 4),
        "not_done",
        None,
    ),
)


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 6, tzinfo=UTC)


def drafted() -> Walker:
    """Everything the form has a place for, before anything happened."""
    walker = Walker(SLUG)
    walker.answers(
        full_name=ANNA,
        email="svetlova@example.ru",
        org_name="МБОУ «Гимназия «Берег»",
        municipality="Одинцовский",
        position="учитель",
        subject="математика",
        education="Приозёрный педагогический институт, 2009, математика и физика",
        qualification="учитель математики, первая квалификационная категория",
        has_diagnosis="yes",
        interests=["projects", "literacy", "школьный математический театр"],
        learning_request="Научиться вести проекты так, чтобы каждый обучающийся дошёл до защиты",
        goal="Повысить уровень предметной и методической компетенции и внедрить на уроках метод проектов",
        strengths="Хорошо объясняю сложное, дети охотно решают задачи в группах",
        term={"from": "2026-08-01", "to": "2027-07-31"},
    )
    for kind, words in (
        ("award", "Почётная грамота управления образования, 2024"),
        ("award", "Грамота за подготовку команды к олимпиаде, 2025"),
        ("diploma", "Диплом муниципального конкурса уроков, 2025"),
        ("expert", "Эксперт предметной комиссии, 2024–2026"),
        ("other", "Руководитель школьного методического объединения"),
    ):
        walker.adds("achievements", achievement=words, achievement_kind=kind)
    for title, place, hours, result, year in (
        (
            "Функциональная грамотность на уроках математики",
            "институт развития образования",
            "h36",
            "удостоверение",
            2025,
        ),
        ("Проектирование современного урока", "академия «Ступени»", "h72", "удостоверение", 2024),
    ):
        walker.adds(
            "courses_3y",
            course_title=title,
            course_place=place,
            course_hours=hours,
            course_result=result,
            course_year=year,
        )
    walker.adds(
        "diagnoses",
        scores={
            "subject": {"total": 49.0},
            "methodical": {"total": 50.5},
            "meta_subject": {"total": 48.0},
            "psych_ped": {"total": 67.0},
        },
        diagnosis_name="Оценка предметных и методических компетенций",
        diagnosis_level="regional",
        taken_on="2026-05-12",
    )
    point = walker.adds("growth", growth_point="methodical", hinders=["practice", "class"])
    other = walker.adds("growth", growth_point="psych_ped")
    walker.adds("tasks", point, task="Внедрить метод проектов на уроках", expected="50,5 % → 65 %")
    walker.adds(
        "tasks",
        other,
        task="Освоить приёмы поддержки обучающихся, которым трудно учиться",
        expected="Составлены и выполнены 3 плана поддержки обучающихся",
    )
    for title, kind, direction, lasts, first, last, *_ in LINES:
        whole = Period(date(*first, 1), month_end(date(*last, 1)))
        walker.adds(
            "plan",
            other if direction == "psych_ped" else point,
            title=title,
            event_kind=kind,
            direction=direction,
            hours=lasts,
            period=to_value(whole),
        )
    return walker


def rich() -> tuple[Walker, Journey]:
    """The same after a year: audited and completed."""
    walker = drafted()
    walker.adds(
        "diagnoses_final",
        final_scores={
            "subject": {"total": 70.0},
            "methodical": {"total": 65.0},
            "psych_ped": {"total": 81.0},
        },
        final_diagnosis_name="Оценка предметных и методических компетенций",
        final_diagnosis_level="regional",
        final_taken_on="2027-06-10",
    )
    walker.answers(
        reflection_final="Провожу один проект в четверть; на уроке работает почти весь класс.",
        send_to="umc@example.ru",
        conclusion="Выполнены 4 из 6 мероприятий, задачи решены.\nРекомендуется пройти третий модуль курсов.",
    )
    walker.facts = replace(walker.facts, state=State.COMPLETED)
    return walker, _journey(walker)


def _journey(walker: Walker) -> Journey:
    rows = walker.facts.rows("plan")
    told = [(row.id, LineState(one[6]), one[7]) for row, one in zip(rows, LINES, strict=True)]
    left, reason = {LineState.PARTLY: "третий модуль"}, {LineState.NOT_DONE: "workload"}
    return Journey(
        lines={
            id_: Line(id_, state, _at(2027, 6, 1), reason.get(state, ""), left.get(state, ""))
            for id_, state, _ in told
        },
        evidence=tuple(replace(one, entry_id=id_) for id_, _, one in told if one),
        decisions=(
            Decision(1, "sent", _at(2026, 7, 20)),
            Decision(
                2, "agreed", _at(2026, 7, 27), step="approve", person_id=8, name="Горин Дмитрий Львович"
            ),
            Decision(3, "concluded", _at(2027, 7, 1), role="mentor", name=BORIS),
            Decision(4, "acknowledged", _at(2027, 7, 2), step="conclusion"),
            Decision(5, "audited", _at(2027, 7, 3), role="coordinator", name="Заречная Ольга Юрьевна"),
        ),
        corrections=(
            Correction(
                *(1, "move", "applied", 1, "discussed", _at(2027, 1, 20), rows[4].id),
                {"answers": {"period": {"from": "2027-03-01", "to": "2027-05-31"}}},
                applied_at=_at(2027, 1, 21),
            ),
        ),
        recommendations=(
            Recommendation(
                *(
                    1,
                    "municipal",
                    "plan",
                    "Курсы по управлению проектами: места есть в январе",
                    _at(2026, 7, 10),
                ),
                role="methodist",
                name=TUTORS["methodical"],
            ),
        ),
        hours=(
            Hours(1, "consultation", 1.5, date(2026, 10, 2)),
            Hours(2, "consultation", 2.0, date(2027, 2, 4)),
            Hours(3, "visit", 3.0, date(2026, 12, 9)),
        ),
        signatories=(
            Signatory(1, "approve", "Директор", "МБОУ «Гимназия «Берег»", "Горин Дмитрий Львович", 8),
        ),
        companions=(
            Companion(1, 5, BORIS, "учитель физики", "", _at(2026, 6, 1), open=True),
            *(
                Companion(number, number + 5, name, "методист", direction, _at(2026, 6, 2), open=True)
                for number, (direction, name) in enumerate(TUTORS.items(), 2)
            ),
        ),
    )
