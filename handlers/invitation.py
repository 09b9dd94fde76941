"""One invitation: its link and code, a message to forward, a new link, another role, taking it back."""

from dataclasses import replace

from bot.iom.people import Organisation
from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating
from handlers.desk import Desk
from handlers.invitations import called
from handlers.place import Place
from handlers.rooms import Room
from storage import invitations, memberships, progress
from storage.invitations import Wanted
from storage.progress import Progress, Stage

ROLES = ("teacher", "mentor", "curator", "methodist", "expert", "head", "coordinator")
_UNUSED = frozenset({Stage.SENT, Stage.EXPIRED, Stage.REVOKED})


def chosen(desk: Desk) -> Progress | None:
    """The one of the place, None when it is of another organisation or gone."""
    organisation = coordinating.school(desk)
    if organisation is None:
        return None
    found = progress.progress(desk.conn, organisation.id, desk.now)
    return next((one for one in found if one.invitation.id == desk.place.parent), None)


def exists(desk: Desk) -> bool:
    """For the room: whether it can be shown."""
    return chosen(desk) is not None


def _chosen(desk: Desk) -> tuple[Organisation, Progress]:
    organisation, found = coordinating.here(desk), chosen(desk)
    assert found is not None
    return organisation, found


def show(desk: Desk) -> Screen:
    """Who, as what, how far, and what can be done."""
    organisation, found = _chosen(desk)
    if desk.place.view.get("message"):
        return _message(desk, organisation, found)
    if desk.place.view.get("roles"):
        return _roles(desk, organisation, found)
    live = found.stage is Stage.SENT
    values = {
        "name": called(desk, found),
        "post": found.invitation.post if found.invitation.name else "",
        "subject": found.invitation.subject,
        "role": coordinating.role_title(desk, organisation, found.invitation.role),
        "mentor": found.mentor,
        "mentor_title": coordinating.role_title(desk, organisation, "mentor"),
        "mentor_joined": bool(found.mentor_id),
        "stage": desk.world.caption(f"stage_{found.stage.value}"),
        "live": live,
        "unreachable": found.unreachable,
        "until": found.invitation.expires_at.astimezone(desk.zone).date(),
        "since": found.since.astimezone(desk.zone).date() if found.since else None,
        "token": invitations.token_of(desk.world.secret, found.invitation) if live else "",
        "code": invitations.code_of(desk.world.secret, found.invitation) if live else "",
        "sure": bool(desk.place.view.get("sure")),
    }
    return Screen("invitation", values, _buttons(desk, found))


def _buttons(desk: Desk, found: Progress) -> tuple[tuple[Button, ...], ...]:
    if desk.place.view.get("sure"):
        return ((Button("keep", word="back"), Button("really_revoke")),)
    end = (Button("back"),)
    if found.stage in _UNUSED:
        forward = ((Button("message"),),) if found.stage is Stage.SENT else ()
        revoke = () if found.stage is Stage.REVOKED else (Button("revoke"),)
        role = () if found.invitation.step else (Button("roles"),)
        return (*forward, (Button("renew"),), (*role, *revoke), end)
    other = () if found.stage is Stage.LEFT or found.invitation.step else ((Button("roles"),),)
    return (*other, end)


def _message(desk: Desk, organisation: Organisation, found: Progress) -> Screen:
    """Nothing but the words to forward."""
    values = {
        "name": found.invitation.name if organisation.keeps_names else "",
        "organisation": organisation.title,
        "role": coordinating.role_title(desk, organisation, found.invitation.role),
        "token": invitations.token_of(desk.world.secret, found.invitation),
        "code": invitations.code_of(desk.world.secret, found.invitation),
    }
    return Screen("invitation_message", values, ((Button("keep", word="back"),),))


def _roles(desk: Desk, organisation: Organisation, found: Progress) -> Screen:
    titles = [(role, coordinating.role_title(desk, organisation, role)) for role in ROLES]
    offered = [(role, title) for role, title in titles if role != found.invitation.role]
    buttons = [Button("pick", role, label=title) for role, title in offered]
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    values = {"name": called(desk, found), "joined": found.stage not in _UNUSED}
    return Screen("invitation_roles", values, (*rows, (Button("keep", word="back"),)))


def message(desk: Desk, _: str) -> Remark | None:
    """Show the words to forward."""
    if _chosen(desk)[1].stage is Stage.SENT:
        desk.go(desk.place.seen(message="1"))
    return None


def roles(desk: Desk, _: str) -> Remark | None:
    """Show the other roles."""
    if not _chosen(desk)[1].invitation.step:
        desk.go(desk.place.seen(roles="1"))
    return None


def pick(desk: Desk, role: str) -> Remark | None:
    """Another role: of an unused one a new link, the old one dead; of a used one at once."""
    organisation, found = _chosen(desk)
    old = found.invitation
    if role not in ROLES or role == old.role or old.step or not desk.place.view.get("roles"):
        return None
    title = coordinating.role_title(desk, organisation, role)
    told = {"name": called(desk, found), "role": title}
    if found.stage in _UNUSED:
        invitations.revoke(desk.conn, old.id, desk.now, by=desk.person.id)
        made = _again(desk, organisation, found, role)
        desk.go(replace(desk.place, parent=made, view={}))
        return Remark("role_renewed", told)
    if found.stage is Stage.LEFT:
        return None
    _move(desk, organisation, found, role)
    desk.go(desk.place.seen(roles=""))
    return Remark("role_changed", told)


def _again(desk: Desk, organisation: Organisation, found: Progress, role: str) -> int:
    old = found.invitation
    teaches = role == "teacher"
    wanted = Wanted(
        role,
        name=old.name,
        post=old.post,
        subject=old.subject,
        mentor=old.mentor if teaches else "",
        mentor_id=old.mentor_id if teaches else None,
        mentor_invitation_id=old.mentor_invitation_id if teaches else None,
    )
    made = invitations.create_many(
        desk.conn,
        desk.world.secret,
        organisation.id,
        [wanted],
        now=desk.now,
        valid=coordinating.VALID,
        created_by=desk.person.id,
    )
    return made[0].id


def _move(desk: Desk, organisation: Organisation, found: Progress, role: str) -> None:
    """The new role is added before the old one ends; her cards stay hers."""
    old, by = found.invitation, desk.person.id
    memberships.join(
        desk.conn, found.person_id, organisation.id, role, desk.now, name=old.name, post=old.post, by=by
    )
    memberships.leave(desk.conn, found.person_id, organisation.id, desk.now, role=old.role, by=by)
    invitations.recast(desk.conn, old.id, role, desk.now, by=by)
    desk.changed = True


def renew(desk: Desk, _: str) -> Remark | None:
    """A new link and code; the old ones are dead."""
    found = _chosen(desk)[1]
    if found.stage not in _UNUSED:
        return None
    made = invitations.renew(
        desk.conn, desk.world.secret, found.invitation.id, desk.now, coordinating.VALID, by=desk.person.id
    )
    desk.changed = True
    return Remark("link_renewed") if made else None


def revoke(desk: Desk, _: str) -> Remark | None:
    """Ask once more: her link will not open."""
    if _chosen(desk)[1].stage in _UNUSED:
        desk.go(desk.place.seen(sure="1"))
    return None


def really_revoke(desk: Desk, _: str) -> Remark | None:
    """Take it back."""
    found = _chosen(desk)[1]
    if not desk.place.view.get("sure"):
        return None
    gone = invitations.revoke(desk.conn, found.invitation.id, desk.now, by=desk.person.id)
    back(desk, "")
    desk.changed = True
    return Remark("link_revoked", {"name": called(desk, found)}) if gone else Remark("out_of_date")


def keep(desk: Desk, _: str) -> Remark | None:
    """Back to the invitation itself."""
    desk.go(desk.place.seen(message="", roles="", sure=""))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """To the list, on the page it was left at."""
    row = coordinating.here(desk).id
    desk.go(desk.place.back or Place("invitations", row=row))
    return None


ROOMS = {
    "invitation": Room(
        show,
        None,
        {
            "message": message,
            "roles": roles,
            "pick": pick,
            "renew": renew,
            "revoke": revoke,
            "really_revoke": really_revoke,
            "keep": keep,
            "back": back,
        },
        exists=exists,
    ),
}
