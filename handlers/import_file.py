"""A list that was sent: read and counted after the commit, shown, and written by one press.

filed → reading (the speaker fetches) → looked, part by part → judged: Загрузить · Скачать отклонённые
                                                      └ refused: why, and another file may be sent
«Загрузить» → the file is fetched once more → written, part by part → done

Nothing of the list is kept but counts and the rows that were not taken: the file stays at Telegram, and
writing it twice changes nothing, so a death in the middle only begins again.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from bot import bringing
from bot.documents import imports as files
from bot.iom.import_words import ImportKind
from bot.iom.imported import Counts, Rejected, Sifted
from bot.iom.workbook import TableError, TableProblem
from bot.speech.screen import Button, DataFile, Fetch, Read, Remark, Screen
from handlers import asking_file, coordinating
from handlers import imports as room
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from storage import imports
from storage.imports import Batch

PART = 500  # rows of one unit of work: a fifth of a second on a busy machine
TOLD = 8  # parts between two words about how far it is
KEPT = 2000  # rejected rows that are remembered
REJECTED = "rejected.xlsx"


def batch(desk: Desk) -> Batch | None:
    """The file of the place, None when it is over or somebody else's."""
    found = imports.of(desk.conn, desk.place.parent, desk.person.id)
    organisation = coordinating.school(desk)
    fits = found is not None and organisation is not None and found.organisation_id == organisation.id
    return found if found is not None and fits and found.kind == room.kind_of(desk) else None


def exists(desk: Desk) -> bool:
    """Whether there is something to show."""
    return batch(desk) is not None


def show(desk: Desk) -> Screen:
    """What became of the file so far."""
    found, kind = batch(desk), room.kind_of(desk)
    assert found is not None
    assert kind is not None
    if found.state == "refused":
        return Screen("people_refused", found.content, ((Button("cancel", word="back"),),))
    writing = found.state == "judged" and bool(desk.place.view.get("go"))
    if found.state == "arrived" or writing:
        verb = "import_write" if writing else "import"
        fetch = Fetch(found.file_id, found.file_name, verb, found.id, room.sifter(desk, kind))
        values = {"name": found.file_name, "writing": writing, **_how_far(found)}
        rows = ((Button("again", word="read_again"), Button("cancel")),)
        return Screen("import_reading", values, rows, fetch=fetch)
    return _preview(desk, found, kind)


def _how_far(found: Batch) -> dict[str, int]:
    return {"at": found.content.get("at", 0), "total": found.content.get("valid", 0)}


def _preview(desk: Desk, found: Batch, kind: ImportKind) -> Screen:
    content, form = found.content, files.words().form(kind)
    done = found.state == "done"
    counts = content.get("counts", {})
    rejected = content.get("rejected", [])
    values = {
        "kind": kind,
        "done": done,
        "waits": coordinating.here(desk).parent_id is not None,
        "valid": content.get("valid", 0),
        **{name: counts.get(name, 0) for name in ("new", "changed", "same")},
        "repeated": content.get("repeated", 0),
        "rejected": content.get("refused", 0),
        "left_out": content.get("refused", 0) - len(rejected),
        "overlapping": content.get("told", {}).get("overlapping", 0),
        "pairs": content.get("told", {}).get("pairs", []),
        "first": [(one["number"], form.reason(one["reason"], one["values"])) for one in rejected[:3]],
    }
    useful = counts.get("new", 0) + counts.get("changed", 0)
    label = f"{desk.world.caption('take_import')} ({useful})"
    take = ((Button("take", label=label),),) if useful and not done else ()
    download = ((Button("rejected"),),) if rejected else ()
    end = Button("cancel", word="ready") if done or not useful else Button("cancel")
    return Screen("import_preview", values, (*take, *download, (end,)), _file(desk, content, kind))


def _file(desk: Desk, content: Mapping[str, Any], kind: ImportKind) -> DataFile | None:
    if not desk.place.view.get("file") or not content.get("rejected"):
        return None
    rejected = [
        Rejected(one["number"], tuple(one["cells"]), one["reason"], one["values"])
        for one in content["rejected"]
    ]
    return DataFile(files.rejected_file(kind, tuple(content["header"]), rejected), REJECTED)


def looked(desk: Desk, batch_id: int, found: Read, start: int) -> tuple[bool, int]:
    """Count a part of the list; the last part shows the whole. Whether it is to be shown, what follows."""
    waiting = _waiting(desk, batch_id, "arrived")
    if waiting is None:
        return False, 0
    here, looking = waiting
    if isinstance(found, TableError):
        imports.read(desk.conn, batch_id, "refused", {"reason": found.reason.value, "values": found.values})
        return _end(desk, here, looking)
    assert isinstance(found, Sifted)
    counts, at = _part(here, found, start, dry=True)
    content = {
        **_told(found, keeps_names=coordinating.here(here).keeps_names),
        "counts": asdict(counts),
        "at": at,
    }
    if at < len(found.valid):
        imports.read(
            desk.conn, batch_id, "arrived", {"counts": asdict(counts), "at": at, "valid": len(found.valid)}
        )
        return looking and _worth_telling(at), at
    imports.read(desk.conn, batch_id, "judged", {**content, "at": 0})
    return _end(desk, here, looking)


def written(desk: Desk, batch_id: int, found: Read, start: int) -> tuple[bool, int]:
    """Write a part of the list; the last part closes it."""
    waiting = _waiting(desk, batch_id, "judged")
    if waiting is None:
        return False, 0
    here, looking = waiting
    if not isinstance(found, Sifted):
        reason = found.reason if isinstance(found, TableError) else TableProblem.DAMAGED
        imports.read(desk.conn, batch_id, "refused", {"reason": reason.value, "values": {}})
        return _end(desk, here, looking)
    counts, at = _part(here, found, start, dry=False)
    content = {
        **_told(found, keeps_names=coordinating.here(here).keeps_names),
        "counts": asdict(counts),
        "at": at,
    }
    if at < len(found.valid):
        imports.read(desk.conn, batch_id, "judged", content)
        return looking and _worth_telling(at), at
    one = batch(here)
    assert one is not None
    imports.close(desk.conn, one, "done", desk.now, taken=counts.new + counts.changed, content=content)
    return _end(desk, here, looking)


def _waiting(desk: Desk, batch_id: int, state: str) -> tuple[Desk, bool] | None:
    """The desk at the place of the file, and whether the person is there; None: it is over, or not hers."""
    one = imports.of(desk.conn, batch_id, desk.person.id)
    if one is None or one.state != state or one.organisation_id not in coordinating.ids(desk):
        return None
    looking = (desk.place.name, desk.place.parent) == ("import_file", batch_id)
    place = desk.place if looking else Place("import_file", one.kind, one.organisation_id, batch_id)
    return replace(desk, place=place), looking


def _part(here: Desk, found: Sifted[Any], start: int, *, dry: bool) -> tuple[Counts, int]:
    """Counts of the list so far, and where its next part begins."""
    one, kind = batch(here), room.kind_of(here)
    assert one is not None
    assert kind is not None
    so_far = Counts(**one.content["counts"]) if start else Counts()
    rows = found.valid[start : start + PART]
    took = bringing.take(here.conn, kind, rows, room.bringer(here), here.now, dry=dry)
    return so_far + took, start + PART


def _worth_telling(at: int) -> bool:
    return at // PART % TOLD == 0


def _told(found: Sifted[Any], *, keeps_names: bool) -> dict[str, Any]:
    """What is remembered of a list. Where no names are kept, of rows that were not taken only number and
    reason: what stands in them may be names."""
    kept = found.rejected[:KEPT]
    if not keeps_names:
        kept = tuple(replace(one, cells=(), values={**one.values, **_hidden(one)}) for one in kept)
    return {
        "header": list(found.header),
        "valid": len(found.valid),
        "repeated": found.repeated,
        "refused": len(found.rejected),
        "rejected": [asdict(one) for one in kept],
        "told": dict(found.told),
    }


def _hidden(one: Rejected) -> dict[str, str]:
    return {"word": "…"} if "word" in one.values else {}


def _end(desk: Desk, here: Desk, looking: bool) -> tuple[bool, int]:
    if looking:
        desk.go(here.place.seen(go="", file=""))
        desk.changed = True
    return looking, 0


def take(desk: Desk, _: str) -> Remark | None:
    """Write the list: the file is read once more after the commit."""
    found = batch(desk)
    if found is not None and found.state == "judged":
        desk.go(desk.place.seen(go="1", file=""))
        return asking_file.read(desk, "")
    return None


def cancel(desk: Desk, _: str) -> Remark | None:
    """Nothing of the file is wanted any more; what was written stays."""
    found = batch(desk)
    if found is not None:
        imports.forget(desk.conn, found)
    desk.go(Place("imports", desk.place.key, coordinating.here(desk).id))
    return None


ROOMS = {
    "import_file": Room(
        show,
        None,
        {"take": take, "rejected": asking_file.send, "again": asking_file.read, "cancel": cancel},
        exists=exists,
        filed=room.filed,
    ),
}
