"""What is taken for an answer, kind by kind, and what is refused with which reason."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from bot.iom.accept_words import LINE_LIMIT, TEXT_LIMIT
from bot.iom.asked import Accepted, Said, suggestion_id
from bot.iom.facts import AddEntry, SetAnswer, Value
from bot.iom.regulation import Kind
from tests.regulations.given import ALL, given
from tests.rules.memory import TODAY, Walker, changed, good, reason

PLAN = "plan"


@pytest.fixture
def anna() -> Walker:
    """A point of growth, its task, the school year as the term, a test with П 49."""
    walker = Walker("stavropol")
    walker.answers(has_diagnosis="yes", term={"from": "2026-12-01", "to": "2027-05-31"})
    walker.adds("diagnoses", scores={"subject": {"total": 49.0}})
    point = walker.adds("growth", growth_point="subject")
    walker.adds("tasks", point, task="Освоить приёмы работы с дробями")
    walker.adds(PLAN, point, title="Семинар")
    return walker


@pytest.fixture
def olga() -> Walker:
    """The same under levels in words."""
    walker = Walker("ust_ilimsk")
    walker.answers(has_diagnosis="yes", term={"from": "2026-12-01", "to": "2027-05-31"})
    point = walker.adds("growth", growth_point="methodical")
    walker.adds("tasks", point, task="Освоить утренний круг")
    return walker


def row(walker: Walker, table: str) -> int:
    return walker.facts.rows(table)[-1].id


# --- The shape of what is stored: the promise of `Kind` -------------------------------------------------


def is_iso(value: Value) -> bool:
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


def is_period(value: Value) -> bool:
    return isinstance(value, dict) and set(value) == {"from", "to"} and all(map(is_iso, value.values()))


def is_words(value: Value) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_list_of_words(value: Value) -> bool:
    return isinstance(value, list) and all(map(is_words, value))


def is_scores(value: Value) -> bool:
    """{block: {"low"|"medium"|"high"|"total": percent}} or {block or name: {"level": key, "percent"?}}"""
    return isinstance(value, dict) and all(
        isinstance(score, dict)
        and (set(score) - {"percent"} == {"level"} or set(score) <= {"low", "medium", "high", "total"})
        and all(isinstance(part, str if key == "level" else float) for key, part in score.items())
        for score in value.values()
    )


def is_self_scores(value: Value) -> bool:
    return isinstance(value, dict) and all(
        isinstance(level, dict) and set(level) == {"self"} and is_words(level["self"])
        for level in value.values()
    )


SHAPES: dict[Kind, Callable[[Value], bool]] = {
    **dict.fromkeys((Kind.LINE, Kind.TEXT, Kind.EMAIL, Kind.CHOICE, Kind.TASK, Kind.EXPECTED), is_words),
    Kind.INTEGER: lambda value: type(value) is int,
    Kind.DATE: is_iso,
    Kind.PHONE: lambda value: isinstance(value, str) and value.startswith("+7 "),
    Kind.CHIPS: is_list_of_words,
    Kind.SCORES: is_scores,
    Kind.SELF_SCORES: is_self_scores,
    Kind.POINT: lambda value: is_words(value) and value in {b.key for s in ALL for b in given(s).block},
    Kind.TERM: is_period,
    Kind.PERIOD: is_period,
    Kind.EVENTS: lambda value: value == "done",
    Kind.ROWS: lambda value: value == "done",
    Kind.LINKS: lambda value: False,
}


def test_every_kind_has_a_shape() -> None:
    assert set(SHAPES) == set(Kind)


@pytest.mark.parametrize("slug", ALL)
@settings(max_examples=10, deadline=None)
@for_all(random=st.randoms(use_true_random=False), tested=st.sampled_from(["yes", "no"]))
def test_what_is_stored_has_the_shape_its_kind_promises(slug: str, random: Random, tested: str) -> None:
    walker = Walker(slug)
    walker.answers(has_diagnosis=tested)
    walker.walks_everything(random.choice)
    for (_, key), answer in walker.facts.answers.items():
        question = walker.regulation.questions.get(key)
        if question is not None and key != "has_diagnosis":
            assert SHAPES[question.kind](answer.value), (key, answer.value)


@pytest.mark.parametrize("slug", ALL)
def test_every_example_in_the_regulation_is_a_good_answer(slug: str) -> None:
    """What the bot shows as an example it must take."""
    walker = Walker(slug)
    walker.answers(has_diagnosis="yes", wants_mentor="need")
    walker.walks_everything()
    walker.answers(term={"from": "2026-09-01", "to": "2031-08-31"})
    for question in walker.regulation.question:
        rows = walker.facts.rows(question.each) if question.each else ()
        at = walker.on(question.key, rows[-1].id if rows else 0)
        if question.example and (rows or not question.each) and reason(at.says(question.example)) != "gone":
            assert reason(at.says(question.example)) == "", question.key


# --- Words ----------------------------------------------------------------------------------------------


def test_a_line_is_one_line(anna: Walker) -> None:
    anna.on("position").says("  педагог -\n психолог\t ")
    assert anna.on("position").value == "педагог - психолог"


def test_a_text_keeps_its_lines(anna: Walker) -> None:
    anna.on("education").says("Высшее\n2008")
    assert anna.on("education").value == "Высшее\n2008"


@pytest.mark.parametrize(
    ("key", "said", "refused"),
    [
        ("position", "я" * 121, "too_long"),
        ("position", "ку", "too_short"),
        ("position", "", "too_short"),
        ("position", "   ", "too_short"),
        ("position", "-- — --", "no_words"),
        ("education", "?!?!", "no_words"),
        ("education", "я" * 401, "too_long"),
    ],
)
def test_words_out_of_limits_are_refused(anna: Walker, key: str, said: str, refused: str) -> None:
    assert reason(anna.on(key).says(said)) == refused
    assert anna.facts.answer(key) is None


def test_a_refusal_says_the_limit_and_what_came(anna: Walker) -> None:
    outcome = anna.on("position").says("я" * 200)
    assert not isinstance(outcome, Accepted)
    assert outcome.values == {"limit": 120, "length": 200}


@pytest.mark.parametrize(("key", "limit"), [("full_name", 120), ("ideal_self", 1000)])
def test_the_limit_itself_fits(key: str, limit: int) -> None:
    walker = Walker("tiny")
    assert reason(walker.on(key).says("я" * limit)) == ""
    assert reason(walker.on(key).says("я" * (limit + 1))) == "too_long"


def test_words_without_limits_of_their_own_have_ours(anna: Walker) -> None:
    unlimited = (q.model_copy(update={"max": None}) for q in anna.regulation.question)
    anna.regulation = changed(anna.regulation, question=tuple(unlimited))
    for key, limit in (("position", LINE_LIMIT), ("education", TEXT_LIMIT)):
        assert reason(anna.on(key).says("я" * limit)) == ""
        assert reason(anna.on(key).says("я" * (limit + 1))) == "too_long"


def test_a_suggestion_is_tapped_by_its_id(anna: Walker) -> None:
    anna.on("region").taps(suggestion_id("Ставропольский край"))
    assert anna.on("region").value == "Ставропольский край"


def test_an_id_of_no_suggestion_stores_nothing(anna: Walker) -> None:
    assert reason(anna.on("region").taps(suggestion_id("Луна"))) == "too_short"
    assert anna.facts.answer("region") is None


def test_the_id_of_a_suggestion_fits_a_button_and_is_stable() -> None:
    assert suggestion_id("математика") == "d07fd872f1"
    assert suggestion_id("а") != suggestion_id("б")


# --- Numbers, days, contacts ----------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "stored"), [("12", 12), ("12 лет", 12), ("0", 0), ("70", 70)])
def test_a_whole_number(anna: Walker, said: str, stored: int) -> None:
    anna.on("experience").says(said)
    assert anna.on("experience").value == stored


@pytest.mark.parametrize("said", ["71", "-1", "двенадцать с половиной", "12,5", "", "9" * 40])
def test_a_number_out_of_limits_is_refused_with_them(anna: Walker, said: str) -> None:
    outcome = anna.on("experience").says(said)
    assert not isinstance(outcome, Accepted)
    assert (outcome.reason, outcome.values) == ("not_integer", {"low": 0, "high": 70})


@pytest.mark.parametrize(
    ("said", "stored"), [("12.09.2026", "2026-09-12"), ("12 сентября", "2026-09-12"), ("вчера", "2026-11-22")]
)
def test_the_day_of_a_diagnosis_is_looked_for_in_the_past(anna: Walker, said: str, stored: str) -> None:
    at = anna.on("taken_on", row(anna, "diagnoses"))
    at.says(said)
    assert at.value == stored


@pytest.mark.parametrize(
    ("said", "refused"), [("24.11.2026", "future_date"), ("сентябрь", "not_date"), ("31.02.2026", "not_date")]
)
def test_a_day_that_can_not_be(anna: Walker, said: str, refused: str) -> None:
    assert reason(anna.on("taken_on", row(anna, "diagnoses")).says(said)) == refused


def test_today_is_not_the_future(anna: Walker) -> None:
    assert reason(anna.on("taken_on", row(anna, "diagnoses")).says(f"{TODAY:%d.%m.%Y}")) == ""


def test_a_day_without_that_limit_is_looked_for_ahead() -> None:
    walker = Walker("tiny")
    trial = walker.adds("trials", trial="Урок в парке")
    walker.on("trial_on", trial).says("12 сентября")
    assert walker.on("trial_on", trial).value == "2027-09-12"


@pytest.mark.parametrize(
    ("key", "said", "stored"),
    [
        ("email", "Svetlova@Example.ru", "Svetlova@example.ru"),
        ("phone", "8 (914) 000-00-00", "+7 914 000-00-00"),
        ("phone", "+79140000000", "+7 914 000-00-00"),
    ],
)
def test_contacts(olga: Walker, key: str, said: str, stored: str) -> None:
    olga.on(key).says(said)
    assert olga.on(key).value in {stored, stored.casefold()}


@pytest.mark.parametrize(
    ("key", "said", "refused"),
    [("email", "svetlova", "not_email"), ("email", "a@b", "not_email"), ("phone", "12", "not_phone")],
)
def test_what_is_no_contact(olga: Walker, key: str, said: str, refused: str) -> None:
    assert reason(olga.on(key).says(said)) == refused


# --- Choices and chips ----------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["Высшая", "высшая", " ВЫСШАЯ "])
def test_a_typed_title_is_the_option(anna: Walker, said: str) -> None:
    anna.on("category").says(said)
    assert anna.on("category").value == "highest"


def test_official_words_are_the_option_too(anna: Walker) -> None:
    anna.on("category").says("соответствие занимаемой должности")
    assert anna.on("category").value == "fit"


def test_an_option_without_official_words_is_not_chosen_by_silence(anna: Walker) -> None:
    course = anna.adds("courses_3y", course_title="Дроби")
    assert reason(anna.on("course_hours", course).says("")) == "too_short"


def test_own_words_where_they_may_be(anna: Walker) -> None:
    course = anna.adds("courses_3y", course_title="Дроби")
    anna.on("course_hours", course).says("48 ч.")
    assert anna.on("course_hours", course).value == "48 ч."


@pytest.mark.parametrize("said", [Said(text="наверное"), Said(choice="maybe"), Said(text="")])
def test_no_own_words_where_only_buttons_count(anna: Walker, said: Said) -> None:
    at = anna.on("has_diagnosis")
    outcome = at.taps(said.choice) if said.choice else at.says(said.text)
    assert not isinstance(outcome, Accepted)
    assert (outcome.reason, outcome.values) == ("not_option", {"options": ["Да, есть", "Пока нет"]})


def test_an_unknown_button_is_not_own_words(anna: Walker) -> None:
    assert reason(anna.on("category").taps("honorary")) == "not_option"


def test_chips_toggle_and_stay(anna: Walker) -> None:
    at = anna.on("hinders", row(anna, "growth"))
    for choice, chosen in (("time", ["time"]), ("class", ["time", "class"]), ("time", ["class"])):
        outcome = at.taps(choice)
        assert isinstance(outcome, Accepted)
        assert outcome.stay
        assert at.value == chosen
    at.taps("class")
    assert at.value is None


def test_own_words_join_the_chips_and_move_on(anna: Walker) -> None:
    at = anna.on("hinders", row(anna, "growth"))
    at.taps("time")
    outcome = at.says("в классе\n32 человека")
    assert isinstance(outcome, Accepted)
    assert not outcome.stay
    assert at.value == ["time", "в классе 32 человека"]
    at.says("в классе 32 человека")
    assert at.value == ["time", "в классе 32 человека"], "said twice is said once"


def test_a_typed_chip_is_the_chip(anna: Walker) -> None:
    at = anna.on("hinders", row(anna, "growth"))
    at.says("не хватает знаний ПО ТЕМЕ")
    assert at.value == ["knowledge"]


def test_chips_without_options_are_all_own_words(anna: Walker) -> None:
    bare = (q.model_copy(update={"options": ()}) for q in anna.regulation.question)
    anna.regulation = changed(anna.regulation, question=tuple(bare))
    at = anna.on("hinders", row(anna, "growth"))
    assert reason(at.taps("time")) == "not_option"
    at.says("не хватает времени")
    assert at.value == ["не хватает времени"]


def test_an_unknown_chip_is_refused(anna: Walker) -> None:
    assert reason(anna.on("hinders", row(anna, "growth")).taps("weather")) == "not_option"


def test_competences_are_the_blocks_of_the_regulation(anna: Walker) -> None:
    at = anna.on("competences", row(anna, PLAN))
    at.taps("ict")
    at.says("Предметные")
    assert at.value == ["ict", "subject"]


# --- Results --------------------------------------------------------------------------------------------


def test_results_come_block_by_block_and_stay_until_all_are_there(anna: Walker) -> None:
    at = anna.on("scores", row(anna, "diagnoses"))
    outcome = at.says("М 50, ПП 67")
    assert isinstance(outcome, Accepted)
    assert outcome.stay
    assert at.value == {
        "subject": {"total": 49.0},
        "methodical": {"total": 50.0},
        "psych_ped": {"total": 67.0},
    }
    last = at.says("49 50 67 59,6 80.5")
    assert isinstance(last, Accepted)
    assert not last.stay
    assert isinstance(at.value, dict)
    assert at.value["communicative"] == {"total": 59.6}, "raw, never rounded (C08)"


def test_results_by_difficulty_of_the_items(anna: Walker) -> None:
    """001 Прил. 4 §2: низкий / средний / высокий / общий."""
    at = anna.on("scores", row(anna, "diagnoses"))
    at.says("П 80/60/40/65")
    assert at.value == {"subject": {"low": 80.0, "medium": 60.0, "high": 40.0, "total": 65.0}}


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("", "empty"),
        ("П 101", "out_of_range"),
        ("Ж 49", "unknown_block"),
        ("П, М", "no_number"),
        ("49", "no_name"),
        ("я" * 700, "long_text"),
    ],
)
def test_results_that_can_not_be_read_are_refused_whole(anna: Walker, said: str, problem: str) -> None:
    at = anna.on("scores", row(anna, "diagnoses"))
    outcome = at.says(said)
    assert not isinstance(outcome, Accepted)
    assert (outcome.reason, outcome.values["problem"]) == ("not_scores", problem)
    assert at.value == {"subject": {"total": 49.0}}


@pytest.mark.parametrize(("said", "problem"), [("М 50, Ж 49", "unknown_block"), ("П, М 50", "no_number")])
def test_what_was_clear_is_taken_and_the_rest_is_asked_again(anna: Walker, said: str, problem: str) -> None:
    at = anna.on("scores", row(anna, "diagnoses"))
    outcome = at.says(said)
    assert isinstance(outcome, Accepted)
    assert outcome.stay
    assert outcome.but is not None
    assert (outcome.but.reason, outcome.but.values["problem"]) == ("not_scores", problem)
    assert at.value == {"subject": {"total": 49.0}, "methodical": {"total": 50.0}}


def test_levels_in_words_or_by_taps(olga: Walker) -> None:
    diagnosis = olga.adds("diagnoses")
    at = olga.on("scores", diagnosis)
    at.taps("subject.high")
    at.says("М низкий")
    assert at.value == {"subject": {"level": "high"}, "methodical": {"level": "low"}}


@pytest.mark.parametrize("choice", ["subject.best", "law.low", "subject", ".low", "subject.low.low", "…"])
def test_a_forged_level_is_refused(olga: Walker, choice: str) -> None:
    assert reason(olga.on("scores", olga.adds("diagnoses")).taps(choice)) == "not_option"


def test_a_level_can_not_be_tapped_where_percent_are_asked(anna: Walker) -> None:
    assert reason(anna.on("scores", row(anna, "diagnoses")).taps("subject.high")) == "not_option"


def test_skipping_the_rest_of_the_results_keeps_those_given(anna: Walker) -> None:
    """The hint says «Чего не знаете – пропустите»."""
    at = anna.on("scores", row(anna, "diagnoses"))
    at.says("М 50")
    assert reason(at.skips()) == ""
    assert at.value == {"subject": {"total": 49.0}, "methodical": {"total": 50.0}}


def test_self_assessment_goes_block_by_block() -> None:
    walker = Walker("tiny")
    walker.on("self_scores").says("пробую")
    at = walker.on("self_scores", walker.facts.rows("diagnoses")[0].id)
    at.says("уверенный")
    at.taps("health.can")
    assert at.value == {"theory": {"self": "try"}, "law": {"self": "can"}, "health": {"self": "can"}}
    at.taps("law.try")
    assert isinstance(at.value, dict)
    assert at.value["law"] == {"self": "try"}, "an answer can be changed"


def test_self_assessment_typed_over_a_full_one_is_about_the_block_on_screen() -> None:
    walker = Walker("tiny")
    walker.answers(ideal_self="Спокойно веду любой класс")
    step = walker.answers_well(walker.on("self_scores").step, lambda said: said[0])
    assert reason(walker.on(step.key, step.row).says("умею")) == ""
    assert isinstance(walker.on(step.key, step.row).value, dict)


@pytest.mark.parametrize("said", ["", "отлично", "49 %"])
def test_what_is_no_level_of_self_assessment(said: str) -> None:
    outcome = Walker("tiny").on("self_scores").says(said)
    assert not isinstance(outcome, Accepted)
    assert (outcome.reason, outcome.values) == ("not_option", {"options": ["Пробую", "Умею"]})


# --- Points of growth, tasks, results -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["short", "title", "chat"])
def test_a_point_of_growth_by_its_names(anna: Walker, name: str) -> None:
    anna.on("growth_point").says(f" {getattr(anna.regulation.blocks['ict'], name).upper()} ")
    assert anna.on("growth_point", row(anna, "growth")).value == "ict"


def test_one_block_is_one_point_of_growth(anna: Walker) -> None:
    assert reason(anna.on("growth_point").taps("subject")) == "point_taken"
    mine = row(anna, "growth")
    assert reason(anna.on("growth_point", mine).taps("subject")) == "", "its own block it may keep"


@pytest.mark.parametrize("said", ["", "физкультура"])
def test_a_point_that_is_no_block(anna: Walker, said: str) -> None:
    assert reason(anna.on("growth_point").says(said)) == "not_block"
    assert reason(anna.on("growth_point").taps("no_block")) == "not_block"


def test_a_task_of_the_suggested_or_in_own_words(anna: Walker) -> None:
    point = anna.adds("growth", growth_point="ict")
    suggested = anna.regulation.blocks["ict"].tasks[1]
    anna.on("task", 0, point).taps(suggestion_id(suggested))
    task = row(anna, "tasks")
    assert anna.on("task", task).value == suggested
    anna.on("task", task).says("Вести журнал без ошибок")
    assert anna.on("task", task).value == "Вести журнал без ошибок"


def test_a_task_suggested_for_another_point_is_not_an_answer(anna: Walker) -> None:
    other = anna.regulation.blocks["ict"].tasks[0]
    assert reason(anna.on("task", row(anna, "tasks")).taps(suggestion_id(other))) == "not_option"
    assert reason(anna.on("task", row(anna, "tasks")).says("")) == "not_option"


@pytest.mark.parametrize("dash", ["→", "->", "-->", "-", "–", "—", "до"])
def test_a_rise_in_percent(anna: Walker, dash: str) -> None:
    at = anna.on("expected", row(anna, "tasks"))
    at.says(f" 49,5 % {dash} 70%")
    assert at.value == "49,5 % → 70 %"


@pytest.mark.parametrize("said", ["70", "до 70", "70 %", "70%"])
def test_a_bare_goal_begins_from_the_known_percent(anna: Walker, said: str) -> None:
    at = anna.on("expected", row(anna, "tasks"))
    at.says(said)
    assert at.value == "49 % → 70 %"


def test_a_bare_number_stays_a_number_when_no_percent_is_known(olga: Walker) -> None:
    at = olga.on("expected", row(olga, "tasks"))
    at.says("70")
    assert at.value == "70"


def test_a_percent_of_a_test_that_is_no_longer_named_is_not_known(anna: Walker) -> None:
    anna.on("has_diagnosis").says("Пока нет")
    at = anna.on("expected", row(anna, "tasks"))
    at.says("70")
    assert at.value == "70"


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("70 → 49", "goal_not_higher"),
        ("49 → 49", "goal_not_higher"),
        ("40", "goal_not_higher"),
        ("49 → 170", "over_hundred"),
        ("101", "over_hundred"),
        ("", "not_option"),
        ("я" * 301, "too_long"),
    ],
)
def test_a_goal_that_is_none(anna: Walker, said: str, refused: str) -> None:
    assert reason(anna.on("expected", row(anna, "tasks")).says(said)) == refused


@pytest.mark.parametrize(
    "said", ["3 урока → 5 уроков", "Провести 3 урока", "49 → 70 к маю", "с 8 до 5 детей"]
)
def test_other_measures_stay_in_own_words(anna: Walker, said: str) -> None:
    at = anna.on("expected", row(anna, "tasks"))
    at.says(said)
    assert at.value == said


def test_a_suggested_result(anna: Walker) -> None:
    text = anna.regulation.blocks["subject"].results[0]
    at = anna.on("expected", row(anna, "tasks"))
    at.taps(suggestion_id(text))
    assert at.value == text


# --- Terms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [Said(choice="half_year"), Said(text=" полгода ")])
def test_a_term_by_one_tap_or_its_title(anna: Walker, said: Said) -> None:
    at = anna.on("term")
    at.taps(said.choice) if said.choice else at.says(said.text)
    assert at.value == {"from": "2026-12-01", "to": "2027-05-31"}


def test_a_term_in_own_words(anna: Walker) -> None:
    anna.on("term").says("01.12.2026 – 30.04.2027")
    assert anna.on("term").value == {"from": "2026-12-01", "to": "2027-04-30"}


@pytest.mark.parametrize(("slug", "clause"), [("stavropol", "001 Прил. 4, §1"), ("ust_ilimsk", "004 п. 1.8")])
def test_too_long_a_term_is_refused_with_its_clause(slug: str, clause: str) -> None:
    outcome = Walker(slug).on("term").says("01.12.2026 – 30.11.2028")
    assert not isinstance(outcome, Accepted)
    assert outcome.reason == "term"
    assert (outcome.values["clause"], outcome.values["problem"]) == (clause, "too_long")


def test_a_limit_that_only_warns_takes_the_term() -> None:
    walker = Walker("tiny")
    assert reason(walker.on("term").says("01.12.2026 – 30.11.2027")) == ""


@pytest.mark.parametrize(
    ("said", "refused"), [("когда-нибудь", "not_period"), ("", "not_period"), ("с января", "not_period")]
)
def test_a_term_that_is_none(anna: Walker, said: str, refused: str) -> None:
    assert reason(anna.on("term").says(said)) == refused
    assert reason(anna.on("term").taps("century")) == "not_option"


def test_an_event_lies_inside_the_term(anna: Walker) -> None:
    at = anna.on("period", row(anna, PLAN))
    assert reason(at.says("сентябрь 2027")) == "outside_term"
    assert reason(at.says("март 2027")) == ""
    assert at.value == {"from": "2027-03-01", "to": "2027-03-31"}


def test_without_a_term_any_time_will_do(anna: Walker) -> None:
    anna.answers(term=None)
    assert reason(anna.on("period", row(anna, PLAN)).says("сентябрь 2027")) == ""


# --- Links, rows, events --------------------------------------------------------------------------------


def test_links_toggle_and_one_stays(anna: Walker) -> None:
    first = row(anna, "growth")
    other = anna.adds("growth", growth_point="ict")
    at = anna.on("task_links", row(anna, "tasks"))
    at.taps(str(other))
    assert anna.facts.rows("tasks")[0].links == {first, other}
    at.taps(str(first))
    assert anna.facts.rows("tasks")[0].links == {other}
    assert reason(at.taps(str(other))) == "one_link"


@pytest.mark.parametrize("choice", ["", "404", "-1", "1.5", "٣", "²", "x", "9" * 30])
def test_a_forged_link_is_refused(anna: Walker, choice: str) -> None:
    assert reason(anna.on("task_links", row(anna, "tasks")).taps(choice)) == "use_buttons"


def test_a_task_is_no_point_of_growth(anna: Walker) -> None:
    task = row(anna, "tasks")
    assert reason(anna.on("task_links", task).taps(str(task))) == "use_buttons"


@pytest.mark.parametrize("key", ["courses", "growth_more"])
def test_rows_are_added_by_buttons_only(anna: Walker, key: str) -> None:
    assert reason(anna.on(key).says("готово")) == "use_buttons"
    assert reason(anna.on(key).taps("done")) == ""
    assert anna.on(key).value == "done"


# --- Storing and skipping -------------------------------------------------------------------------------


def test_an_answer_that_creates_a_row_is_linked_to_its_parent(anna: Walker) -> None:
    point = row(anna, "growth")
    outcome = anna.on("task", 0, point).says("Освоить проценты")
    assert isinstance(outcome, Accepted)
    assert outcome.changes == (AddEntry("tasks", {"task": "Освоить проценты"}, frozenset({point})),)


def test_skipping_leaves_a_line_for_the_pen(anna: Walker) -> None:
    outcome = anna.on("subject").skips()
    assert isinstance(outcome, Accepted)
    assert outcome.changes == (SetAnswer("subject", None, skipped=True),)


def test_skipping_a_question_that_creates_a_row_makes_the_row_with_a_line_for_the_pen(anna: Walker) -> None:
    outcome = anna.on("product").skips()
    assert isinstance(outcome, Accepted)
    assert outcome.changes == (AddEntry("products", {"product": None}),)
    answer = anna.facts.answer("product", row(anna, "products"))
    assert answer is not None
    assert answer.skipped


def test_a_row_that_is_skipped_under_its_parent_belongs_to_it(anna: Walker) -> None:
    point = anna.adds("growth", growth_point="ict")
    anna.on("title", 0, point).skips()
    assert anna.facts.rows(PLAN)[-1].links == {point}


@pytest.mark.parametrize("slug", ALL)
def test_what_is_required_can_not_be_skipped(slug: str) -> None:
    for question in given(slug).question:
        if question.required and not question.each:
            assert reason(Walker(slug).on(question.key).skips()) == "required"


def test_a_skipped_question_may_be_answered_after_all(anna: Walker) -> None:
    anna.on("subject").skips()
    anna.on("subject").says("математика")
    answer = anna.facts.answer("subject")
    assert answer is not None
    assert (answer.value, answer.skipped) == ("математика", False)


def test_by_code_nothing_personal_is_taken() -> None:
    walker = Walker("ust_ilimsk").by_code()
    for key in ("last_name", "first_name", "patronymic", "email", "phone"):
        assert reason(walker.on(key).says("Светлова")) == "gone"
    assert reason(walker.on("org_name").says("МБОУ «Гимназия»")) == ""


@pytest.mark.parametrize("slug", ALL)
def test_there_is_a_good_answer_to_every_question(slug: str) -> None:
    """The helper these tests walk with knows every kind."""
    walker = Walker(slug)
    walker.walks_the_draft()
    for question in walker.regulation.question:
        assert good(walker.as_asked(walker.on(question.key).step))
