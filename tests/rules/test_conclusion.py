"""What lacks before the conclusion, and the data it is drafted from: before and after, done, reasons."""

from dataclasses import replace

import pytest

from bot.iom.conclusion import Completion, Digest, LineFact, Product, completion, digest_of
from bot.iom.dynamics import dynamics, open_points, positive
from bot.iom.journey import EMPTY, Journey, LineState
from tests.rules.between import (
    NOW,
    carried_out,
    correction,
    decision,
    extension,
    finishing,
    line,
    lines,
    living,
)
from tests.rules.memory import Walker

ALL_OF_IT = ("lines", "final_event", "reflection", "final_diagnosis", "product")
CONFIRMED = LineState.CONFIRMED


def ends(slug: str = "stavropol", **life: object) -> Walker:
    """Anna at the end of her route."""
    walker = carried_out(slug)
    walker.regulation = living(finishing(walker.regulation), **life)
    walker.answers(has_diagnosis="yes")
    return walker


def lacks(walker: Walker, journey: Journey = EMPTY) -> set[str]:
    """What of everything is not there."""
    rule = living(walker.regulation, completion={"all": ALL_OF_IT})
    return set(completion(rule, walker.facts, journey).lacks)


def facts_of(walker: Walker, journey: Journey = EMPTY) -> Digest:
    return digest_of(walker.regulation, walker.facts, journey)


# --- Completion -----------------------------------------------------------------------------------------


def test_at_first_everything_lacks_in_the_order_of_the_regulation() -> None:
    anna = ends(completion={"all": ALL_OF_IT, "clause": "001 этап 6"})
    found = completion(anna.regulation, anna.facts, EMPTY)
    assert found == Completion(ALL_OF_IT, (), "001 этап 6")
    assert not found.done


def test_a_regulation_that_asks_for_nothing_is_content() -> None:
    anna = ends()
    assert completion(anna.regulation, anna.facts, EMPTY).done


def test_one_of_two_is_enough() -> None:
    """004 п. 1.11: the product and (or) the exit diagnosis (C18)."""
    anna = ends("ust_ilimsk", completion={"any": ("product", "final_diagnosis")})
    assert completion(anna.regulation, anna.facts, EMPTY).either == ("product", "final_diagnosis")
    anna.adds("products", product="сценарий", verdict="remains")
    assert completion(anna.regulation, anna.facts, EMPTY).done, "whichever the verdict is"


@pytest.mark.parametrize("state", LineState)
def test_every_line_is_closed(state: LineState) -> None:
    anna = ends()
    done, row = anna.adds("plan", title="Семинар"), anna.adds("plan", title="Курсы")
    journey = Journey(lines=lines(**{f"_{done}": CONFIRMED, f"_{row}": state}))
    assert ("lines" in lacks(anna, journey)) == (state in {"planned", "claimed", "returned"})


def test_the_final_event_is_marked_by_a_decision_or_an_answer() -> None:
    anna = ends()
    assert "final_event" not in lacks(anna, Journey(decisions=(decision("mark"),)))
    anna.answers(final_done="no")
    assert "final_event" in lacks(anna)
    anna.answers(final_done="yes")
    assert "final_event" not in lacks(anna)


def test_nothing_to_add_is_a_reflection_too() -> None:
    anna = ends()
    anna.on("reflection").skips()
    assert "reflection" not in lacks(anna)


def test_of_lines_only_those_that_took_place_are_reflected_on() -> None:
    anna = ends()
    anna.answers(reflection="получилось")
    row = anna.adds("plan", title="Семинар")
    assert "reflection" not in lacks(anna, line(row, LineState.NOT_DONE))
    assert "reflection" in lacks(anna, line(row, CONFIRMED))
    anna.answers(row, reflection_line="пригодилось")
    assert "reflection" not in lacks(anna, line(row, CONFIRMED))


def test_an_exit_diagnosis_has_results() -> None:
    anna = ends()
    row = anna.adds("diagnoses_final", final_taken_on="2027-05-20")
    assert "final_diagnosis" in lacks(anna)
    anna.answers(row, final_scores={"subject": {"total": 70.0}})
    assert "final_diagnosis" not in lacks(anna)


# --- Before and after -----------------------------------------------------------------------------------


def test_percents_are_compared_raw() -> None:
    anna = ends()
    anna.adds(
        "diagnoses",
        scores={"subject": {"total": 49.0}, "ict": {"total": 59.6}, "methodical": {"total": 70.0}},
    )
    anna.adds("diagnoses_final", final_scores={"subject": {"total": 70.0}, "ict": {"total": 59.6}})
    found = {one.key: one for one in dynamics(anna.regulation, anna.facts)}
    assert [key for key in anna.regulation.blocks if key in found] == list(found)
    assert (found["subject"].rise, found["subject"].points) == (1, 21.0)
    assert (found["ict"].rise, found["ict"].points) == (0, 0.0)
    before = found["subject"].before
    assert before is not None
    assert before.level is not None
    assert before.level.key == anna.regulation.scale.level(49.0).key
    methodical = next(one for one in found.values() if one.key not in {"subject", "ict"})
    assert (methodical.after, methodical.rise) == (None, None)
    assert positive(anna.regulation, anna.facts) is True


def test_levels_are_compared_by_their_order() -> None:
    anna = ends("ust_ilimsk")
    anna.adds("diagnoses", scores={"ict": {"level": "low"}, "subject": {"level": "high"}})
    anna.adds("diagnoses_final", final_scores={"ict": {"level": "high"}, "subject": {"level": "medium"}})
    rises = {one.key: (one.rise, one.points) for one in dynamics(anna.regulation, anna.facts)}
    assert rises == {"ict": (1, None), "subject": (-1, None)}
    assert positive(anna.regulation, anna.facts) is False, "something fell"


def test_the_newest_exit_diagnosis_counts() -> None:
    anna = ends()
    anna.adds("diagnoses", scores={"ict": {"total": 50.0}})
    anna.adds("diagnoses_final", final_scores={"ict": {"total": 90.0}}, final_taken_on="2027-05-20")
    anna.adds("diagnoses_final", final_scores={"ict": {"total": 40.0}}, final_taken_on="2027-05-10")
    (one,) = dynamics(anna.regulation, anna.facts)
    assert one.points == 40.0


def test_a_self_assessment_is_not_compared_with_a_test() -> None:
    anna = ends("ust_ilimsk")
    anna.answers(has_diagnosis="no")
    level = anna.regulation.scale.self_levels[0].key
    anna.adds("diagnoses", self_scores={"ict": {"self": level}})
    anna.adds("diagnoses_final", final_scores={"ict": {"level": "high"}})
    (one,) = dynamics(anna.regulation, anna.facts)
    assert one.before is not None
    assert one.after is not None
    assert (one.before.tested, one.after.tested, one.rise) == (False, True, None)
    assert positive(anna.regulation, anna.facts) is None


def test_own_competences_are_compared_too() -> None:
    anna = ends("ust_ilimsk")
    if not anna.regulation.names_own:
        anna.regulation = anna.regulation.model_copy(update={"own_deficit": "Недостаёт: {name}"})
    anna.adds("diagnoses", scores={"Сопровождение семьи": {"level": "low"}})
    anna.adds("diagnoses_final", final_scores={"Сопровождение семьи": {"level": "medium"}})
    (one,) = dynamics(anna.regulation, anna.facts)
    assert (one.key, one.title, one.rise) == ("Сопровождение семьи", "Сопровождение семьи", 1)


# --- Open points of growth ------------------------------------------------------------------------------


def growing(walker: Walker, before: float, after: float, expected: str = "") -> int:
    point = walker.adds("growth", growth_point="ict")
    walker.adds("tasks", point, task="Освоить таблицы", expected=expected)
    walker.adds("diagnoses", scores={"ict": {"total": before}})
    walker.adds("diagnoses_final", final_scores={"ict": {"total": after}})
    return point


@pytest.mark.parametrize(
    ("after", "expected", "closed"),
    [
        (81.0, "", True),
        (80.9, "", False),
        (70.0, "49 % → 70 %", True),
        (69.9, "49 % → 70 %", False),
        (71.0, "довести до 70 %", True),
        (70.0, "3 урока", False),
    ],
)
def test_a_point_is_closed_by_the_best_level_or_the_goal(after: float, expected: str, closed: bool) -> None:
    anna = ends()
    point = growing(anna, 49.0, after, expected)
    assert open_points(anna.regulation, anna.facts, EMPTY) == (() if closed else (point,))


@pytest.mark.parametrize("state", LineState)
def test_without_an_exit_result_the_plan_tells(state: LineState) -> None:
    anna = ends()
    point = anna.adds("growth", growth_point="ict")
    row, gone = anna.adds("plan", point, title="Семинар"), anna.adds("plan", point, title="Курсы")
    journey = Journey(lines=lines(**{f"_{row}": state, f"_{gone}": LineState.REPLACED}))
    left = open_points(anna.regulation, anna.facts, journey)
    assert left == (() if state is CONFIRMED else (point,))


# --- The digest -----------------------------------------------------------------------------------------


def test_done_of_total_and_what_was_said_of_the_rest() -> None:
    reasons = [{"key": "ill", "title": "Болезнь", "official": "по болезни"}]
    anna = ends(not_done=reasons)
    rows = {title: anna.adds("plan", title=title) for title in "АБВГДЕЖ"}
    told = {
        **line(rows["А"], CONFIRMED).lines,
        **line(rows["Б"], LineState.PARTLY, left="выступить").lines,
        **line(rows["В"], LineState.NOT_DONE, "ill").lines,
        **line(rows["Г"], LineState.NOT_DONE, "группу не набрали").lines,
        **line(rows["Д"], LineState.CANCELLED).lines,
        **line(rows["Е"], LineState.CLAIMED).lines,
    }
    found = facts_of(anna, Journey(lines=told))
    assert (found.done, found.total, found.waiting) == (1, 6, 1)
    assert found.partly == (LineFact(rows["Б"], "Б", "выступить"),)
    assert [one.words for one in found.not_done] == ["по болезни", "группу не набрали"]
    assert found.undone == (LineFact(rows["Ж"], "Ж", ""),)


def test_products_and_their_verdicts() -> None:
    anna = ends()
    for name, verdict in (("сценарий", "eliminated"), ("доклад", "remains"), ("статья", None)):
        anna.adds("products", product=name, verdict=verdict)
    assert facts_of(anna).products == (
        Product("сценарий", "Устранён", True),
        Product("доклад", "Не устранён", False),
        Product("статья"),
    )


def test_open_points_are_worded_officially() -> None:
    anna = ends()
    anna.adds("growth", growth_point="ict")
    assert facts_of(anna).open_points == (anna.regulation.blocks["ict"].deficit,)


def test_corrections_extensions_and_reflections_are_counted() -> None:
    anna = ends()
    anna.answers(reflection="Стало спокойнее")
    done = replace(correction("move", 7, state="applied"), applied_at=NOW)
    journey = Journey(
        corrections=(done, correction("cancel", 7, state="rejected")),
        extensions=(
            extension(2, NOW.date()),
            extension(3, NOW.date(), accepted=False),
        ),
    )
    found = facts_of(anna, journey)
    assert (found.corrections, found.extended_months) == (1, 2)
    assert found.answers == {"reflection": "Стало спокойнее"}


def test_an_empty_route_has_an_empty_digest() -> None:
    found = facts_of(ends())
    assert (found.blocks, found.done, found.total, found.open_points, found.products) == ((), 0, 0, (), ())
    assert found.hours.total == 0
