"""A school with its people: a coordinator, a mentor, approvers, each with a phone and a consent.

people = await staffed(play, "stavropol")
await bring(play, "stavropol", person=people.anna)      # Anna's card belongs to the school
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.iom.people import Consent, Organisation
from bot.phone.person import Person
from handlers.place import Place
from storage import consents, memberships, organisations, pairings, people, signatories
from tests.conversation.given import newcomer, puts, shelf_of
from tests.stage import Play

ROLES = {"boris": "mentor", "galina": "coordinator", "mila": "methodist", "kira": "curator", "dmitry": "head"}
NAMES = {
    "anna": "Светлова Анна Ильинична",
    "boris": "Борисов Борис Петрович",
    "galina": "Галкина Галина Олеговна",
    "mila": "Милова Мила Юрьевна",
    "kira": "Кирова Кира Павловна",
    "dmitry": "Дмитриев Дмитрий Ильич",
    "elena": "Еленина Елена Сергеевна",
}


@dataclass(frozen=True)
class Staff:
    """Who is at the school, by first name; Elena agrees, Dmitry (the head) approves."""

    school: Organisation
    anna: Person
    boris: Person
    galina: Person
    mila: Person
    kira: Person
    dmitry: Person
    elena: Person


async def staffed(play: Play, slug: str, *, keeps_names: bool = True, open_card: bool = True) -> Staff:
    """Everybody has joined and agreed; Anna and Boris are a pair, her card open to him when `open_card`."""
    phones = {key: newcomer(play, name.split()[1]) for key, name in NAMES.items()}

    def unit(conn: Connection) -> Organisation:
        now = play.clock.now()
        school = organisations.create(conn, "Гимназия «Радуга»", now, slug=slug, keeps_names=keeps_names)
        ids = {key: people.arrive(conn, phone.id, now).id for key, phone in phones.items()}
        for key, person_id in ids.items():
            digest = play.app.voice._world.consent_digest
            consents.give(conn, person_id, Consent("storage", "2026-11-22", digest, now))
            role = ROLES.get(key, "teacher" if key == "anna" else "approver")
            memberships.join(conn, person_id, school.id, role, now, name=NAMES[key], post=f"должность {key}")
            people.wear(conn, person_id, "" if key == "anna" else role)
        for step, key in zip(
            shelf_of(play).volumes[slug].regulation.life.approval, ("elena", "dmitry"), strict=False
        ):
            signatories.put(
                conn, school.id, step.key, now, post=f"должность {key}", place=school.title, name=NAMES[key]
            )
            signatories.bind(conn, school.id, step.key, ids[key], now)
        pair = pairings.pair(conn, school.id, ids["anna"], ids["boris"], now)
        assert pair is not None
        if open_card:
            pairings.open(conn, pair.id, ids["anna"], now)
        return school

    school = await play.app.database.write(unit)
    staff = Staff(school, **phones)
    for key in NAMES:
        if key != "anna":
            await puts(play, phones[key], Place("queue"))
    return staff
