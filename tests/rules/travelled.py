"""A route that has been travelled: everything that may happen between people has happened once.

Anna teaches, Boris mentors, Galina coordinates, Dmitry approves, Zoya is the regional methodist.
"""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.iom.corrections import Wanted
from bot.iom.facts import State, Value
from bot.iom.journey import (
    Companion,
    Correction,
    Decision,
    Evidence,
    Extension,
    Journey,
    Line,
    LineState,
    Recommendation,
    Signatory,
)
from bot.iom.period import Period, to_value
from tests.rules.memory import Walker

DMITRY, GALINA, BORIS, ZOYA = "Горин Дмитрий Львович", "Лугова Г. П.", "Рощин Борис Ильич", "Ветрова З. К."
ANNA = "Светлова Анна Ильинична"
DECEMBER = to_value(Period(date(2026, 12, 1), date(2026, 12, 31)))
PLAN = ("Курсы", "Семинар", "Открытый показ", "Чтение", "Вебинар", "Стажировка")


def at(month: int, day: int, hour: int = 6) -> datetime:
    """A moment of the school year 2026/2027."""
    return datetime(2026 if month > 8 else 2027, month, day, hour, tzinfo=UTC)


def anna(slug: str) -> tuple[Walker, Journey]:
    """Her route in the state «Заключение», with all that is behind it."""
    walker = Walker(slug)
    walker.answers(
        position="педагог",
        has_diagnosis="yes",
        term={"from": "2026-10-01", "to": "2027-05-31"},
        org_name="Гимназия «Берег»",
        final_title="Мастер-класс",
        final_level="municipal",
        final_period={"from": "2027-04-01", "to": "2027-04-30"},
    )
    walker.answers(**_named(slug))
    point = walker.adds("growth", growth_point="methodical", hinders=["time"])
    walker.adds("tasks", point, task="Освоить приёмы оценивания")
    lines = {title: _planned(walker, point, title) for title in PLAN}
    product = walker.adds("products", product="Банк заданий")
    _finish(walker, point, lines["Курсы"], product)
    walker.facts = replace(walker.facts, state=State.CONCLUSION)
    return walker, journey(lines)


def _named(slug: str) -> dict[str, str]:
    last, first, patronymic = ANNA.split()
    if slug == "ust_ilimsk":
        return {"last_name": last, "first_name": first, "patronymic": patronymic}
    return {"full_name": ANNA}


def _planned(walker: Walker, point: int, title: str) -> int:
    period = to_value(Period(date(2026, 11, 12), date(2026, 11, 12)))
    return walker.adds("plan", point, title=title, level="regional", organiser="ЦНППМ", period=period)


def _finish(walker: Walker, point: int, courses: int, product: int) -> None:
    percent = walker.regulation.scale.kind == "percent"
    shares: Value = {"low": 80.0, "medium": 70.0, "high": 60.5, "total": 71.5}
    score: Value = shares if percent else {"level": "high"}
    walker.adds(
        "diagnoses_final",
        final_scores={"methodical": score},
        final_diagnosis_name="Итоговая оценка",
        final_diagnosis_level="regional",
        final_taken_on="2027-05-12",
    )
    walker.answers(point, final_hinders="Мало времени на разбор")
    walker.answers(courses, reflection="Пробую критерии на каждом занятии")
    walker.answers(product, verdict="eliminated")
    walker.answers(
        final_done="done",
        final_done_on="2027-04-21",
        reflection_final="Стало спокойнее планировать",
        conclusion="Задачи решены.\nРекомендовано наставничество.",
    )


def journey(lines: dict[str, int]) -> Journey:
    """What happened to these plan lines."""
    return Journey(
        lines={line.entry_id: line for line in _lines(lines)},
        evidence=(
            Evidence(1, lines["Курсы"], "certificate", at(11, 20), "17", date(2026, 11, 12), 36.0),
            Evidence(2, lines["Семинар"], "words", at(11, 21), text="была на первом дне"),
            Evidence(3, lines["Чтение"], "words", at(11, 22), text="ещё никто не смотрел"),
        ),
        decisions=_decisions(),
        corrections=_corrections(lines),
        extensions=(
            Extension(1, "offered", 2, date(2027, 5, 31), date(2027, 7, 31), at(5, 3), "", None, at(5, 4)),
            Extension(2, "own", 3, date(2027, 5, 31), date(2027, 8, 31), at(5, 20), "болезнь", at(5, 20)),
        ),
        recommendations=(
            Recommendation(
                1, "regional", "plan", "Посетить площадку", at(10, 1), name=ZOYA, role="methodist"
            ),
            Recommendation(2, "school", "plan", "Лишнее", at(10, 2), declined_at=at(10, 3)),
            Recommendation(3, "municipal", "goals", "Начать с оценивания", at(10, 4), post="методист ММС"),
        ),
        signatories=(
            Signatory(1, "agree", "Заместитель директора", "Гимназия «Берег»", GALINA, 7),
            Signatory(2, "approve", "Директор", "Гимназия «Берег»", DMITRY, 8),
        ),
        companions=(Companion(1, 5, BORIS, "учитель", "", at(9, 20), open=True),),
    )


def _lines(lines: dict[str, int]) -> tuple[Line, ...]:
    return (
        Line(lines["Курсы"], LineState.CONFIRMED, at(11, 20)),
        Line(lines["Семинар"], LineState.PARTLY, at(11, 21), left="второй день"),
        Line(lines["Открытый показ"], LineState.NOT_DONE, at(11, 22), reason="no_place"),
        Line(lines["Чтение"], LineState.CLAIMED, at(11, 22)),
        Line(lines["Стажировка"], LineState.REPLACED, at(12, 2)),
    )


def _decisions() -> tuple[Decision, ...]:
    return (
        Decision(1, "sent", at(9, 20)),
        Decision(2, "agreed", at(9, 21), step="agree", person_id=7, name=GALINA),
        Decision(3, "returned", at(9, 22), step="approve", person_id=8, name=DMITRY),
        Decision(4, "sent", at(9, 23)),
        Decision(5, "agreed", at(9, 24), step="agree", person_id=7, name=GALINA),
        Decision(6, "agreed", at(9, 25, 22), step="approve", person_id=8, name=DMITRY),
        Decision(7, "returned", at(11, 21), entry_id=1, role="mentor", name=BORIS),
        Decision(8, "agreed", at(12, 1), correction_id=1, role="mentor", name=BORIS),
        Decision(9, "agreed", at(12, 2), correction_id=1, role="methodist", name=ZOYA),
        Decision(10, "concluded", at(5, 25), role="methodist", name=ZOYA),
        Decision(11, "agreed", at(5, 26), step="conclusion", role="head", name=DMITRY),
        Decision(12, "acknowledged", at(5, 27), step="conclusion"),
    )


def _corrections(lines: dict[str, int]) -> tuple[Correction, ...]:
    moved, new = Wanted({"period": DECEMBER}).stored(), Wanted({"title": "Наставничество"}).stored()
    return (
        Correction(
            1,
            "move",
            "applied",
            3,
            "workload",
            at(11, 30),
            lines["Вебинар"],
            moved,
            applied_at=at(12, 3),
            acknowledged_at=at(12, 3),
        ),
        Correction(
            2,
            "replace",
            "applied",
            3,
            "так полезнее",
            at(12, 4),
            lines["Стажировка"],
            new,
            applied_at=at(12, 5),
        ),
        Correction(3, "cancel", "rejected", 1, "передумала", at(12, 6), lines["Чтение"]),
    )
