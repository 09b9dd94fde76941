"""004 names competences freely: what is taken for a name, a level and a percent, and where it shows up."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from bot.iom import competence, own_competences, recommend, summary
from bot.iom.accept_scores import naming, without
from bot.iom.asked import Accepted, Refused, Said
from bot.iom.card import card_of
from bot.iom.facts import Value
from bot.iom.interview import Step
from bot.iom.numbers_own import known_of, parse_named
from bot.iom.numbers_types import ScoresError
from bot.iom.own_competences import LIMIT, own_id
from tests.iom.blocks import BLOCKS, COMPETENCE_LEVEL
from tests.regulations.given import given
from tests.rules.memory import Walker, reason
from tests.rules.tree import column, table

TALK = "Умение вести диалог"
LOW: dict[str, Value] = {"level": "low"}
MEDIUM: dict[str, Value] = {"level": "medium"}
HIGH: dict[str, Value] = {"level": "high"}
PIECES = f"{TALK} С М ПП низкий средний высокий 64% 45 , ; : – ( ) игра 12,5 %".split()


@pytest.fixture
def olga() -> Walker:
    """A воспитатель with a diagnosis that is not told yet."""
    walker = Walker("ust_ilimsk")
    walker.answers(has_diagnosis="yes")
    walker.adds("diagnoses")
    return walker


def step(walker: Walker) -> Step:
    return Step("scores", walker.facts.rows("diagnoses")[0].id)


def said(walker: Walker, text: str, about: str = "") -> str:
    """Type about the results; why it was refused, "" when it was not."""
    return reason(walker.takes(step(walker), walker.judged(step(walker), Said(text=text, about=about))))


def told(walker: Walker) -> Value:
    return walker.facts.value("scores", step(walker).row)


# --- What is understood ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{TALK} – средний", {TALK: MEDIUM}),
        (f"{TALK}: средний", {TALK: MEDIUM}),
        (f"{TALK} средний", {TALK: MEDIUM}),
        (f"{TALK} 45 % средний", {TALK: {**MEDIUM, "percent": 45}}),
        (f"{TALK}, 45 %, средний", {TALK: {**MEDIUM, "percent": 45}}),
        (f"{TALK} – средний (45,5%)", {TALK: {**MEDIUM, "percent": 45.5}}),
        (f"{TALK} – низкая", {TALK: LOW}),
        (f"{TALK} – среднй", {TALK: MEDIUM}),
        ("С средний 64 %", {"subject": {**MEDIUM, "percent": 64}}),
        ("С 64 средний", {"subject": {**MEDIUM, "percent": 64}}),
        ("C средний", {"subject": MEDIUM}),  # Latin
        (f"С средний, 64 %, {TALK} низкий", {"subject": {**MEDIUM, "percent": 64}, TALK: LOW}),
        (f"С низкий М средний\n{TALK} – высокий", {"subject": LOW, "methodical": MEDIUM, TALK: HIGH}),
        ("1. Речь – низкий\n2. Игра детей 3–5 лет – высокий", {"Речь": LOW, "Игра детей 3–5 лет": HIGH}),
        ("• Речь – низкий\n• Игра – высокий", {"Речь": LOW, "Игра": HIGH}),
        ("Условия для игры, общения и труда – средний", {"Условия для игры, общения и труда": MEDIUM}),
        ("Опора на интересы детей – низкий", {"Опора на интересы детей": LOW}),
        ("Работа в средней группе – низкий", {"Работа в средней группе": LOW}),
        ("Развивающая среда средняя", {"Развивающая среда": MEDIUM}),
        ("Диалог (речь) – средний", {"Диалог (речь)": MEDIUM}),
        ("икт-компетентность – высокий", {"ict": HIGH}),
        ("цифровые инструменты – высокий", {"ict": HIGH}),
        ("Содержание дошкольного оброзования – низкий", {"subject": LOW}),
        ("метод. низкий", {"methodical": LOW}),
        ("Школа 2100 низкий", {"Школа 2100": LOW}),
        ("scratch низкий", {"Scratch": LOW}),
        ("Общение – низкий", {"Общение": LOW}),
        ("Взаимодействие с семьями детей с ОВЗ – низкий", {"Взаимодействие с семьями детей с ОВЗ": LOW}),
    ],
)
def test_names_levels_and_percent_are_understood(olga: Walker, text: str, value: Value) -> None:
    assert said(olga, text) == ""
    assert told(olga) == value


def test_levels_alone_stand_for_the_blocks_in_printed_order(olga: Walker) -> None:
    said(olga, "низкий средний высокий низкий средний")
    assert told(olga) == dict(zip(olga.regulation.blocks, (LOW, MEDIUM, HIGH, LOW, MEDIUM), strict=True))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("55", "only_percent"),
        ("С 64 %", "only_percent"),
        (f"{TALK} 64 %", "only_percent"),
        ("средний", "no_name"),
        (TALK, "unknown_level"),
        (f"{TALK} – так себе", "unknown_level"),
        ("Игра – среда", "unknown_level"),
        ("Ж низкий", "unknown_block"),
        ("С средний 164 %", "out_of_range"),
        ("С низкий, С высокий", "twice"),
        ("Игра низкий, игра высокий", "twice"),
        ("{{7*7}} низкий", "bad_name"),
        ("12345 низкий", "bad_name"),
        ("я" * 121 + " низкий", "bad_name"),
        ("🙂🙂🙂 низкий", "no_name"),
        ("!!!", "empty"),
        ("я" * 10_000, "long_text"),
        ("низкий " * 2_000, "long_text"),
    ],
)
def test_what_is_no_result_is_refused_with_its_reason(olga: Walker, text: str, problem: str) -> None:
    outcome = olga.judged(step(olga), Said(text=text))
    refused = outcome.but if isinstance(outcome, Accepted) else outcome
    assert refused is not None
    assert (refused.reason, refused.values["problem"]) == ("not_scores", problem)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{{7*7}} игра – низкий", "{{7*7}} игра"),
        ("<b>игра</b> – низкий", "<b>игра</b>"),
        ("игра 🙂 – низкий", "игра 🙂"),
        ("\u202eигра\u200b – низкий", "игра"),
        ("שלום – низкий", "שלום"),
        ("игра\x00\ud800 – низкий", "игра"),
    ],
)
def test_strange_names_are_kept_without_what_nobody_sees(olga: Walker, text: str, name: str) -> None:
    assert said(olga, text) == ""
    assert told(olga) == {name: LOW}


def test_what_was_clear_is_kept(olga: Walker) -> None:
    outcome = olga.takes(step(olga), olga.judged(step(olga), Said(text=f"{TALK} низкий, С 40 %")))
    assert isinstance(outcome, Accepted)
    assert outcome.but is not None
    assert told(olga) == {TALK: LOW}


@for_all(st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
def test_whatever_is_typed_levels_are_known_and_names_fit(text: str) -> None:
    try:
        found = parse_named(text, known_of(BLOCKS, COMPETENCE_LEVEL.levels, ()))
    except ScoresError:
        return
    for name, score in found.items():
        assert name in {block.key for block in BLOCKS} or 3 <= len(name) <= 120
        assert score["level"] in {"low", "medium", "high"}
        assert 0 <= float(score.get("percent", 0)) <= 100


# --- Changing -------------------------------------------------------------------------------------------


def test_a_name_told_again_changes_its_level_whatever_the_letters(olga: Walker) -> None:
    said(olga, f"{TALK} низкий 40 %")
    said(olga, f"{TALK.upper()} высокий")
    assert told(olga) == {TALK: HIGH}


def test_a_tapped_level_keeps_the_percent(olga: Walker) -> None:
    said(olga, f"{TALK} низкий 40 %, С низкий 30 %")
    olga.on("scores", step(olga).row).taps(f"{own_id(TALK)}.high")
    olga.on("scores", step(olga).row).taps("subject.medium")
    assert told(olga) == {TALK: {**HIGH, "percent": 40}, "subject": {**MEDIUM, "percent": 30}}


def test_the_competence_on_screen_needs_no_name(olga: Walker) -> None:
    assert said(olga, "средний 64", about="subject") == ""
    assert said(olga, "45 % низк", about=TALK) == ""
    assert said(olga, "64 %", about="methodical") == "not_scores"
    assert said(olga, "Речь – высокий", about="methodical") == "", "another one may be named all the same"
    assert told(olga) == {
        "subject": {**MEDIUM, "percent": 64},
        TALK: {**LOW, "percent": 45},
        "Речь": HIGH,
    }


@pytest.mark.parametrize("choice", ["own-.low", f"{own_id('Другое')}.low", f"{own_id(TALK)}.best", "own-"])
def test_a_forged_tap_is_refused(olga: Walker, choice: str) -> None:
    said(olga, f"{TALK} низкий")
    assert reason(olga.on("scores", step(olga).row).taps(choice)) == "not_option"


def test_another_diagnosis_knows_the_names_told_before(olga: Walker) -> None:
    said(olga, f"{TALK} низкий")
    again = olga.on("scores", olga.adds("diagnoses"))
    assert reason(again.taps(f"{own_id(TALK)}.high")) == ""
    assert again.value == {TALK: HIGH}
    again.says(f"{TALK.lower()} средний")
    assert again.value == {TALK: MEDIUM}
    assert own_competences.names(olga.regulation, olga.facts) == (TALK,)


def test_there_is_a_limit(olga: Walker) -> None:
    names = [f"Умение номер {'абвгдежзиклмнопр'[n]}" for n in range(LIMIT + 1)]
    assert said(olga, "\n".join(f"{name} – низкий" for name in names)) == "too_many_own"
    assert said(olga, "\n".join(f"{name} – низкий" for name in names[:-1])) == ""
    assert said(olga, f"{names[-1]} – низкий") == "too_many_own"
    assert reason(_naming(olga, names[-1])) == "too_many_own"
    assert said(olga, f"{names[0]} – высокий, С низкий") == "", "one of them may still be changed"


def test_one_is_taken_out_again_and_the_last_leaves_nothing_answered(olga: Walker) -> None:
    said(olga, f"{TALK} низкий, С средний")
    asked = olga.as_asked(step(olga))
    assert reason(without(asked, "subject")) == reason(without(asked, own_id("Речь"))) == "use_buttons"
    olga.takes(step(olga), without(asked, own_id(TALK)))
    assert told(olga) == {"subject": MEDIUM}
    walker = Walker("ust_ilimsk")
    walker.answers(has_diagnosis="yes")
    walker.adds("diagnoses", scores={TALK: LOW})
    walker.takes(step(walker), without(walker.as_asked(step(walker)), own_id(TALK)))
    assert walker.facts.answer("scores", step(walker).row) is None


# --- The name first -------------------------------------------------------------------------------------


def _naming(walker: Walker, text: str) -> Accepted | Refused:
    outcome = naming(walker.as_asked(step(walker)), text)
    assert not isinstance(outcome, str), outcome
    return outcome


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (TALK, TALK),
        ("  умение\nслушать ", "умение слушать"),
        ("Игра, общение, труд", "Игра, общение, труд"),
        ("с", "subject"),
        ("ИКТ-КОМПЕТЕНТНОСТЬ", "ict"),
        ("цифровые инструменты", "ict"),
        ("цифровые инструменты учителя", "цифровые инструменты учителя"),
    ],
)
def test_a_name_or_the_block_it_equals(olga: Walker, text: str, key: str) -> None:
    assert naming(olga.as_asked(step(olga)), text) == key


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("ум", "own_name"),
        ("123", "own_name"),
        ("{{7*7}}", "own_name"),
        ("🙂🙂🙂", "own_name"),
        ("средний", "own_name"),
        ("я" * 121, "own_name"),
        (f"{TALK} 45 %", "not_scores"),
    ],
)
def test_what_is_no_name_is_refused(olga: Walker, text: str, refused: str) -> None:
    assert reason(_naming(olga, text)) == refused


def test_a_whole_statement_is_as_good_as_a_name(olga: Walker) -> None:
    olga.takes(step(olga), _naming(olga, f"{TALK} – средний"))
    assert told(olga) == {TALK: MEDIUM}


@pytest.mark.parametrize("slug", ["stavropol", "tiny"])
def test_no_other_regulation_takes_them(slug: str) -> None:
    walker = Walker(slug)
    walker.answers(has_diagnosis="yes")
    walker.adds("growth")
    assert reason(walker.on("scores").says(f"{TALK} – средний")) in {"not_scores", "gone"}
    assert reason(walker.on("growth_point", walker.facts.rows("growth")[0].id).says(TALK)) == "not_block"
    walker.adds("diagnoses", scores={TALK: LOW})
    assert TALK not in competence.weakest_first(walker.regulation, walker.facts)


# --- Where they show up ---------------------------------------------------------------------------------


@pytest.fixture
def vera(olga: Walker) -> Walker:
    """Her diagnosis names two competences of its own; one is her point of growth."""
    said(olga, f"Речь – высокий, {TALK} – низкий 30,5 %, С – средний 64 %")
    olga.adds("growth", growth_point=TALK)
    return olga


def test_the_card_has_a_row_for_each_after_the_blocks(vera: Walker) -> None:
    made = table(card_of(vera.regulation, vera.facts), "низкий")
    subject = vera.regulation.blocks["subject"].title
    assert column(made, "Компетенции") == [subject, "Речь", TALK]
    assert column(made, "низкий") == ["", "", "30,5 %"]
    assert column(made, "средний") == ["64 %", "", ""]
    assert column(made, "высокий") == ["", "+", ""]


def test_the_summary_says_them_as_one_types_them(vera: Walker) -> None:
    words = summary.in_words(vera.regulation, vera.facts, step(vera))
    assert words == f"С средний 64\u00a0%, Речь – высокий, {TALK} – низкий 30,5\u00a0%"
    before = told(vera)
    assert said(vera, words) == ""
    assert told(vera) == before


def test_the_lowest_is_offered_first_wherever_it_came_from(vera: Walker) -> None:
    order = competence.weakest_first(vera.regulation, vera.facts)
    assert order[:3] == (TALK, "subject", "Речь")
    assert set(order) == {TALK, "Речь", *vera.regulation.blocks}


def test_a_point_of_growth_is_tapped_by_id_or_typed_and_taken_once(vera: Walker) -> None:
    at = vera.on("growth_point")
    assert reason(at.taps(own_id(TALK))) == reason(at.says(f"{TALK.lower()}.")) == "point_taken"
    assert reason(at.taps(own_id("Другое"))) == reason(at.says("Другое")) == "not_block"
    assert reason(at.taps(own_id("Речь"))) == ""
    assert vera.facts.text("growth_point", vera.facts.rows("growth")[-1].id) == "Речь"
    assert reason(at.says("ИКТ")) == ""


def test_its_deficit_is_worded_by_the_regulation(vera: Walker) -> None:
    point = vera.facts.rows("growth")[0].id
    vera.adds("tasks", point, task="Освоить приёмы диалога")
    made = table(card_of(vera.regulation, vera.facts), "Выявленные дефициты")
    assert made.rows == ((f"Недостаточный уровень компетенции: {TALK}", "Освоить приёмы диалога"),)
    vera.answers(point, wording="Мало вопросов на занятии")
    made = table(card_of(vera.regulation, vera.facts), "Выявленные дефициты")
    assert column(made, "Выявленные дефициты") == ["Мало вопросов на занятии"]
    assert summary.row_name(vera.regulation, vera.facts, vera.facts.rows("growth")[0]) == TALK


def test_a_competence_taken_out_of_the_results_stays_a_point_of_growth(vera: Walker) -> None:
    vera.takes(step(vera), without(vera.as_asked(step(vera)), own_id(TALK)))
    made = table(card_of(vera.regulation, vera.facts), "Выявленные дефициты")
    assert column(made, "Выявленные дефициты") == [f"Недостаточный уровень компетенции: {TALK}"]
    assert competence.level(vera.regulation, vera.facts, TALK) is None


def test_its_level_is_a_need_like_any_other(vera: Walker) -> None:
    level = competence.level(vera.regulation, vera.facts, TALK)
    assert recommend.need_of(vera.regulation.scale, level) is recommend.Need.STRONG


def test_the_whole_route_can_be_walked_with_it(vera: Walker) -> None:
    vera.walks_everything()
    assert vera.asked() == ""
    assert vera.facts.text("growth_point", vera.facts.rows("growth")[0].id) == TALK


def test_the_key_of_a_block_that_is_no_more_is_no_name(olga: Walker) -> None:
    olga.adds("diagnoses", scores={"theory": LOW})
    point = olga.adds("growth", growth_point="theory")
    assert "theory" not in competence.weakest_first(given("ust_ilimsk"), olga.facts)
    assert summary.row_name(olga.regulation, olga.facts, olga.facts.rows("growth")[-1]) == ""
    assert point
    assert column(table(card_of(olga.regulation, olga.facts), "низкий"), "Компетенции") == []
