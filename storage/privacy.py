"""A person's two rights: to see everything that is stored about her, and to have it deleted."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, or_, select, update

from storage.statements import fits
from storage.tables import (
    answer,
    audit,
    certificate,
    checkpoint,
    consent,
    correction,
    cursor,
    decision,
    entry,
    evidence,
    extension,
    hours,
    import_batch,
    inquiry,
    interim,
    invitation,
    line,
    link,
    membership,
    notice,
    organisation,
    own_resource,
    pairing,
    pause,
    person,
    print_job,
    printed,
    recommendation,
    route,
    signatory,
    snapshot,
    snooze,
    viewing,
)

# What a route has besides answers and entries, by the word of the export.
_OF_ROUTE = {
    "snapshots": snapshot,
    "lines": line,
    "evidence": evidence,
    "corrections": correction,
    "decisions": decision,
    "extensions": extension,
    "pauses": pause,
    "recommendations": recommendation,
    "inquiries": inquiry,
    "hours": hours,
    "snoozes": snooze,
    "viewings": viewing,
    "checkpoints": checkpoint,
    "interims": interim,
    "certificates": certificate,
}
# What people write into routes of others, and the column that says who.
_AUTHORS = (
    answer.c.author_id,
    decision.c.person_id,
    recommendation.c.person_id,
    correction.c.created_by,
    extension.c.person_id,
    hours.c.person_id,
    inquiry.c.answered_by,
    viewing.c.person_id,
    checkpoint.c.person_id,
)
# Words of the other one beside hers: not for her export.
_NOT_HERS = {inquiry.name: ("text",), checkpoint.name: ("text",)}
# Where her name stays beside the emptied reference, unless it is taken out.
_SIGNED = (
    (decision, ("name", "post")),
    (recommendation, ("name", "post")),
    (checkpoint, ("name", "post")),
    (viewing, ("name",)),
)


def export(conn: Connection, person_id: int) -> dict[str, Any]:
    """Everything stored about the person, ready for `json.dumps`; {} for nobody.

    {"person": {…}, "memberships": […], "consents": […], "cursor": […], "printed": […], "audit": […],
    "print_jobs": […], "invitations": […], "pairings": […], "signatory": […], "notices": […], "imports": […],
    "own_resources": […], "invited": [{"id", "role", …}],
    "routes": [{…, "answers": […], "entries": [{…, "links": [id, …], "answers": […]}], "decisions": […], …}],
    "written": [{"table": …, …}]}. Rows are dicts by column, times ISO 8601 in UTC. "written" is what she
    wrote, decided, confirmed or looked at in routes of others. Without names and words of others: "invited",
    whom she invited, and "imports", lists she sent.
    """
    if not fits(person_id):
        return {}
    hers = _rows(conn, person, person.c.id == person_id)
    if not hers:
        return {}
    routes = _rows(conn, route, route.c.person_id == person_id)
    paired = or_(pairing.c.teacher_id == person_id, pairing.c.companion_id == person_id)
    return {
        "person": hers[0],
        "memberships": _memberships(conn, person_id),
        "consents": _rows(conn, consent, consent.c.person_id == person_id),
        "cursor": _rows(conn, cursor, cursor.c.person_id == person_id),
        "invitations": _rows(conn, invitation, invitation.c.person_id == person_id),
        "invited": _invited(conn, person_id),
        "pairings": _rows(conn, pairing, paired),
        "signatory": _rows(conn, signatory, signatory.c.person_id == person_id),
        "routes": [{**row, **_content(conn, row["id"])} for row in routes],
        "written": _written_for_others(conn, person_id),
        "notices": _rows(conn, notice, notice.c.person_id == person_id),
        "imports": [
            {**row, "content": {}} for row in _rows(conn, import_batch, import_batch.c.person_id == person_id)
        ],
        "print_jobs": _rows(conn, print_job, print_job.c.person_id == person_id),
        "own_resources": _rows(conn, own_resource, own_resource.c.person_id == person_id),
        "printed": _rows(conn, printed, printed.c.person_id == person_id),
        "audit": _rows(conn, audit, audit.c.person_id == person_id),
    }


def erase(conn: Connection, person_id: int) -> bool:
    """Delete the person and all that is hers, with the invitations she came by; False: there was nobody.

    What stays, without her id, her name and her post:

    - lines of the journal (that something was done and when; `detail` is emptied);
    - what she did in routes of others, which is theirs: answers and remarks, decisions with their role and
      date, recommendations, hours, corrections, extensions, answers to inquiries, conclusions of a
      monitoring, that somebody looked;
    - a step of approval she held: its post and organisation are the organisation's, the step is free;
    - invitations she made for others, and those of her teachers, who are then without a mentor.

    An approved plan or a card of somebody else that names her among its answers was written by its teacher
    and is not searched.
    """
    if not fits(person_id):
        return False
    conn.execute(update(audit).where(audit.c.person_id == person_id).values(detail=""))
    for table, names in _SIGNED:
        conn.execute(update(table).where(table.c.person_id == person_id).values(dict.fromkeys(names, "")))
    conn.execute(update(signatory).where(signatory.c.person_id == person_id).values(name=""))
    _forget_invitations(conn, person_id)
    return conn.execute(delete(person).where(person.c.id == person_id)).rowcount == 1


def _forget_invitations(conn: Connection, person_id: int) -> None:
    came_by = select(invitation.c.id).where(invitation.c.person_id == person_id)
    as_mentor = or_(invitation.c.mentor_id == person_id, invitation.c.mentor_invitation_id.in_(came_by))
    conn.execute(update(invitation).where(as_mentor).values(mentor=""))
    conn.execute(delete(invitation).where(invitation.c.person_id == person_id))


def _content(conn: Connection, route_id: int) -> dict[str, Any]:
    answers = _rows(conn, answer, answer.c.route_id == route_id)
    entries = _rows(conn, entry, entry.c.route_id == route_id)
    ids = [row["id"] for row in entries]
    links = _rows(conn, link, link.c.source_id.in_(ids))
    for row in entries:
        row["links"] = sorted(tie["target_id"] for tie in links if tie["source_id"] == row["id"])
        row["answers"] = [given for given in answers if given["entry_id"] == row["id"]]
    life = {word: _rows(conn, table, table.c.route_id == route_id) for word, table in _OF_ROUTE.items()}
    return {"answers": [given for given in answers if given["entry_id"] is None], "entries": entries, **life}


def _memberships(conn: Connection, person_id: int) -> list[dict[str, Any]]:
    rows = _rows(conn, membership, membership.c.person_id == person_id)
    for row in rows:
        title = select(organisation.c.title).where(organisation.c.id == row["organisation_id"])
        row["organisation"] = conn.execute(title).scalar_one()
    return rows


def _invited(conn: Connection, person_id: int) -> list[dict[str, Any]]:
    told = ("id", "organisation_id", "role", "step", "created_at")
    rows = _rows(conn, invitation, invitation.c.created_by == person_id)
    return [{name: row[name] for name in told} for row in rows]


def _written_for_others(conn: Connection, person_id: int) -> list[dict[str, Any]]:
    own = select(route.c.id).where(route.c.person_id == person_id)
    written = list[dict[str, Any]]()
    for author in _AUTHORS:
        table = author.table
        assert isinstance(table, Table)
        for row in _rows(conn, table, (author == person_id) & table.c.route_id.not_in(own)):
            told = {name: value for name, value in row.items() if name not in _NOT_HERS.get(table.name, ())}
            written.append({"table": table.name, **told})
    return written


def _rows(conn: Connection, table: Table, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    found = conn.execute(select(table).where(which).order_by(*table.primary_key)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in found]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date too
