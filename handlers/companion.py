"""Who accompanies a teacher: the introduction, her consent to access (004 п. 3.1.2), and taking it back."""

from bot.iom.access import Fact
from bot.iom.people import Consent, Organisation
from bot.speech.screen import Button, FactButton, Remark, Screen
from handlers import coordinating, joining, menu, roles
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import number
from storage import audit, consents, notices, organisations, own_routes, pairings, routes
from storage.notices import Notice
from storage.pairings import Pairing

CONSENT = "tutor"


def values_of(desk: Desk, pair: Pairing) -> dict[str, object]:
    """A pair in words: names or codes, the title of the companion, the direction."""
    organisation = organisations.by_id(desk.conn, pair.organisation_id)
    assert organisation is not None
    return {
        "name": pair.companion or pair.companion_code,
        "teacher": pair.teacher or pair.teacher_code,
        "post": pair.companion_post,
        "title": roles.title(desk, organisation, "mentor"),
        "organisation": organisation.title,
        "direction": direction(desk, organisation, pair.direction),
        "since": pair.since.astimezone(desk.zone).date(),
        "open": pair.open,
    }


def direction(desk: Desk, organisation: Organisation, key: str) -> str:
    """What the companion is for, in the regulation's words; "" for everything."""
    regulation = coordinating.regulation(desk, organisation)
    offered = regulation.life.companion.direction if regulation else ()
    return next((one.title for one in offered if one.key == key), "")


def show(desk: Desk) -> Screen:
    """«Кто мне помогает»: one line each, open or closed; who looked; whether reflections are shown."""
    found = pairings.of_teacher(desk.conn, desk.person.id)
    state = {True: desk.world.caption("access_open"), False: desk.world.caption("access_closed")}
    rows = [
        (Button("one", str(pair.id), label=f"{pair.companion or pair.companion_code} · {state[pair.open]}"),)
        for pair in found[:8]
    ]
    own: list[tuple[Button, ...]] = []
    shares = desk.route.shares_reflections if desk.route is not None else False
    if desk.route is not None and not desk.route.trial:
        word = "hide_reflections" if shares else "show_reflections"
        own = [(Button("viewers"),), (Button("share", "" if shares else "1", word=word),)]
    values = {
        "companions": [values_of(desk, pair) for pair in found[:8]],
        "shares": shares,
        "route": bool(own),
    }
    return Screen("companions", values, (*rows, *own, (Button("home"), Button("menu"))))


def open_one(desk: Desk, pairing_id: str) -> Remark | None:
    """Open one of them."""
    desk.go(Place("companion", row=number(pairing_id)))
    return None


def share(desk: Desk, on: str) -> Remark | None:
    """Show reflections to those whose access is open, or hide them again; nothing else changes."""
    if desk.route is not None and desk.facts.shares_reflections != bool(on):
        routes.share_reflections(desk.conn, desk.facts, bool(on), desk.now)
        desk.forget()
    return None


def pair_of(desk: Desk, pairing_id: int = 0) -> Pairing | None:
    """The pair of the place if the person at the desk is its teacher and it goes on."""
    pair = pairings.by_id(desk.conn, pairing_id or desk.place.row)
    return pair if pair and pair.teacher_id == desk.person.id and pair.ended_at is None else None


def show_one(desk: Desk) -> Screen:
    """One companion: what access means, and the choice; the whole text of the consent on «Прочитать»."""
    pair = pair_of(desk)
    assert pair is not None
    whole = bool(desk.place.view.get("whole"))
    read = Button("short", word="back") if whole else Button("read")
    choice = (Button("close_access"),) if pair.open else (Button("open_access"), Button("later"))
    end = () if whole else ((Button("back", word="all_companions"),),)
    text, values = (
        ("access_whole", {"operator": desk.world.operator}) if whole else ("companion", values_of(desk, pair))
    )
    return Screen(text, values, (choice, (read,), *end))


def open_access(desk: Desk, _: str) -> Remark | None:
    """The second consent: version, hash and time are stored; the companion is told."""
    pair = pair_of(desk)
    if pair is None or pair.open:
        return Remark("out_of_date")
    world = desk.world
    given = Consent(CONSENT, world.companion_version, world.companion_digest, desk.now)
    consents.give(desk.conn, desk.person.id, given)
    audit.record(desk.conn, desk.person.id, "consent.tutor", desk.now, str(pair.id))
    pairings.open(desk.conn, pair.id, desk.person.id, desk.now)
    key = f"access_opened/{pair.id}/{desk.now.isoformat()}"
    kind = "access_opened"
    notices.plan(desk.conn, pair.companion_id, key, kind, desk.now, desk.now, pairing=pair.id)
    desk.go(Place("companions"))
    desk.changed = True
    return Remark("opened_access", values_of(desk, pair))


def close_access(desk: Desk, _: str) -> Remark | None:
    """She takes it back: the companion sees the state only, at once."""
    pair = pair_of(desk)
    if pair is None or not pairings.close(desk.conn, pair.id, desk.person.id, desk.now):
        return Remark("out_of_date")
    if not any(one.open for one in pairings.of_teacher(desk.conn, desk.person.id)):
        consents.withdraw(desk.conn, desk.person.id, CONSENT, desk.now)
    desk.go(Place("companions"))
    desk.changed = True
    return Remark("closed_access", values_of(desk, pair))


def read(desk: Desk, _: str) -> Remark | None:
    """The whole text."""
    desk.go(desk.place.seen(whole="1"))
    return None


def short(desk: Desk, _: str) -> Remark | None:
    """Back to the short one."""
    desk.go(desk.place.seen(whole=""))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """To all of them."""
    desk.go(Place("companions"))
    return None


def later(desk: Desk, _: str) -> Remark | None:
    """Not now: nothing is open, nothing is asked again; «Кто мне помогает» keeps the choice."""
    menu.arrive(desk)
    return Remark("access_later")


def introduced(desk: Desk, told: Notice) -> Screen | None:
    """To the teacher: who it is, what for, and the question about access."""
    pair = _told(desk, told)
    if pair is None or pair.teacher_id != desk.person.id or not joining.takes_part(desk, pair):
        return None
    choice = (FactButton("open_access", pair.id), FactButton("later", pair.id))
    rows = (
        ((FactButton("companion", pair.id, word="open_case"),),)
        if pair.open
        else (
            choice,
            (FactButton("read_access", pair.id, word="read"),),
        )
    )
    return Screen("notice_introduced", values_of(desk, pair), rows)


def introduced_companion(desk: Desk, told: Notice) -> Screen | None:
    """To the companion: whom he accompanies."""
    pair = _told(desk, told)
    if pair is None or pair.companion_id != desk.person.id:
        return None
    return Screen("notice_introduced_companion", values_of(desk, pair), _to_case(desk, pair))


def access_opened(desk: Desk, told: Notice) -> Screen | None:
    """To the companion: the card may be read now."""
    pair = _told(desk, told)
    if pair is None or pair.companion_id != desk.person.id or not pair.open:
        return None
    return Screen("notice_access_opened", values_of(desk, pair), _to_case(desk, pair))


def _told(desk: Desk, told: Notice) -> Pairing | None:
    id_ = told.subject.get("pairing")
    pair = pairings.by_id(desk.conn, id_) if isinstance(id_, int) else None
    return pair if pair is not None and pair.ended_at is None else None


def _to_case(desk: Desk, pair: Pairing) -> tuple[tuple[FactButton, ...], ...]:
    found = route_of(desk, pair)
    return ((FactButton("open_case", found, 0),),) if found else ()


def route_of(desk: Desk, pair: Pairing) -> int:
    """The teacher's newest route in the organisation of the pair that the person at the desk may know of."""
    briefs = [
        one.route_id for one in own_routes.of_person(desk.conn, pair.teacher_id) if one.state != "withdrawn"
    ]
    seen = (routes.seen(desk.conn, desk.person.id, id_, Fact.STATE) for id_ in briefs)
    return next((f.route_id for f in seen if f and f.organisation_id == pair.organisation_id), 0)
