"""A coordinator pairs teachers with mentors: who has none comes first; handing over keeps the history.

A place keeps the organisation in `row` and the teacher in `parent`. Rights: a coordinator of this
organisation or of one above it, asked anew at each look.
"""

from collections import Counter

from bot.iom.access import Fact
from bot.iom.people import Organisation
from bot.iom.regulation_questions import Option
from bot.speech.screen import Button, Remark, Screen
from handlers import companion, coordinating, roles
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import number
from storage import memberships, organisations, pairings
from storage.memberships import Member
from storage.pairings import Pairing

PAGE = 8


def covers(desk: Desk, organisation_id: int) -> bool:
    """Whether the person at the desk coordinates this organisation or one above it."""
    return bool(set(coordinating.ids(desk)) & set(organisations.above(desk.conn, organisation_id)))


def exists(desk: Desk) -> bool:
    """For the rooms here."""
    return covers(desk, desk.place.row)


def here(desk: Desk) -> Organisation:
    """The organisation of a room that exists."""
    found = organisations.by_id(desk.conn, desk.place.row)
    assert found is not None
    return found


def show(desk: Desk) -> Screen:
    """Teachers, eight a page, those without a companion first; words typed look for one."""
    organisation = here(desk)
    pairs = Counter(pair.teacher_id for pair in pairings.of_organisation(desk.conn, organisation.id))
    words = desk.place.view.get("q", "").casefold()
    teachers = [one for one in _teachers(desk) if words in (one.name or one.code).casefold()]
    teachers.sort(key=lambda one: (pairs[one.person_id] > 0, one.name, one.person_id))
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(teachers) else 0
    rows = [
        (Button("teacher", str(one.person_id), label=_label(one, pairs[one.person_id])),)
        for one in teachers[start : start + PAGE]
    ]
    following = start + PAGE if start + PAGE < len(teachers) else 0
    more = [(Button("more", str(following)),)] if len(teachers) > PAGE else []
    values = {
        "organisation": organisation.title,
        "mentor": roles.title(desk, organisation, "mentor"),
        "total": len(teachers),
        "alone": sum(pairs[one.person_id] == 0 for one in teachers),
        "words": desk.place.view.get("q", ""),
    }
    return Screen("pairing", values, (*rows, *more, (Button("door"),), (Button("back"),)))


def _teachers(desk: Desk) -> tuple[Member, ...]:
    return memberships.people_of(desk.conn, desk.place.row, "teacher")


def _label(one: Member, pairs: int) -> str:
    return f"{'✓' if pairs else '＋'} {one.name or one.code}"


def typed(desk: Desk, text: str) -> Remark | None:
    """A name or a code to look for."""
    desk.go(desk.place.seen(q=" ".join(text.split())[:60], page=""))
    return None


def more(desk: Desk, page: str) -> Remark | None:
    """Another page."""
    desk.go(desk.place.seen(page=page))
    return None


def pick_teacher(desk: Desk, person_id: str) -> Remark | None:
    """Open one teacher."""
    if any(str(one.person_id) == person_id for one in _teachers(desk)):
        desk.go(Place("pairing_one", row=desk.place.row, parent=number(person_id), back=desk.place))
    return None


def to_door(desk: Desk, _: str) -> Remark | None:
    """To the code by which teachers apply themselves."""
    desk.go(Place("door", row=desk.place.row, back=desk.place))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """Where this was opened from."""
    desk.go(desk.place.back or Place("school", row=desk.place.row))
    return None


def from_case(desk: Desk, _: str) -> Remark | None:
    """From somebody's route to her companions."""
    facts = desk.case(Fact.STATE)
    if facts is not None and facts.organisation_id and covers(desk, facts.organisation_id):
        where = desk.place.seen(file="")
        desk.go(Place("pairing_one", row=facts.organisation_id, parent=facts.person_id, back=where))
    return None


def teacher(desk: Desk) -> Member | None:
    """The teacher of the place, if she still is one there."""
    if not exists(desk):
        return None
    return next((one for one in _teachers(desk) if one.person_id == desk.place.parent), None)


def her_pairs(desk: Desk) -> list[Pairing]:
    """Her companions in this organisation."""
    found = pairings.of_teacher(desk.conn, desk.place.parent)
    return [pair for pair in found if pair.organisation_id == desk.place.row]


def show_one(desk: Desk) -> Screen:
    """Her companions; another one, hand over, end; then a mentor and a direction are picked."""
    one = teacher(desk)
    assert one is not None
    if desk.place.view.get("mentor"):
        return _show_directions(desk, one)
    if desk.place.view.get("pick"):
        return _show_mentors(desk, one)
    pairs = her_pairs(desk)
    sure = number(desk.place.view.get("sure", "0"))
    rows: list[tuple[Button, ...]] = []
    for pair in pairs[:4]:
        if pair.id == sure:
            rows.append((Button("keep", word="back"), Button("really_end", str(pair.id), word="end_pair")))
        elif not sure:
            rows.append((Button("hand_over", str(pair.id)), Button("end_pair", str(pair.id))))
    add = [] if sure else [(Button("add_companion"),)]
    values = {
        **_words(desk, one),
        "pairs": [companion.values_of(desk, pair) for pair in pairs],
        "sure": bool(sure),
    }
    return Screen("pairing_one", values, (*rows, *add, (Button("back"),)))


def _words(desk: Desk, one: Member) -> dict[str, object]:
    return {"name": one.name or one.code, "mentor": roles.title(desk, here(desk), "mentor")}


def mentors(desk: Desk) -> list[Member]:
    """Who may accompany her: mentors of the organisation and of those above, never herself."""
    places = organisations.above(desk.conn, desk.place.row)
    found = [one for place in places for one in memberships.people_of(desk.conn, place, "mentor")]
    unique = {one.person_id: one for one in reversed(found)}
    return [one for one in unique.values() if one.person_id != desk.place.parent]


def _show_mentors(desk: Desk, one: Member) -> Screen:
    found = sorted(mentors(desk), key=lambda each: (each.name or each.code, each.person_id))
    load = Counter(pair.companion_id for pair in pairings.of_organisation(desk.conn, desk.place.row))
    start = number(desk.place.view.get("page", "0"))
    start = start if start < len(found) else 0
    rows = [
        (Button("mentor", str(each.person_id), label=f"{each.name or each.code} · {load[each.person_id]}"),)
        for each in found[start : start + PAGE]
    ]
    following = start + PAGE if start + PAGE < len(found) else 0
    more = [(Button("more", str(following)),)] if len(found) > PAGE else []
    values = {**_words(desk, one), "count": len(found)}
    return Screen("pairing_mentors", values, (*rows, *more, (Button("keep", word="back"),)))


def directions(desk: Desk) -> tuple[Option, ...]:
    """What companions are for here (002: subject, method, metasubject)."""
    regulation = coordinating.regulation(desk, here(desk))
    return regulation.life.companion.direction if regulation else ()


def _show_directions(desk: Desk, one: Member) -> Screen:
    rows = tuple((Button("direction", each.key, label=each.title),) for each in directions(desk))
    whole = ((Button("direction", "", word="every_direction"),),)
    return Screen("pairing_direction", _words(desk, one), (*rows, *whole, (Button("keep", word="back"),)))
