"""Old buttons, double taps and forged presses: nothing wrong is ever written, and each is answered."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from bot.demo.walk import Walker
from bot.phone.person import Person
from bot.speech.presses import Press
from handlers.house import HOUSE
from handlers.place import Place
from handlers.turn import Arrival, take_turn
from storage import cursors
from tests.conversation.given import (
    ONE_LOOP,
    bring,
    facts_of,
    forged,
    here,
    id_of,
    newcomer,
    of_hers,
    puts,
    shape,
    stored,
)
from tests.stage import Play, script_until

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

ROOMS = (
    "summary",
    "sections",
    "menu",
    "plan",
    "settings",
    "zones",
    "privacy",
    "erase",
    "help",
    "home",
    "card",
)


class Collector:
    """Everything that could ever be pressed on the screens a person has seen."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.presses: dict[tuple[int, str], None] = {}

    def looks(self, _: str = "") -> None:
        """Remember the buttons of all messages of now."""
        for message in self.person.messages:
            for row in message.buttons:
                self.presses |= {(message.message_id, b.data or ""): None for b in row}


async def test_every_button_of_a_whole_walk_is_dead_at_its_end(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    collector = Collector(anna)
    script = script_until("stavropol", "", sqlite_play.clock.now().date())
    await Walker(anna, script, collector.looks).walk()
    for name in ROOMS:
        await puts(sqlite_play, anna, Place(name))
        collector.looks()
    before, now = await facts_of(sqlite_play, anna), here(anna).buttons
    collector.presses = {k: None for k in collector.presses if k[1] not in {b.data for r in now for b in r}}
    assert len(collector.presses) > 250
    for message_id, data in collector.presses:
        await anna.presses(data=data, message_id=message_id, stale=True)
    await anna.settled(60)
    assert await facts_of(sqlite_play, anna) == before
    assert [b.text for r in here(anna).buttons for b in r] == [b.text for r in now for b in r]


async def test_an_old_press_shows_where_she_is_now(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "has_diagnosis")
    old = here(anna).buttons[0][0].data
    await anna.says("пока нет")
    await anna.sees("(1 из 5)")
    await anna.presses(data=old, stale=True)
    await anna.sees("(1 из 5)")
    assert (await facts_of(sqlite_play, anna)).text("has_diagnosis") == "no"


GONE = [
    Place("ask", "no_such_question", walk="draft"),
    Place("ask", "scores", walk="draft"),
    Place("ask", "task", 10**6, walk="fix"),
    Place("rows", "no_such_table"),
    Place("summary", "no_such_section"),
    Place("no_such_room"),
]


@pytest.mark.parametrize("place", GONE, ids=lambda place: f"{place.name}-{place.key}")
async def test_a_place_that_is_no_more_is_home(sqlite_play: Play, place: Place) -> None:
    anna = await bring(sqlite_play, "stavropol", "self_scores", has_diagnosis="Пока нет")
    await puts(sqlite_play, anna, place)
    await anna.sees("Черновик карты: шаг 4 из 12")
    await anna.says("высшее")
    await anna.sees("Здесь проще нажать одну из кнопок ниже")


# Where a tap is made, on what; each kind of question and of row.
TAPS = [
    ("position", "учитель"),
    ("subject", "Пропустить"),
    ("has_diagnosis", "Да, есть"),
    ("self_scores", "Делаю уверенно"),
    ("growth_point", "методика урока"),
    ("hinders", "＋ Не хватает времени"),
    ("task", "Освоить решение"),
    ("expected", "Проведены 4 урока"),
    ("term", "Полгода"),
    ("events", "＋"),
    ("product", "мастер-класс для коллег"),
    ("final_title", "Публикация"),
    ("diagnosis_level", "Муниципалитет"),
    ("courses", "Готово"),
    ("category", "Первая"),
    ("degree", "нет"),
]


@pytest.mark.parametrize(("key", "button"), TAPS)
async def test_a_double_tap_writes_once(sqlite_play: Play, key: str, button: str) -> None:
    before = {"has_diagnosis": "Пока нет"} if key == "self_scores" else {}
    once, twice = [await bring(sqlite_play, "stavropol", key, answers=before) for _ in range(2)]
    data = _button(once, button)
    await once.presses(data=data)
    for _ in range(2):
        await twice.presses(data=_button(twice, button), message_id=here(twice).message_id, stale=True)
    await once.settled()
    await twice.settled()
    first, second = await facts_of(sqlite_play, once), await facts_of(sqlite_play, twice)
    assert first.version > 1
    assert shape(first) == shape(second)


def _button(person: Person, beginning: str) -> str:
    return next(b.data or "" for row in here(person).buttons for b in row if b.text.startswith(beginning))


async def test_a_row_deleted_by_a_double_tap_takes_no_other_with_it(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "courses")
    for number in (1, 2):
        await anna.presses("Добавить")
        await anna.sees("Как называлась программа?")
        await anna.says(f"Курс {number}")
        await anna.sees("Где вы учились?")
        await puts(sqlite_play, anna, Place("ask", "courses", walk="rest:3"))
    await anna.presses("Курс 1")
    await anna.presses("Удалить")
    await anna.sees("Удалить это насовсем?")
    data, message_id = _button(anna, "Да, удалить"), here(anna).message_id
    for _ in range(3):
        await anna.presses(data=data, message_id=message_id, stale=True)
    await anna.sees("Курсы за последние 3 года: 1")
    await anna.sees_button("Курс 2")


async def test_a_press_on_a_message_that_is_gone_is_answered(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "has_diagnosis")
    await anna.presses(data=forged(anna, "pick", "yes"), message_id=1, stale=True)
    await anna.sees("Какие проценты по блокам?")
    assert (await facts_of(sqlite_play, anna)).text("has_diagnosis") == "yes"


async def test_a_regulation_tapped_twice_begins_one_route(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.start()
    await anna.presses("Согласен")
    await anna.sees("По какому положению")
    data = _button(anna, "Карта ИОМ, Став")
    for _ in range(3):
        await anna.presses(data=data, message_id=here(anna).message_id, stale=True)
    await anna.sees("Кем вы работаете?")
    await anna.settled()
    assert (await stored(sqlite_play, lambda conn: of_hers(conn, anna)))["route"] == 1


async def test_a_word_overtaken_by_a_press_is_judged_by_the_question_on_screen(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "subject")
    await anna.presses("Пропустить")
    await anna.says("Пока нет")
    await anna.sees("✓ Есть результат диагностики: Пока нет")
    await anna.presses("Назад")
    await anna.sees("Есть результат диагностики?")


GARBAGE = [
    "",
    "c",
    "c:::",
    "c:zzz:pick:yes",
    "c:zzzzzzzzzzzz:pick:yes",
    "c:zzzzzzzzzzzzzzzz:pick:yes",
    "c:-1:pick:yes",
    "c:ЯЯ:pick:yes",
    "r:pick:1:2:3",
    "f:verb:1:1",
    "\x00\x01\x02",
    "🙂" * 16,
    "c:" + "9" * 62,
    "{{7*7}}",
    "' OR 1=1 --",
]


async def test_garbage_is_answered_and_changes_nothing(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "has_diagnosis")
    before = await facts_of(sqlite_play, anna)
    for data in GARBAGE:
        await anna.presses(data=data, stale=True)
    await anna.settled()
    await anna.sees("Есть результат диагностики?")
    assert await facts_of(sqlite_play, anna) == before


@pytest.mark.parametrize(
    "verb", ["delete", "really_delete", "really_erase", "zone", "close", "print", "agree", "no"]
)
async def test_a_verb_of_another_screen_is_out_of_date(sqlite_play: Play, verb: str) -> None:
    anna = await bring(sqlite_play, "stavropol", "has_diagnosis")
    before = await facts_of(sqlite_play, anna)
    await anna.presses(data=forged(anna, verb, "1"), stale=True)
    shown = await anna.sees("Та кнопка уже не действует. Вот где мы сейчас:")
    assert "Есть результат диагностики?" in shown.text
    assert await facts_of(sqlite_play, anna) == before


@pytest.mark.parametrize("arg", ["", "maybe", "0", "9" * 40, "yes.no", "ＹＥＳ", "٣"])
async def test_an_option_nobody_offered_is_refused(sqlite_play: Play, arg: str) -> None:
    anna = await bring(sqlite_play, "stavropol", "has_diagnosis")
    before = await facts_of(sqlite_play, anna)
    await anna.presses(data=forged(anna, "pick", arg), stale=True)
    await anna.settled()
    await anna.sees("Есть результат диагностики?")
    assert await facts_of(sqlite_play, anna) == before


@pytest.mark.parametrize(
    "arg", ["hinders.0.0", "scores.0.0", "task.0.0", "events.0.0", "growth_point.0.0", "x..", ""]
)
async def test_a_line_the_summary_does_not_have_is_not_asked(sqlite_play: Play, arg: str) -> None:
    anna = await bring(sqlite_play, "stavropol")
    before = await facts_of(sqlite_play, anna)
    await puts(sqlite_play, anna, Place("summary"))
    await anna.presses(data=forged(anna, "fix", arg), stale=True)
    await anna.settled()
    await anna.says("слова")
    await anna.sees("Ваша карта по разделам")
    assert await facts_of(sqlite_play, anna) == before


NASTY = ("", "-1", "1", "9" * 40, "٣", "growth", "x.1.y")


async def test_no_room_breaks_of_any_verb_with_any_argument(sqlite_play: Play) -> None:
    """Judged in transactions that are rolled back: a press that raised would be «у меня что-то сломалось»."""
    anna = await bring(sqlite_play, "stavropol")
    facts = await facts_of(sqlite_play, anna)
    row, task = facts.rows("growth")[0].id, facts.rows("tasks")[0].id
    places = [*(Place(name, row=row) for name in HOUSE if name not in {"ask", "rows"})]
    places += [
        Place("rows", "growth"),
        Place("summary", "gaps"),
        Place("summary", "goals"),
        Place("row", row=10**18),
    ]
    places += [Place("ask", "events", row, walk="draft"), Place("ask", "task_links", task, walk="fix")]
    places += [Place("ask", key, walk="draft") for key in ("has_diagnosis", "term", "subject", "courses")]
    places += [Place("ask", key, row, walk="draft") for key in ("growth_point", "hinders")]
    tried = [
        (place, Press(0, verb, arg))
        for place in places
        for verb in HOUSE[place.name].pressed
        for arg in NASTY
    ]
    assert len(tried) > 500
    await sqlite_play.app.database.write(lambda conn: _tries(conn, sqlite_play, anna, tried))
    assert await facts_of(sqlite_play, anna) == facts


def _tries(conn: Connection, play: Play, person: Person, tried: list[tuple[Place, Press]]) -> None:
    """Every press on its own, from its own place; each is undone."""
    for number, (place, press) in enumerate(tried):
        with conn.begin_nested() as undone:
            cursor = cursors.load(conn, id_of(conn, person))
            cursors.save(conn, replace(cursor, place=place.stored()))
            arrival = Arrival(
                0, number, person.id, person.id, press=replace(press, rev=cursor.rev), query="q"
            )
            assert take_turn(conn, play.app.voice._world, arrival, play.clock.now()), (place, press)
            undone.rollback()
