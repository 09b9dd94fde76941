"""Updates that come twice, late or swapped: nothing is written twice, and she sees what was stored."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.demo.walk import Walker
from bot.phone.person import Person
from bot.phone.server import Telegram
from storage import cursors
from tests.conversation.given import bring, facts_of, here, id_of, newcomer, stored
from tests.processes import content, webhook_stage
from tests.stage import Play, script_until, stage

AFTER_DRAFT = "Остальное, по три вопроса"
STAGES = {"polling": stage, "webhook": webhook_stage}
Disturb = Callable[[Telegram], None]


@pytest.fixture(params=STAGES)
async def either(request: pytest.FixtureRequest, empty_url: str) -> AsyncIterator[Play]:
    """A running bot: polling, then by webhook."""
    async with STAGES[request.param](empty_url) as running:
        yield running


@pytest.fixture
async def hooked(empty_url: str) -> AsyncIterator[Play]:
    """A running bot by webhook."""
    async with webhook_stage(empty_url) as running:
        yield running


async def drafts(play: Play, slug: str, disturb: Disturb = lambda _: None) -> tuple[Person, Any]:
    """A new person walks the script to the draft; before each act the network is disturbed."""
    person = newcomer(play)
    script = script_until(slug, AFTER_DRAFT, play.clock.now().date())
    await Walker(person, script, lambda _: disturb(play.telegram)).walk()
    await person.settled()
    return person, await stored(play, lambda conn: content(conn, person.id))


def screens(person: Person) -> list[str]:
    """Every text the bot has shown, edits included, oldest first."""
    return [entry.text for entry in person.screen.transcript if entry.who == "bot" and entry.kind != "file"]


@pytest.mark.parametrize("disturb", [Telegram.duplicate, Telegram.redeliver])
async def test_a_draft_of_which_everything_came_twice_is_said_and_stored_once(
    either: Play, disturb: Disturb
) -> None:
    calm, expected = await drafts(either, "stavropol")
    shaken, found = await drafts(either, "stavropol", disturb)
    assert found == expected
    assert screens(shaken) == screens(calm)
    assert len(shaken.documents) == len(calm.documents)


async def overtaken(play: Play, words: str) -> Person:
    """She writes and presses at once; the press comes first, so the words meet the next question."""
    vera = await bring(play, "ust_ilimsk", "position")
    play.telegram.faults.swap()
    await vera.says(words)
    await vera.presses("воспитатель", hurry=True)
    await vera.sees(f"✓ Группа или направление: {words}")
    return vera


async def test_words_overtaken_by_a_press_are_stored_where_she_sees_it(hooked: Play) -> None:
    """A text carries no step: it counts for the question on screen, and the screen says which that was."""
    vera = await overtaken(hooked, "логопед")
    facts = await facts_of(hooked, vera)
    assert (facts.text("position"), facts.text("subject")) == ("воспитатель", "логопед")
    await vera.settled()


async def test_words_overtaken_by_a_press_can_be_taken_back(hooked: Play) -> None:
    vera = await overtaken(hooked, "логопед")
    await vera.presses("Назад")
    await vera.sees("Сейчас записано: логопед")
    await vera.says("старшая группа")
    await vera.sees("✓ Группа или направление: старшая группа")
    await vera.settled()
    assert (await facts_of(hooked, vera)).text("subject") == "старшая группа"


async def test_a_press_that_comes_too_late_to_be_answered_still_counts(either: Play) -> None:
    vera = await bring(either, "ust_ilimsk", "position")
    either.telegram.faults.late(140)
    await vera.presses("воспитатель")
    either.telegram.clock.advance(141)
    either.telegram.core.updates.added.ring()
    await vera.sees("С какой возрастной группой")
    await vera.settled()
    assert (await facts_of(either, vera)).text("position") == "воспитатель"


async def test_a_press_that_telegram_lost_leaves_the_screen_to_press_again(either: Play) -> None:
    """Telegram keeps a press for 150 seconds."""
    vera = await bring(either, "ust_ilimsk", "position")
    either.telegram.faults.late(151)
    await vera.presses("воспитатель")
    either.telegram.clock.advance(152)
    await vera.settled()
    assert (await facts_of(either, vera)).answer("position") is None
    await vera.presses("воспитатель")
    await vera.sees("С какой возрастной группой")
    await vera.settled()


async def test_a_press_of_yesterday_that_comes_now_writes_nothing(either: Play) -> None:
    """The same button, but its screen is long past: the current one is shown."""
    vera = await bring(either, "ust_ilimsk", "position")
    old, data = here(vera).message_id, here(vera).buttons[0][0].data
    await vera.says("логопед")
    await vera.sees("С какой возрастной группой")
    before = await facts_of(either, vera)
    either.telegram.clock.advance(86_400)
    await vera.presses(data=data, message_id=old, stale=True)
    await vera.settled()
    assert await facts_of(either, vera) == before
    assert "С какой возрастной группой" in here(vera).text


async def test_everything_at_once_is_handled_in_her_order(play: Play) -> None:
    """Words typed while the bot was busy: one batch, one lane, each to the question that was next then."""
    anna = await bring(play, "stavropol", "position")
    for words in ("учитель", "физика"):
        await anna.says(words)
    await anna.sees("Есть результат диагностики?")
    await anna.settled()
    facts = await facts_of(play, anna)
    assert (facts.text("position"), facts.text("subject")) == ("учитель", "физика")


async def test_what_was_shown_is_known_as_shown(either: Play) -> None:
    """Nothing is owed to her after a disturbed draft, so a restart has nothing to repeat."""
    anna, _ = await drafts(either, "stavropol", Telegram.duplicate)
    place = await stored(either, lambda conn: cursors.load(conn, id_of(conn, anna)))
    assert place.shown_rev == place.rev
    assert place.message_id == here(anna).message_id
    assert await either.app.voice.pay_debts() == 0
