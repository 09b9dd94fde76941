"""What happens when somebody joins: the role, the hat, the introduction of teacher and companion."""

from bot.iom.facts import State
from handlers import coordinating, roles
from handlers.desk import Desk
from storage import invitations, memberships, notices, organisations, pairings, versions
from storage.invitations import Accepted, Invitation
from storage.pairings import Pairing


def accept(desk: Desk, one: Invitation) -> Accepted | None:
    """Bind the invitation to the person at the desk, put its hat on, introduce a mentor to his teachers.

    None: somebody was faster, or it is no good any more.
    """
    accepted = invitations.accept(desk.conn, one, desk.person.id, desk.now)
    if accepted is None:
        return None
    desk.forget()
    coordinating.wear(desk, "" if one.role == roles.TEACHER else one.role)
    if one.role == "mentor":
        for pair in accepted.pairings:
            introduce(desk, pair)
    return accepted


def bring_card(desk: Desk, organisation_id: int) -> None:
    """A draft begun alone comes along, if it is of the organisation's regulation and holds nothing that is
    not kept there; else it stays hers alone."""
    if desk.route is None or desk.facts.organisation_id is not None or desk.facts.trial:
        return
    place = organisations.by_id(desk.conn, organisation_id)
    same = organisations.regulation_slug(desk.conn, organisation_id) == desk.facts.slug
    personal = {question.key for question in desk.regulation.question if question.personal}
    named = any(key in personal and not one.skipped for (_, key), one in desk.facts.answers.items())
    if place is not None and same and desk.facts.state is State.DRAFT and (place.keeps_names or not named):
        versions.join(desk.conn, desk.facts, organisation_id, desk.now)
        desk.forget()


def decline(desk: Desk, one: Invitation) -> None:
    """Use the invitation up with a no. A role she had there before stays hers."""
    if memberships.has(desk.conn, desk.person.id, one.organisation_id, one.role):
        return
    if invitations.accept(desk.conn, one, desk.person.id, desk.now) is not None:
        invitations.answer(desk.conn, one.id, desk.person.id, "declined", desk.now)
        memberships.leave(desk.conn, desk.person.id, one.organisation_id, desk.now, role=one.role)
    desk.forget()


def introduce_all(desk: Desk, organisation_id: int) -> None:
    """Introduce the teacher at the desk to those who accompany her there."""
    for pair in pairings.of_teacher(desk.conn, desk.person.id):
        if pair.organisation_id == organisation_id:
            introduce(desk, pair)


def introduce(desk: Desk, pair: Pairing) -> None:
    """Tell both of each other, once; a teacher who has not said that she takes part is not disturbed."""
    if not takes_part(desk, pair):
        return
    for person_id, kind in ((pair.teacher_id, "introduced"), (pair.companion_id, "introduced_companion")):
        key = f"{kind}/{pair.id}/{person_id}"
        notices.plan(desk.conn, person_id, key, kind, desk.now, desk.now, pairing=pair.id)


def takes_part(desk: Desk, pair: Pairing) -> bool:
    """Whether the teacher of a pair has agreed to take part, or was never asked."""
    hers = invitations.of_person(desk.conn, pair.teacher_id)
    asked = [one for one in hers if (one.organisation_id, one.role) == (pair.organisation_id, "teacher")]
    return not asked or asked[-1].answer == "taking_part"
