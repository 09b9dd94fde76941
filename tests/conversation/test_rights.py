"""Every room about somebody's route or an organisation × every verb × ids of all kinds × every role.

Generated from `HOUSE` and `FACT_PRESSES`, so that a new room is covered when it appears. Nothing raises;
whoever may not know a fact is never shown a word of it; who may know nothing writes nothing of Anna's and
hears of her ids what one hears of ids that nobody has. Each case is undone, so thousands share one school.
"""

import random
import string
from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, update

from bot.iom.facts import State
from handlers.fact_presses import FACT_PRESSES
from handlers.house import HOUSE
from handlers.place import Place
from storage import invitations
from storage.tables import route
from tests.conversation.given import ONE_LOOP
from tests.conversation.rights import (
    ABSENT,
    MARKS,
    NOBODY,
    ROLES,
    Cast,
    arrival_of,
    arrives,
    cast_of,
    shown,
    undone,
)
from tests.conversation.rights_judge import Case, Judge, PressFact, PressRoom
from tests.regulations.given import REAL
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

EVERYBODY = ("anna", *ROLES)
HELPERS = ("boris", "zoya", "galina", "kira", "mila", "elena", "ella")
# The states of a route in which somebody else may do something.
STATES = (
    (State.DRAFT, 0),
    (State.RETURNED, 0),
    (State.ON_REVIEW, 0),
    (State.ON_REVIEW, 1),
    (State.APPROVED, 0),
    (State.ACTIVE, 0),
    (State.FINALIZING, 0),
    (State.CONCLUSION, 0),
    (State.AUDIT, 0),
    (State.COMPLETED, 0),
)
VIEWS: tuple[dict[str, str], ...] = (
    {},
    {"sure": "1"},
    {"asking": "1"},
    {"say": "send_back"},
    {"roles": "1"},
    {"file": "1"},
    {"verdict": "lacking", "form": "fits"},
    {"verdict": "lacking", "form": "fits", "words": "Слова"},
)
GARBAGE = ("", "0", "-1", "9" * 18, "9" * 40, "x.1.y", "٣", "yes")
ACTS = ("…", "@")  # words and a file, beside the verbs of the table
_CASTS: dict[tuple[str, str], Cast] = {}


async def cast(play: Play, slug: str) -> Cast:
    """One school of a stage for all tests of a regulation; every case in it is undone."""
    here = (play.settings.database_url, slug)  # a worker may come back to this module on another stage
    if here not in _CASTS:
        _CASTS[here] = await cast_of(play, slug)
    return _CASTS[here]


# What `place.row` and `place.parent` of a room name; a room that is not here is tried with everything.
THINGS: dict[str, tuple[tuple[str, str], ...]] = {
    **dict.fromkeys(
        ("case", "review", "returning", "changes", "claims", "hours", "recommending", "recommendations"),
        (("route", ""),),
    ),
    **dict.fromkeys(
        ("corrections", "offering", "conclusion", "withdrawing", "marking", "model"), (("route", ""),)
    ),
    **dict.fromkeys(("extending", "offered", "pausing", "slowing", "finishing", "viewers"), (("route", ""),)),
    "claim": (("route", "line0"), ("route", "line1")),
    "inquiry": (("route", "inquiry"),),
    "recommendation": (("route", "recommendation"),),
    "correction": (("route", "correction"),),
    "correcting": (("line2", "route"), ("", "route")),
    **dict.fromkeys(("monitoring", "monitoring_case", "reflecting"), (("route", "checkpoint"),)),
    **dict.fromkeys(("line", "not_done", "evidence", "inquire", "later"), (("line0", ""), ("line3", ""))),
    "row": (("growth", ""), ("line0", "")),
    **dict.fromkeys(
        ("organisation", "school", "school_settings", "people", "people_file"), (("school", ""),)
    ),
    **dict.fromkeys(("invitations", "priorities", "door", "pairing"), (("school", ""),)),
    "setup": (("school", ""),),
    "invitation": (("school", "invitation"),),
    "pairing_one": (("school", "anna"), ("school", "olga")),
    "companion": (("pairing", ""),),
    **dict.fromkeys(
        ("queue", "unanswered", "agree_all", "wards", "companions", "hats", "organisations", "reminders"),
        (("", ""),),
    ),
    **dict.fromkeys(("home", "menu", "settings", "summary", "plan", "card"), (("", ""),)),
    **dict.fromkeys(("papers", "appendices", "reprint", "certificate"), (("", ""),)),
    "exports": (("school", ""),),
}
OF_ONESELF = {"consent", "declined", "regulation", "help", "ask", "sections", "rows", "draft_ready", "erased"}
OF_ONESELF |= {
    "invited",
    "applying",
    "leaving",
    "sitting_over",
    "zones",
    "privacy",
    "erase",
    "new_organisation",
    "code",
    "signature",
    "verified",
}
ANYTHING = tuple((row, parent) for row in ("route", "line0", "school") for parent in ("", "line0", "anna"))


def places(cast: Cast) -> list[Place]:
    """Every room that an id leads into, with each of Anna's ids that it may be about."""
    ids = {**cast.ids, "": 0}
    return [
        Place(name, "title" if name == "setup" else "", ids[row], ids[parent])
        for name in HOUSE
        if name not in OF_ONESELF
        for row, parent in THINGS.get(name, ANYTHING)
    ]


def arguments(cast: Cast) -> list[str]:
    """What a button may carry: ids of Anna's, in every form in which rooms put them there, and rubbish."""
    ids, card, line = cast.ids, cast.route_id, cast.ids["line0"]
    forms = [f"review.{card}.0", f"line.{card}.{line}", f"inquiry.{card}.{ids['inquiry']}"]
    forms += [
        f"correction.{card}.{ids['correction']}",
        f"{card}.{ids['decision']}",
        f"monitoring.{card}.{ids['checkpoint']}",
        "enough",
        "coordinator",
        "achieved",
    ]
    return [*dict.fromkeys(map(str, ids.values())), str(cast.mark), *forms, *GARBAGE]


def presses(cast: Cast, places: Iterable[Place], people: Iterable[str]) -> Iterator[PressRoom]:
    """Everything, in the state that has most to do."""
    for place in places:
        for verb in (*HOUSE[place.name].pressed, *ACTS):
            for arg in arguments(cast) if verb not in ACTS else ["Слова"]:
                for who in people:
                    yield PressRoom(who, State.ACTIVE, 0, place, verb, arg)


def some(cast: Cast, places: list[Place], chance: random.Random, each: int) -> Iterator[PressRoom]:
    """Each verb of each place `each` times, by whomever, in whatever state and view."""
    for place in places:
        for verb in (*HOUSE[place.name].pressed, *ACTS):
            for _ in range(each):
                arg = "Слова" if verb in ACTS else chance.choice(arguments(cast))
                state, step = chance.choice(STATES) if chance.random() < 0.7 else (State.ACTIVE, 0)
                view = chance.choice(VIEWS)
                seen = replace(place, view={**place.view, **view})
                yield PressRoom(chance.choice(EVERYBODY), state, step, seen, verb, arg)


def under_notices(
    cast: Cast, people: Iterable[str], states: Iterable[tuple[State, int]]
) -> Iterator[PressFact]:
    """Every fact press × every id × versions of the past, of now and far ahead."""
    ids = [*dict.fromkeys(cast.ids.values()), ABSENT, 36**12 - 1]
    for state, step in states:
        for verb in FACT_PRESSES:
            for id_ in ids:
                for version in (-1, 0, 36**12 - 1):  # -1: the version of now
                    for who in people:
                        yield PressFact(who, state, step, verb, id_, version)


async def judged(play: Play, cast: Cast, cases: Iterable[Case]) -> Judge:
    """Play the cases on one connection; whatever is wrong with any of them is told at once."""

    def unit(conn: Connection) -> Judge:
        judge = Judge(conn, cast)
        for case in cases:
            judge.play(case)
        return judge

    judge = await play.app.database.write(unit)
    assert not judge.wrong, f"{len(judge.wrong)} of {judge.played}:\n" + "\n".join(judge.told())
    return judge


@pytest.mark.parametrize("slug", ["stavropol", pytest.param("ust_ilimsk", marks=pytest.mark.long)])
async def test_no_role_learns_or_does_more_than_it_may(sqlite_play: Play, slug: str) -> None:
    school = await cast(sqlite_play, slug)
    chance = random.Random(f"{slug} 3")
    judge = await judged(
        sqlite_play, school, chance.sample(list(some(school, places(school), chance, 1)), 300)
    )
    assert judge.played == 300
    assert {place.name for place in places(school)} >= {"case", "claim", "claims", "review", "correction"}


@pytest.mark.parametrize("slug", REAL)
async def test_every_room_shows_each_helper_what_she_may_know(sqlite_play: Play, slug: str) -> None:
    """Looked at, with nothing pressed: a verb that no room has. «Было / стало» once told reflections."""
    school = await cast(sqlite_play, slug)
    looks = [
        PressRoom(who, State.ACTIVE, 0, place, "look", "") for who in HELPERS for place in places(school)
    ]
    await judged(sqlite_play, school, looks)


@pytest.mark.parametrize("slug", REAL)
async def test_no_button_under_a_notice_gives_more_than_the_right_of_now(
    sqlite_play: Play, slug: str
) -> None:
    school = await cast(sqlite_play, slug)
    every = list(
        under_notices(school, EVERYBODY, [(State.ON_REVIEW, 0), (State.ACTIVE, 0), (State.CONCLUSION, 0)])
    )
    chance = random.Random(f"{slug} f")
    judge = await judged(sqlite_play, school, chance.sample(every, 500))
    assert judge.played == 500


@pytest.mark.long
@pytest.mark.parametrize("slug", REAL)
async def test_those_who_may_know_nothing_get_nothing_by_any_press(sqlite_play: Play, slug: str) -> None:
    school = await cast(sqlite_play, slug)
    every, chance = list(presses(school, places(school), NOBODY)), random.Random(f"{slug} nobody")
    await judged(sqlite_play, school, chance.sample(every, 6000))
    await judged(sqlite_play, school, chance.sample(list(under_notices(school, EVERYBODY, STATES)), 6000))


@pytest.mark.long
@pytest.mark.parametrize("slug", REAL)
async def test_no_role_learns_or_does_more_than_it_may_in_any_state(sqlite_play: Play, slug: str) -> None:
    school = await cast(sqlite_play, slug)
    chance = random.Random(f"{slug} whole")
    await judged(sqlite_play, school, some(school, places(school), chance, 8))


@pytest.mark.parametrize("slug", REAL)
async def test_those_who_may_do_something_do_it(sqlite_play: Play, slug: str) -> None:
    """Otherwise the tests above could not fail."""
    school = await cast(sqlite_play, slug)
    line, card, mark = school.ids["line0"], school.route_id, str(school.mark)
    claim = Place("claim", row=card, parent=line)
    withdrawing = Place("withdrawing", row=card, view={"sure": "1", "reason": "уволилась"})
    concludes = "mila" if slug == "stavropol" else "boris"
    seen = {"verdict": "enough", "form": "fits"}
    concluding = Place("monitoring_case", row=card, parent=school.ids["checkpoint"], view=seen)
    doing: list[Case] = [
        PressRoom(concludes, State.ACTIVE, 0, concluding, "plain", ""),
        PressRoom("boris", State.ACTIVE, 0, claim, "confirm", mark),
        PressRoom("galina", State.ACTIVE, 0, withdrawing, "really_withdraw", ""),
        PressFact("boris", State.ACTIVE, 0, "confirm", line, school.mark),
        PressFact("anna", State.ACTIVE, 0, "decline_advice", school.ids["recommendation"], 0),
        PressFact("elena", State.ON_REVIEW, 0, "agree", card, -1),
    ]
    for case in doing:
        judge = await judged(sqlite_play, school, [case])
        assert judge.writers == {case.who}, case


@pytest.mark.parametrize("slug", REAL)
async def test_a_sandbox_is_its_owners_alone(sqlite_play: Play, slug: str) -> None:
    """A coordinator's trial route is nobody else's, in whatever role."""
    school, chance = await cast(sqlite_play, slug), random.Random(slug)
    cases = [(who, place) for who in ROLES for place in places(school)]

    def unit(conn: Connection) -> list[object]:
        seen: list[object] = []
        with undone(conn):
            conn.execute(update(route).where(route.c.id == school.route_id).values(trial=True))
            for who, place in chance.sample(cases, 120):
                with undone(conn):
                    told = arrives(conn, school, who, place, arrival_of(school, who, "…"))
                    seen += [
                        (who, place, mark) for mark in MARKS.values() if mark in str(shown(school, told))
                    ]
        return seen

    assert not await sqlite_play.app.database.write(unit)


async def test_no_payload_that_was_guessed_opens_anything(sqlite_play: Play) -> None:
    """Random links, and links that are wrong by one character, all sound alike."""
    school, chance = await cast(sqlite_play, "stavropol"), random.Random("links")

    def unit(conn: Connection) -> set[tuple[str, ...]]:
        secret = sqlite_play.app.voice._world.secret
        one = invitations.by_id(conn, school.ids["invitation"])
        assert one is not None
        token = invitations.token_of(secret, one)
        signs = string.ascii_letters + string.digits + "_-"
        tried = ["".join(chance.choices(signs, k=64)) for _ in range(60)]
        tried += [token[:n] + ("a" if token[n] != "a" else "b") + token[n + 1 :] for n in range(1, 40)]
        tried += [token.upper(), token + "a", token[:-1], "i" * 40, "9" * 64, "\x00" * 30]
        heard = set()
        for payload in tried:
            with undone(conn):
                arrival = replace(arrival_of(school, "vera", "…"), text="", command="start", payload=payload)
                told = arrives(conn, school, "vera", Place("menu"), arrival)
                heard.add(
                    (told.screen.text if told.screen else "", *(remark.text for remark in told.remarks))
                )
        return heard

    assert await sqlite_play.app.database.write(unit) == {("regulation", "unfit")}
