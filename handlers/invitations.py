"""Everybody who was invited, how far each has come, and what to do when somebody is stuck.

A bot can't write first: whoever has not opened her link is reminded in person, by a message to forward.
"""

from collections.abc import Sequence
from typing import Final

from bot.documents.invitations import Invite, title
from bot.iom.columns import spelled
from bot.iom.people import Organisation
from bot.speech.screen import Button, InviteFile, Remark, Screen
from handlers import coordinating
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room, number
from storage import codes, invitations, progress
from storage.progress import Progress, Stage

PAGE: Final = 8
CARDS: Final = 400  # on one sheet: fifty pages
NOT_STARTED: Final = frozenset({Stage.SENT, Stage.EXPIRED})
GONE: Final = frozenset({Stage.REVOKED, Stage.LEFT})


def everybody(desk: Desk, organisation: Organisation) -> list[Progress]:
    """All but her own invitation and those that were taken back."""
    found = progress.progress(desk.conn, organisation.id, desk.now)
    return [one for one in found if one.stage is not Stage.REVOKED and one.person_id != desk.person.id]


def listed(desk: Desk, organisation: Organisation) -> list[Progress]:
    """Those of the list on screen: all, the found ones, or those to remind."""
    found = everybody(desk, organisation)
    if desk.place.view.get("only") == "remind":
        found = [one for one in found if one.stage in NOT_STARTED]
    sought = spelled(desk.place.view.get("q", "")).split()
    short = codes.plain(desk.place.view.get("q", ""))
    return [one for one in found if not sought or _fits(one, sought, short)]


def _fits(one: Progress, sought: Sequence[str], short: str) -> bool:
    here = spelled(" ".join((one.invitation.name, one.invitation.post, one.invitation.subject, one.mentor)))
    code = codes.plain(one.code)
    return all(word in here for word in sought) or (len(short) > 2 and bool(code) and short in code)


def show(desk: Desk) -> Screen:
    """Eight of them a page, with their state; a search by words."""
    organisation = coordinating.here(desk)
    found, every = listed(desk, organisation), everybody(desk, organisation)
    start = min(number(desk.place.view.get("page", "0")), max(len(found) - 1, 0) // PAGE * PAGE)
    remind, q = desk.place.view.get("only") == "remind", desk.place.view.get("q", "")
    waiting = [one for one in every if one.stage in NOT_STARTED]
    values = {
        "total": len(every),
        "found": len(found),
        "counts": _counts(every),
        "remind": remind,
        "waiting": len(waiting),
        "q": q,
        "page": start // PAGE + 1,
        "pages": (len(found) + PAGE - 1) // PAGE,
    }
    rows: list[tuple[Button, ...]] = [
        (Button("one", str(p.invitation.id), label=label(desk, p)),) for p in found[start : start + PAGE]
    ]
    if len(found) > PAGE:
        rows.append((Button("more", str(start + PAGE if start + PAGE < len(found) else 0)),))
    if remind or q:
        rows.append((Button("all", word="all_people"),))
    elif waiting:
        rows.append((Button("remind"), Button("sheet")))
    rows.append((Button("open", "people", word="add_people"), Button("back")))
    return Screen("invitations", values, tuple(rows), _sheet(desk, organisation, waiting))


def _counts(every: Sequence[Progress]) -> dict[str, int]:
    """How many are at each stage, in the order of stages."""
    return {stage.value: n for stage in Stage if (n := sum(1 for one in every if one.stage is stage))}


def label(desk: Desk, one: Progress) -> str:
    """«Светлова А. И. · начала карту»."""
    return f"{called(desk, one)} · {desk.world.caption(f'stage_{one.stage.value}')}"


def called(desk: Desk, one: Progress) -> str:
    """The name or the organisation's code; who has neither is called by the post, then by the role."""
    invitation = one.invitation
    return invitation.name or invitation.post or desk.world.caption(f"role_{invitation.role}")


def _sheet(desk: Desk, organisation: Organisation, waiting: Sequence[Progress]) -> InviteFile | None:
    """Cards of those who have not started, so many a file; expired links are none."""
    part = number(desk.place.view.get("sheet", "0"))
    if not part:
        return None
    live = [one for one in waiting if one.stage is Stage.SENT][(part - 1) * CARDS : part * CARDS]
    cards = tuple(
        Invite(
            called(desk, one),
            coordinating.role_title(desk, organisation, one.invitation.role),
            invitations.token_of(desk.world.secret, one.invitation),
            invitations.code_of(desk.world.secret, one.invitation),
        )
        for one in live
    )
    name = "invitations.pdf" if part == 1 else f"invitations-{part}.pdf"
    return InviteFile(f"{title()} · {organisation.title}", cards, name) if cards else None


def sheet(desk: Desk, _: str) -> Remark | None:
    """A sheet to print and cut; asked again, the next so many."""
    organisation = coordinating.here(desk)
    live = [one for one in everybody(desk, organisation) if one.stage is Stage.SENT]
    if not live:
        return Remark("no_live_links")
    parts = (len(live) + CARDS - 1) // CARDS
    part = number(desk.place.view.get("sheet", "0")) % parts + 1
    desk.go(desk.place.seen(sheet=str(part), again="" if desk.place.view.get("again") else "1"))
    return Remark("sheet_part", {"part": part, "parts": parts, "many": len(live)}) if parts > 1 else None


def typed(desk: Desk, text: str) -> Remark | None:
    """Words to find somebody by."""
    desk.go(desk.place.seen(q=" ".join(text.split())[:60], page="", sheet="", only=""))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """The next page, from the last one the first."""
    desk.go(desk.place.seen(page=str(number(page)), sheet=""))
    return None


def remind(desk: Desk, _: str) -> Remark | None:
    """Only those who have not opened their link."""
    desk.go(desk.place.seen(only="remind", page="", q="", sheet=""))
    return None


def everyone(desk: Desk, _: str) -> Remark | None:
    """The whole list again."""
    desk.go(Place("invitations", row=coordinating.here(desk).id))
    return None


def one(desk: Desk, arg: str) -> Remark | None:
    """Open one of them."""
    organisation = coordinating.here(desk)
    found = invitations.by_id(desk.conn, number(arg))
    if found is not None and found.organisation_id == organisation.id:
        here = desk.place.seen(sheet="")
        desk.go(Place("invitation", row=organisation.id, parent=found.id, back=here))
    return None


def to_people(desk: Desk, name: str) -> Remark | None:
    """To bring in more."""
    if name == "people":
        desk.go(Place("people", row=coordinating.here(desk).id))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """To the school."""
    desk.go(Place("school", row=coordinating.here(desk).id))
    return None


ROOMS = {
    "invitations": Room(
        show,
        typed,
        {
            "one": one,
            "more": more,
            "remind": remind,
            "sheet": sheet,
            "all": everyone,
            "open": to_people,
            "back": back,
        },
        exists=coordinating.exists,
    ),
}
