"""Scores of all blocks in one message, whole numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.iom.numbers import (
    NumberError,
    NumberProblem,
    ScoreFault,
    ScoresError,
    parse_integer,
    parse_scores,
    scores_value,
)
from tests.iom.blocks import BLOCKS, COMPETENCE_LEVEL, DEFICIT_PERCENT, block

PIECES = "П М ПП К ИКТ 49 50% 59,6 101 -5 60/45/30 1/2 , ; : - — = предметные метод. ХЗ (80)"


def totals(text: str) -> dict[str, float]:
    return {block: columns["total"] for block, columns in parse_scores(text, BLOCKS, DEFICIT_PERCENT).items()}


def faults(text: str) -> list[tuple[ScoreFault, str, str]]:
    with pytest.raises(ScoresError) as caught:
        parse_scores(text, BLOCKS, DEFICIT_PERCENT)
    return [(problem.fault, problem.piece, problem.block) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        "П 49, М 50, ПП 67",
        "п49 м50 пп67",
        "П-49; М - 50; ПП — 67",
        "П: 49%, М: 50 %, ПП: 67%",
        "Предметные 49%; методические - 50; психолого-педагогические – 67",
        "предметнык 49, метод. 50, психолого педагогические 67",
        "предметная 49 методическая 50 психология 67",
        "49 П, 50 М, 67 ПП",
        "49% - предметные, 50% - методические, 67% - психолого-педагогические",
        "П 49 процентов, М 50 баллов, ПП 67",
        "П (49)\nМ (50)\nПП (67)",
        "subject 49, M 50, psych_ped 67",
    ],
)
def test_blocks_by_name(text: str) -> None:
    assert totals(text) == {"subject": 49, "methodical": 50, "psych_ped": 67}


@pytest.mark.parametrize(
    "text",
    [
        "49 50 67 12 80",
        "49,50,67,12,80",
        "49% 50% 67% 12% 80%",
        "49\n50\n67\n12\n80",
        "49 - 50 - 67 - 12 - 80",
    ],
)
def test_a_number_for_every_block_in_printed_order(text: str) -> None:
    assert list(totals(text).items()) == [
        ("subject", 49),
        ("methodical", 50),
        ("psych_ped", 67),
        ("communicative", 12),
        ("ict", 80),
    ]


def test_a_name_may_hold_commas_and_prepositions() -> None:
    blocks = (block("talk", "В", "Взаимодействие с семьями", "с детьми, родителями, коллегами"), *BLOCKS)
    found = parse_scores("П 49, с детьми, родителями, коллегами 50", blocks, DEFICIT_PERCENT)
    assert found == {"subject": {"total": 49}, "talk": {"total": 50}}
    levels = scores_value("взаимодействие с семьями низкий, П высокий", blocks, COMPETENCE_LEVEL)
    assert levels == {"talk": {"level": "low"}, "subject": {"level": "high"}}


def test_percent_are_kept_as_typed() -> None:
    assert totals("П 59,6 М 80.5") == {"subject": 59.6, "methodical": 80.5}


def test_columns_of_difficulty_with_and_without_the_total() -> None:
    parsed = parse_scores("П 60/45/30, М 60 / 45 / 30 / 49", BLOCKS, DEFICIT_PERCENT)
    parts = {"low": 60, "medium": 45, "high": 30}
    assert parsed == {"subject": parts, "methodical": {**parts, "total": 49}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(ScoreFault.EMPTY, "", "")]),
        (" , ; ", [(ScoreFault.EMPTY, "", "")]),
        ("х" * 601, [(ScoreFault.LONG_TEXT, "", "")]),
        ("П 101", [(ScoreFault.OUT_OF_RANGE, "п", "subject")]),
        ("П: -5", [(ScoreFault.OUT_OF_RANGE, "п", "subject")]),
        ("П 49 п 50", [(ScoreFault.TWICE, "п", "subject")]),
        ("П 60/45", [(ScoreFault.WRONG_COUNT, "п", "subject")]),
        ("Ж 40", [(ScoreFault.UNKNOWN_BLOCK, "ж", "")]),
        ("привет", [(ScoreFault.NO_NUMBER, "привет", "")]),
        ("П 49, М -, ПП 67", [(ScoreFault.NO_NUMBER, "м", "")]),
        ("П 49 50", [(ScoreFault.NO_NAME, "", "")]),
        ("49 50 67", [(ScoreFault.NO_NAME, "49 50 67", "")]),
    ],
)
def test_it_tells_what_was_not_understood(text: str, expected: list[tuple[ScoreFault, str, str]]) -> None:
    assert faults(text) == expected


def test_what_was_clear_is_not_lost() -> None:
    with pytest.raises(ScoresError) as caught:
        parse_scores("П 49, Ж 40", BLOCKS, DEFICIT_PERCENT)
    assert caught.value.understood == {"subject": {"total": 49}}


@pytest.mark.parametrize(
    "text",
    [
        "П низкий, М средний, ПП высокий",
        "п - низкий; м - среднй; пп - высокая",
        "Предметные низкий методические средний психолого-педагогические высокий",
        "П начнём с этого, М есть куда расти, ПП ваша опора",
    ],
)
def test_levels_by_name(text: str) -> None:
    assert scores_value(text, BLOCKS, COMPETENCE_LEVEL) == {
        "subject": {"level": "low"},
        "methodical": {"level": "medium"},
        "psych_ped": {"level": "high"},
    }


def test_a_level_for_every_block_in_printed_order() -> None:
    found = scores_value("низкий средний высокий низкий средний", BLOCKS, COMPETENCE_LEVEL)
    assert [*found.values()] == [{"level": level} for level in ("low", "medium", "high", "low", "medium")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ScoreFault.EMPTY),
        ("П", ScoreFault.UNKNOWN_LEVEL),
        ("П так себе", ScoreFault.UNKNOWN_LEVEL),
        ("низкий", ScoreFault.NO_NAME),
        ("Ж низкий", ScoreFault.UNKNOWN_BLOCK),
        ("П низкий П низкий", ScoreFault.TWICE),
        ("х" * 601, ScoreFault.LONG_TEXT),
    ],
)
def test_it_tells_which_level_was_not_understood(text: str, fault: ScoreFault) -> None:
    with pytest.raises(ScoresError) as caught:
        scores_value(text, BLOCKS, COMPETENCE_LEVEL)
    assert [problem.fault for problem in caught.value.problems] == [fault]


@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join))
def test_whatever_is_typed_scores_are_percent_of_known_blocks(text: str) -> None:
    known = {block.key for block in BLOCKS}
    try:
        found = parse_scores(text, BLOCKS, DEFICIT_PERCENT)
    except ScoresError:
        return
    assert found
    assert set(found) <= known
    assert all(0 <= value <= 100 for columns in found.values() for value in columns.values())


@given(st.text(max_size=200))
def test_whatever_is_typed_levels_are_known(text: str) -> None:
    try:
        found = scores_value(text, BLOCKS, COMPETENCE_LEVEL)
    except ScoresError:
        return
    assert all(
        level in ({"level": "low"}, {"level": "medium"}, {"level": "high"}) for level in found.values()
    )


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=len(BLOCKS)))
def test_scores_written_out_are_read_back(tenths: list[int]) -> None:
    scores = {block.key: tenth / 10 for block, tenth in zip(BLOCKS, tenths, strict=False)}
    text = "; ".join(f"{block.title} {scores[block.key]}" for block in BLOCKS if block.key in scores)
    assert totals(text) == scores
    assert totals(text.replace(".", ",")) == scores


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("12 лет", 12), ("стаж: 7", 7), (" 0 ", 0), ("１２", 12), ("5 г.", 5), ("36 ч.", 36)],
)
def test_a_whole_number(text: str, number: int) -> None:
    assert parse_integer(text, 0, 70) == number


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", NumberProblem.NOT_A_NUMBER),
        ("много", NumberProblem.NOT_A_NUMBER),
        ("12 лет 5 мес", NumberProblem.NOT_A_NUMBER),
        ("9" * 50, NumberProblem.NOT_A_NUMBER),
        ("1" * 70, NumberProblem.NOT_A_NUMBER),
        ("10,5", NumberProblem.NOT_WHOLE),
        ("10.5 лет", NumberProblem.NOT_WHOLE),
        ("-3", NumberProblem.TOO_SMALL),
        ("71", NumberProblem.TOO_BIG),
    ],
)
def test_it_says_why_a_text_is_no_whole_number(text: str, problem: NumberProblem) -> None:
    with pytest.raises(NumberError) as caught:
        parse_integer(text, 0, 70)
    assert caught.value.problem is problem


@given(st.text(max_size=100))
def test_any_text_is_a_number_within_limits_or_a_number_error(text: str) -> None:
    try:
        assert 0 <= parse_integer(text, 0, 70) <= 70
    except NumberError:
        return
