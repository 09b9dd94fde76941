"""Archives and tables of an organisation: everybody gets what she may read, and nobody waits for it."""

import asyncio
import io
import zipfile

from sqlalchemy import Connection

from bot.documents import xlsx
from bot.phone.person import Person
from bot.phone.screen import Document
from handlers.place import Place
from storage import print_jobs, viewings
from storage.print_jobs import LEASE, PrintJob
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, id_of, newcomer, puts, stored, texts
from tests.conversation.given_school import NAMES, Staff, staffed
from tests.documents.reading import docx_text
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

S = "stavropol"


async def at_exports(play: Play, *, keeps_names: bool = True) -> Staff:
    """A school where Anna has filled her card; Mila the methodist and Galina look at the documents."""
    staff = await staffed(play, S, keeps_names=keeps_names, open_card=False)
    await bring(play, S, person=staff.anna, full_name=NAMES["anna"], position="учитель физики")
    for person in (staff.mila, staff.galina, staff.elena):
        await puts(play, person, Place("exports", row=staff.school.id))
    return staff


async def made(person: Person, button: str, name: str) -> Document:
    """Ask the shop and receive what it made."""
    await person.presses(button)
    await person.sees("Печатаю. Файл придёт сюда же")
    return await person.sees_document(name, timeout=20)


def cells(file: Document) -> list[tuple[str, ...]]:
    return [row.cells for row in xlsx.read(file.data, file.name)]


async def test_a_methodist_gets_every_card_as_word(sqlite_play: Play) -> None:
    staff = await at_exports(sqlite_play)
    file = await made(staff.mila, "Карты архивом", ".zip")
    await staff.mila.sees("Готово: 1 карта")
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        assert len(archive.namelist()) == 1
        name = archive.namelist()[0]
        assert (name.split("_")[:3], name[-5:]) == (["Светлова", "АИ", "ИОМ"], ".docx")
        assert "учитель физики" in docx_text(archive.read(name))
    route = await facts_of(sqlite_play, staff.anna)
    seen = await stored(sqlite_play, lambda conn: viewings.of_route(conn, route.route_id))
    assert [one.role for one in seen] == ["methodist"]


async def test_where_no_names_are_kept_files_are_called_by_codes(sqlite_play: Play) -> None:
    staff = await at_exports(sqlite_play, keeps_names=False)
    file = await made(staff.mila, "Карты архивом", ".zip")
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        assert [name[:2] for name in archive.namelist()] == ["П-"]


async def test_a_coordinator_is_told_how_many_are_not_open_to_her(sqlite_play: Play) -> None:
    staff = await at_exports(sqlite_play)
    await staff.galina.presses("Карты архивом")
    await staff.galina.sees("Карт, открытых вам целиком, пока нет")
    assert not staff.galina.documents


async def test_the_registry_and_the_application_say_what_may_be_known(sqlite_play: Play) -> None:
    staff = await at_exports(sqlite_play)
    registry = cells(await made(staff.galina, "Реестр маршрутов", "registry.xlsx"))
    assert registry[0][:2] == ("№", "ФИО или код")
    assert [row[1] for row in registry[1:]] == [NAMES["anna"]]
    hers = cells(await made(staff.galina, "Заявка: список", "application.xlsx"))
    assert (hers[1][1], hers[1][4]) == (NAMES["anna"], "карта не открыта")
    whole = cells(await made(staff.mila, "Заявка: список", "application.xlsx"))
    assert whole[1][4] not in {"", "карта не открыта"}
    assert whole[0] == hers[0]


async def test_who_signs_gets_no_lists(sqlite_play: Play) -> None:
    staff = await at_exports(sqlite_play)
    assert texts(staff.elena) == ["Карты архивом", "Меню"]
    await staff.elena.presses(data=forged(staff.elena, "make", "registry"), stale=True)
    await staff.elena.settled()
    vera = newcomer(sqlite_play, "Вера")
    await bring(sqlite_play, S, person=vera)
    await puts(sqlite_play, vera, Place("exports", row=staff.school.id))
    assert "Карты архивом" not in texts(vera)
    assert await waits(sqlite_play, staff, staff.elena) == await waits(sqlite_play, staff, vera) == ()


async def waits(play: Play, staff: Staff, person: Person) -> tuple[str, ...]:
    """What a person waits for."""

    def find(conn: Connection) -> tuple[str, ...]:
        return print_jobs.waiting(conn, id_of(conn, person), staff.school.id)

    return await stored(play, find)


async def test_what_died_with_the_process_is_printed_in_its_next_life(sqlite_play: Play) -> None:
    staff = await at_exports(sqlite_play)
    now = sqlite_play.clock.now()

    def died(conn: Connection) -> PrintJob | None:
        print_jobs.ask(conn, id_of(conn, staff.mila), staff.school.id, "cards", now)
        return print_jobs.claim(conn, now)

    assert await sqlite_play.app.database.write(died)
    assert await sqlite_play.app.shop.work() == 0
    sqlite_play.clock.passes(seconds=LEASE.total_seconds())
    assert await sqlite_play.app.shop.work() == 1
    await staff.mila.sees_document(".zip")


async def test_others_are_answered_while_it_prints(sqlite_play: Play) -> None:
    staff = await at_exports(sqlite_play)
    await staff.mila.presses("Карты архивом")
    await asyncio.gather(staff.galina.says("/menu"), staff.anna.says("/menu"))
    await staff.galina.sees_button("Настройки")
    await staff.mila.sees_document(".zip", timeout=20)
