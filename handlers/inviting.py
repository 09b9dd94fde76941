"""Inviting people by rows: who is new, who may be their mentor, one invitation each."""

from collections.abc import Sequence

from bot.iom.people import Organisation
from bot.iom.people_person import person_key
from bot.iom.people_rows import KnownMentor, PersonRow
from handlers import coordinating
from handlers.desk import Desk
from storage import invitations, memberships
from storage.invitations import Invitation, Wanted

_GONE = {"revoked"}


def live(desk: Desk, organisation: Organisation) -> list[Invitation]:
    """Those that were not taken back."""
    every = invitations.of_organisation(desk.conn, organisation.id)
    return [one for one in every if invitations.state(one, desk.now) not in _GONE]


def newcomers(desk: Desk, organisation: Organisation, rows: Sequence[PersonRow]) -> list[PersonRow]:
    """Rows of people nobody has invited in this role yet."""
    known = {(person_key(one.name), one.role) for one in live(desk, organisation) if one.name}
    return [row for row in rows if (person_key(row.name), row.role) not in known]


def known_mentors(desk: Desk, organisation: Organisation) -> tuple[KnownMentor, ...]:
    """Who may be named as a mentor already: invited or there."""
    names = organisation.keeps_names
    return tuple(
        KnownMentor(name if names else "", "" if names else name) for name in _mentors(desk, organisation)
    )


def _mentors(desk: Desk, organisation: Organisation) -> dict[str, tuple[int | None, int | None]]:
    """Mentors by what they are called: the person if she has joined, else her invitation."""
    found: dict[str, tuple[int | None, int | None]] = {}
    for one in live(desk, organisation):
        if one.role == "mentor" and one.name:
            found[one.name] = (one.person_id, one.id)
    called = {person_key(name) for name in found}
    for member in memberships.people_of(desk.conn, organisation.id, "mentor"):
        if member.name and person_key(member.name) not in called:
            found[member.name] = (member.person_id, None)
    return found


def invite(desk: Desk, organisation: Organisation, rows: Sequence[PersonRow]) -> tuple[Invitation, ...]:
    """An invitation for each row, in their order; mentors of the same list are tied to their teachers."""
    known = {person_key(name): ids for name, ids in _mentors(desk, organisation).items()}
    here = {person_key(row.name): place for place, row in enumerate(rows) if row.role == "mentor"}
    wanted = [_wanted(row, known, here) for row in rows]
    return invitations.create_many(
        desk.conn,
        desk.world.secret,
        organisation.id,
        wanted,
        now=desk.now,
        valid=coordinating.VALID,
        created_by=desk.person.id,
    )


def _wanted(row: PersonRow, known: dict[str, tuple[int | None, int | None]], here: dict[str, int]) -> Wanted:
    key = person_key(row.mentor)
    person, invitation = known.get(key, (None, None)) if key else (None, None)
    return Wanted(
        row.role,
        name=row.name,
        post=row.position,
        subject=row.subject,
        mentor=row.mentor,
        mentor_id=person,
        mentor_invitation_id=None if person else invitation,
        mentor_row=None if person or invitation or not key else here.get(key),
    )
