"""«Загрузить файлом»: which list, the table to fill in, the filled one sent back (`handlers.import_file`)."""

from bot import bringing
from bot.bringing import KINDS, Bringer
from bot.documents.limits import MEGABYTE, MOST_BYTES
from bot.iom.import_words import ImportKind
from bot.iom.workbook import TableProblem
from bot.speech.screen import Button, DataFile, Remark, Screen
from handlers import asking_file, coordinating
from handlers.desk import Desk
from handlers.place import Place
from handlers.rooms import Room
from storage import imports
from storage.decisions import Hand


def kind_of(desk: Desk) -> ImportKind | None:
    """The list of the place."""
    return next((kind for kind in KINDS if kind == desk.place.key), None)


def bringer(desk: Desk) -> Bringer:
    """Who brings the list: the organisation of the place, signed by the person at the desk."""
    organisation = coordinating.here(desk)
    mine = [one for one in desk.memberships if one.organisation_id == organisation.id]
    one = next((one for one in mine if one.role == coordinating.COORDINATOR), None)
    post = (one.post if one else "") or coordinating.role_title(desk, organisation, coordinating.COORDINATOR)
    hand = Hand(desk.person.id, coordinating.COORDINATOR, one.name if one else "", post)
    return Bringer(desk.world.shelf, organisation, hand)


def sifter(desk: Desk, kind: ImportKind) -> bringing.Sifter:
    """What judges the rows in the thread that reads them."""
    return bringing.sifter(desk.conn, kind, bringer(desk), desk.today)


def show(desk: Desk) -> Screen:
    """Which lists there are; how one is filled: its table goes with the screen that was asked for it."""
    kind = kind_of(desk)
    if kind is None:
        rows = tuple((Button("kind", one, word=f"import_{one}"),) for one in KINDS)
        return Screen("imports", {"kind": ""}, (*rows, (Button("back"),)))
    wanted = desk.place.view.get("file")
    file = DataFile(bringing.template(desk.conn, kind, bringer(desk)), f"{kind}.xlsx") if wanted else None
    above = bringer(desk).organisation
    values = {"kind": kind, "waits": above is not None and above.parent_id is not None}
    return Screen("imports", values, ((Button("template"),), (Button("back"),)), file)


def choose(desk: Desk, kind: str) -> Remark | None:
    """One of the lists."""
    if kind in KINDS:
        desk.go(Place("imports", kind, coordinating.here(desk).id, back=desk.place.back))
    return None


def filed(desk: Desk, _: str) -> Remark | None:
    """A filled table: remember which; it is read after the commit (`Screen.fetch`)."""
    organisation, kind = coordinating.here(desk), kind_of(desk)
    if kind is None:
        return Remark("choose_list")
    assert desk.file is not None
    if desk.file.size > MOST_BYTES:
        values = {"reason": TableProblem.TOO_BIG.value, "values": {"most": MOST_BYTES // MEGABYTE}}
        return Remark("people_refused", values)
    file = desk.file
    batch = imports.begin(desk.conn, organisation.id, desk.person.id, kind, file.id, file.name, desk.now)
    desk.go(Place("import_file", kind, organisation.id, batch))
    return None


def back(desk: Desk, _: str) -> Remark | None:
    """From a list to all of them, from there to the school; to where it was opened from, if that was told."""
    row = coordinating.here(desk).id
    if desk.place.back is not None:
        desk.go(desk.place.back)
    else:
        desk.go(Place("imports", row=row) if kind_of(desk) else Place("school", row=row))
    return None


ROOMS = {
    "imports": Room(
        show,
        None,
        {"kind": choose, "template": asking_file.send, "back": back},
        exists=coordinating.exists,
        filed=filed,
    ),
}
