"""One update, one unit of work: recognise, judge against the facts of now, store, say what to show.

`take_turn` runs inside the transaction, in one hop, and returns a value; nothing is spoken here. A press
is judged by the room the person is in now and by the revision its button was shown with: an old, doubled
or foreign press writes nothing and shows the current screen.
"""

from dataclasses import replace
from datetime import UTC, datetime
from secrets import randbelow

from sqlalchemy import Connection

from bot.iom.journey import File
from bot.speech.presenter import Told
from bot.speech.presses import Press
from bot.speech.screen import Fetch, Read, Remark, Screen
from handlers import fetched, invited, menu, planning, sending
from handlers.arrival import Arrival
from handlers.desk import STORAGE_CONSENT, Desk, Locked, World
from handlers.fact_presses import FACT_PRESSES
from handlers.house import COMMANDS, HOUSE
from handlers.meant import meant
from handlers.place import Place, place_of
from handlers.rooms import Room
from storage import arrivals, cursors, people, updates
from storage.routes import Stale

__all__ = ["Arrival", "desk_of", "owed", "take_fetched", "take_turn"]

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def take_turn(conn: Connection, world: World, arrival: Arrival, now: datetime) -> Told | None:
    """Handle one update in the transaction of `conn`.

    Returns what to say, or None when the update was handled before and nothing is owed.
    """
    people.lock(conn, arrival.telegram_id)
    new = updates.take(conn, arrival.bot_id, arrival.update_id, now)
    desk = desk_of(conn, world, arrival.telegram_id, now)
    if not new:
        return _owed(desk, arrival)
    if not desk.person.hat:
        sending.start_if_due(desk)
    came_for = invited.pending(desk.place)
    remark = _act(desk, arrival)
    _gate(desk)
    invited.carry(desk, came_for)
    if not desk.gone:
        planning.plan_touched(conn, world, now)
    return _stand_up(desk, arrival, remark)


def owed(conn: Connection, world: World, telegram_id: int, now: datetime) -> Told | None:
    """The screen a person was not shown because the process died after the commit."""
    desk = desk_of(conn, world, telegram_id, now)
    if desk.cursor.shown_rev >= desk.cursor.rev:
        return None
    return Told(telegram_id, desk.person.id, desk.cursor.rev, _screen(desk))


def take_fetched(
    conn: Connection,
    world: World,
    telegram_id: int,
    fetch: Fetch,
    found: Read,
    now: datetime,
    start: int = 0,
) -> tuple[Told | None, int]:
    """Handle a part of what was found in a file she had sent: what to show, None when she is somewhere else
    by now, and where the next part begins, 0 after the last."""
    people.lock(conn, telegram_id)
    if people.known(conn, telegram_id) is None:
        return None, 0  # she has erased everything meanwhile
    desk = desk_of(conn, world, telegram_id, now)
    act = fetched.FETCHED.get(fetch.verb)
    if act is None or not desk.consented:
        return None, 0
    done = act(desk, fetch.id, found, start)
    if not done.shown:
        return None, done.following
    _gate(desk)
    return _stand_up(desk, Arrival(0, 0, telegram_id, telegram_id), None), done.following


def desk_of(conn: Connection, world: World, telegram_id: int, now: datetime) -> Desk:
    """A person's desk at this instant: who she is, where she is, what she agreed to."""
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
    """Let the right function of the right room act.

    Somebody else may write the route at the same instant: then it is judged once more by the facts of now,
    so that nothing she sent is lost; what conflicts even then acts as an old press.
    """
    _gate(desk)
    here = desk.place
    try:
        return _judged(desk, arrival)
    except Stale:  # raised before anything was written
        desk.forget()
        desk.place = here
    try:
        return _judged(desk, arrival)
    except Stale:
        desk.forget()
        return Remark("out_of_date")


def _judged(desk: Desk, arrival: Arrival) -> Remark | None:
    try:
        if arrival.command:
            return _command(desk, arrival.command, arrival.payload)
        if arrival.press is not None:
            return _press(desk, arrival.press)
        if arrival.file is not None:
            return _file(desk, arrival.file, arrival.text)
        return _type(desk, arrival)
    except Locked:
        desk.go(Place("home"))
        return Remark("locked")


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
    elif (room.needs_route and desk.route is None) or not room.exists(desk):
        menu.arrive(desk)


def _command(desk: Desk, command: str, payload: str) -> Remark | None:
    """Commands work in any state; an unknown one says which there are; a deep link is a /start."""
    if payload:
        return invited.open_link(desk, payload)
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
    if press.id:
        return _press_fact(desk, press)
    if press.rev != desk.cursor.rev:
        doubled = press.rev == desk.cursor.rev - 1
        return None if doubled else Remark("out_of_date")
    act = _room(desk).pressed.get(press.verb)
    return act(desk, press.arg) if act else Remark("out_of_date")


def _press_fact(desk: Desk, press: Press) -> Remark | None:
    """A button under a notice: judged against the facts of now, by whoever may act on them."""
    act = FACT_PRESSES.get(press.verb) if desk.consented else None
    return act(desk, press.id, press.version) if act else Remark("out_of_date")


def _file(desk: Desk, file: File, caption: str) -> Remark | None:
    """A file goes to the room that asked for one; any other room says that it is not needed here."""
    room = _room(desk)
    if room.filed is None:
        return Remark("not_text")
    desk.file = file
    return room.filed(desk, caption)


def _type(desk: Desk, arrival: Arrival) -> Remark | None:
    room = _room(desk)
    if arrival.odd:
        takes_files = arrival.odd == "not_text" and room.filed is not None
        return Remark("only_files") if takes_files else Remark(arrival.odd)
    if desk.place.name in invited.FIRST_ROOMS and invited.looks_like_code(arrival.text):
        return invited.find(desk, arrival.text)
    button = meant(desk, room, arrival.text)
    if button is not None:
        return room.pressed[button.verb](desk, button.arg)
    return room.typed(desk, arrival.text) if room.typed else Remark("please_choose")


def _screen(desk: Desk) -> Screen:
    _gate(desk)
    return _shown(desk)


def _shown(desk: Desk) -> Screen:
    """The room as it looks now; in a sandbox it says so. What went since the gate was passed leads home."""
    room = _room(desk)
    try:
        screen = room.show(desk)
    except Stale:
        desk.forget()
        return _screen(desk)
    sandbox = room.needs_route and desk.route is not None and desk.route.trial
    return replace(screen, mark="trial_mark") if sandbox else screen


def _stand_up(desk: Desk, arrival: Arrival, remark: Remark | None) -> Told:
    """Write the cursor if anything changed, and say what to show."""
    screen = _shown(desk)
    remarks = (remark,) if remark else ()
    if desk.gone:
        return Told(arrival.chat_id, 0, 0, screen, remarks, query=arrival.query)
    cursor = desk.cursor
    moved = desk.changed or desk.place != place_of(cursor.place)
    if moved:
        cursor = replace(cursor, place=desk.place.stored(), rev=cursor.rev + 1)
        cursors.save(desk.conn, cursor)
    current = arrival.message_id is not None and arrival.message_id == desk.cursor.message_id
    if arrival.press is not None and arrival.press.id:
        current = False  # a notice stays in the chat as it was
    edit = arrival.message_id if current else None
    return Told(arrival.chat_id, desk.person.id, cursor.rev, screen, remarks, edit, arrival.query, moved)
