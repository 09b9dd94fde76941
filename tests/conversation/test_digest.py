"""The coordinator's digest: numbers, the lists behind them, papers on a tap; a stranger sees nothing."""

import io
import zipfile
from datetime import timedelta

from sqlalchemy import Connection, update

from bot.documents import xlsx
from handlers.digest_planning import plan_due
from handlers.place import Place
from storage import notices as planned
from storage import organisations, people, tables
from storage.notices import Planned
from tests.conversation.given import ONE_LOOP, forged, id_of, newcomer, puts, stored
from tests.conversation.given_digest import beneath, looked_after, said, under_a_town
from tests.conversation.given_life import carried_out, helper, planned_notices, told
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

ANNA = "Светлова Анна Ильинична"


async def test_numbers_open_the_lists_behind_them(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)
    await carried_out(sqlite_play, organisation=there.place)
    galina = there.galina
    await galina.says("/digest")
    await galina.sees("Маршрутов: 2 (идут 2)")
    await galina.sees("ИОМ утверждён у 2 педагогов")
    await galina.sees("просрочено: 2 маршрута")
    await galina.sees("без сопровождения (наставник): 1")
    await galina.presses("Просрочено · 2")
    await galina.sees(f"{ANNA}: 1, срок 20 ноября 2026 г.")
    await galina.presses(ANNA)
    await galina.sees("Маршрут идёт")
    await galina.presses("Назад")
    await galina.sees("Просрочено")
    await galina.presses("Назад")
    await galina.presses("Ещё: списки и отчёты")
    await galina.presses("Выполнение")
    await galina.sees(f"{ANNA}: 0 из 1")


async def test_the_staff_number_makes_shares(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)

    def unit(conn: Connection) -> None:
        organisations.save_settings(conn, there.place.id, {"staff": 41})

    await sqlite_play.app.database.write(unit)
    await there.galina.says("/digest")
    await there.galina.sees("у 1 педагога из 41 – 2 %")
    await there.galina.sees("квота 10 % – 5")


async def test_a_stranger_sees_nothing_of_it(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)
    vera = newcomer(sqlite_play, "Вера")
    now = sqlite_play.clock.now()
    other = await sqlite_play.app.database.write(lambda conn: organisations.create(conn, "Лицей", now))
    await helper(sqlite_play, vera, "coordinator", other, name="Верина Вера Павловна")
    for place in (
        Place("digest", row=there.place.id),
        Place("digest_list", "overdue", there.place.id),
        Place("deficits", row=there.place.id),
        Place("pupils", row=there.place.id),
        Place("nudge", row=there.life.route_id),
    ):
        await puts(sqlite_play, vera, place)
        await vera.says("Математика 62")
        await vera.settled()
        vera.never_sees(there.place.title)
    await vera.says("/digest")
    await vera.sees("Пока ни одного маршрута")
    await vera.presses(data=forged(vera, "case", str(there.life.route_id)), stale=True)
    await vera.settled()
    vera.never_sees("Маршрут идёт.")
    assert await said(sqlite_play, vera, "digest", organisation=there.place.id) is None
    assert await said(sqlite_play, there.anna, "digest", organisation=there.place.id) is None


async def test_above_a_school_there_are_only_organisations(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)
    mila, _ = await under_a_town(sqlite_play, there)
    await mila.says("/digest")
    await mila.sees("показатели не показываю")
    for _number in range(4):
        await carried_out(sqlite_play, organisation=there.place)
    await mila.says("/digest")
    await mila.sees("просрочено: 5 маршрутов")
    await mila.presses("Просрочено · 5")
    await mila.sees(f"{there.place.title}: 5")
    await mila.settled()
    mila.never_sees("Светлова")
    assert [button.text for row in mila.screen.buttons for button in row] == ["Назад"]


async def test_a_school_of_few_people_is_hidden_with_its_neighbour(sqlite_play: Play) -> None:
    large, small = await looked_after(sqlite_play), await looked_after(sqlite_play)
    mila, town = await under_a_town(sqlite_play, large)
    await beneath(sqlite_play, town, small)
    for _number in range(5):
        await carried_out(sqlite_play, organisation=large.place)
    await puts(sqlite_play, mila, Place("digest_list", "people", town.id))
    await mila.sees("скрыто")
    assert mila.screen.text.count("скрыто\n") == 2
    await puts(sqlite_play, mila, Place("digest", row=town.id, view={"part": "more"}))
    await mila.presses("Таблица Excel")
    table = await mila.sees_document("digest.xlsx")
    with zipfile.ZipFile(io.BytesIO(table.data)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
    assert words.count("скрыто") == 1  # said once, pointed to by every cell
    assert "Светлова" not in words
    rows = {row.cells[0]: row.cells[1:] for row in xlsx.read(table.data, "digest.xlsx")}
    assert rows["Педагоги с ИОМ"] == ("7",)


async def test_papers_come_on_a_tap(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)
    galina = there.galina
    await galina.says("/digest")
    await galina.presses("Ещё: списки и отчёты")
    await galina.presses("Таблица Excel")
    table = await galina.sees_document("digest.xlsx")
    rows = {row.cells[0]: row.cells[1:] for row in xlsx.read(table.data, "digest.xlsx")}
    assert rows["Просрочено"] == ("1",)
    assert rows["Выполнение"] == ("0", "1")
    await galina.presses("Отчёт за год")
    report = await galina.sees_document("report.docx")
    assert report.data.startswith(b"PK")
    await galina.presses("Картинка")
    await galina.settled()
    assert sum("photo" in message.content for message in galina.messages if message.by_bot) == 1


async def test_the_weekly_digest_comes_once_with_its_lists(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)
    world, clock = sqlite_play.app.voice._world, sqlite_play.clock

    async def plan() -> int:
        return await sqlite_play.app.database.write(lambda conn: plan_due(conn, world, clock.now()))

    assert await plan() >= 2
    assert await plan() == 0
    clock.passes(minutes=25)
    await told(sqlite_play, there.galina, there.boris)
    assert await planned_notices(sqlite_play, there.galina) == [("digest", "sent")]
    assert await planned_notices(sqlite_play, there.boris) == [("mentor_digest", "sent")]
    await there.galina.sees("просрочено: 1 маршрут")
    await there.galina.presses("Просрочено")
    await there.galina.sees(f"{ANNA}: 1, срок 20 ноября")
    await there.boris.sees("Ваши педагоги: 1")
    await there.boris.presses("Открыть дайджест")
    await there.boris.presses(ANNA)
    await there.boris.sees("Ход: педагог")
    clock.passes(minutes=-25)


async def test_nothing_to_do_nothing_said(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)

    def unit(conn: Connection) -> None:
        conn.execute(
            update(tables.route).where(tables.route.c.id == there.life.route_id).values(state="completed")
        )

    assert await said(sqlite_play, there.galina, "digest", organisation=there.place.id) is not None
    await sqlite_play.app.database.write(unit)
    assert await said(sqlite_play, there.galina, "digest", organisation=there.place.id) is None
    assert await said(sqlite_play, there.boris, "mentor_digest", organisation=0) is None


async def test_what_was_due_in_an_outage_is_planned_for_a_day(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)
    world, now = sqlite_play.app.voice._world, sqlite_play.clock.now()
    next_week = now + timedelta(days=7)

    async def weeks() -> int:
        return len(await planned_notices(sqlite_play, there.galina))

    for late, expected in ((timedelta(days=1, hours=1), 0), (timedelta(hours=11), 1), (timedelta(0), 1)):
        await sqlite_play.app.database.write(
            lambda conn, late=late: plan_due(conn, world, next_week + late)  # type: ignore[misc]
        )
        assert await weeks() == expected


async def test_pupils_results_are_aggregates(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)
    await helper(sqlite_play, head := newcomer(sqlite_play, "Дмитрий"), "head", there.place)
    await puts(sqlite_play, there.galina, Place("pupils", row=there.place.id))
    await there.galina.says("Иванов Пётр 54")
    await there.galina.sees("Похоже на имя")
    await there.galina.says("Математика")
    await there.galina.sees("Например: «Математика 62»")
    await there.galina.says("Математика 62,5")
    await there.galina.sees("✓ Математика: 62,5 %")
    await puts(sqlite_play, head, Place("pupils", row=there.place.id))
    await head.says("Химия 12")
    await head.sees("Математика: обучающиеся 62,5 %")
    head.never_sees("Химия")
    await there.galina.presses("Убрать: Математика")
    await there.galina.sees("Пока ничего не записано")


async def test_what_failed_is_sent_again(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play)
    now = sqlite_play.clock.now()

    def unit(conn: Connection) -> None:
        anna = id_of(conn, there.anna)
        planned.plan_all(conn, [Planned(anna, f"lost/{anna}", "approved", now, there.life.route_id)], now)
        lost = update(tables.notice).where(tables.notice.c.key == f"lost/{anna}")
        conn.execute(lost.values(state="failed", claimed_until=now))
        people.unreachable(conn, id_of(conn, there.boris), now)

    await sqlite_play.app.database.write(unit)
    await there.galina.says("/digest")
    await there.galina.sees("бот до них не доходит: 1")
    await there.galina.presses("Не получили сообщение · 1")
    await there.galina.sees(f"{ANNA}: 1")
    await there.galina.presses("Повторить отправку")
    await there.galina.sees("Отправляю снова: 1 сообщение")
    await told(sqlite_play, there.anna)
    assert await planned_notices(sqlite_play, there.anna) == [("approved", "sent")]


async def test_codes_where_names_are_not_kept(sqlite_play: Play) -> None:
    there = await looked_after(sqlite_play, keeps_names=False)
    anna = await stored(sqlite_play, lambda conn: people.by_id(conn, id_of(conn, there.anna)))
    assert anna is not None
    await there.galina.says("/digest")
    await there.galina.presses("Просрочено · 1")
    await there.galina.sees(f"{anna.code}: 1, срок 20 ноября 2026 г.")
