"""A route by the form of 000: Anna teaches, Galina is the deputy head, Zoya the centre's methodist."""

from dataclasses import replace
from datetime import date

from bot.iom.corrections import Wanted
from bot.iom.facts import State
from bot.iom.journey import (
    Correction,
    Decision,
    Evidence,
    Journey,
    Line,
    LineState,
    Recommendation,
    Signatory,
)
from tests.rules.memory import Walker
from tests.rules.travelled import ANNA, DECEMBER, GALINA, ZOYA, at

SLUG = "langepas"
GALINA_ID, ZOYA_ID = 7, 9
# title, column, hours, dates, whose it is: the teacher's (1) or an owner's; the last for the second point
LINES = (
    ("Программа «Формирующее оценивание»", "pd_programmes", 36, "2026-10-12", "2026-11-13", GALINA_ID),
    ("Программа «Читательская грамотность»", "pd_programmes", 24, "2027-02-01", "2027-02-20", 1),
    ("Городской семинар «Задания трёх уровней»", "municipal", None, "2026-11-25", "2026-11-25", ZOYA_ID),
    ("Взаимные посещения уроков", "in_school", None, "2026-10-01", "2026-12-25", GALINA_ID),
    ("Чтение пособий по критериальному оцениванию", "self_study", None, "2026-10-01", "2027-01-31", 1),
    ("Мастер-класс на городском объединении", "municipal", None, "2027-03-18", "2027-03-18", ZOYA_ID),
)


def drafted() -> Walker:
    """Her draft: two points of growth; the second programme is still only her proposal."""
    walker = Walker(SLUG)
    walker.answers(
        full_name=ANNA,
        position="учитель",
        subject="русский язык и литература",
        org_name="ЛГ МАОУ «Гимназия «Кедр»",
        education="Высшее, педагогический институт, 2011, русский язык и литература",
        experience=14,
        category="first",
        attestation_date="18.03.2024, бессрочно",
        has_diagnosis="yes",
        analysis="Задания на оценивание решала впервые, критерии составлять не умею, предмет знаю хорошо.",
        pupils_link="С заданиями на анализ текста справились 46 % параллели: критериев работы у нас нет.",
        term={"from": "2026-10-01", "to": "2027-05-31"},
    )
    walker.adds("courses_3y", course_title="Проектирование урока", course_hours=72, course_year=2025)
    walker.adds(
        "diagnoses",
        scores={
            "subject": {"total": 71.5},
            "methodical": {"total": 47.0},
            "psych_ped": {"total": 62.0},
            "communicative": {"total": 68.0},
        },
        diagnosis_name="Диагностика профессиональных компетенций",
        diagnosis_level="regional",
        taken_on="2026-09-12",
    )
    walker.adds(
        "pupil_results", pupil_measure="ВПР 2026, справились", pupil_group="7 классы", pupil_percent=46
    )
    walker.adds(
        "pupil_results", pupil_measure="Качество знаний за год", pupil_group="7 классы", pupil_percent=58
    )
    point = walker.adds("growth", growth_point="methodical", hinders=["knowledge", "practice"])
    other = walker.adds("growth", growth_point="communicative", hinders=["feedback"])
    walker.adds("tasks", point, task="Освоить формирующее оценивание", expected="47 → 65 %")
    walker.adds(
        "tasks", other, task="Представить свой опыт на городском объединении", expected="2 выступления"
    )
    for number, line in enumerate(LINES):
        _planned(walker, other if number == len(LINES) - 1 else point, *line)
    walker.adds("consultations", point, consultant="mentor", consult_hours=6)
    walker.adds("consultations", point, consultant="tutor", consult_hours=2)
    walker.adds("consultations", other, consultant="regional_methodist", consult_hours=1)
    return walker


def _planned(
    walker: Walker, point: int, title: str, column: str, hours: int | None, first: str, last: str, by: int
) -> None:
    line = walker.adds("plan", point, title=title, column=column, period={"from": first, "to": last})
    if hours:
        walker.answers(line, hours=hours)
    signed = {key: replace(one, by=by) for key, one in walker.facts.answers.items() if key[0] == line}
    walker.facts = replace(walker.facts, answers={**walker.facts.answers, **signed})


def rich() -> tuple[Walker, Journey]:
    """The same route at its end, with everything that happened."""
    walker = drafted()
    walker.answers(
        reflection_final="Критерии даю к каждой работе; на взаимные посещения не всегда хватало времени.",
        conclusion="План выполнен: 4 из 6 мероприятий. Рекомендуется продолжить работу с наставником.",
    )
    walker.facts = replace(walker.facts, state=State.COMPLETED)
    programme, _, seminar, visits, books, master = (row.id for row in walker.facts.rows("plan"))
    journey = Journey(
        lines={
            programme: Line(programme, LineState.CONFIRMED, at(11, 20)),
            seminar: Line(seminar, LineState.CONFIRMED, at(11, 26)),
            visits: Line(visits, LineState.PARTLY, at(12, 25), left="два урока из шести"),
            books: Line(books, LineState.NOT_DONE, at(1, 20), reason="workload"),
        },
        evidence=(
            Evidence(1, programme, "certificate", at(11, 20), "17", date(2026, 11, 13), 36.0),
            Evidence(2, visits, "words", at(12, 24), text="четыре листа наблюдения"),
        ),
        decisions=(
            Decision(1, "sent", at(9, 20)),
            Decision(2, "agreed", at(9, 25), step="structure", person_id=ZOYA_ID, role="approver", name=ZOYA),
            Decision(3, "agreed", at(12, 2), correction_id=1, role="curator", name=GALINA),
            Decision(4, "agreed", at(12, 3), correction_id=1, role="methodist", name=ZOYA),
            Decision(5, "concluded", at(5, 25), role="curator", name=GALINA),
            Decision(6, "acknowledged", at(5, 27), step="conclusion"),
        ),
        corrections=(
            Correction(
                1,
                "move",
                "applied",
                2,
                "workload",
                at(11, 30),
                master,
                Wanted({"period": DECEMBER}).stored(),
                applied_at=at(12, 3),
                acknowledged_at=at(12, 3),
            ),
        ),
        recommendations=(
            Recommendation(
                1,
                "municipal",
                "plan",
                "Посетить стажировку на городской площадке",
                at(10, 1),
                role="methodist",
                name=ZOYA,
            ),
        ),
        signatories=(
            Signatory(1, "structure", "Методист муниципальной методической службы", "Центр", ZOYA, ZOYA_ID),
        ),
    )
    return walker, journey
