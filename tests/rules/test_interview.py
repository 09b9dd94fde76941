"""The engine, case by case: conditions, rows, parents, limits, what a question hidden again leaves behind."""

import pytest

from bot.iom import interview
from bot.iom.facts import RemoveEntry
from bot.iom.interview import Progress, Step
from bot.iom.regulation import Condition, Question, Regulation, TableSpec
from tests.regulations.given import ALL, REAL, given
from tests.rules.memory import Walker, changed, reason

ANY_TEXT = "Своими словами о деле"


@pytest.fixture
def anna() -> Walker:
    return Walker("stavropol")


def with_question(regulation: Regulation, key: str, **fields: object) -> Regulation:
    """The regulation with one question changed."""
    questions = (q.model_copy(update=fields) if q.key == key else q for q in regulation.question)
    return changed(regulation, question=tuple(questions))


def with_table(regulation: Regulation, key: str, **fields: object) -> Regulation:
    """The regulation with one table changed."""
    tables = tuple(t.model_copy(update=fields) if t.key == key else t for t in regulation.table)
    return changed(regulation, table=tables)


def keys(steps: tuple[Step, ...]) -> list[str]:
    return [step.key for step in steps]


# --- What is asked ------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ALL)
def test_an_empty_route_asks_the_first_question_of_the_file(slug: str) -> None:
    walker = Walker(slug)
    assert walker.next() == Step(given(slug).question[0].key)
    assert interview.before(walker.regulation, walker.facts, Step(given(slug).question[0].key)) is None


def test_a_question_waits_for_the_answer_it_depends_on(anna: Walker) -> None:
    assert not {"scores", "self_scores"} & set(keys(interview.steps(anna.regulation, anna.facts)))
    anna.answers(has_diagnosis="yes")
    assert Step("scores") in anna.remaining()
    anna.answers(has_diagnosis="no")
    assert Step("scores") not in anna.remaining()
    assert Step("self_scores") in anna.remaining()


def test_a_skipped_condition_holds_for_no_answer(anna: Walker) -> None:
    anna.on("has_diagnosis").skips()
    assert not {"scores", "self_scores", "taken_on"} & set(keys(interview.steps(anna.regulation, anna.facts)))
    assert anna.walks_the_draft()
    assert not anna.facts.rows("diagnoses")


def test_own_words_are_not_the_option_a_condition_names() -> None:
    walker = Walker("tiny")
    walker.answers(wants_mentor="need a mentor")
    assert Step("mentor_topic") not in walker.remaining()
    walker.answers(wants_mentor="need")
    assert Step("mentor_topic") in walker.remaining()


def test_answers_of_a_question_that_is_no_longer_asked_are_kept_and_ignored(anna: Walker) -> None:
    anna.answers(has_diagnosis="yes")
    anna.on("scores").says("П 49")
    anna.on("has_diagnosis").says("Пока нет")
    row = anna.facts.rows("diagnoses")[0].id
    assert Step("scores", row) not in interview.steps(anna.regulation, anna.facts)
    assert Step("self_scores", row) in anna.remaining()
    assert reason(anna.on("scores", row).says("П 70")) == "gone"
    assert anna.facts.value("scores", row) == {"subject": {"total": 49.0}}
    anna.on("has_diagnosis").says("Да, есть")
    assert Step("scores", row) not in anna.remaining()


def test_a_condition_on_a_question_that_is_not_asked_itself_does_not_hold() -> None:
    """wants_mentor: need → mentor_topic → a question about that topic: hidden with it, whatever was said."""
    walker = Walker("tiny")
    on_category = Condition(question="category", answer="a")
    regulation = with_question(walker.regulation, "org_name", asked_if=on_category)
    category = Question.model_validate(
        {"key": "category", "section": "person", "kind": "choice", "title": "К", "ask": "К?"}
        | {"options": [{"key": "a", "title": "А"}]}
        | {"asked_if": {"question": "wants_mentor", "answer": "need"}}
    )
    walker.regulation = changed(regulation, question=(category, *regulation.question))
    walker.answers(wants_mentor="need", category="a")
    assert Step("org_name") in walker.remaining()
    walker.answers(wants_mentor="enough")
    assert Step("org_name") not in walker.remaining()
    assert reason(walker.on("org_name").says("Гимназия")) == "gone"


# --- Rows ---------------------------------------------------------------------------------------------


def test_a_table_asks_for_the_rows_it_must_have() -> None:
    walker = Walker("tiny")
    walker.regulation = with_table(walker.regulation, "products", at_least=2)
    assert Step("product") in walker.remaining()
    walker.adds("products", product="сценарий")
    assert Step("product") in walker.remaining()
    walker.adds("products", product="памятка")
    assert Step("product") not in walker.remaining()


def test_each_point_of_growth_is_asked_for_a_task_of_its_own(anna: Walker) -> None:
    one, other = anna.adds("growth", growth_point="ict"), anna.adds("growth", growth_point="methodical")
    assert {step for step in anna.remaining() if step.key == "task"} == {
        Step("task", 0, one),
        Step("task", 0, other),
    }
    anna.on("task", 0, one).says(ANY_TEXT)
    assert {step.parent for step in anna.remaining() if step.key == "task"} == {other}
    assert anna.facts.linked("tasks", one)
    task = anna.facts.rows("tasks")[0].id
    anna.on("task_links", task).taps(str(other))
    assert not [step for step in anna.remaining() if step.key == "task"], "one task may serve both"


def test_a_point_whose_task_was_deleted_is_asked_again(anna: Walker) -> None:
    point = anna.adds("growth", growth_point="ict")
    anna.on("task", 0, point).says(ANY_TEXT)
    anna.does(RemoveEntry(anna.facts.rows("tasks")[0].id))
    assert Step("task", 0, point) in anna.remaining()


def test_other_questions_of_a_row_are_asked_once_it_is_there(anna: Walker) -> None:
    assert "hinders" not in keys(interview.steps(anna.regulation, anna.facts))
    point = anna.adds("growth", growth_point="ict")
    assert Step("hinders", point) in anna.remaining()
    row = interview.row_steps(anna.regulation, anna.facts, point)
    assert keys(row) == ["growth_point", "hinders", "events", "wording"]
    assert interview.row_steps(anna.regulation, anna.facts, 0) == ()


def test_the_row_of_a_removed_point_is_asked_no_more(anna: Walker) -> None:
    point = anna.adds("growth", growth_point="ict")
    anna.removes(point)
    assert reason(anna.on("hinders", point).taps("time")) == "gone"
    assert reason(anna.on("task", 0, point).says(ANY_TEXT)) == "gone"


def test_who_creates_a_row_depends_on_what_is_asked(anna: Walker) -> None:
    made = [interview.creator(anna.regulation, anna.facts, "diagnoses")]
    for said in ("yes", "no"):
        anna.answers(has_diagnosis=said)
        made.append(interview.creator(anna.regulation, anna.facts, "diagnoses"))
    assert [question.key if question else "" for question in made] == ["", "scores", "self_scores"]


@pytest.mark.parametrize(
    ("key", "row", "parent"),
    [
        ("position", 1, 0),
        ("no_such_question", 0, 0),
        ("hinders", 0, 404),
        ("hinders", 404, 0),
        ("task", 2, 0),
        ("product", 0, 1),
        ("scores", 0, 0),
        ("task", 0, 2),
    ],
)
def test_a_forged_step_does_not_apply(anna: Walker, key: str, row: int, parent: int) -> None:
    """Row 1 is a point of growth, row 2 a product; there is no diagnosis."""
    anna.adds("growth", growth_point="ict")
    anna.adds("products", product="мастер-класс")
    assert not interview.applies(anna.regulation, anna.facts, Step(key, row, parent))
    assert reason(anna.on(key, row, parent).says(ANY_TEXT)) == "gone"
    assert reason(anna.on(key, row, parent).skips()) == "gone"


def test_a_full_table_takes_no_more_rows(anna: Walker) -> None:
    for block in ("ict", "subject", "methodical", "psych_ped", "communicative"):
        assert interview.applies(anna.regulation, anna.facts, Step("growth_point"))
        anna.adds("growth", growth_point=block)
    assert not interview.applies(anna.regulation, anna.facts, Step("growth_point"))


def test_a_full_table_is_asked_for_no_more_rows_whatever_it_is_kept_per(anna: Walker) -> None:
    """Otherwise the draft would ask for ever for a row it may not take."""
    one = anna.adds("growth", growth_point="ict")
    for _ in range(anna.regulation.tables["tasks"].at_most):
        anna.adds("tasks", one, task=ANY_TEXT, expected=ANY_TEXT)
    anna.adds("growth", growth_point="subject")
    for step in interview.steps(anna.regulation, anna.facts):
        assert interview.applies(anna.regulation, anna.facts, step), step
    anna.walks_the_draft()
    assert anna.next() is None


def test_rows_of_a_table_that_is_not_asked_for_are_hidden_whole() -> None:
    walker = Walker("tiny")
    mentored = Condition(question="wants_mentor", answer="need")
    walker.regulation = with_table(walker.regulation, "trials", asked_if=mentored, at_least=1)
    walker.answers(wants_mentor="need")
    assert Step("trial") in walker.remaining()
    row = walker.adds("trials", trial="Урок в парке")
    assert Step("trial_on", row) in walker.remaining()
    walker.answers(wants_mentor="enough")
    assert not [step for step in interview.steps(walker.regulation, walker.facts) if step.key[:5] == "trial"]
    assert not interview.applies(walker.regulation, walker.facts, Step("trial_on", row))
    assert not interview.applies(walker.regulation, walker.facts, Step("trial"))


@pytest.mark.parametrize("slug", ALL)
def test_tables_per_another_are_kept_per_a_table_that_is_there(slug: str) -> None:
    for table in given(slug).table:
        assert isinstance(table, TableSpec)
        assert not table.per or given(slug).tables[table.per].at_least >= 1


# --- Order, back, progress ----------------------------------------------------------------------------


def test_what_is_left_comes_draft_first_then_before_sending_then_the_rest(anna: Walker) -> None:
    order = [
        anna.regulation.questions[step.key].when for step in interview.remaining(anna.regulation, anna.facts)
    ]
    assert order == sorted(order, key=["draft", "sending", "later"].index)


def test_what_is_left_of_one_section(anna: Walker) -> None:
    mine = interview.remaining(anna.regulation, anna.facts, "info")
    assert {anna.regulation.questions[key].section for key in keys(mine)} == {"info"}
    assert interview.remaining(anna.regulation, anna.facts, "no_such_section") == ()


def test_links_are_never_left_to_answer(anna: Walker) -> None:
    anna.walks_the_draft()
    assert not [step for step in anna.remaining() if step.key.endswith("_links")]


def test_back_from_a_question_of_a_row_leads_to_the_answer_that_made_it(anna: Walker) -> None:
    point = anna.adds("growth", growth_point="ict")
    assert interview.before(anna.regulation, anna.facts, Step("hinders", point)) == Step(
        "growth_point", point
    )


def test_there_is_no_way_back_from_what_the_draft_does_not_ask(anna: Walker) -> None:
    assert interview.before(anna.regulation, anna.facts, Step("full_name")) is None
    assert interview.before(anna.regulation, anna.facts, Step("no_such_question")) is None


@pytest.mark.parametrize("slug", REAL)
@pytest.mark.parametrize("said", ["yes", "no", None])
def test_the_total_is_twelve_before_and_after_the_condition_is_known(slug: str, said: str | None) -> None:
    walker = Walker(slug)
    if said:
        walker.answers(has_diagnosis=said)
    totals = {
        interview.progress(walker.regulation, walker.facts, step).total
        for step in interview.of_draft(walker.regulation, walker.facts)
    }
    assert totals == {12}


def test_several_points_of_growth_do_not_make_the_draft_longer(anna: Walker) -> None:
    for block in ("ict", "subject", "methodical"):
        point = anna.adds("growth", growth_point=block)
        assert interview.progress(anna.regulation, anna.facts, Step("hinders", point)) == Progress(5, 12)


@pytest.mark.parametrize(("left", "minutes"), [(0, 0), (1, 1), (3, 1), (4, 2), (12, 4)])
def test_twenty_seconds_a_question(left: int, minutes: int) -> None:
    """«осталось ≈ 4 мин»"""
    walker = Walker("tiny")
    plain = [question for question in walker.regulation.question if not question.each]
    copies = tuple(plain[0].model_copy(update={"key": f"q{number}"}) for number in range(left))
    walker.regulation = changed(walker.regulation, question=copies)
    assert interview.minutes_left(walker.regulation, walker.facts) == minutes
