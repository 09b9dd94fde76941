"""A young teacher's long route of nine areas, in its third year: everything of 003 п. 4.2.1 has been said."""

from dataclasses import replace
from datetime import date

from bot.iom.corrections import Wanted
from bot.iom.facts import State, Value
from bot.iom.journey import Companion, Correction, Journey, Line, LineState
from bot.iom.period import Period, to_value
from tests.rules.memory import Walker
from tests.rules.travelled import ANNA, BORIS, DECEMBER, at

PARTS = {
    "Курсы «Оценивание, которое помогает учиться», 72 часа": "study",
    "Проба: урок-исследование во дворе школы": "trial",
    "Проект «Село глазами детей» с исследованием мотивации": "project",
    "Посещение уроков наставника и общий разбор": "measure",
    "Вебинар, часть которого ещё не выбрана": "",
}


def masha() -> tuple[Walker, Journey]:
    """Her route and what happened to its lines."""
    walker = Walker("znamenka")
    walker.answers(
        full_name=ANNA,
        position="учитель",
        subject="математика",
        org_name="Гимназия «Берег»",
        experience=2,
        ideal_self="Веду урок так, что дети спрашивают и спорят по делу; коллеги приходят за советом",
        context="Сельская школа, в классе 9 человек, есть лаборатория и свой сад",
        learning_request="Увидеть, как наставник начинает урок в шумном классе",
        term={"from": "2026-09-01", "to": "2030-08-31"},
        reflection_image="Веду любой класс спокойно",
        reflection_final="Научилась просить о помощи",
        conclusion="Маршрут пройден.\nРекомендуется включить в базу наставников.",
    )
    levels = zip(walker.regulation.blocks, ("low", "medium", "high") * 3, strict=True)
    walker.adds("diagnoses", self_scores={block: {"self": level} for block, level in levels})
    for area, text in (("health", "Веду картотеку пауз"), ("subject", "Трое призёров олимпиады")):
        walker.adds("strengths", strong_area=area, achievement=text, resource="Терпение и юмор")
    walker.adds("troubles", trouble_area="psych_ped", trouble="Трудно начать разговор с родителями")
    lines = _plan(walker)
    walker.facts = replace(walker.facts, state=State.CONCLUSION)
    return walker, _journey(lines)


def _plan(walker: Walker) -> dict[str, int]:
    points = [
        walker.adds("growth", growth_point=key, hinders=["time"]) for key in ("methodical", "psych_ped")
    ]
    for point in points:
        walker.adds("tasks", point, task="Освоить формирующее оценивание", expected="4 открытых урока")
        walker.answers(point, reflection_point="Сначала повторяла за наставником, потом нашла своё")
    lines = {}
    for number, (title, part) in enumerate(PARTS.items()):
        when = to_value(Period(date(2026, 10 + number % 3, 1), date(2026, 10 + number % 3, 28)))
        row = walker.adds("plan", points[number % 2], title=title, organiser="наставник", period=when)
        said: dict[str, Value] = {"part": part} if part else {}
        said |= {"result_form": "разработки занятий", "achieved": "Разработки трёх занятий"}
        walker.answers(row, **said, reflection="Довольна: дети просят ещё")
        lines[title] = row
    _programme(walker)
    return lines


def _programme(walker: Walker) -> None:
    walker.adds(
        "programmes",
        programme_title="Оценивание, которое помогает учиться",
        programme_term={"from": "2026-10-01", "to": "2027-05-31"},
        programme_form="teachers",
        programme_kind=["classic", "remote"],
        programme_people="наставник и педагог-психолог",
        programme_direction=["teaching", "lessons"],
        programme_events="Посещение 4 уроков наставника – октябрь\nСовместный урок – февраль",
        programme_strengths="Умение увлечь детей проектом",
        programme_order="распоряжение от 25.11.2026 № 41",
    )


def _journey(lines: dict[str, int]) -> Journey:
    course, trial = list(lines.values())[:2]
    moved = Wanted({"period": DECEMBER}).stored()
    return Journey(
        lines={course: Line(course, LineState.CONFIRMED, at(11, 20))},
        corrections=(
            Correction(1, "move", "applied", 0, "request", at(11, 30), trial, moved, applied_at=at(12, 3)),
        ),
        companions=(Companion(1, 5, BORIS, "учитель", "", at(9, 20), open=True),),
    )
