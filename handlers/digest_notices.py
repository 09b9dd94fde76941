"""The weekly digest as a notice, drawn from the facts of that moment; nothing to say, nothing said."""

from bot.iom import digest
from bot.speech.screen import Remark, Screen
from handlers import digest_words, mentor_digest, overseeing
from handlers.desk import Desk
from handlers.place import Place
from storage.notices import Notice


def say(desk: Desk, told: Notice) -> Screen | None:
    """Of an organisation she still looks after."""
    sight = overseeing.sight(desk, int(told.subject.get("organisation", 0)) or -1)
    if sight is None or sight.few or digest.empty(sight.totals, digest_words.monitorings(sight)):
        return None
    return Screen("digest", digest_words.values_of(sight), tuple(digest_words.under_notice(sight)))


def say_to_mentor(desk: Desk, told: Notice) -> Screen | None:
    """Of the people who let her in."""
    return mentor_digest.said(desk) if overseeing.accompanies(desk) else None


def press_open(desk: Desk, organisation_id: int, version: int) -> Remark | None:
    """«Открыть дайджест»."""
    if overseeing.sight(desk, organisation_id) is None:
        return Remark("out_of_date")
    desk.go(Place("digest", row=organisation_id))
    return None


def press_own(desk: Desk, person_id: int, version: int) -> Remark | None:
    """The same of a mentor's own people."""
    if person_id != desk.person.id or not overseeing.accompanies(desk):
        return Remark("out_of_date")
    desk.go(Place("digest", overseeing.OWN))
    return None


def press_list(desk: Desk, organisation_id: int, version: int) -> Remark | None:
    """The list behind a number of the notice."""
    sight = overseeing.sight(desk, organisation_id)
    if sight is None or sight.few or version >= len(digest_words.ORDER):
        return Remark("out_of_date")
    back = Place("digest", row=organisation_id)
    desk.go(Place("digest_list", digest_words.ORDER[version], organisation_id, back=back))
    return None


NOTICES = {"digest": say, "mentor_digest": say_to_mentor}
PRESSES = {"open_digest": press_open, "open_own_digest": press_own, "digest_list": press_list}
