"""The search forgives what people type."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.iom.search import find
from tests.iom.test_catalogue_file import shipped

EVENTS = (*shipped("demo.toml", date(2026, 11, 22)), *shipped("forms.toml", date(2026, 11, 22)))


def titles(query: str) -> list[str]:
    return [event.title for event in find(query, EVENTS)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("функцианальная", "Функциональная грамотность: задания своими руками"),
        ("грамотность функциональной", "Функциональная грамотность: задания своими руками"),
        ("ФУНКЦИОНАЛЬНАЯ ГРАМОТНОСТЬ", "Функциональная грамотность: задания своими руками"),
        ("обучающимся олимпиады подготовка", "Подготовка обучающихся к олимпиаде"),
        ("собрание родительское", "Родительское собрание в новой форме"),
        ("ребёнок сдвг", "Ребёнок с СДВГ на уроке: десять простых решений"),
        ("ребенок СДВГ", "Ребёнок с СДВГ на уроке: десять простых решений"),
        ("выгарание", "Эмоциональное выгорание: тренинг восстановления сил"),
        ("нейросеть", "Нейросети в работе педагога: польза и осторожность"),
        ("python", "Программирование на Python для учителя информатики"),
        ("пайтон python программирование", "Программирование на Python для учителя информатики"),
        ("воспитатель игра", "Игра как основа дня: позиция воспитателя"),
        ("yfcnfdybr", "Наставник и молодой коллега: как договориться о работе"),
    ],
)
def test_it_finds_what_was_meant_first(typed: str, meant: str) -> None:
    assert titles(typed)[0] == meant


def test_a_forgotten_keyboard_layout_finds_the_same() -> None:
    assert titles("vfntvfnbrf") == titles("математика") != []


def test_short_words_are_not_confused() -> None:
    assert "Аргументация в ОГЭ по обществознанию" in titles("огэ")
    assert "Аргументация в ОГЭ по обществознанию" not in titles("егэ")


def test_nothing_asked_is_everything_and_nonsense_is_nothing() -> None:
    assert find("", EVENTS) == EVENTS
    assert find("щщщщщ", EVENTS) == ()
    assert find("!?", EVENTS) == ()


@given(st.text(max_size=300))
def test_it_finds_only_what_there_is_and_never_fails(query: str) -> None:
    found = find(query, EVENTS)
    assert set(found) <= set(EVENTS)
    assert len(set(found)) == len(found)
