"""Interim monitoring on paper: an addition where it was answered, nothing where it was not."""

from dataclasses import replace
from datetime import date

import pytest

from bot.iom import blocks
from bot.iom.card import card_of, without_told
from bot.iom.card_rows import table_rows
from bot.iom.card_sources import Sources
from bot.iom.checkpoint import Checkpoint, Interim
from bot.iom.journey import EMPTY, Journey
from tests.regulations.given import REAL
from tests.rules.memory import Walker
from tests.rules.travelled import ANNA, ZOYA, anna, at, journey

SAID = "Уроки стали спокойнее"


def watched(slug: str) -> tuple[Walker, Journey, dict[str, int]]:
    """Anna was asked in March; Zoya has drawn the conclusion."""
    walker, _ = anna(slug)
    lines = {walker.facts.text("title", row.id): row.id for row in walker.facts.rows("plan")}
    one = Checkpoint(
        1,
        "monitoring/1/2027-03-01",
        "monitoring",
        date(2027, 3, 1),
        at(3, 1),
        entry_id=lines["Вебинар"],
        answers=(
            Interim(lines["Чтение"], "have"),
            Interim(lines["Вебинар"], "told", "прошла половину", "no_place", "yes"),
            Interim(lines["Курсы"], "not_yet", hinders="nothing"),
            Interim(lines["Семинар"], ""),
            Interim(10**6, "have"),
        ),
        text=SAID,
        answered_at=at(3, 4, 22),  # the 5th already, where the school is
        judged_at=at(3, 6),
        verdict="lacking",
        form="fits",
        recommendation="Взять вечернюю группу",
        role="methodist",
        name=ZOYA,
        post="региональный методист",
    )
    return walker, Journey(checkpoints=(one,)), lines


def rows(walker: Walker, told: Journey, which: str = "monitoring") -> tuple[dict[str, str], ...]:
    return tuple(dict(row) for row in table_rows(Sources(walker.regulation, walker.facts, told), which))


def test_what_was_said_and_concluded() -> None:
    walker, told, _ = watched("stavropol")
    assert rows(walker, told) == (
        {
            "n": "1",
            "monitoring.on": "05.03.2027",
            "monitoring.answers": "Чтение – результат есть\n"
            "Вебинар – прошла половину (не было свободных мест)\n"
            "Курсы – результата пока нет",
            "monitoring.verdict": "недостаточен",
            "monitoring.form": "соответствует",
            "monitoring.recommendation": "Вебинар: Взять вечернюю группу",
            "monitoring.by": f"региональный методист, {ZOYA}",
        },
    )


def test_what_nobody_has_judged_leaves_room_for_the_pen() -> None:
    walker, told, _ = watched("stavropol")
    waits = replace(told.checkpoints[0], judged_at=None, verdict="", form="", recommendation="", name="")
    (row,) = rows(walker, Journey(checkpoints=(waits,)))
    assert (row["monitoring.verdict"], row["monitoring.by"]) == ("", "")
    begun = replace(waits, answered_at=None)
    assert rows(walker, Journey(checkpoints=(begun,))) == ()


def test_reflections_of_the_way_are_rows_of_their_own_and_hidden_where_they_are_not_shared() -> None:
    walker, told, _ = watched("stavropol")
    other = replace(told.checkpoints[0], id=2, kind="reflection", text="Ещё спокойнее")
    lesson = replace(other, id=3, kind="transfer", text="Парная работа")
    skipped = replace(other, id=4, text="")
    both = Journey(checkpoints=(*told.checkpoints, other, lesson, skipped))
    assert [(row["n"], row["reflection.text"]) for row in rows(walker, both, "reflections")] == [
        ("1", SAID),
        ("2", "Ещё спокойнее"),
    ]
    assert rows(walker, without_told(both), "reflections") == ()
    assert rows(walker, without_told(both)) == rows(walker, both)


@pytest.mark.parametrize("slug", REAL)
def test_a_card_has_it_once_it_was_answered(slug: str) -> None:
    walker, told, _ = watched(slug)
    printed = [table for table in _tables(walker, told) if "прошла половину" in str(table.rows)]
    assert len(printed) == 1
    assert "недостаточен" in str(printed[0].rows)
    assert SAID not in str(_tables(walker, told))
    assert len(_tables(walker, told)) == len(_tables(walker, EMPTY)) + 1


@pytest.mark.parametrize("slug", REAL)
def test_marks_and_reasons_stand_beside_the_lines(slug: str) -> None:
    """001 Приложение 1, §2; 004 «Результат»."""
    walker, _, lines = watched(slug)
    words = str([table.rows for table in _tables(walker, journey(lines))])
    for expected in (
        "выполнено – удостоверение № 17",
        "не выполнено",
        "не было свободных мест",
        "перенесено",
    ):
        assert expected in words, expected


def _tables(walker: Walker, told: Journey) -> list[blocks.Table]:
    document = card_of(walker.regulation, walker.facts, told)
    return [block for block in document.blocks if isinstance(block, blocks.Table)]


def test_a_name_is_not_printed_where_names_are_not_kept() -> None:
    walker, told, _ = watched("stavropol")
    walker.facts = replace(walker.facts, keeps_names=False)
    assert rows(walker, told)[0]["monitoring.by"] == "региональный методист"
    assert ANNA not in str(rows(walker, told))
