"""Every screen of every room for routes from empty to overfull: it renders and fits Telegram's limits.

Screens are drawn from the tables without being sent: there are thousands. What a walk shows is measured too.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import Connection

import handlers
from bot.iom import interview
from bot.iom.facts import AddEntry, Change, Facts, SetAnswer, Value
from bot.iom.interview import Step
from bot.iom.own_competences import ID, LIMIT, own_id
from bot.iom.regulation import Kind, Regulation
from bot.phone.person import Person
from bot.phone.text import utf16
from bot.speech.presenter import Presenter, Told
from bot.speech.screen import FactButton, Screen
from handlers.desk import Desk
from handlers.house import HOUSE
from handlers.place import Place
from storage import cursors, people, routes
from tests.conversation import (
    screens_bringing,
    screens_columns,
    screens_digest,
    screens_ends,
    screens_life,
    screens_monitoring,
    screens_recommending,
    screens_roles,
    screens_school,
    screens_time,
)
from tests.conversation.given import ONE_LOOP, bring, facts_of, here, newcomer
from tests.regulations.given import REAL, given, usual
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

STATES = ("empty", "draft", "whole", "overfull")
OWN = tuple(f"{'Ж' * 119}{n:x}" for n in range(LIMIT))  # the longest names of one's own competences
LATE = 36**7  # a revision of the year 4500
# Rooms of people who are no teachers, and of what follows the approval: drawn by their own modules.
ELSEWHERE = {
    *screens_school.ROOMS,
    *screens_roles.ROOMS,
    *screens_life.ROOMS,
    *screens_ends.ROOMS,
    *screens_monitoring.ROOMS,
    *screens_recommending.ROOMS,
    *screens_time.ROOMS,
    *screens_digest.ROOMS,
    *(screens_bringing.ROOMS - {"resources"}),
}

# Texts that are long for a reason: they are read once, or they are lists.
LONG = {"consent_whole", "events"}

# Ways out of a screen; the others are ways in.
OUT = {
    "back",
    "home",
    "menu",
    "close",
    "next",
    "sections_list",
    "done",
    "keep_row",
    "keep_data",
    "again",
    "agree",
}
NO_WAY_BACK = {"regulation", "erased"}  # chosen or over: commands still work


@dataclass(frozen=True)
class Shown:
    """A screen as it would be sent."""

    place: Place
    screen: Screen
    text: str
    keyboard: InlineKeyboardMarkup | None

    @property
    def captions(self) -> list[str]:
        return [
            button.text for row in (self.keyboard.inline_keyboard if self.keyboard else []) for button in row
        ]

    @property
    def data(self) -> list[str]:
        rows = self.keyboard.inline_keyboard if self.keyboard else []
        return [button.callback_data or "" for row in rows for button in row]


async def person_in(play: Play, slug: str, state: str) -> Person:
    """Anna with a route of this fullness."""
    regulation = given(slug)
    if state == "overfull":
        longest = {q.key: "Щ" * int(q.max) for q in regulation.question if _wordy(q.kind) and q.max}
        anna = await bring(play, slug, answers=longest)
        await fill_up(play, regulation, anna)
        return anna
    until = {"empty": regulation.question[0].key, "draft": _first_later(regulation), "whole": ""}
    return await bring(play, slug, until[state])


def _wordy(kind: Kind) -> bool:
    return kind in {Kind.LINE, Kind.TEXT, Kind.TASK, Kind.EXPECTED, Kind.CHIPS}


def _first_later(regulation: Regulation) -> str:
    return next(q.key for q in regulation.question if q.when != "draft" and not q.each)


async def fill_up(play: Play, regulation: Regulation, anna: Person) -> None:
    """Every table up to its limit, every cell as long as it may be."""
    facts = await facts_of(play, anna)

    def unit(conn: Connection) -> None:
        changes = [*_rows(regulation, facts), *_results(regulation, facts)]
        routes.apply(conn, facts, changes, facts.person_id, play.clock.now(), personal=())

    await play.app.database.write(unit)


def _rows(regulation: Regulation, facts: Facts) -> Iterator[Change]:
    point = facts.rows("growth")[0].id
    term = facts.value("term")
    for table in regulation.table:
        values: dict[str, Value] = {
            q.key: "Ж" * int(q.max or 255) for q in regulation.fields(table.key) if _wordy(q.kind)
        }
        values |= {q.key: term for q in regulation.fields(table.key) if q.kind is Kind.PERIOD}
        blocks = iter([*list(usual(regulation))[1:], *[""] * 50])
        links = frozenset({point}) if table.per else frozenset()
        for _ in range(table.at_most - len(facts.rows(table.key))):
            more = {"growth_point": next(blocks)} if table.key == "growth" else {}
            yield AddEntry(table.key, {**values, **more}, links)


def _results(regulation: Regulation, facts: Facts) -> Iterator[Change]:
    if regulation.names_own:
        own: dict[str, Value] = {name: {"level": "medium", "percent": 99.9} for name in OWN}
        first = facts.rows("diagnoses")[0].id
        blocks = facts.value("scores", first)
        assert isinstance(blocks, dict)
        yield SetAnswer("scores", {**blocks, **own}, first)


def places(regulation: Regulation, facts: Facts) -> Iterator[Place]:
    """Everywhere one can be."""
    yield from (Place(name) for name in HOUSE if name not in {"ask", "rows", "row"})
    yield Place("consent", view={"whole": "1"})
    yield Place("settings", view={"sure": "1"})
    yield from (Place("summary", key) for key in (*regulation.sections, "gaps"))
    yield from (Place("summary", "gaps", view={"page": str(page)}) for page in (6, 12, 18))
    yield from (Place("plan", view={"page": str(page)}) for page in (6, 12))
    yield from (Place("plan", view={"calendar": how}) for how in ("alarms+", "quiet+"))
    yield from (Place("reprint", slug) for slug in REAL if slug != regulation.slug)
    yield from (Place("papers", view={"file": f"{name}+"}) for name in ("calendar", "chart", "evidence"))
    yield Place("appendices", view={"file": "0+"})
    yield from (Place("rows", table) for table in regulation.tables)
    for entry in facts.entries[:30]:
        yield from (Place("row", row=entry.id), Place("row", row=entry.id, view={"sure": "1"}))
    yield Place("row", row=10**15)
    for step in _asked(regulation, facts):
        yield from _looks(regulation, step)


def _asked(regulation: Regulation, facts: Facts) -> list[Step]:
    """Each question once or, for rows, of the first and the last."""
    creators = [interview.creator(regulation, facts, table) for table in regulation.tables]
    steps = [*interview.steps(regulation, facts), *(Step(q.key) for q in creators if q)]
    first, last = {s.key: s for s in reversed(steps)}, {s.key: s for s in steps}
    found = dict.fromkeys((*first.values(), *last.values()))
    return [step for step in found if interview.applies(regulation, facts, step)]


def _looks(regulation: Regulation, step: Step) -> Iterator[Place]:
    kind = regulation.questions[step.key].kind
    here = Place("ask", step.key, step.row, step.parent, "draft")
    yield from (
        here,
        here.seen(example="1"),
        here.seen(page="3"),
        Place("ask", step.key, step.row, walk="fix"),
    )
    if kind is Kind.SCORES:
        yield from (here.seen(part=block) for block in usual(regulation))
        yield here.seen(part=ID)  # a name is being typed
        yield here.seen(part=own_id(OWN[0]), name=OWN[0])
    if kind is Kind.EVENTS:
        yield from (here.seen(menu=menu) for menu in ("1", "block", "level", "form", "month"))
        yield from (
            here.seen(q="функцианальная"),
            here.seen(q="ъыь"),
            here.seen(page="4", f_level="regional"),
        )


_DRAWN: dict[tuple[str, str], list[Shown]] = {}


async def drawn(play: Play, slug: str, state: str) -> list[Shown]:
    """All screens of one person; drawn once for all tests."""
    if (slug, state) not in _DRAWN:
        _DRAWN[slug, state] = await _drawn(play, slug, await person_in(play, slug, state))
    return _DRAWN[slug, state]


async def _drawn(play: Play, slug: str, anna: Person) -> list[Shown]:
    facts = await facts_of(play, anna)
    speaker = play.app.voice._speaker
    assert isinstance(speaker, Presenter)

    def unit(conn: Connection) -> list[tuple[Place, Screen]]:
        person = people.arrive(conn, anna.id, play.clock.now())
        cursor = cursors.load(conn, person.id)
        desk = Desk(play.app.voice._world, conn, person, cursor, Place(), play.clock.now())
        found = []
        for place in places(given(slug), facts):
            desk.place = place
            if HOUSE[place.name].exists(desk):
                found.append((place, HOUSE[place.name].show(desk)))
        return found

    screens = await play.app.database.write(unit)
    return [
        Shown(place, screen, speaker.rendered(Told(1, 1, LATE, screen)), speaker.keyboard(screen, LATE))
        for place, screen in screens
    ]


CASES = [(slug, state) for slug in REAL for state in STATES]


@pytest.mark.parametrize(("slug", "state"), CASES)
async def test_every_screen_fits_telegram_and_says_where_to_go(
    sqlite_play: Play, slug: str, state: str
) -> None:
    shown = await drawn(sqlite_play, slug, state)
    assert {one.place.name for one in shown} >= set(HOUSE) - ELSEWHERE
    for one in shown:
        where = (one.place, one.text[:200])
        assert 0 < utf16(re.sub(r"<[^>]+>", "", one.text)) <= 4096, where
        assert len(one.captions) <= 100, where
        assert not one.keyboard or len(one.keyboard.model_dump_json(exclude_none=True).encode()) <= 10_000, (
            where
        )
        assert all(len(data.encode()) <= 64 for data in one.data), where
        assert all(any(letter.isalpha() for letter in caption) for caption in one.captions), where
        assert len(one.data) == len(set(one.data)), where


@pytest.mark.parametrize(("slug", "state"), CASES)
async def test_every_button_is_understood_by_its_room_and_leads_somewhere(
    sqlite_play: Play, slug: str, state: str
) -> None:
    for one in await drawn(sqlite_play, slug, state):
        buttons = [button for row in one.screen.rows for button in row]
        assert {button.verb for button in buttons} <= set(HOUSE[one.place.name].pressed), one.place
        assert (
            any(button.verb in OUT or button.word == "back" for button in buttons)
            or one.screen.text in NO_WAY_BACK
        ), one.place


@pytest.mark.parametrize("slug", REAL)
async def test_a_usual_screen_is_short(sqlite_play: Play, slug: str) -> None:
    every_one = [one for state in STATES[:3] for one in await drawn(sqlite_play, slug, state)]
    shown = [one for one in every_one if not one.place.view.get("example")]
    tall = {
        (one.screen.text, one.place.key): n
        for one in shown
        if (n := len(re.sub(r"<[^>]+>", "", one.text))) > 600
    }
    assert {name for name, _ in tall} <= LONG, tall


async def every(play: Play) -> list[Shown]:
    """The screens of teachers and of everybody else; only what is in them counts here."""
    others = [*await screens_school.screens(play), *await screens_roles.drawn_roles(play)]
    others += await screens_life.drawn_life(play)
    others += await screens_ends.drawn_ends(play)
    others += await screens_monitoring.drawn_monitoring(play)
    others += await screens_recommending.drawn_recommending(play)
    others += await screens_time.drawn_time(play)
    others += await screens_digest.drawn_digest(play)
    others += await screens_columns.drawn_columns(play)
    others += await screens_bringing.drawn_bringing(play)
    hers = [one for slug, state in CASES for one in await drawn(play, slug, state)]
    return [*hers, *(Shown(place, screen, "", None) for place, screen in others)]


def _code() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in Path(handlers.__path__[0]).glob("*.py"))


async def test_every_template_is_shown_somewhere(sqlite_play: Play) -> None:
    shown = {one.screen.text for one in await every(sqlite_play)}
    remarks = set(re.findall(r'Remark\(\s*"(\w+)"', _code())) | {"edited", "not_text"}  # odd ones, by name
    failures = {"failed", "print_failed"}  # tests of the process and of speech show them
    marks = {*screens_school.MARKS}
    shop = {"cards_printing", "cards_ready", "cards_done", "table_ready", "print_shop_failed"}
    assert shown | remarks | failures | marks | shop == set(sqlite_play.app.words.names())


async def test_every_caption_is_said(sqlite_play: Play) -> None:
    """On a button that was drawn, or by name in the handlers, or one of a family that they make names of."""
    buttons = [b for one in await every(sqlite_play) for row in one.screen.rows for b in row]
    used = {b.word or b.verb for b in buttons if isinstance(b, FactButton) or not b.label}
    used |= set(re.findall(r"[\"'](\w+)[\"']", _code()))
    families = tuple(set(re.findall(r"f[\"'](\w+_)\{", _code())))
    path = sqlite_play.app.words.folder / "buttons.toml"
    captions = set(tomllib.loads(path.read_text(encoding="utf-8")))
    elsewhere = {"draft_mark", "sample_mark", "consent_version", "companion_version", "no_operator"}
    elsewhere |= {"next"}  # always said in other words; tests of speech press it
    families = (*families, "command_", "bot_", "monitored_")
    assert {name for name in captions - used - elsewhere if not name.startswith(families)} == set()


async def test_a_stranger_sees_every_open_room(sqlite_play: Play) -> None:
    vera = newcomer(sqlite_play, "Вера")
    for command in ("help", "privacy", "menu"):
        await vera.says(f"/{command}")
        await vera.settled()
        assert here(vera).buttons
