"""Rights that end: in the next notice, in the next press on a screen that is open.

Notices are drawn for everybody in every state with ids of everything Anna has; whatever somebody is told, she
is told no more when she has left, when the card was closed to her, when the route has ended, or her consent.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection

from bot.iom.access import Fact
from bot.iom.facts import State
from bot.phone.person import Person
from bot.speech.presenter import Told
from bot.speech.screen import Screen
from handlers.notices import ABOUT_THE_END, KINDS, screen_of
from handlers.place import Place
from handlers.turn import desk_of
from storage import consents, memberships, pairings
from storage.notices import Notice
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, here, id_of, newcomer, puts
from tests.conversation.given_life import carried_out, closes, told
from tests.conversation.given_school import staffed
from tests.conversation.rights import MARKS, NOBODY, ROLES, Cast, cast_of, in_state, shown, undone
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

SLUGS = pytest.mark.parametrize("slug", ["stavropol", pytest.param("ust_ilimsk", marks=pytest.mark.long)])
HELPERS = tuple(name for name in ROLES if name not in NOBODY)
STATES: tuple[State, ...] = (State.RETURNED, State.ON_REVIEW, State.APPROVED, State.ACTIVE, State.FINALIZING)
STATES += (State.CONCLUSION, State.COMPLETED, State.WITHDRAWN)
OPEN = (State.ON_REVIEW, State.ACTIVE)  # in these everybody else is tried too
OF_PEOPLE = frozenset(
    {"introduced", "introduced_companion", "access_opened", "application", "admitted", "turned_down"}
)
OF_LINES = frozenset({"claimed", "line_judged", "line_again"})
# An example of these needs more than this school has; tests of their rooms show them.
ELSEWHERE = {"extension_offer", "extension_news", "correction_news", "application", "correction"}
ELSEWHERE |= {"model_offer", "model_confirm", "model_news", "proposed"}
ELSEWHERE |= {"monitoring", "monitoring_given", "monitoring_judged", "reflection", "transfer"}
ELSEWHERE |= {
    "waits",
    "waits_long",
    "week",
    "begins",
    "ended",
    "retention",
    "digest",
    "mentor_digest",
    "nudge",
}
ELSEWHERE |= {"resource_asked", "resource_answer"}
STATE_ONLY = {
    "withdrawn",
    "concluded",
    "extension_news",
    "retention",
}  # may be told to who knows the state only


@dataclass(frozen=True)
class Heard:
    """A notice that is said to somebody while the route is in a state."""

    who: str
    state: State
    notice: Notice


Lose = Callable[[Connection, Cast, str], object]
_SAID: dict[tuple[str, str], tuple[Cast, list[Heard]]] = {}


def notices_of(cast: Cast, who: str) -> Iterator[Notice]:
    """One of every kind about everything that Anna has."""
    ids, now = cast.ids, cast.play.clock.now()
    about = {
        name: ids[name] for name in ("pairing", "invitation", "decision", "recommendation", "correction")
    }
    about |= {"organisation": ids["school"], "extension": 0, "sender": cast.person["boris"]}
    about |= dict.fromkeys(("resource", "checkpoint", "asker"), 0)
    told = {"day": now.date().isoformat(), "role": "mentor", "answer": "yes"}
    for kind in KINDS:
        route = 0 if kind in OF_PEOPLE else cast.route_id
        asked = {"inquiry": ids["answered" if kind == "answered" else "inquiry"]}
        for line, seen in (("line0", cast.mark), ("line1", 0))[: 2 if kind in OF_LINES else 1]:
            subject = {**about, **told, **asked, "entry": ids[line], "seen": seen}
            yield Notice(1, cast.person[who], cast.telegram[who], kind, route, subject, "t", 1, now)


def say(conn: Connection, cast: Cast, notice: Notice) -> Screen | None:
    """What the courier would say now."""
    desk = desk_of(conn, cast.play.app.voice._world, notice.telegram_id, cast.play.clock.now())
    return screen_of(desk, notice)


async def said(play: Play, slug: str) -> tuple[Cast, list[Heard]]:
    """Everything that is said to anybody in any state."""
    here = (play.settings.database_url, slug)  # a worker may come back to this module on another stage
    if here not in _SAID:
        cast = await cast_of(play, slug)

        def unit(conn: Connection) -> list[Heard]:
            found = []
            for state in STATES:
                with undone(conn):
                    in_state(conn, cast, state, 0)
                    found += [
                        Heard(who, state, notice)
                        for who in ("anna", *(ROLES if state in OPEN else HELPERS))
                        for notice in notices_of(cast, who)
                        if say(conn, cast, notice) is not None
                    ]
            return found

        _SAID[here] = cast, await play.app.database.write(unit)
    return _SAID[here]


async def still(play: Play, slug: str, lose: Lose, people: tuple[str, ...]) -> Mapping[str, str]:
    """Kind → all that these people are still told after the loss."""
    cast, known = await said(play, slug)
    found: defaultdict[str, str] = defaultdict(str)

    def unit(conn: Connection) -> None:
        for one in (one for one in known if one.who in people):
            with undone(conn):
                in_state(conn, cast, one.state, 0)
                lose(conn, cast, one.who)
                screen = say(conn, cast, one.notice)
                if screen is not None:
                    found[one.notice.kind] += "\n".join(shown(cast, Told(1, 1, 0, screen)))

    await play.app.database.write(unit)
    return found


@SLUGS
async def test_every_kind_of_notice_is_said_to_somebody_and_to_no_stranger(
    sqlite_play: Play, slug: str
) -> None:
    _, found = await said(sqlite_play, slug)
    assert set(KINDS) - ELSEWHERE <= {one.notice.kind for one in found if one.who not in NOBODY}
    # «Вас приняли» and «Пока не приняли» are true of whoever is in the school, or is not; a deadline of one's
    # own.
    own = {"admitted", "turned_down", "deadline"}
    assert {one.notice.kind for one in found if one.who in NOBODY} <= own


@SLUGS
async def test_who_has_left_is_told_nothing(sqlite_play: Play, slug: str) -> None:
    def leaves(conn: Connection, cast: Cast, who: str) -> None:
        for one in memberships.of_person(conn, cast.person[who]):
            memberships.leave(conn, cast.person[who], one.organisation_id, cast.play.clock.now())

    assert set(await still(sqlite_play, slug, leaves, HELPERS)) <= {"turned_down"}


@SLUGS
async def test_who_took_her_consent_back_is_told_nothing(sqlite_play: Play, slug: str) -> None:
    def forgets(conn: Connection, cast: Cast, who: str) -> None:
        consents.withdraw(conn, cast.person[who], "storage", cast.play.clock.now())

    assert not await still(sqlite_play, slug, forgets, ("anna", *HELPERS))


@SLUGS
async def test_a_mentor_to_whom_the_card_was_closed_is_told_of_the_state_only(
    sqlite_play: Play, slug: str
) -> None:
    def closed(conn: Connection, cast: Cast, who: str) -> None:
        assert pairings.close(conn, cast.ids["pairing"], cast.person["anna"], cast.play.clock.now())

    words = await still(sqlite_play, slug, closed, ("boris",))
    assert set(words) <= STATE_ONLY | {"introduced_companion", "turned_down"}
    hidden = [mark for fact, mark in MARKS.items() if fact is not Fact.STATE]
    assert not [mark for mark in hidden if mark in str(words)]


@SLUGS
async def test_of_a_route_that_was_ended_only_its_end_is_told(sqlite_play: Play, slug: str) -> None:
    def ended(conn: Connection, cast: Cast, who: str) -> None:
        in_state(conn, cast, State.WITHDRAWN, 0)

    words = await still(sqlite_play, slug, ended, ("anna", *HELPERS))
    assert set(words) - OF_PEOPLE <= ABOUT_THE_END


async def gone(play: Play, person: Person, organisation_id: int) -> None:
    """Every role of the person there ends, as «Уйти» of her settings ends it; her screen stays open."""

    def unit(conn: Connection) -> None:
        assert memberships.leave(conn, id_of(conn, person), organisation_id, play.clock.now())

    await play.app.database.write(unit)


async def test_a_mentor_who_has_left_confirms_nothing_on_the_screen_that_is_open(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris)
    await puts(sqlite_play, boris, Place("case", row=life.route_id, back=Place("queue")))
    await boris.sees("Светлова")
    await gone(sqlite_play, boris, life.organisation.id)
    before = await life.facts()
    for verb in ("read_card", "claims", "hours", "recommend"):
        await boris.presses(data=forged(boris, verb), stale=True)
        await boris.settled()
        assert not boris.documents
        assert "Светлова" not in here(boris).text
    assert await life.facts() == before


async def test_an_approver_who_has_left_agrees_to_nothing_under_the_notice(sqlite_play: Play) -> None:
    staff = await staffed(sqlite_play, "stavropol")
    await bring(sqlite_play, "stavropol", person=staff.anna)
    await staff.anna.presses("На согласование")
    await staff.anna.presses("Отправить")
    agree = await staff.elena.sees_button("Согласовать")
    await gone(sqlite_play, staff.elena, staff.school.id)
    for _ in range(2):
        await staff.elena.presses(data=agree.data, stale=True)
        await staff.elena.sees("не действует")
    facts = await facts_of(sqlite_play, staff.anna)
    assert (facts.state, facts.step) == (State.ON_REVIEW, 0)


async def test_a_coordinator_who_has_left_finds_no_school(sqlite_play: Play) -> None:
    staff = await staffed(sqlite_play, "stavropol")
    await bring(sqlite_play, "stavropol", person=staff.anna)
    route = (await facts_of(sqlite_play, staff.anna)).route_id
    places = [Place("case", row=route), Place("invitations", row=staff.school.id)]
    places += [Place("pairing", row=staff.school.id), Place("withdrawing", row=route, view={"sure": "1"})]
    await gone(sqlite_play, staff.galina, staff.school.id)
    for place in places:
        await puts(sqlite_play, staff.galina, place)
        await staff.galina.settled()
        assert "Светлова" not in here(staff.galina).text, place
        await staff.galina.says("уволилась")
        await staff.galina.settled()
    assert (await facts_of(sqlite_play, staff.anna)).state is State.DRAFT


async def test_access_that_was_closed_ends_on_the_screen_that_is_open(sqlite_play: Play) -> None:
    boris = newcomer(sqlite_play, "Борис")
    life = await carried_out(sqlite_play, mentor=boris)
    await puts(sqlite_play, boris, Place("case", row=life.route_id, back=Place("queue")))
    await closes(life)
    await boris.presses(data=forged(boris, "read_card"), stale=True)
    await boris.settled()
    assert not boris.documents
    await told(sqlite_play, boris)
    await boris.sees("Педагог ещё не открыл вам карту")
