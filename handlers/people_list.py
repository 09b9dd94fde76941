"""The people of a school: a table to fill in and send back, or one by one in words."""

from bot.documents import people as files
from bot.iom.columns import spelled
from bot.iom.people_file import judge
from bot.iom.people_rows import PersonRow, Rejected
from bot.iom.regulation_life import Companionship
from bot.iom.workbook import Row, TableError
from bot.speech.screen import Button, DataFile, Remark, Screen
from handlers import asking_file, coordinating, people_file
from handlers.desk import Desk
from handlers.inviting import invite, known_mentors, newcomers
from handlers.place import Place
from handlers.rooms import Room
from storage import invitations

MOST_WORDS = 500
TEMPLATE = "people.xlsx"


def show(desk: Desk) -> Screen:
    """How to bring people in; the template goes with the screen that was asked for it."""
    organisation = coordinating.here(desk)
    regulation = coordinating.regulation(desk, organisation)
    values = {
        "names": organisation.keeps_names,
        "mentor": coordinating.role_title(desk, organisation, "mentor"),
        "rule": regulation.life.companion if regulation else Companionship(),
        "invited": len(invitations.of_organisation(desk.conn, organisation.id)),
        "example": bool(desk.place.view.get("example")),
    }
    wanted = desk.place.view.get("file")
    data = files.template_file(keeps_names=organisation.keeps_names) if wanted else b""
    rows = (
        (Button("template"),),
        (Button("open", "invitations", word="menu_invitations"),),
        (Button("back"), *(() if values["example"] else (Button("example"),))),
    )
    return Screen("people", values, rows, DataFile(data, TEMPLATE) if wanted else None)


def example(desk: Desk, _: str) -> Remark | None:
    """How one person is written."""
    desk.go(desk.place.seen(example="1", file=""))
    return None


def typed(desk: Desk, text: str) -> Remark | None:
    """«Светлова Анна Ильинична, учитель математики»: one person, invited at once."""
    organisation = coordinating.here(desk)
    found = one_person(desk, text)
    if isinstance(found, (Rejected, TableError)):
        why = files.words().reason(found) if isinstance(found, Rejected) else ""
        return Remark("person_refused", {"why": why, "names": organisation.keeps_names})
    if not newcomers(desk, organisation, [found]):
        return Remark("person_known", {"name": found.name})
    made = invite(desk, organisation, [found])
    desk.go(
        Place("invitation", row=organisation.id, parent=made[0].id, back=Place("people", row=organisation.id))
    )
    return Remark("person_invited", {"name": found.name})


def one_person(desk: Desk, text: str) -> PersonRow | Rejected | TableError:
    """A line of words as a row of the table: name or code, then post, role, «наставник …» in any order."""
    organisation, words = coordinating.here(desk), files.words()
    parts = [" ".join(part.split()) for part in text[:MOST_WORDS].replace("\n", ",").split(",")]
    name, *others = [part for part in parts if part] or [""]
    role = next((part for part in others if words.roles.get(spelled(part), "teacher") != "teacher"), "")
    mentor = next((found for part in others if (found := _mentor(part))), "")
    guides = words.roles.get(spelled(role)) in words.guides
    post = ", ".join(part for part in others if part != role and not _mentor(part))
    post = post or ("" if guides else role)  # «директор» is a post too
    captions = [words.caption(key) for key in ("full_name", "code", "position", "role", "mentor")]
    cells = (name, "") if organisation.keeps_names else ("", name)
    header = Row(1, tuple(captions))
    try:
        judged = judge(
            [header, Row(2, (*cells, post, role, mentor))],
            words,
            keeps_names=organisation.keeps_names,
            known_mentors=known_mentors(desk, organisation),
        )
    except TableError as error:
        return error
    return judged.valid[0] if judged.valid else judged.rejected[0]


def _mentor(part: str) -> str:
    """The name after a word for a mentor: «наставник Борисов П. С.»."""
    words = files.words()
    first, _, rest = part.partition(" ")
    return rest.strip() if rest.strip() and words.roles.get(spelled(first.rstrip(":"))) == "mentor" else ""


def open_room(desk: Desk, name: str) -> Remark | None:
    """To the invitations."""
    if name == "invitations":
        desk.go(Place(name, row=coordinating.here(desk).id))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """To the school."""
    desk.go(Place("school", row=coordinating.here(desk).id))
    return None


ROOMS = {
    "people": Room(
        show,
        typed,
        {"template": asking_file.send, "example": example, "open": open_room, "back": back},
        exists=coordinating.exists,
        filed=people_file.filed,
    ),
}
