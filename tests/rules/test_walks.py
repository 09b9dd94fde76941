"""Any person, any regulation, any order: the walk ends, and the engine never contradicts itself."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.iom import interview
from bot.iom.asked import Accepted
from bot.iom.branch import blocks_of
from bot.iom.card import card_of
from bot.iom.facts import RemoveEntry
from bot.iom.interview import Step
from bot.iom.regulation import Kind
from bot.iom.summary import gaps, lines
from tests.regulations.given import ALL, SHIPPED
from tests.rules.memory import Walker, reason

randoms = st.randoms(use_true_random=False)
walking = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
UNREST = 10  # times a person skips, turns back, changes her mind, adds or removes a row


def holds_together(walker: Walker) -> None:
    """What is true of every route at any moment."""
    regulation, facts = walker.regulation, walker.facts
    every = interview.steps(regulation, facts)
    assert len(set(every)) == len(every)
    for step in every:
        assert interview.applies(regulation, facts, step), step
        progress = interview.progress(regulation, facts, step)
        if regulation.questions[step.key].when == "draft":
            assert 1 <= progress.number <= progress.total
            assert progress.total == 12 or walker.slug not in SHIPPED
        else:
            assert progress == interview.Progress(0, 0)
    left = interview.remaining(regulation, facts)
    assert set(left) <= set(every)
    assert interview.minutes_left(regulation, facts) * 3 >= len(left)
    assert (interview.next_of_draft(regulation, facts) is None) == all(
        regulation.questions[step.key].when != "draft" for step in left
    )


def is_restless(walker: Walker, random: Random) -> None:
    """One thing people do instead of answering what is asked."""
    regulation, facts = walker.regulation, walker.facts
    step = random.choice(interview.steps(regulation, facts))
    deed = random.choice(["skip", "back", "fix", "add", "remove"])
    if deed == "skip":
        walker.on(step.key, step.row, step.parent).skips()
    elif deed == "back" and (now := walker.next()):
        before = interview.before(regulation, facts, now)
        if before is not None:
            assert interview.applies(regulation, facts, before)
            walker.answers_well(before, random.choice)
    elif deed == "fix" and regulation.questions[step.key].kind is not Kind.LINKS:
        walker.answers_well(step, random.choice)
    elif deed == "add":
        table = random.choice(regulation.table)
        question = interview.creator(regulation, facts, table.key)
        new = Step(question.key) if question else step
        free = table.key != "growth" or len(facts.rows("growth")) < len(blocks_of(regulation, facts))
        if question and free and interview.applies(regulation, facts, new):
            walker.answers_well(new, random.choice)
    elif deed == "remove" and facts.entries:
        walker.does(RemoveEntry(random.choice(facts.entries).id))


@pytest.mark.parametrize("slug", ALL)
@walking
@given(random=randoms, by_code=st.booleans())
def test_every_walk_ends_with_a_draft(slug: str, random: Random, by_code: bool) -> None:
    walker = Walker(slug).by_code() if by_code else Walker(slug)
    for _ in range(UNREST):
        holds_together(walker)
        is_restless(walker, random)
        if step := walker.next():
            walker.answers_well(step, random.choice)
    walker.walks_the_draft(random.choice)
    holds_together(walker)
    assert walker.next() is None


@pytest.mark.parametrize("slug", ALL)
@walking
@given(random=randoms)
def test_skipping_all_that_can_be_skipped_ends_too(slug: str, random: Random) -> None:
    walker = Walker(slug)
    for _ in range(100):
        step = walker.next()
        if step is None:
            break
        refused = reason(walker.on(step.key, step.row, step.parent).skips())
        assert refused == ("required" if walker.regulation.questions[step.key].required else "")
        if refused:
            walker.answers_well(step, random.choice)
    assert walker.next() is None


@pytest.mark.parametrize("slug", ALL)
@walking
@given(random=randoms)
def test_every_stage_can_be_printed_and_summed_up(slug: str, random: Random) -> None:
    walker = Walker(slug)
    for _ in range(UNREST):
        is_restless(walker, random)
        if step := walker.next():
            walker.answers_well(step, random.choice)
        assert card_of(walker.regulation, walker.facts).blocks
        for section in walker.regulation.section:
            lines(walker.regulation, walker.facts, section.key)
        for gap in gaps(walker.regulation, walker.facts):
            assert interview.applies(walker.regulation, walker.facts, gap.step)


@pytest.mark.parametrize("slug", ALL)
@walking
@given(random=randoms)
def test_what_is_left_shrinks_by_the_question_answered(slug: str, random: Random) -> None:
    walker = Walker(slug)
    walker.walks_the_draft(random.choice)
    conditions = {q.asked_if.question for q in walker.regulation.question if q.asked_if}
    while left := walker.remaining():
        step = random.choice(sorted(left, key=str))
        walker.answers_well(step, random.choice)
        if step.row or (step.key not in conditions and not walker.regulation.questions[step.key].each):
            assert walker.remaining() == left - {step}
        else:
            assert step not in walker.remaining()


@pytest.mark.parametrize("slug", ALL)
@walking
@given(random=randoms)
def test_going_back_undoes_going_on(slug: str, random: Random) -> None:
    walker = Walker(slug)
    trail = walker.walks_the_draft(random.choice)
    for earlier, later in zip([None, *trail], trail, strict=False):
        assert interview.before(walker.regulation, walker.facts, later) == earlier


@pytest.mark.parametrize("slug", ALL)
@walking
@given(random=randoms)
def test_the_number_of_the_step_grows_with_every_answer(slug: str, random: Random) -> None:
    walker = Walker(slug)
    numbers = []
    while step := walker.next():
        numbers.append(interview.progress(walker.regulation, walker.facts, step).number)
        walker.answers_well(step, random.choice)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 12 or slug not in SHIPPED


@pytest.mark.parametrize("slug", ALL)
@walking
@given(random=randoms)
def test_nothing_personal_is_asked_or_stored_by_code(slug: str, random: Random) -> None:
    walker = Walker(slug).by_code()
    walker.walks_everything(random.choice)
    stored = {key for _, key in walker.facts.answers}
    personal = {question.key for question in walker.regulation.question if question.personal}
    assert personal
    assert not stored & personal
    for key in personal:
        assert reason(walker.on(key).says("Светлова Анна Ильинична")) == "gone"
        assert reason(walker.on(key).skips()) == "gone"


@pytest.mark.parametrize("slug", ALL)
@walking
@given(random=randoms, text=st.text(max_size=300), choice=st.text(max_size=40))
def test_whatever_is_typed_or_pressed_is_judged(slug: str, random: Random, text: str, choice: str) -> None:
    """No answer raises; a refusal changes nothing."""
    walker = Walker(slug)
    for _ in range(random.randint(0, 14)):
        if step := walker.next():
            walker.answers_well(step, random.choice)
    for step in interview.steps(walker.regulation, walker.facts):
        before = walker.facts
        for outcome in (
            walker.on(step.key, step.row, step.parent).says(text),
            walker.on(step.key, step.row, step.parent).taps(choice),
        ):
            assert isinstance(outcome, Accepted) or outcome.reason
        walker.facts = before
