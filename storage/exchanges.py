"""What others say to a teacher and she to them: recommendations, questions, hours spent together."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select, update

from bot.iom.facts import Facts
from bot.iom.journey import Hours, Inquiry, Recommendation
from bot.iom.regulation import Key
from storage import audit
from storage.changes import Stale
from storage.decisions import Hand
from storage.statements import fits
from storage.tables import hours, inquiry, recommendation
from storage.versions import advance


def recommend(
    conn: Connection,
    facts: Facts,
    level: str,
    key: Key,
    text: str,
    hand: Hand,
    now: datetime,
    *,
    entry_id: int = 0,
    wanted: Mapping[str, object] | None = None,
) -> tuple[Facts, Recommendation]:
    """Add a signed recommendation to a section, a column or a line (001 П3, этапы 3–4). `wanted`: the plan
    line it offers (`corrections.Wanted`).

    Stale: the line is gone, or as in `versions.advance`.
    """
    _must_have(facts, entry_id)
    after = advance(conn, facts)
    row = {
        "route_id": facts.route_id,
        "entry_id": entry_id or None,
        "level": level,
        "key": key,
        "text": text,
        "wanted": dict(wanted or {}),
        "person_id": hand.person_id or None,
        "role": hand.role,
        "name": hand.name,
        "post": hand.post,
        "at": now,
    }
    id_ = conn.execute(insert(recommendation).values(row).returning(recommendation.c.id)).scalar_one()
    signed = (hand.person_id, hand.role, hand.name, hand.post)
    return after, Recommendation(id_, level, key, text, now, entry_id, *signed, wanted=dict(wanted or {}))


def accept_recommendation(conn: Connection, facts: Facts, recommendation_id: int, now: datetime) -> Facts:
    """The teacher takes it into her plan. Stale: it is not open any more, or as in `advance`."""
    return _take(conn, facts, recommendation_id, accepted_at=now)


def decline_recommendation(conn: Connection, facts: Facts, recommendation_id: int, now: datetime) -> Facts:
    """The teacher does not. Stale: it is not open any more, or as in `advance`."""
    return _take(conn, facts, recommendation_id, declined_at=now)


def unanswered(conn: Connection, route_id: int) -> int:
    """How many recommendations of a route are open. Says nothing of rights."""
    open_ = recommendation.c.accepted_at.is_(None) & recommendation.c.declined_at.is_(None)
    mine = (
        select(func.count()).select_from(recommendation).where(recommendation.c.route_id == route_id, open_)
    )
    return conn.execute(mine).scalar_one()


def given(conn: Connection, route_id: int) -> bool:
    """Whether anything was ever recommended for a route. Says nothing of rights."""
    mine = select(recommendation.c.id).where(recommendation.c.route_id == route_id).limit(1)
    return conn.execute(mine).one_or_none() is not None


def route_advised(conn: Connection, recommendation_id: int) -> int:
    """The route a recommendation is for, 0 when there is none. Says nothing of rights."""
    found = select(recommendation.c.route_id).where(recommendation.c.id == recommendation_id)
    return conn.execute(found).scalar_one_or_none() or 0 if fits(recommendation_id) else 0


def ask(
    conn: Connection, facts: Facts, text: str, now: datetime, *, entry_id: int = 0
) -> tuple[Facts, Inquiry]:
    """«Спросить» the companion, about the route or a line. Stale: the line is gone, or as in `advance`."""
    _must_have(facts, entry_id)
    after = advance(conn, facts)
    row = {
        "route_id": facts.route_id,
        "entry_id": entry_id or None,
        "text": text,
        "at": now,
        "answer": "",
    }
    id_ = conn.execute(insert(inquiry).values(row).returning(inquiry.c.id)).scalar_one()
    audit.record(conn, facts.person_id, "inquiry", now, f"route {facts.route_id}: inquiry {id_}")
    return after, Inquiry(id_, text, now, entry_id)


def answer_inquiry(
    conn: Connection, facts: Facts, inquiry_id: int, person_id: int, text: str, now: datetime
) -> Facts:
    """Answer a question. Stale: somebody has answered it, or as in `advance`."""
    open_ = (inquiry.c.id == inquiry_id) & (inquiry.c.route_id == facts.route_id)
    open_ &= inquiry.c.answered_at.is_(None)
    if conn.execute(select(inquiry.c.id).where(open_)).one_or_none() is None:
        raise Stale(f"no open question {inquiry_id}")
    after = advance(conn, facts)
    given = {"answer": text, "answered_at": now, "answered_by": person_id}
    conn.execute(update(inquiry).where(open_).values(given))
    audit.record(conn, person_id, "inquiry.answer", now, f"route {facts.route_id}: inquiry {inquiry_id}")
    return after


def route_of(conn: Connection, inquiry_id: int) -> int:
    """The route a question is about, 0 when there is none. Says nothing of rights."""
    found = select(inquiry.c.route_id).where(inquiry.c.id == inquiry_id)
    return conn.execute(found).scalar_one_or_none() or 0 if fits(inquiry_id) else 0


def log_hours(
    conn: Connection,
    facts: Facts,
    kind: str,
    spent: float,
    held_on: date,
    person_id: int,
    now: datetime,
    *,
    note: str = "",
) -> tuple[Facts, Hours]:
    """A consultation or a visited lesson (002 Бланк, аудит). Stale as in `advance`."""
    after = advance(conn, facts)
    row = {
        "route_id": facts.route_id,
        "kind": kind,
        "hours": spent,
        "held_on": held_on,
        "note": note,
        "person_id": person_id or None,
        "at": now,
    }
    id_ = conn.execute(insert(hours).values(row).returning(hours.c.id)).scalar_one()
    audit.record(conn, person_id or None, "hours", now, f"route {facts.route_id}: hours {id_}")
    return after, Hours(id_, kind, spent, held_on, note, person_id)


def _must_have(facts: Facts, entry_id: int) -> None:
    if entry_id and facts.entry(entry_id) is None:
        raise Stale(f"no line {entry_id}")


def _take(conn: Connection, facts: Facts, recommendation_id: int, **when: datetime) -> Facts:
    open_ = (recommendation.c.id == recommendation_id) & (recommendation.c.route_id == facts.route_id)
    open_ &= recommendation.c.accepted_at.is_(None) & recommendation.c.declined_at.is_(None)
    if conn.execute(select(recommendation.c.id).where(open_)).one_or_none() is None:
        raise Stale(f"no open recommendation {recommendation_id}")
    after = advance(conn, facts)
    conn.execute(update(recommendation).where(open_).values(**when))
    return after
