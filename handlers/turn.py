"""One update, one unit of work: recognise, judge against the facts of now, store, say what to show.

`take_turn` runs inside the transaction, in one hop, and returns a value; nothing is spoken here. A press
is judged by the room the person is in now and by the revision its button was shown with: an old, doubled
or foreign press writes nothing and shows the current screen.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from secrets import randbelow

from sqlalchemy import Connection

from bot.speech.presenter import Told
from bot.speech.presses import Press
from bot.speech.screen import Button, Remark, Screen
from handlers import menu
from handlers.desk import STORAGE_CONSENT, Desk, World
from handlers.house import COMMANDS, HOUSE
from handlers.place import Place, place_of
from handlers.rooms import Room
from storage import arrivals, cursors, people, updates
from storage.routes import Stale

LONGEST_CAPTION = 200
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came from a phone, in our own words.

    Exactly one of `text`, `press`, `command`, `odd` is set; `odd` names what can't be an answer (a
    sticker, an edited message). `message_id` is the message a pressed button hangs on.
    """

    bot_id: int
    update_id: int
    telegram_id: int
    chat_id: int
    text: str = ""
    press: Press | None = None
    command: str = ""
    odd: str = ""
    query: str = ""
    message_id: int | None = None


def take_turn(conn: Connection, world: World, arrival: Arrival, now: datetime) -> Told | None:
    """Handle one update in the transaction of `conn`.

    Returns what to say, or None when the update was handled before and nothing is owed.
    """
    people.lock(conn, arrival.telegram_id)
    new = updates.take(conn, arrival.bot_id, arrival.update_id, now)
    desk = _sit_down(conn, world, arrival.telegram_id, now)
    if not new:
        return _owed(desk, arrival)
    remark = _act(desk, arrival)
    _gate(desk)
    return _stand_up(desk, arrival, remark)


def owed(conn: Connection, world: World, telegram_id: int, now: datetime) -> Told | None:
    """The screen a person was not shown because the process died after the commit."""
    desk = _sit_down(conn, world, telegram_id, now)
    if desk.cursor.shown_rev >= desk.cursor.rev:
        return None
    return Told(telegram_id, desk.person.id, desk.cursor.rev, _screen(desk))


def _sit_down(conn: Connection, world: World, telegram_id: int, now: datetime) -> Desk:
    met = arrivals.meet(conn, telegram_id, STORAGE_CONSENT, now)
    cursor = met.cursor
    if cursor.rev <= 0:
        # Revisions begin at the eighths of a second since 2026, so that a button from before she erased
        # everything, or one nobody was ever shown, never meets its revision again.
        first = max(1, int((now - EPOCH).total_seconds())) * 8 + randbelow(8)
        cursor = replace(cursor, rev=first, shown_rev=first)
    desk = Desk(world, conn, met.person, cursor, place_of(cursor.place), now)
    desk.consent, desk.organisation = met.consent, met.organisation
    return desk


def _owed(desk: Desk, arrival: Arrival) -> Told | None:
    """A redelivered update: pay the owed screen; a press is answered anyhow."""
    due = desk.cursor.shown_rev < desk.cursor.rev
    if not due and not arrival.query:
        return None
    screen = _screen(desk) if due else None
    return Told(arrival.chat_id, desk.person.id, desk.cursor.rev, screen, query=arrival.query, again=True)


def _act(desk: Desk, arrival: Arrival) -> Remark | None:
    """Let the right function of the right room act; a conflict with newer facts acts as an old press."""
    _gate(desk)
    try:
        if arrival.command:
            return _command(desk, arrival.command)
        if arrival.press is not None:
            return _press(desk, arrival.press)
        return _type(desk, arrival)
    except Stale:
        desk.forget()
        return Remark("out_of_date")


def _room(desk: Desk) -> Room:
    return HOUSE.get(desk.place.name, HOUSE["home"])


def _gate(desk: Desk) -> None:
    """Nobody gets past consent; rooms that need a route wait for one; a place that is no more is home."""
    if desk.gone:
        return
    room = _room(desk)
    if desk.place.name not in HOUSE or (
        desk.place.name in {"declined", "consent", "erased"} and desk.consented
    ):
        desk.go(Place("home"))
        room = HOUSE["home"]
    if not desk.consented and not room.open:
        desk.go(Place("consent"))
    elif room.needs_route and desk.route is None:
        menu.arrive(desk)
    elif not room.exists(desk):
        desk.go(Place("home"))


def _command(desk: Desk, command: str) -> Remark | None:
    """Commands work in any state; an unknown one says which there are."""
    if command not in COMMANDS:
        return Remark("unknown_command", {"command": command[:32]})
    if command == "start" and not desk.consented:
        desk.go(Place("consent"))
    elif COMMANDS[command] == "home":
        menu.arrive(desk)
    else:
        desk.go(Place(COMMANDS[command]))
    return Remark("cancelled") if command == "cancel" else None


def _press(desk: Desk, press: Press) -> Remark | None:
    if press.rev != desk.cursor.rev:
        doubled = press.rev == desk.cursor.rev - 1
        return None if doubled else Remark("out_of_date")
    act = _room(desk).pressed.get(press.verb)
    return act(desk, press.arg) if act else Remark("out_of_date")


def _type(desk: Desk, arrival: Arrival) -> Remark | None:
    if arrival.odd:
        return Remark(arrival.odd)
    room = _room(desk)
    button = _meant(desk, room, arrival.text)
    if button is not None:
        return room.pressed[button.verb](desk, button.arg)
    return room.typed(desk, arrival.text) if room.typed else Remark("please_choose")


def _meant(desk: Desk, room: Room, text: str) -> Button | None:
    """The button whose words were typed, or whose number in the list; words are always as good as a tap."""
    word = text.strip().casefold()
    if not word or len(word) > LONGEST_CAPTION:
        return None
    screen = room.show(desk)
    buttons = [button for row in screen.rows for button in row if button.verb in room.pressed]
    for button in buttons:
        label = button.label or desk.world.caption(button.word or button.verb)
        if word == label.lstrip("＋✓ ").casefold():
            return button
    listed = [button for button in buttons if button.verb == "pick"] if screen.values.get("lines") else []
    number = int(word) if word.isascii() and word.isdigit() else 0
    return listed[number - 1] if 0 < number <= len(listed) else None


def _screen(desk: Desk) -> Screen:
    _gate(desk)
    return _room(desk).show(desk)


def _stand_up(desk: Desk, arrival: Arrival, remark: Remark | None) -> Told:
    """Write the cursor if anything changed, and say what to show."""
    screen = _room(desk).show(desk)
    remarks = (remark,) if remark else ()
    if desk.gone:
        return Told(arrival.chat_id, 0, 0, screen, remarks, query=arrival.query)
    cursor = desk.cursor
    moved = desk.changed or desk.place != place_of(cursor.place)
    if moved:
        cursor = replace(cursor, place=desk.place.stored(), rev=cursor.rev + 1)
        cursors.save(desk.conn, cursor)
    current = arrival.message_id is not None and arrival.message_id == desk.cursor.message_id
    edit = arrival.message_id if current else None
    return Told(arrival.chat_id, desk.person.id, cursor.rev, screen, remarks, edit, arrival.query, moved)
