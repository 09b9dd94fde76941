"""Who agrees, who approves, who stands in for them, who is the curator: one line each, as printed.

Each gets an invitation at once; who says another one makes the link of the one before dead.
"""

from dataclasses import dataclass

from bot.iom import first_hour
from bot.iom.first_hour import SignerError
from bot.iom.journey import Signatory
from bot.iom.people import Organisation
from bot.iom.regulation_life import ApprovalStep
from bot.speech.screen import Button, Remark, Screen
from handlers import coordinating
from handlers.desk import Desk
from storage import invitations, signatories

CURATOR = "curator"
SUBSTITUTE = ".sub"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the list: a step of the chain, its substitute, or the curator."""

    key: str
    title: str
    substitute: bool = False
    post: str = ""
    filled: str = ""


def parts(desk: Desk, organisation: Organisation) -> dict[str, Part]:
    """Everybody who can be named, by key, in order."""
    regulation = coordinating.regulation(desk, organisation)
    chain = regulation.life.approval if regulation else ()
    held = {(one.step, one.substitute): one for one in signatories.of(desk.conn, organisation.id)}
    found = [part for step in chain for part in _of_step(step, held)]
    title = coordinating.role_title(desk, organisation, CURATOR)
    found.append(Part(CURATOR, title, filled=_curator(desk, organisation)))
    return {part.key: part for part in found}


def _of_step(step: ApprovalStep, held: dict[tuple[str, bool], Signatory]) -> list[Part]:
    """The holder; and once there is one, who stands in."""
    one, other = held.get((step.key, False)), held.get((step.key, True))
    found = [Part(step.key, step.title, False, step.post, said(one) if one else "")]
    if one:
        found.append(Part(f"{step.key}{SUBSTITUTE}", step.title, True, "", said(other) if other else ""))
    return found


def said(one: Signatory) -> str:
    """As documents print it."""
    return ", ".join(filter(None, (one.post, one.place, one.name)))


def _curator(desk: Desk, organisation: Organisation) -> str:
    of_role = [one for one in invitations.of_organisation(desk.conn, organisation.id) if one.role == CURATOR]
    live = [one for one in of_role if invitations.state(one, desk.now) in {"waiting", "used"}]
    return ", ".join(filter(None, (live[-1].post, live[-1].name))) if live else ""


def show(desk: Desk, organisation: Organisation, navigation: tuple[tuple[Button, ...], ...]) -> Screen:
    """The list, or one of it."""
    known = parts(desk, organisation)
    part = known.get(desk.place.view.get("part", ""))
    fixing = desk.place.walk == "fix"
    values = {
        "number": 0 if fixing else first_hour.place_in_order("signers"),
        "total": len(first_hour.STEPS),
        "parts": list(known.values()),
        "part": part,
        "chain": len(known) > 1,
        "names": organisation.keeps_names,
        "organisation": organisation.title,
        "example": bool(desk.place.view.get("example")),
    }
    if part is not None:
        return Screen("setup_signers", values, navigation)
    rows = tuple((_button(desk, one),) for one in known.values())
    ready = (Button("done", word="ready" if fixing else "further"),)
    return Screen("setup_signers", values, (*rows, ready, (Button("back"),)))


def _button(desk: Desk, part: Part) -> Button:
    mark = "✓" if part.filled else "＋"
    title = f"{part.title}: {desk.world.caption('substitute')}" if part.substitute else part.title
    return Button("signer", part.key, label=f"{mark} {title}")


def typed(desk: Desk, organisation: Organisation, text: str) -> Remark | None:
    """Post, organisation and name of the one that is open."""
    part = parts(desk, organisation).get(desk.place.view.get("part", ""))
    if part is None:
        return Remark("please_choose")
    keeps = organisation.keeps_names
    try:
        one = first_hour.read_signer(
            text, post=part.post or part.title, place=organisation.title, keeps_names=keeps
        )
    except SignerError as error:
        return Remark("setup_refused", {"reason": error.reason, "piece": ""})
    step = "" if part.key == CURATOR else part.key.removesuffix(SUBSTITUTE)
    if step:
        _sign(desk, organisation, step, part.substitute, one)
    _invite(desk, organisation, part, step, one)
    desk.forget()
    desk.go(desk.place.seen(part="", example=""))
    return Remark("signer_named", {"who": ", ".join(filter(None, (one.post, one.place, one.name)))})


def _sign(
    desk: Desk, organisation: Organisation, step: str, substitute: bool, one: first_hour.Signer
) -> None:
    signatories.put(
        desk.conn,
        organisation.id,
        step,
        desk.now,
        post=one.post,
        place=one.place,
        name=one.name,
        substitute=substitute,
        by=desk.person.id,
    )


def _invite(desk: Desk, organisation: Organisation, part: Part, step: str, one: first_hour.Signer) -> None:
    """A link for the new one; the links of whom she replaces here are dead."""
    role = "approver" if step else CURATOR
    held = [s for s in signatories.of(desk.conn, organisation.id) if s.step == step]
    others = {(s.post, s.name) for s in held if s.substitute != part.substitute}
    for old in invitations.of_organisation(desk.conn, organisation.id):
        if (old.role, old.step) == (role, step) and (old.post, old.name) not in others:
            invitations.revoke(desk.conn, old.id, desk.now, by=desk.person.id)
    invitations.create(
        desk.conn,
        desk.world.secret,
        organisation.id,
        role,
        now=desk.now,
        valid=coordinating.VALID,
        created_by=desk.person.id,
        name=one.name,
        post=one.post,
        step=step,
    )
