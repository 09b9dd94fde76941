"""What the print shop prints, a unit of work at a time: every card and row is judged by the rights of now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.documents import paper_words
from bot.iom.accept_goals import route_term
from bot.iom.access import Fact
from bot.iom.ball import ball
from bot.iom.card_sources import Sources
from bot.iom.facts import Facts
from bot.iom.file_names import year_of
from bot.iom.journey import Journey, LineState
from bot.iom.workbook import Cell, Sheet
from bot.speech.screen import CardFile
from handlers import cases
from handlers.card import card_of_case
from handlers.desk import Desk, World
from handlers.turn import desk_of
from storage import organisations, overviews, printing_scope, rosters, viewings
from storage.print_jobs import PrintJob
from storage.printing_scope import Applicant
from storage.rosters import Listed

_PART = 500  # routes whose states are read at once


@dataclass(frozen=True, slots=True)
class Page:
    """A card to print, and what its file is called by."""

    name: str
    code: str
    year: str
    file: CardFile


def routes_of(conn: Connection, job: PrintJob) -> tuple[int, ...]:
    """Ids of the routes an archive may hold; what may be seen of each is judged when its turn comes."""
    return printing_scope.routes_within(conn, job.person_id, job.organisation_id)


def page_of(conn: Connection, world: World, job: PrintJob, route_id: int, now: datetime) -> Page | None:
    """One card as she may read it, noted as looked at; None when she may not."""
    desk = desk_of(conn, world, job.telegram_id, now)
    case = cases.case_of(desk, Fact.CARD, route_id) if desk.person.id == job.person_id else None
    if case is None:
        return None
    signed = cases.hand(case, cases.role_for(case, Fact.CARD))
    local = now.astimezone(desk.zone)
    viewings.saw(conn, route_id, desk.person.id, signed.role, signed.name or signed.post, local)
    year = year_of(route_term(case.facts), local.date())
    return Page(case.name, case.code, year, card_of_case(case, "docx"))


def sheet_of(conn: Connection, world: World, job: PrintJob, now: datetime) -> Sheet | None:
    """The workbook of a job; None when she looks after nothing there any more."""
    desk = desk_of(conn, world, job.telegram_id, now)
    if not printing_scope.overviews(conn, job.person_id, job.organisation_id):
        return None
    return _registry(desk, job) if job.kind == "registry" else _application(desk, job)


def title_of(conn: Connection, job: PrintJob) -> str:
    """The organisation of a job."""
    found = organisations.by_id(conn, job.organisation_id)
    return found.title if found else ""


def _registry(desk: Desk, job: PrintJob) -> Sheet:
    """Every route of her scope: whose, where, in what state, whose turn, how far."""
    words = paper_words.words("registry")
    count = rosters.count(desk.conn, job.person_id, organisation_id=job.organisation_id)
    listed = rosters.routes_of(desk.conn, job.person_id, organisation_id=job.organisation_id, limit=count)
    sizes = printing_scope.plan_sizes(desk.conn, [one.route_id for one in listed])
    rows = []
    for start in range(0, len(listed), _PART):
        some = listed[start : start + _PART]
        known = overviews.of_routes(desk.conn, [one.route_id for one in some])
        rows += [_registered(desk, one, *known[one.route_id], sizes.get(one.route_id, 0)) for one in some]
    header = ("number", "name", "organisation", "form", "state", "since", "turn", "until", "lines", "done")
    return Sheet(words["title"], tuple(words[key] for key in header), _numbered(rows))


def _registered(desk: Desk, one: Listed, facts: Facts, journey: Journey, lines: int) -> tuple[Cell, ...]:
    regulation, term = desk.regulation_of(facts), route_term(facts)
    return (
        one.name or one.code,
        one.organisation,
        regulation.title,
        desk.world.caption(f"state_{one.state}"),
        one.since.astimezone(desk.zone).date(),
        cases.whose_turn(regulation, ball(regulation, facts, journey)),
        term.ends if term else "",
        lines,
        sum(line.state is LineState.CONFIRMED for line in journey.lines.values()),
    )


def _application(desk: Desk, job: PrintJob) -> Sheet:
    """Every teacher there and below with what she may know of each (000 VI.1; 004 п. 2.8.2–2.8.3, I14)."""
    words = paper_words.words("application")
    found = printing_scope.applicants(desk.conn, job.organisation_id)
    rows = [_applying(desk, one) for one in found if one.person_id != job.person_id]
    header = ("number", "name", "position", "organisation", "deficits", "model", "state")
    return Sheet(words["title"], tuple(words[key] for key in header), _numbered(rows))


def _applying(desk: Desk, one: Applicant) -> tuple[Cell, ...]:
    words = paper_words.words("application")
    state = cases.case_of(desk, Fact.STATE, one.route_id) if one.route_id else None
    if state is None:
        return (one.name or one.code, one.post, one.organisation, "", "", words["not_started"])
    models = {model.key: model.official or model.title for model in state.regulation.life.models}
    return (
        one.name or one.code,
        one.post,
        one.organisation,
        _deficits(state) if state.may(Fact.CARD) else words["closed"],
        models.get(state.facts.model, ""),
        desk.world.caption(f"state_{state.facts.state}"),
    )


def _deficits(case: cases.Case) -> str:
    sources = Sources(case.regulation, case.facts)
    return "; ".join(filter(None, (sources.wording(row) for row in case.facts.rows("growth"))))


def _numbered(rows: Iterable[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((number, *row) for number, row in enumerate(rows, start=1))
