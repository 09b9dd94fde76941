"""A plan line as screens say it: its name, its term, its state with who and when, what was handed in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.iom import lines, period
from bot.iom.facts import Entry
from bot.iom.handed import Handed, handed, kind_of
from bot.iom.journey import Decision, LineState
from bot.iom.summary import row_name
from handlers.cases import Case

TABLE = "plan"
_KINDS = {
    LineState.CONFIRMED: "confirmed",
    LineState.PARTLY: "partly",
    LineState.RETURNED: "returned",
}


def plan_line(case: Case, entry_id: int) -> Entry | None:
    """The row of the plan with this id, None for any other row."""
    entry = case.facts.entry(entry_id)
    return entry if entry is not None and entry.table == TABLE else None


def title(case: Case, entry: Entry) -> str:
    """What the line is called."""
    return row_name(case.regulation, case.facts, entry)


def values(case: Case, entry: Entry) -> Mapping[str, Any]:
    """Everything `_line.j2` says of a line."""
    line = case.journey.lines.get(entry.id)
    state = case.journey.state(entry.id)
    term = lines.period_of(case.regulation, case.facts, entry.id)
    late = lines.overdue(state, term, case.desk.today) and term is not None
    made = decision(case, entry.id)
    return {
        "title": title(case, entry),
        "when": period.words(term) if term else "",
        "late": (case.desk.today - term.due).days if late and term else 0,
        "state": state.value,
        "since": case.desk.now.date() if line is None else local(case, line.since).date(),
        "whose": "" if lines.alone(case.facts) else confirmer(case),
        "checked": made is not None,
        "reason": reason(case, line.reason) if line else "",
        "left": line.left if line else "",
        **said_by(case, made),
    }


def decision(case: Case, entry_id: int) -> Decision | None:
    """The decision that the line's state comes from, None when it is nobody's."""
    kind = _KINDS.get(case.journey.state(entry_id))
    return case.journey.decided(kind, entry_id=entry_id) if kind else None


def said_by(case: Case, made: Decision | None) -> Mapping[str, Any]:
    """Who decided, when and what was remarked."""
    if made is None:
        return {"who": "", "on": None, "at": "", "remark": ""}
    when = local(case, made.at)
    who = made.name or made.post or case.regulation.role_title(made.role)
    return {"who": who, "on": when.date(), "at": when.strftime("%H:%M"), "remark": made.remark}


def local(case: Case, moment: datetime) -> datetime:
    """A moment on the clock of the person at the desk."""
    return moment.astimezone(case.desk.zone)


def confirmer(case: Case) -> str:
    """Who confirms lines, in the regulation's words; "" where it names nobody."""
    found = (case.regulation.role_title(role) for role in case.regulation.life.confirm)
    return next(filter(None, found), "")


def reason(case: Case, said: str) -> str:
    """Why a line was not done: an option's title, or own words."""
    option = next((one for one in case.regulation.life.not_done if one.key == said), None)
    return option.title if option else said


def documents(case: Case, entry_id: int) -> tuple[Handed, ...]:
    """What was handed in for a line."""
    return handed(case.journey.of_line(entry_id))


def in_words(case: Case, found: Sequence[Handed]) -> list[Mapping[str, Any]]:
    """Documents as `_line.j2` lists them."""
    return [_document(case, one) for one in found]


def _document(case: Case, one: Handed) -> Mapping[str, Any]:
    kind = kind_of(case.regulation, one.kind)
    return {
        "title": kind.title if kind else "",
        "number": one.number,
        "issued_on": one.issued_on,
        "hours": one.hours,
        "files": [file.name for file in one.files],
        "words": (*one.words, *one.captions),
    }
