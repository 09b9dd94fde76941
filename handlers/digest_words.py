"""The digest of an organisation in values for its text: figures, shares, what asks for somebody."""

from collections.abc import Mapping

from bot.iom.digest import ASKS
from bot.iom.facts import State
from bot.iom.figures import Tally, percent, quota, summed
from bot.speech.screen import Button, FactButton
from handlers import coordinating, found
from handlers.overseeing import Sight
from storage import figures, waits

# The lists of the first screen stand under its text; these on «Ещё списки».
OTHERS = ("people", "states", "approved", "diagnosed", "coming", "done", "studied", "meetings", "monitorings")
ORDER = (*ASKS, *OTHERS)  # numbers of FactButtons; a stored contract: new names only at the end
UNDER_NOTICE = 4


def monitorings(sight: Sight) -> int:
    """Interim monitorings answered in the week."""
    return sight.totals["monitorings"].rows


def values_of(sight: Sight) -> dict[str, object]:
    """Everything the template says; of too few people nothing but that."""
    if sight.few:
        return {"title": sight.organisation.title, "few": True}
    total, staff = sight.totals, sight.settings.staff
    return {
        "title": sight.organisation.title,
        "few": False,
        "above": sight.above,
        "routes": total["states"].rows,
        "states": _states(sight),
        "people": total["people"].rows,
        "approved": total["approved"].rows,
        "staff": staff,
        "share": percent(total["approved"].rows, staff),
        "diagnosed": total["diagnosed"].rows,
        "diagnosed_approved": int(total["diagnosed"].number),
        "quota": quota(staff),
        "confirmed": int(total["done"].number),
        "due": int(total["done"].total),
        "done": percent(total["done"].number, total["done"].total),
        "hours": total["studied"].number + total["meetings"].number + total["meetings"].total,
        "coming": total["coming"].rows,
        "monitorings": monitorings(sight),
        "waits": _waits(sight),
        "companion": coordinating.role_title(sight.desk, sight.organisation, "mentor"),
        **{f"{name}_rows": total[name].rows for name in ASKS},
    }


def _states(sight: Sight) -> list[tuple[str, int]]:
    counted = figures.by_text(sight.desk.conn, sight.terms, "states")
    word = sight.desk.world.caption
    rows = {state: summed(counted[state].values()).rows for state in State if state in counted}
    return [(word(f"in_{state}"), number) for state, number in rows.items() if number]


def _waits(sight: Sight) -> list[tuple[str, int, str]]:
    """(for whom, how many things, for how long the oldest), the longest first."""
    turns = waits.by_turn(sight.desk.conn, sight.terms)
    ordered = sorted(turns.items(), key=lambda one: (one[1].since or sight.desk.now, one[0]))
    return [(_whom(sight, who), tally.rows, _age(sight, tally)) for who, tally in ordered]


def _whom(sight: Sight, who: str) -> str:
    return sight.desk.world.caption(f"whom_{who}")


def _age(sight: Sight, tally: Tally) -> str:
    return found.days(sight.desk, tally.since) if tally.since else ""


def asks(total: Mapping[str, Tally]) -> list[str]:
    """What asks for somebody now, in the order of the buttons."""
    return [name for name in ASKS if total[name].rows]


def buttons(sight: Sight) -> list[tuple[Button, ...]]:
    """A button for each number that asks for somebody: the list behind it."""
    total = sight.totals
    return pairs([Button("list", name, label=_label(sight, name, total[name].rows)) for name in asks(total)])


def under_notice(sight: Sight) -> list[tuple[FactButton, ...]]:
    """The same under a notice, and the whole."""
    about = sight.organisation.id
    lists = [
        FactButton("digest_list", about, ORDER.index(name), word=f"list_{name}")
        for name in asks(sight.totals)[:UNDER_NOTICE]
    ]
    rows = [tuple(lists[i : i + 2]) for i in range(0, len(lists), 2)]
    return [*rows, (FactButton("open_digest", about),)]


def _label(sight: Sight, name: str, rows: int) -> str:
    return f"{sight.desk.world.caption(f'list_{name}')} · {rows}"


def pairs(buttons: list[Button]) -> list[tuple[Button, ...]]:
    """Two a row."""
    return [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
