"""Whole conversations of both regulations, from /start to the finished card."""

import io

import docx
import pytest

from tests.stage import Play


@pytest.mark.parametrize(
    ("name", "slug", "surname"), [("Анна", "stavropol", "Светлова"), ("Вера", "ust_ilimsk", "Лугова")]
)
async def test_a_teacher_walks_to_the_finished_card(play: Play, name: str, slug: str, surname: str) -> None:
    teacher = await play.walks(name, slug, until="")
    final = next(file for file in teacher.documents if file.name == f"IOM-{slug}.docx")
    words = "\n".join(
        cell.text for table in docx.Document(io.BytesIO(final.data)).tables for cell in table._cells
    )
    whole = words + "\n".join(p.text for p in docx.Document(io.BytesIO(final.data)).paragraphs)
    assert surname in whole
    teacher.never_sees("дефицит высокий")


async def test_the_table_holds_what_the_phone_said(play: Play) -> None:
    await play.walks("Анна", "stavropol", until="Остальное, по три вопроса")
    facts = await play.facts("Анна")
    assert facts is not None
    assert facts.text("subject") == "математика"
    assert len(facts.rows("plan")) == 3
    task = facts.rows("tasks")[0]
    assert facts.text("expected", task.id) == "49 % → 70 %"
