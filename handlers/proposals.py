"""A teacher's proposals in the columns of others: one tap takes one into the plan, another all of them."""

from bot.iom import filling
from bot.iom.access import Fact
from bot.iom.facts import Change, Entry
from bot.iom.interview import TEACHER
from bot.iom.summary import row_name
from bot.speech.screen import Button, FactButton, Remark, Screen
from handlers.cases import Case, case_of, tell
from handlers.desk import Desk
from handlers.parties import others, roles_of, write
from handlers.rooms import number
from storage import audit
from storage.notices import Notice

SHOWN = 7


def case_here(desk: Desk, route_id: int = 0) -> Case | None:
    """The route of the place, for whoever may read the card or add to it."""
    return case_of(desk, Fact.CARD, route_id) or case_of(desk, Fact.RECOMMEND, route_id)


def of(case: Case) -> tuple[Entry, ...]:
    """The teacher's proposals in the columns of the person at the desk, each once."""
    roles = sorted(roles_of(case) - {TEACHER})
    found = (filling.proposals(case.regulation, case.facts, role) for role in roles)
    return tuple(dict.fromkeys(entry for entries in found for entry in entries))


def buttons(case: Case, found: tuple[Entry, ...]) -> list[tuple[Button, ...]]:
    """A button for each proposal, and one for all; the version that is seen goes with them."""
    version = case.facts.version
    names = [(one, row_name(case.regulation, case.facts, one)) for one in found[:SHOWN]]
    taking = [Button("take", f"{one.id}.{version}", label=f"＋ {name}") for one, name in names]
    together = [Button("take", f"0.{version}", word="take_all")] if len(found) > 1 else []
    return [(button,) for button in (*taking, *together)]


def take(desk: Desk, arg: str) -> Remark | None:
    """Take a proposal into the column, or all of them; not what was changed since it was seen."""
    row, _, version = arg.partition(".")
    case = case_here(desk)
    if case is None:
        return Remark("out_of_date")
    if number(version) != case.facts.version:
        return Remark("changed_meanwhile", {"name": case.name})
    chosen = [one for one in of(case) if number(row) in {0, one.id}]
    names = [row_name(case.regulation, case.facts, one) for one in chosen]
    changes: list[Change] = [
        change for one in chosen for change in filling.taken(case.regulation, case.facts, one)
    ]
    after = write(case, case.facts, changes)
    audit.record(desk.conn, desk.person.id, "filled", desk.now, f"route {after.route_id}: {len(names)} taken")
    return Remark("taken", {"names": names}) if names else None


def ask(case: Case) -> int:
    """Tell the owners of the columns in which something of the teacher's waits; how many were told."""
    owners = filling.owners_of(case.regulation, case.facts)
    people = {one for capability in owners for one in others(case, capability)}
    tell(case, people, "proposed", str(case.facts.version))
    return len(people)


def notice(desk: Desk, told: Notice) -> Screen | None:
    """«Педагог предлагает строки в ваших столбцах»; nothing when they were taken meanwhile."""
    case = case_here(desk, told.route_id)
    found = of(case) if case is not None else ()
    if case is None or not found:
        return None
    names = [row_name(case.regulation, case.facts, one) for one in found]
    see = FactButton("open_case", case.facts.route_id, case.facts.version)
    return Screen("notice_proposed", {"name": case.name, "names": names}, ((see,),))


NOTICES = {"proposed": notice}
