"""Lists of routes by their plan lines – late, due soon, done (I07) – and by hours spent (I08)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Float,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from bot.iom.figures import Tally
from bot.iom.lines import GONE, OPEN
from storage.counting import AGREED, UNDER_WAY, Terms, in_between, row
from storage.tables import answer, entry, event, evidence, hours, line, route

# What is counted of the lines of a route: (how many rows of the list, sums of `number` and of `total`).
SUMS = {
    "overdue": ("late", "late", "zero"),
    "coming": ("near", "near", "zero"),
    "done": ("past", "confirmed", "past"),
}


def _due(terms: Terms) -> Subquery:
    """Plan lines of the scope that are due within a week or were, each with its last day."""
    told = (answer.c.entry_id == entry.c.id) & answer.c.key.in_(sorted(terms.periods))
    columns = (route.c.organisation_id, route.c.person_id, route.c.id.label("route_id"))
    state = func.coalesce(line.c.state, "planned")
    hers = and_(route.c.state.in_(UNDER_WAY), state.in_(OPEN))
    day = answer.c.value["to"].as_string()
    told_of = (*columns, case((hers, 1), else_=0).label("hers"), state.label("state"), day.label("day"))
    plan = (entry.c.route_id == route.c.id) & (entry.c.table_key == "plan")
    every = select(*told_of).join_from(route, entry, plan).join(answer, told)
    every = every.outerjoin(line, line.c.entry_id == entry.c.id)
    which = (terms.scope.counts(), route.c.state.in_(AGREED), state.not_in(GONE))
    # OFFSET 0 keeps both databases from reading the JSON anew for every sum that is made of it.
    return every.where(*which, day <= terms.soon.isoformat()).offset(0).subquery("due")


def _by_route(terms: Terms) -> Subquery:
    """One look at the plan lines for all three lists."""
    due, today = _due(terms), terms.day.isoformat()
    past = due.c.day < today
    late, near = and_(due.c.hers == 1, past), and_(due.c.hers == 1, ~past)
    of_route = (due.c.organisation_id, due.c.person_id, due.c.route_id)
    counted = select(
        *of_route,
        _number(late).label("late"),
        func.min(case((late, due.c.day))).label("late_day"),
        _number(near).label("near"),
        func.min(case((near, due.c.day))).label("near_day"),
        _number(past).label("past"),
        _number(and_(past, due.c.state == "confirmed")).label("confirmed"),
        literal(0, Integer).label("zero"),
    )
    return counted.group_by(*of_route).subquery("lines")


def _number(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


def _list(terms: Terms, name: str, day: str = "") -> Select[Any]:
    lines = _by_route(terms)
    rows, number, total = (lines.c[column] for column in SUMS[name])
    about = {key: lines.c[key] for key in ("organisation_id", "person_id", "route_id")}
    told = {"day": lines.c[day]} if day else {}
    return select(*row(**about, number=number, total=total, **told)).where(rows > 0)


def overdue(terms: Terms) -> Select[Any]:
    """Routes with lines whose last day is past and that wait for the teacher: how many, the oldest day."""
    return _list(terms, "overdue", "late_day")


def coming(terms: Terms) -> Select[Any]:
    """Routes with lines that are due within the coming week."""
    return _list(terms, "coming", "near_day")


def done(terms: Terms) -> Select[Any]:
    """Routes with lines whose last day is past: confirmed, of how many (I07)."""
    return _list(terms, "done")


def tallies(conn: Connection, terms: Terms) -> Mapping[str, dict[int, Tally]]:
    """The three lists counted by organisation, in one statement."""
    lines = _by_route(terms)
    counted = select(lines.c.organisation_id)
    for name, (rows, number, total) in SUMS.items():
        sums = (_number(lines.c[rows] > 0), func.sum(lines.c[number]), func.sum(lines.c[total]))
        counted = counted.add_columns(*(one.label(f"{name}_{n}") for n, one in enumerate(sums)))
    found: dict[str, dict[int, Tally]] = {name: {} for name in SUMS}
    for one in conn.execute(counted.group_by(lines.c.organisation_id)).mappings():
        for name in SUMS:
            if one[f"{name}_0"]:
                found[name][one["organisation_id"]] = Tally(*(one[f"{name}_{n}"] for n in range(3)))
    return found


def meetings(terms: Terms) -> Select[Any]:
    """Routes with logged hours: `number` of consultations, `total` of visited lessons (I08; 002)."""

    def of(kind: str) -> ColumnElement[Any]:
        return func.sum(case((hours.c.kind == kind, hours.c.hours), else_=0.0))

    joined = select(*row(number=of("consultation"), total=of("visit")))
    joined = joined.join_from(route, hours, hours.c.route_id == route.c.id).group_by(route.c.id)
    return joined.where(terms.scope.counts(), hours.c.held_on.between(*_days(terms)))


def _days(terms: Terms) -> tuple[Any, Any]:
    return literal(terms.since.date(), Date), literal(terms.until.date(), Date)


def studied(terms: Terms) -> Select[Any]:
    """Routes with hours of study: of lines that were confirmed, what documents show, else what the event of
    the catalogue lasts; the same as `bot.iom.account.line_hours` (I08)."""
    papers = _papers(terms).subquery("papers")
    shown = func.coalesce(papers.c.hours, 0.0)
    lasts = case((line.c.state == "confirmed", func.coalesce(event.c.hours, 0.0)), else_=0.0)
    spent = func.sum(case((shown > 0, shown), else_=lasts))
    judged = and_(line.c.state.in_(("confirmed", "partly")), in_between(terms, line.c.since))
    return (
        select(*row(number=cast(spent, Float)))
        .join_from(route, line, line.c.route_id == route.c.id)
        .join(entry, entry.c.id == line.c.entry_id)
        .outerjoin(event, event.c.id == entry.c.event_id)
        .outerjoin(papers, papers.c.entry_id == line.c.entry_id)
        .where(terms.scope.counts(), judged)
        .group_by(route.c.id)
        .having(spent > 0)
    )


def _papers(terms: Terms) -> Select[Any]:
    """Hours by plan line. Pages of one document count once, at the most they say; of a partly confirmed line
    only what was handed in before."""
    number = func.lower(func.trim(evidence.c.number))
    judged = or_(line.c.state == "confirmed", and_(line.c.state == "partly", evidence.c.at <= line.c.since))
    documents = (
        select(evidence.c.entry_id, func.max(evidence.c.hours).label("hours"))
        .join(line, line.c.entry_id == evidence.c.entry_id)
        .join(route, route.c.id == evidence.c.route_id)
        .where(
            terms.scope.counts(),
            evidence.c.withdrawn_at.is_(None),
            judged,
            evidence.c.hours > 0,
            in_between(terms, line.c.since),
        )
        .group_by(evidence.c.entry_id, evidence.c.kind, number)
        .subquery("documents")
    )
    return select(documents.c.entry_id, func.sum(documents.c.hours).label("hours")).group_by(
        documents.c.entry_id
    )
