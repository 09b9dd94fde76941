"""A filled table: it is read after the commit, shown as counts, and becomes invitations by one press.

filed → people_reading (the speaker fetches) → fetched → judged: Пригласить всех · Скачать отклонённые
                                                       └ refused: why, and another file may be sent

Whoever sends another one forgets the one before.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from bot.documents import people as files
from bot.documents.limits import MEGABYTE, MOST_BYTES
from bot.iom.people_file import judge
from bot.iom.people_rows import Judged, PersonRow, Rejected, RowProblem
from bot.iom.workbook import TableError, TableProblem
from bot.speech.screen import Button, DataFile, Fetch, Read, Remark, Screen
from handlers import asking_file, coordinating
from handlers.desk import Desk
from handlers.inviting import invite, known_mentors, newcomers
from handlers.place import Place
from handlers.rooms import Room
from storage import imports
from storage.imports import Batch

KIND = "people"
MOST_PEOPLE = 5000  # rows of one file: a region sends its schools one by one
REJECTED = "people-rejected.xlsx"


def filed(desk: Desk, _: str) -> Remark | None:
    """A filled table: remember which; it is read after the commit (`Screen.fetch`)."""
    organisation = coordinating.here(desk)
    assert desk.file is not None
    if desk.file.size > MOST_BYTES:
        problem = {"reason": TableProblem.TOO_BIG.value, "values": {"most": MOST_BYTES // MEGABYTE}}
        return Remark("people_refused", problem)
    batch = imports.begin(
        desk.conn,
        organisation.id,
        desk.person.id,
        KIND,
        desk.file.id,
        desk.file.name,
        desk.now,
    )
    desk.go(Place("people_file", row=organisation.id, parent=batch))
    return None


def batch(desk: Desk) -> Batch | None:
    """The file of the place, None when it is over or somebody else's."""
    found = imports.of(desk.conn, desk.place.parent, desk.person.id)
    organisation = coordinating.school(desk)
    here = found is not None and organisation is not None and found.organisation_id == organisation.id
    return found if here else None


def exists(desk: Desk) -> bool:
    """Whether there is something to show."""
    return batch(desk) is not None


def show(desk: Desk) -> Screen:
    """What became of the file so far."""
    found = batch(desk)
    assert found is not None
    if found.state == "arrived":
        fetch = Fetch(found.file_id, found.file_name, KIND, found.id)
        rows = ((Button("again", word="read_again"), Button("cancel")),)
        return Screen("people_reading", {"name": found.file_name}, rows, fetch=fetch)
    if found.state == "refused":
        return Screen("people_refused", found.content, ((Button("cancel", word="back"),),))
    return _preview(desk, found)


def _preview(desk: Desk, found: Batch) -> Screen:
    content = found.content
    done = found.state == "done"
    rejected = content.get("rejected", ())
    new = 0 if done else len(newcomers(desk, coordinating.here(desk), _people(content)))
    values = {
        "done": done,
        "taken": found.taken,
        "valid": len(content.get("valid", ())),
        "new": new,
        "mentored": sum(1 for row in content.get("valid", ()) if row["mentor"]),
        "rejected": len(rejected),
        "repeated": content.get("repeated", 0),
        "first": [files.words().reason(_rejected(one)) for one in rejected[:3]],
        "numbers": [one["number"] for one in rejected[:3]],
    }
    label = f"{desk.world.caption('invite_all')} ({new})"
    invite_all = ((Button("invite_all", label=label),),) if new else ()
    download = ((Button("rejected"),),) if rejected else ()
    end = (Button("open", "invitations", word="menu_invitations"), Button("cancel", word="ready"))
    last = end if done else (Button("cancel"),)
    return Screen("people_preview", values, (*invite_all, *download, last), _file(desk, found))


def _file(desk: Desk, found: Batch) -> DataFile | None:
    if not desk.place.view.get("file") or not found.content.get("rejected"):
        return None
    rejected = tuple(_rejected(one) for one in found.content["rejected"])
    judged = Judged(tuple(found.content["header"]), (), rejected, ())
    return DataFile(files.rejected_file(judged), REJECTED)


def fetched(desk: Desk, batch_id: int, found: Read) -> bool:
    """The rows of the file, or why there are none. True when she still waits for them."""
    waiting = imports.of(desk.conn, batch_id, desk.person.id)
    if waiting is None or waiting.state != "arrived":
        return False
    place = Place("people_file", row=waiting.organisation_id, parent=batch_id)
    looking = (desk.place.name, desk.place.parent) == (place.name, batch_id)
    if waiting.organisation_id not in coordinating.ids(desk):
        return False
    here = replace(desk, place=place)
    content = _judged(here, found)
    imports.read(desk.conn, batch_id, "refused" if "reason" in content else "judged", content)
    if looking:
        desk.go(place)
        desk.changed = True
    return looking


def _judged(desk: Desk, found: Read) -> dict[str, Any]:
    organisation = coordinating.here(desk)
    try:
        if isinstance(found, TableError):
            raise found
        assert isinstance(found, tuple)  # nothing judges this list on the way
        if len(found) > MOST_PEOPLE:
            raise TableError(TableProblem.TOO_MANY_ROWS, {"most": MOST_PEOPLE})
        mentors = known_mentors(desk, organisation)
        judged = judge(found, files.words(), keeps_names=organisation.keeps_names, known_mentors=mentors)
    except TableError as error:
        return {"reason": error.reason.value, "values": error.values}
    if not organisation.keeps_names:
        judged = _nameless(judged)
    return {
        "header": list(judged.header),
        "valid": [{**asdict(row), "email": ""} for row in judged.valid],
        "rejected": [asdict(one) for one in judged.rejected],
        "repeated": len(judged.repeated),
    }


def _nameless(judged: Judged) -> Judged:
    """Where no names are kept, rows that were not taken are kept by number and reason only: what stands in
    them may be names."""
    told = {"column", "known", "row", "most"}
    masked = tuple(
        replace(one, cells=(), values={k: v if k in told else "…" for k, v in one.values.items()})
        for one in judged.rejected
    )
    return replace(judged, header=(), rejected=masked)


def _people(content: Mapping[str, Any]) -> list[PersonRow]:
    return [PersonRow(**row) for row in content.get("valid", ())]


def _rejected(stored: Mapping[str, Any]) -> Rejected:
    reason = RowProblem(stored["reason"])
    return Rejected(stored["number"], tuple(stored["cells"]), reason, stored["values"])


def invite_all(desk: Desk, _: str) -> Remark | None:
    """An invitation for everybody who has none yet, once; the names of the list are forgotten then."""
    found, organisation = batch(desk), coordinating.here(desk)
    if found is None or found.state != "judged":
        return None
    rows = newcomers(desk, organisation, _people(found.content))
    kept = {key: found.content[key] for key in ("header", "rejected", "repeated")}
    if not imports.close(desk.conn, found, "done", desk.now, taken=len(rows), content=kept):
        return None
    invite(desk, organisation, rows)
    desk.go(desk.place.seen(file=""))
    desk.changed = True
    return None


def cancel(desk: Desk, _: str) -> Remark | None:
    """Nothing of the file is wanted any more."""
    found = batch(desk)
    if found is not None:
        imports.forget(desk.conn, found)
    desk.go(Place("people", row=coordinating.here(desk).id))
    return None


def to_invitations(desk: Desk, _: str) -> Remark | None:
    """The list of who was invited."""
    desk.go(Place("invitations", row=coordinating.here(desk).id))
    return None


ROOMS = {
    "people_file": Room(
        show,
        None,
        {
            "invite_all": invite_all,
            "rejected": asking_file.send,
            "again": asking_file.read,
            "cancel": cancel,
            "open": to_invitations,
        },
        exists=exists,
        filed=filed,
    ),
}
