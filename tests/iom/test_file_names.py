"""File names of cards: a surname and initials, never a path, never twice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.iom.file_names import card_name, year_of
from bot.iom.period import Period

CODE = "П-7K2M"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Светлова Анна Ильинична", "Светлова_АИ_ИОМ_2026-27.docx"),
        ("Мамин-Сибиряк Пётр", "Мамин-Сибиряк_П_ИОМ_2026-27.docx"),
        ("Алиев Али Вели оглы", "Алиев_АВ_ИОМ_2026-27.docx"),
        ("П-7K2M", "П-7K2M_ИОМ_2026-27.docx"),
        ("", "П-7K2M_ИОМ_2026-27.docx"),
        ("../../etc/passwd", "etc_P_ИОМ_2026-27.docx"),
        ("CON", "П-7K2M_ИОМ_2026-27.docx"),
        ("...", "П-7K2M_ИОМ_2026-27.docx"),
        ("\u202eгпж.exe\x00", "гпж_E_ИОМ_2026-27.docx"),
    ],
)
def test_a_name_is_a_name_of_a_file(name: str, said: str) -> None:
    assert card_name(name, CODE, "2026-27", set()) == said


def test_namesakes_are_told_apart_in_any_case() -> None:
    taken: set[str] = set()
    for name in ("Светлова Анна", "СВЕТЛОВА Анна", "Светлова Алла"):
        taken.add(card_name(name, CODE, "2026-27", taken).casefold())
    assert len(taken) == 3
    assert "светлова_а_иом_2026-27_3.docx" in taken


@given(st.text(max_size=300))
def test_nothing_but_letters_reaches_the_disk(name: str) -> None:
    made = card_name(name, CODE, "2026-27", set())
    assert not set(made) & set('\\/:*?"<>|\0\n\r\t')
    assert not made.startswith((".", "-", " "))
    assert len(made.encode()) < 255
    assert made.endswith("_ИОМ_2026-27.docx")


@pytest.mark.parametrize(
    ("term", "said"),
    [(Period(date(2026, 10, 1), date(2027, 5, 31)), "2026-27"), (None, "2025-26")],
)
def test_the_year_is_a_school_year(term: Period | None, said: str) -> None:
    assert year_of(term, date(2026, 2, 1)) == said
