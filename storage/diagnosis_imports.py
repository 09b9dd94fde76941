"""Results of diagnoses that a coordinator brings: each is a recommendation to its teacher, nothing of her
card changes before she accepts it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from bot.iom.corrections import Wanted
from bot.iom.diagnosis_rows import TABLE, DiagnosisRow, Examined
from bot.iom.facts import State
from bot.iom.imported import Counts
from storage import notices, organisations, rosters
from storage.decisions import Hand
from storage.notices import Planned
from storage.tables import answer, entry, membership, organisation, person, recommendation, route

_OVER = (State.WITHDRAWN, State.ARCHIVED, State.COMPLETED)
_TEACHES = (
    (membership.c.person_id == route.c.person_id)
    & (membership.c.organisation_id == route.c.organisation_id)
    & (membership.c.role == "teacher")
)


def examined(conn: Connection, organisation_id: int) -> tuple[Examined, ...]:
    """Teachers of the organisation and of those below it who have a card, by name; of two cards the one
    chosen last. Says nothing of rights: who asks must coordinate the organisation."""
    columns = (route.c.id, route.c.person_id, route.c.slug, person.c.code, membership.c.name)
    rows = conn.execute(
        select(*columns, organisation.c.keeps_names)
        .join_from(route, person, person.c.id == route.c.person_id)
        .join(organisation, organisation.c.id == route.c.organisation_id)
        .outerjoin(membership, _TEACHES)
        .where(_alive(organisations.below(conn, organisation_id)))
        .order_by(func.coalesce(route.c.chosen_at, route.c.started_at), route.c.id)
    ).all()
    cards = rosters.card_names(conn, [row.id for row in rows if row.keeps_names and not row.name])
    newest = {row.person_id: row for row in rows}
    found = (
        Examined(row.id, (row.name or cards.get(row.id, "")) if row.keeps_names else "", row.code, row.slug)
        for row in newest.values()
    )
    return tuple(sorted(found, key=lambda one: (one.name, one.code)))


def take(
    conn: Connection,
    rows: Sequence[DiagnosisRow],
    organisation_id: int,
    hand: Hand,
    level: str,
    now: datetime,
    *,
    dry: bool = False,
) -> Counts:
    """Recommend what is new, mend what was recommended and not answered; `dry` only counts.

    Results the teacher has in her card already, and those she answered about, are as they were. A route that
    is no longer in the scope of the organisation is passed over: it counts as nothing.
    """
    routes = _routes(conn, organisation_id, {row.route_id for row in rows})
    known = _known(conn, routes)
    open_ = _open(conn, routes)
    new, changed, same = [], [], 0
    for row in (row for row in rows if row.route_id in routes):
        key = (row.route_id, row.answers.get("taken_on", ""))
        if (row.route_id, _mark(row.answers)) in known:
            same += 1
        elif key in open_:
            changed.append((open_[key], row))
        else:
            new.append(row)
    if not dry:
        _change(conn, changed, now)
        _recommend(conn, new, routes, hand, level, now)
        _advance(conn, {row.route_id for row in (*new, *(row for _, row in changed))})
    return Counts(len(new), len(changed), same)


def _alive(places: Iterable[int]) -> Any:
    scope = route.c.organisation_id.in_(sorted(places))
    return scope & route.c.trial.is_(False) & route.c.state.not_in(_OVER)


def _routes(conn: Connection, organisation_id: int, wanted: Collection[int]) -> dict[int, int]:
    """Whose each route is, of those still in the scope."""
    which = _alive(organisations.below(conn, organisation_id)) & route.c.id.in_(wanted)
    found = conn.execute(select(route.c.id, route.c.person_id).where(which))
    return {row.id: row.person_id for row in found}


def _mark(answers: Mapping[str, Any]) -> str:
    """What two tellings of one diagnosis have in common: its results and its day."""
    return json.dumps([answers.get("scores"), answers.get("taken_on") or ""], sort_keys=True)


def _known(conn: Connection, routes: Collection[int]) -> set[tuple[int, str]]:
    """Marks of what was recommended, answered or not, and of what stands in the cards."""
    told = select(recommendation.c.route_id, recommendation.c.wanted).where(
        recommendation.c.route_id.in_(routes), recommendation.c.key == TABLE
    )
    found = {(id_, _mark(wanted.get("answers") or {})) for id_, wanted in conn.execute(told)}
    written = (
        select(entry.c.route_id, entry.c.id, answer.c.key, answer.c.value)
        .join_from(entry, answer, answer.c.entry_id == entry.c.id)
        .where(entry.c.route_id.in_(routes), entry.c.table_key == TABLE)
        .where(answer.c.key.in_(("scores", "taken_on")))
    )
    cards: dict[tuple[int, int], dict[str, Any]] = {}
    for route_id, entry_id, key, value in conn.execute(written):
        cards.setdefault((route_id, entry_id), {})[key] = value
    for (route_id, _), answers in cards.items():
        found |= {(route_id, _mark(answers)), (route_id, _mark({"scores": answers.get("scores")}))}
    return found


def _open(conn: Connection, routes: Collection[int]) -> dict[tuple[int, str], int]:
    """Recommendations that wait for an answer, by route and day of the diagnosis."""
    waits = recommendation.c.accepted_at.is_(None) & recommendation.c.declined_at.is_(None)
    told = select(recommendation.c.id, recommendation.c.route_id, recommendation.c.wanted).where(
        recommendation.c.route_id.in_(routes), recommendation.c.key == TABLE, waits
    )
    return {
        (route_id, (wanted.get("answers") or {}).get("taken_on", "")): id_
        for id_, route_id, wanted in conn.execute(told)
    }


def _recommend(
    conn: Connection,
    rows: Sequence[DiagnosisRow],
    routes: dict[int, int],
    hand: Hand,
    level: str,
    now: datetime,
) -> None:
    if not rows:
        return
    signed = {"person_id": hand.person_id or None, "role": hand.role, "name": hand.name, "post": hand.post}
    made = conn.execute(
        insert(recommendation).returning(recommendation.c.id, recommendation.c.route_id),
        [
            {
                "route_id": row.route_id,
                "level": level,
                "key": TABLE,
                "text": row.words,
                "wanted": Wanted(row.answers).stored(),
                "at": now,
                **signed,
            }
            for row in rows
        ],
    ).all()
    notices.plan_all(conn, [_notice(id_, route_id, routes[route_id], now) for id_, route_id in made], now)


def _notice(id_: int, route_id: int, person_id: int, now: datetime) -> Planned:
    key = f"recommended/{route_id}/{id_}/{person_id}"
    return Planned(person_id, key, "recommended", now, route_id, {"recommendation": id_})


def _change(conn: Connection, changed: Sequence[tuple[int, DiagnosisRow]], now: datetime) -> None:
    for id_, row in changed:
        values = {"text": row.words, "wanted": Wanted(row.answers).stored(), "at": now}
        conn.execute(update(recommendation).where(recommendation.c.id == id_).values(values))


def _advance(conn: Connection, routes: Collection[int]) -> None:
    """Older screens of these routes are stale, as after `versions.advance`."""
    if routes:
        conn.execute(update(route).where(route.c.id.in_(routes)).values(version=route.c.version + 1))
