"""Results of diagnoses of a scope, as they were answered: what a profile of deficits is made of."""

from sqlalchemy import Connection, select

from bot.iom.profile import Diagnosed
from storage.counting import Terms
from storage.tables import answer, entry, route

_SCORES = answer.alias("scores")
_DAY = answer.alias("taken_on")
_SUBJECT = answer.alias("subject")


def of_scope(conn: Connection, terms: Terms) -> tuple[Diagnosed, ...]:
    """Every diagnosis with its results, the day it was taken and the teacher's subject, oldest first."""
    of_route = (_SUBJECT.c.route_id == route.c.id) & _SUBJECT.c.entry_id.is_(None)
    found = (
        select(
            route.c.person_id,
            route.c.regulation_hash,
            entry.c.id,
            _DAY.c.value.label("day"),
            _SCORES.c.value.label("scores"),
            _SUBJECT.c.value.label("subject"),
        )
        .join_from(route, entry, (entry.c.route_id == route.c.id) & (entry.c.table_key == "diagnoses"))
        .join(_SCORES, (_SCORES.c.entry_id == entry.c.id) & (_SCORES.c.key == "scores"))
        .outerjoin(_DAY, (_DAY.c.entry_id == entry.c.id) & (_DAY.c.key == "taken_on"))
        .outerjoin(_SUBJECT, of_route & (_SUBJECT.c.key == "subject"))
        .where(terms.scope.counts())
        .order_by(entry.c.id)
    )
    return tuple(
        Diagnosed(person_id, digest, entry_id, _text(day), scores, _text(subject))
        for person_id, digest, entry_id, day, scores, subject in conn.execute(found)
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
