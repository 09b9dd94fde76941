"""What the deputy types of pupils' results: aggregates only."""

import pytest

from bot.iom import pupils
from bot.iom.asked import Refused
from bot.iom.school import settings_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Математика 62", ("Математика", 62.0)),
        ("Русский язык: 58,5 %", ("Русский язык", 58.5)),
        ("ОБЖ и ИЗО – 100%", ("ОБЖ и ИЗО", 100.0)),
        ("ВПР, 5 класс = 0", ("ВПР, 5 класс", 0.0)),
    ],
)
def test_a_name_and_a_percent(text: str, expected: tuple[str, float]) -> None:
    assert pupils.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("62", "not_pupils"),
        ("Математика", "not_pupils"),
        ("", "not_pupils"),
        ("Математика 101", "not_percent"),
        ("Иванов Пётр 54", "a_person"),
        ("Иванов П. 54", "a_person"),
        (f"{'щ' * 61} 5", "too_long"),
    ],
)
def test_anything_else_is_refused(text: str, reason: str) -> None:
    found = pupils.parse(text)
    assert isinstance(found, Refused)
    assert found.reason == reason


def test_the_same_name_is_written_over_and_twenty_are_enough() -> None:
    many = {f"Предмет {n}": 50.0 for n in range(pupils.MOST)}
    assert pupils.put({"Математика": 50.0}, "математика ", 60.0) == {"математика ": 60.0}
    assert isinstance(pupils.put(many, "Ещё", 1.0), Refused)
    again = pupils.put(many, "предмет 3", 1.0)
    assert isinstance(again, dict)
    assert (len(again), again["предмет 3"]) == (pupils.MOST, 1.0)


def test_settings_keep_them_by_year() -> None:
    stored = {"pupils": {"2026/2027": {"Математика": 62, "ложь": 400}, "x": 3}, "чужое": 1}
    settings = settings_of(stored)
    assert settings.pupils == {"2026/2027": {"Математика": 62.0}}
    assert settings.stored() == {"pupils": {"2026/2027": {"Математика": 62.0}}, "чужое": 1}
