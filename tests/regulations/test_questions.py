"""The walk: what is asked, in which order and in which words."""

import re

import pytest

from bot.iom.regulation import Kind
from tests.regulations.given import ALL, REAL, SHIPPED, draft, feeds_a_rule, given, printed, said_to_people

TWELVE = [
    "position",
    "subject",
    "has_diagnosis",
    "scores",
    "growth_point",
    "hinders",
    "task",
    "expected",
    "term",
    "events",
    "product",
    "final_title",
]
BEFORE_SENDING = {
    "stavropol": {
        "full_name",
        "org_name",
        "region",
        "final_level",
        "final_period",
        "organiser",
        "result_form",
    },
    "ust_ilimsk": {"last_name", "first_name", "patronymic", "org_name", "final_level", "final_period"}
    | {"final_form", "form", "plan_links"},
}
LATER = {
    "stavropol": {"education", "experience", "category", "attestation_date", "degree", "rank", "awards"}
    | {"extra", "strengths", "difficulties", "pupils_link", "learning_request", "courses", "wording"},
    "ust_ilimsk": {"email", "phone", "experience", "position_years", "category", "category_date"}
    | {"learning_request", "strengths", "difficulties", "pupils_link", "wording"},
}
FROM_THE_SEEDS = re.compile(r"^00[0-4] .+")


@pytest.mark.parametrize("slug", REAL)
def test_a_draft_takes_twelve_answers_with_a_diagnosis(slug: str) -> None:
    assert draft(given(slug), has_diagnosis="yes") == TWELVE


@pytest.mark.parametrize("slug", REAL)
def test_a_draft_takes_twelve_answers_without_a_diagnosis(slug: str) -> None:
    assert draft(given(slug), has_diagnosis="no") == [
        "self_scores" if key == "scores" else key for key in TWELVE
    ]


@pytest.mark.parametrize("slug", ALL)
def test_questions_of_the_draft_come_first_then_those_before_sending(slug: str) -> None:
    order = ["draft", "sending", "later", "finish"]
    asked = [order.index(question.when) for question in given(slug).question]
    assert asked == sorted(asked)


@pytest.mark.parametrize("slug", REAL)
def test_what_the_form_needs_is_asked_before_sending_or_later(slug: str) -> None:
    questions = given(slug).questions
    assert {key for key in BEFORE_SENDING[slug] if questions[key].when == "sending"} == BEFORE_SENDING[slug]
    assert {key for key in LATER[slug] if questions[key].when == "later"} == LATER[slug]


@pytest.mark.parametrize("slug", ALL)
def test_no_question_is_asked_for_nothing(slug: str) -> None:
    regulation = given(slug)
    printing = printed(regulation)
    idle = [
        question.key
        for question in regulation.question
        if question.key not in printing and not feeds_a_rule(regulation, question)
    ]
    assert idle == []


@pytest.mark.parametrize("slug", ALL)
def test_the_chat_speaks_softly(slug: str) -> None:
    for words in said_to_people(given(slug)):
        assert not re.search("дефицит", words, re.IGNORECASE), words
        assert not re.search(r"\bучител", words, re.IGNORECASE), words


@pytest.mark.parametrize("slug", ALL)
def test_a_question_fits_a_small_screen(slug: str) -> None:
    for question in given(slug).question:
        assert len(question.ask) <= 200, question.key
        assert question.ask[-1] in ".?!", question.key
        assert len(question.title) <= 40, question.key


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_question_helps_with_a_hint_or_an_example(slug: str) -> None:
    buttons = {Kind.CHOICE, Kind.POINT, Kind.EVENTS, Kind.ROWS, Kind.LINKS, Kind.SELF_SCORES}
    for question in given(slug).question:
        assert question.hint or question.example or question.options, question.key
        assert question.example or question.kind in buttons, question.key


@pytest.mark.parametrize("slug", SHIPPED)
def test_words_and_numbers_have_limits(slug: str) -> None:
    for question in given(slug).question:
        if question.kind in {Kind.LINE, Kind.TEXT, Kind.INTEGER} and not question.within_years:
            assert question.min is not None, question.key
            assert question.max is not None, question.key


@pytest.mark.parametrize("slug", SHIPPED)
def test_examples_keep_the_limits_of_their_question(slug: str) -> None:
    for question in given(slug).question:
        if question.kind in {Kind.LINE, Kind.TEXT, Kind.TASK} and question.max:
            for words in (question.example, *question.suggestions):
                assert (question.min or 0) <= len(words) <= question.max, (question.key, words)


@pytest.mark.parametrize("slug", SHIPPED)
def test_every_question_names_its_clause(slug: str) -> None:
    for question in given(slug).question:
        assert FROM_THE_SEEDS.match(question.clause), question.key


@pytest.mark.parametrize("slug", ALL)
def test_personal_data_say_what_they_are_for(slug: str) -> None:
    for question in given(slug).question:
        assert question.personal == bool(question.why), question.key


def test_names_mail_and_phone_are_personal() -> None:
    personal = {slug: {q.key for q in given(slug).question if q.personal} for slug in REAL}
    assert personal == {
        "stavropol": {"full_name"},
        "ust_ilimsk": {"last_name", "first_name", "patronymic", "email", "phone"},
    }


@pytest.mark.parametrize("slug", SHIPPED)
def test_the_link_with_pupils_asks_for_totals_only(slug: str) -> None:
    asked = given(slug).questions.get("pupils_link")
    if asked is None:
        assert slug not in REAL
        return
    hint = asked.hint
    assert "Только общие цифры" in hint
    assert "отдельных детей не пишите" in hint


@pytest.mark.parametrize("slug", REAL)
def test_products_and_the_final_event_are_one_tap_away(slug: str) -> None:
    questions = given(slug).questions
    assert len(set(questions["product"].suggestions)) >= 6
    assert len(set(questions["final_title"].suggestions)) >= 6
    assert 5 <= len(questions["hinders"].options) <= 6
    assert questions["hinders"].own
    assert given(slug).tables["products"].at_least == 1


@pytest.mark.parametrize("slug", REAL)
def test_events_have_four_levels(slug: str) -> None:
    questions = given(slug).questions
    for key in ("level", "diagnosis_level", "final_level"):
        assert [option.key for option in questions[key].options] == [
            "federal",
            "regional",
            "municipal",
            "institutional",
        ]


def test_a_diagnosis_is_wanted_in_stavropol_only() -> None:
    """domain.md C36: 004 begins from difficulties and requests as well (2.4, 3.2.2)."""
    assert given("stavropol").questions["has_diagnosis"].mandatory
    assert not given("ust_ilimsk").questions["has_diagnosis"].mandatory


def test_an_attestation_may_have_no_end() -> None:
    assert "бессрочно" in given("stavropol").questions["attestation_date"].suggestions


@pytest.mark.parametrize(("slug", "clause"), [("stavropol", "001 Прил. 4, §1"), ("ust_ilimsk", "004 п. 1.8")])
def test_a_route_lasts_a_year_at_most(slug: str, clause: str) -> None:
    term = given(slug).term
    assert (term.max_months, term.strict, term.clause) == (12, True, clause)
    assert 2 <= len(term.options) <= 4
    assert term.options[0].school_year
