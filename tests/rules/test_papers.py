"""Papers of a travelled route: its evidence, its attachments alone, its days in a calendar, its bars."""

from dataclasses import replace
from datetime import date

import pytest

from bot.documents.paper_words import words as paper_words
from bot.iom.account import totals
from bot.iom.appendices import appendices
from bot.iom.appointments import LONGEST, appointments
from bot.iom.blocks import AttachmentHead, Document, Page, Title
from bot.iom.card import card_of
from bot.iom.card_sources import Sources
from bot.iom.certificate import initials, lack
from bot.iom.dynamics_bars import bars, parts, worth_drawing
from bot.iom.evidence_pack import evidence_pack
from bot.iom.facts import State
from bot.iom.journey import EMPTY, Decision, Journey, Line, LineState
from bot.iom.period import Period, to_value
from tests.regulations.given import ALL, given
from tests.rules.memory import Walker
from tests.rules.travelled import ANNA, anna, at
from tests.rules.tree import words

WORDS = paper_words("evidence")


def pack(walker: Walker, journey: Journey) -> Document | None:
    sources = Sources(walker.regulation, walker.facts, journey)
    return evidence_pack(sources, ANNA, "Гимназия", totals(walker.facts, journey), WORDS, "П-7K2M · 1 · 0000")


# --- Evidence -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["stavropol", "ust_ilimsk"])
def test_the_evidence_is_what_the_card_says_was_done(slug: str) -> None:
    walker, journey = anna(slug)
    found = pack(walker, journey)
    assert found is not None
    text = "\n".join(words(found))
    done = [row for row in walker.facts.rows("plan") if journey.state(row.id) is LineState.CONFIRMED]
    assert done
    for row in walker.facts.rows("plan"):
        confirmed = journey.state(row.id) in {LineState.CONFIRMED, LineState.PARTLY}
        assert (walker.facts.text("title", row.id) in text) is confirmed
    for one in journey.evidence:
        if journey.state(one.entry_id) is LineState.CONFIRMED:
            assert one.number in text


def test_nothing_confirmed_is_no_paper() -> None:
    walker, _ = anna("stavropol")
    assert pack(walker, EMPTY) is None


# --- Attachments ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ALL)
def test_attachments_hold_everything_after_the_first_head(slug: str) -> None:
    document = card_of(given(slug), Walker(slug).facts)
    found = appendices(document)
    heads = [block for block in document.blocks if isinstance(block, AttachmentHead)]
    assert [one.title for one in found] == [head.lines[0] for head in heads]
    if heads:
        after = document.blocks[document.blocks.index(heads[0]) :]
        told = [block for one in found for block in one.document.blocks]
        assert [b for b in told if not isinstance(b, Page)] == [b for b in after if not isinstance(b, Page)]


def test_an_attachment_lies_as_it_lay_in_the_card() -> None:
    head = AttachmentHead(("Приложение 1",))
    blocks = (Title("Карта"), Page("landscape"), head, Title("а"), Page(), AttachmentHead(("Приложение 2",)))
    first, second = appendices(Document("Карта", blocks, footer="П"))
    assert first.document.blocks == (Page("landscape"), head, Title("а"))
    assert isinstance(second.document.blocks[0], Page)
    assert (first.document.footer, first.document.title) == ("П", "Приложение 1 · Карта")


# --- Calendar -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "starts", "deadline"),
    [
        (Period(date(2027, 2, 10), date(2027, 2, 10)), date(2027, 2, 10), False),
        (Period(date(2027, 2, 10), date(2027, 2, 12)), date(2027, 2, 10), False),
        (Period(date(2027, 2, 1), date(2027, 2, 28)), date(2027, 2, 28), True),
        (Period(date(2027, 1, 1), date(2027, 5, 31)), date(2027, 5, 31), True),
        (Period(date(2027, 2, 10), date(2027, 2, 10 + LONGEST)), date(2027, 2, 10 + LONGEST), True),
    ],
    ids=["day", "days", "month", "months", "long"],
)
def test_days_are_drawn_and_months_are_deadlines(term: Period, starts: date, deadline: bool) -> None:
    walker = Walker("stavropol")
    row = walker.adds("plan", title="Курсы", period=to_value(term))
    (one,) = appointments(walker.regulation, walker.facts, EMPTY)
    assert (one.entry_id, one.title, one.starts, one.ends) == (row, "Курсы", starts, term.ends)
    assert one.deadline is deadline


def test_undated_lines_are_no_appointments_and_cancelled_ones_are_gone() -> None:
    walker = Walker("stavropol")
    walker.adds("plan", title="Чтение")
    row = walker.adds("plan", title="Курсы", period=to_value(Period(date(2027, 2, 1), date(2027, 2, 2))))
    journey = Journey(lines={row: Line(row, LineState.CANCELLED, at(10, 1))})
    assert [one.gone for one in appointments(walker.regulation, walker.facts, journey)] == [True]
    assert appointments(walker.regulation, walker.facts, journey, entry_id=row + 1) == ()


# --- Bars -----------------------------------------------------------------------------------------------


def test_bars_are_percents_or_places_on_the_scale() -> None:
    by_percent, by_level = Walker("stavropol"), Walker("ust_ilimsk")
    by_percent.answers(has_diagnosis="yes")
    by_level.answers(has_diagnosis="yes")
    by_percent.adds("diagnoses", scores={"methodical": {"total": 49.5}})
    by_level.adds("diagnoses", scores={"methodical": {"level": "medium"}})
    (one,) = bars(by_percent.regulation, by_percent.facts)
    assert one.before is not None
    assert (one.before.share, one.before.words, one.after) == (0.495, "49,5 %", None)
    (other,) = bars(by_level.regulation, by_level.facts)
    assert other.before is not None
    assert (round(other.before.share, 2), other.before.words) == (0.67, "средний")


def test_a_self_assessment_is_never_drawn() -> None:
    walker = Walker("stavropol")
    walker.answers(has_diagnosis="no")
    walker.adds("diagnoses", self_scores={"methodical": {"self": "low"}})
    assert bars(walker.regulation, walker.facts) == ()
    assert not worth_drawing((), parts(walker.facts, EMPTY))


def test_the_parts_of_a_plan_are_all_of_it() -> None:
    walker, journey = anna("stavropol")
    gone = {LineState.REPLACED, LineState.CANCELLED}
    left = [row for row in walker.facts.rows("plan") if journey.state(row.id) not in gone]
    found = parts(walker.facts, journey)
    assert found.all == len(left)
    assert found.done == sum(journey.state(row.id) is LineState.CONFIRMED for row in left)


# --- Certificate ----------------------------------------------------------------------------------------


def concluded(outcome: str) -> Journey:
    return Journey(decisions=(Decision(1, "concluded", at(5, 31), remark=outcome),))


def test_who_gets_a_certificate() -> None:
    regulation = given("ust_ilimsk")
    over = replace(Walker("ust_ilimsk").facts, state=State.COMPLETED, organisation_id=1, model="ais")
    assert lack(regulation, over, concluded("achieved")) == ""
    assert lack(regulation, over, concluded("partly")) == ""
    assert lack(regulation, over, concluded("not")) == "outcome"
    assert lack(regulation, over, EMPTY) == "outcome"
    assert lack(regulation, replace(over, state=State.CONCLUSION), concluded("achieved")) == "unfinished"
    assert lack(regulation, replace(over, organisation_id=None), concluded("achieved")) == "alone"
    assert lack(regulation, replace(over, trial=True), concluded("achieved")) == "alone"
    assert lack(regulation, replace(over, model=""), concluded("achieved")) == "model"
    assert lack(regulation, replace(over, model="school"), concluded("achieved")) == "other_model"
    assert lack(given("stavropol"), over, concluded("achieved")) == "none"


@pytest.mark.parametrize(
    ("name", "said"),
    [(ANNA, "С. А. И."), ("П-7K2M", "П-7K2M"), ("", ""), ("оглы", "О."), ("«х» Анна", "А.")],
)
def test_as_little_as_tells_two_apart(name: str, said: str) -> None:
    assert initials(name) == said
