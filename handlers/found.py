"""Routes of a coordinator's scope: state and whose turn of each, since when; by state, by words."""

from datetime import datetime

from bot.iom.ball import ball
from bot.iom.facts import State
from bot.speech.screen import Button, Remark, Screen
from handlers.cases import whose_turn
from handlers.desk import Desk
from handlers.rooms import number
from storage import overviews, rosters
from storage.rosters import Listed

PAGE = 6
EVERYONE = "*"


def show(desk: Desk, words: str) -> Screen:
    """Routes by name or code, all of them for «*»; those longest in their state first."""
    sought = "" if words == EVERYONE else words
    counts = rosters.by_state(desk.conn, desk.person.id, words=sought)
    chosen = desk.place.view.get("state", "")
    states = (chosen,) if chosen in counts else ()
    total = counts[State(chosen)] if states else sum(counts.values())
    start = number(desk.place.view.get("page", "0"))
    start = start if start < total else 0
    listed = rosters.routes_of(
        desk.conn, desk.person.id, states=states, words=sought, limit=PAGE, offset=start
    )
    people = [Button("case", str(one.route_id), label=one.name or one.code) for one in listed]
    following = start + PAGE if start + PAGE < total else 0
    more = ((Button("more", str(following)),),) if total > PAGE else ()
    values = {
        "words": sought,
        "total": total,
        "state": desk.world.caption(f"state_{chosen}") if states else "",
        "rows": _rows(desk, listed),
    }
    rows = (*_pairs(people), *more, *_pairs(_states(desk, counts, chosen)), (Button("queue"),))
    return Screen("found", values, rows)


def _pairs(buttons: list[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]


def _states(desk: Desk, counts: dict[State, int], chosen: str) -> list[Button]:
    """A button for each state there is, when there are several; the chosen one is marked."""
    ordered = [state for state in State if state in counts]
    titles = {state: desk.world.caption(f"state_{state}") for state in ordered}
    buttons = [
        Button(
            "state",
            state.value,
            label=f"{'✓ ' if state == chosen else ''}{titles[state]} · {counts[state]}",
        )
        for state in ordered
    ]
    return buttons if len(buttons) > 1 else []


def _rows(desk: Desk, listed: tuple[Listed, ...]) -> list[tuple[str, str, str, str]]:
    """(who, state, whose turn, for how long)."""
    known = overviews.of_routes(desk.conn, [one.route_id for one in listed])
    rows = []
    for one in listed:
        facts, journey = known[one.route_id]
        regulation = desk.regulation_of(facts)
        turn = ball(regulation, facts, journey)
        state = desk.world.caption(f"state_{one.state}")
        whose = whose_turn(regulation, turn)
        rows.append((one.name or one.code, state, whose, days(desk, turn.since)))
    return rows


def days(desk: Desk, since: datetime) -> str:
    """For how long already: «5 дн.», «сегодня»."""
    passed = (desk.now - since).days
    return f"{passed} {desk.world.caption('days_short')}" if passed else desk.world.caption("today")


def choose_state(desk: Desk, state: str) -> Remark | None:
    """Only routes in this state; the same tap again shows all."""
    if desk.place.view.get("words") and state in set(State):
        same = desk.place.view.get("state") == state
        desk.go(desk.place.seen(state="" if same else state, page=""))
    return None
