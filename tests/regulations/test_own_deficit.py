"""`own_deficit`: the words that let a diagnosis name competences beside the blocks."""

import pytest

from bot.iom.regulation_file import RegulationError, parse
from tests.regulations.given import given, source

WORDS = 'own_deficit = "Недостаточный уровень компетенции: {name}"'


def test_only_004_lets_competences_be_named_freely() -> None:
    assert given("ust_ilimsk").names_own
    assert not given("stavropol").names_own
    assert not given("tiny").names_own, "a scale of levels alone is not enough"


@pytest.mark.parametrize("words", ["Недостаточный уровень", "{name} и {name}", "{title}", "{ name }"])
def test_the_place_of_the_name_is_marked_once(words: str) -> None:
    spoilt = source("ust_ilimsk").replace(WORDS, f'own_deficit = "{words}"')
    with pytest.raises(RegulationError, match=r"нужно одно \{name\}") as refused:
        parse(spoilt, "ust_ilimsk")
    assert spoilt.splitlines()[refused.value.line - 1].startswith("own_deficit")


def test_a_scale_of_percent_has_no_place_for_them() -> None:
    spoilt = f"{WORDS}\n{source('stavropol')}"
    with pytest.raises(RegulationError, match="только у шкалы уровней"):
        parse(spoilt, "stavropol")
