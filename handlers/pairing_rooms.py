"""What a coordinator does with a pair: makes it, hands it over, ends it; and the rooms of it by name."""

from bot.speech.screen import Remark
from handlers import joining, pairing
from handlers.desk import Desk
from handlers.rooms import Room, number
from storage import pairings
from storage.pairings import Pairing

NEW = "new"


def add(desk: Desk, _: str) -> Remark | None:
    """Choose a mentor for another pair."""
    desk.go(desk.place.seen(pick=NEW, page=""))
    return None


def hand_over(desk: Desk, pairing_id: str) -> Remark | None:
    """Choose who takes over."""
    if _pair(desk, number(pairing_id)) is not None:
        desk.go(desk.place.seen(pick=pairing_id, page=""))
    return None


def _pair(desk: Desk, pairing_id: int) -> Pairing | None:
    return next((pair for pair in pairing.her_pairs(desk) if pair.id == pairing_id), None)


def mentor(desk: Desk, person_id: str) -> Remark | None:
    """The chosen one; a new pair may need a direction first."""
    pick = desk.place.view.get("pick", "")
    if not pick or not any(str(one.person_id) == person_id for one in pairing.mentors(desk)):
        return Remark("out_of_date")
    if pick != NEW:
        made = (
            pairings.hand_over(desk.conn, number(pick), number(person_id), desk.now, by=desk.person.id)
            if _pair(desk, number(pick))
            else None
        )
        return _done(desk, made)
    if pairing.directions(desk):
        desk.go(desk.place.seen(mentor=person_id))
        return None
    return _make(desk, number(person_id), "")


def direction(desk: Desk, key: str) -> Remark | None:
    """What the new companion is for."""
    chosen = number(desk.place.view.get("mentor", ""))
    known = {"", *(one.key for one in pairing.directions(desk))}
    if key not in known or not any(one.person_id == chosen for one in pairing.mentors(desk)):
        return Remark("out_of_date")
    return _make(desk, chosen, key)


def _make(desk: Desk, companion_id: int, key: str) -> Remark | None:
    made = pairings.pair(
        desk.conn,
        desk.place.row,
        desk.place.parent,
        companion_id,
        desk.now,
        direction=key,
        by=desk.person.id,
    )
    return _done(desk, made)


def _done(desk: Desk, made: Pairing | None) -> Remark | None:
    """Both are told of each other; a pair that is over, or one with herself, is none."""
    desk.go(desk.place.seen(pick="", mentor="", page="", sure=""))
    if made is None:
        return Remark("out_of_date")
    joining.introduce(desk, made)
    desk.changed = True
    names = {"teacher": made.teacher or made.teacher_code, "name": made.companion or made.companion_code}
    return Remark("paired", names)


def end(desk: Desk, pairing_id: str) -> Remark | None:
    """Ask once more."""
    if _pair(desk, number(pairing_id)) is not None:
        desk.go(desk.place.seen(sure=pairing_id))
    return None


def really_end(desk: Desk, pairing_id: str) -> Remark | None:
    """The pair is over: the companion's rights end at once, what was done stays."""
    pair = _pair(desk, number(pairing_id))
    if pair is None or desk.place.view.get("sure") != pairing_id:
        return Remark("out_of_date")
    pairings.end(desk.conn, pair.id, desk.now, by=desk.person.id)
    desk.go(desk.place.seen(sure=""))
    return Remark("pair_ended", {"name": pair.companion or pair.companion_code})


def keep(desk: Desk, _: str) -> Remark | None:
    """One step back within the room."""
    step = "mentor" if desk.place.view.get("mentor") else "pick" if desk.place.view.get("pick") else "sure"
    desk.go(desk.place.seen(**{step: ""}, page=""))
    return None


ROOMS = {
    "pairing": Room(
        pairing.show,
        pairing.typed,
        {
            "teacher": pairing.pick_teacher,
            "more": pairing.more,
            "door": pairing.to_door,
            "back": pairing.back,
        },
        exists=pairing.exists,
    ),
    "pairing_one": Room(
        pairing.show_one,
        None,
        {
            "add_companion": add,
            "hand_over": hand_over,
            "end_pair": end,
            "really_end": really_end,
            "mentor": mentor,
            "direction": direction,
            "more": pairing.more,
            "keep": keep,
            "back": pairing.back,
        },
        exists=lambda desk: pairing.teacher(desk) is not None,
    ),
}
