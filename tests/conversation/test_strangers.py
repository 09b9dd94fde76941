"""Vera presses and types whatever she likes: she reads and changes nothing of Anna's."""

import pytest

from bot.iom.facts import Facts
from bot.phone.person import Person
from handlers.house import COMMANDS, HOUSE
from handlers.place import Place
from tests.conversation.given import ONE_LOOP, bring, facts_of, forged, here, newcomer, of_hers, puts, stored
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

SECRETS = {
    "position": "тьютор-невидимка",
    "hinders": "тайная причина",
    "task": "Освоить тайную задачу",
    "product": "тайный продукт",
    "full_name": "Скрытная Анна Тихоновна",
}


async def anna_of(play: Play) -> Person:
    """Anna has answered everything; each answer is a secret."""
    return await bring(play, "stavropol", answers=SECRETS)


def sees_no_secret(vera: Person) -> None:
    for secret in SECRETS.values():
        vera.never_sees(secret)


async def test_a_stranger_without_consent_gets_nowhere_with_annas_buttons(sqlite_play: Play) -> None:
    anna, vera = await anna_of(sqlite_play), newcomer(sqlite_play, "Вера")
    before = await facts_of(sqlite_play, anna)
    await vera.start()
    await vera.sees("Вы согласны")
    for data in await every_button(sqlite_play, anna):
        await vera.presses(data=data, stale=True)
    await vera.settled(30)
    assert await facts_of(sqlite_play, anna) == before
    assert set(await stored(sqlite_play, lambda conn: of_hers(conn, vera))) == {"person", "cursor"}
    sees_no_secret(vera)


async def test_a_colleague_gets_nothing_by_annas_buttons(sqlite_play: Play) -> None:
    anna, vera = await anna_of(sqlite_play), await bring(sqlite_play, "stavropol")
    hers, veras = await facts_of(sqlite_play, anna), await facts_of(sqlite_play, vera)
    for data in await every_button(sqlite_play, anna):
        await vera.presses(data=data, stale=True)
    await vera.settled(30)
    assert await facts_of(sqlite_play, anna) == hers
    assert await facts_of(sqlite_play, vera) == veras
    sees_no_secret(vera)


async def every_button(play: Play, anna: Person) -> list[str]:
    """The data of every button of every room, as Anna sees them."""
    found = []
    for place in [Place(name) for name in HOUSE if name != "erased"] + [
        Place("summary", "goals"),
        Place("rows", "growth"),
    ]:
        await puts(play, anna, place)
        found += [button.data or "" for row in here(anna).buttons for button in row]
    assert len(found) > 60
    return list(dict.fromkeys(found))


def forgeries(annas: Facts) -> list[tuple[Place, str, str]]:
    """From where, what verb, with what of Anna's ids."""
    found: list[tuple[Place, str, str]] = []
    for entry in annas.entries:
        key = {"growth": "growth_point", "tasks": "task", "plan": "title", "diagnoses": "taken_on"}.get(
            entry.table, ""
        )
        found.append((Place("rows", entry.table), "row", str(entry.id)))
        found.append((Place("plan"), "row", str(entry.id)))
        found.append((Place("summary", "goals"), "fix", f"{key}.{entry.id}.0"))
        found.append((Place("rows", "tasks"), "add", f"tasks.{entry.id}"))
        found.append((Place("summary"), "fix", f"task.0.{entry.id}"))
    return found


async def test_annas_rows_do_not_open_for_vera(sqlite_play: Play) -> None:
    anna, vera = await anna_of(sqlite_play), await bring(sqlite_play, "stavropol")
    hers, veras = await facts_of(sqlite_play, anna), await facts_of(sqlite_play, vera)
    for place, verb, arg in forgeries(hers):
        await puts(sqlite_play, vera, place)
        await vera.presses(data=forged(vera, verb, arg), stale=True)
        await vera.settled(quiet=0.02)
        assert here(vera).text
    assert await facts_of(sqlite_play, anna) == hers
    assert await facts_of(sqlite_play, vera) == veras
    sees_no_secret(vera)


async def test_a_place_that_names_annas_row_is_empty_for_vera(sqlite_play: Play) -> None:
    anna, vera = await anna_of(sqlite_play), await bring(sqlite_play, "stavropol")
    hers = await facts_of(sqlite_play, anna)
    for entry in hers.entries:
        await puts(sqlite_play, vera, Place("row", row=entry.id))
        await vera.sees("Этой строки уже нет")
        await vera.presses(data=forged(vera, "really_delete"), stale=True)
        await vera.settled(quiet=0.02)
    assert await facts_of(sqlite_play, anna) == hers
    sees_no_secret(vera)


async def test_a_question_about_annas_row_is_not_answered_by_vera(sqlite_play: Play) -> None:
    anna, vera = await anna_of(sqlite_play), await bring(sqlite_play, "stavropol")
    hers, veras = await facts_of(sqlite_play, anna), await facts_of(sqlite_play, vera)
    for table, key in (
        ("tasks", "expected"),
        ("growth", "hinders"),
        ("plan", "title"),
        ("products", "product"),
    ):
        for entry in hers.rows(table):
            await puts(sqlite_play, vera, Place("ask", key, entry.id, walk="fix"))
            await vera.says("перепишу по-своему")
            await vera.sees("Все вопросы позади")
    assert await facts_of(sqlite_play, anna) == hers
    assert await facts_of(sqlite_play, vera) == veras
    sees_no_secret(vera)


@pytest.mark.parametrize("command", [*COMMANDS, "card 1", "start 1001", "privacy 1001"])
async def test_no_command_shows_vera_anything_of_annas(sqlite_play: Play, command: str) -> None:
    anna, vera = await anna_of(sqlite_play), await bring(sqlite_play, "stavropol", "subject")
    before = await facts_of(sqlite_play, anna)
    await vera.says(f"/{command}")
    await vera.settled()
    assert await facts_of(sqlite_play, anna) == before
    sees_no_secret(vera)


async def test_veras_export_holds_nothing_of_annas(sqlite_play: Play) -> None:
    anna, vera = await anna_of(sqlite_play), await bring(sqlite_play, "stavropol")
    await vera.says("/privacy")
    await vera.presses("Выгрузить мои данные")
    told = (await vera.sees_document("iom-data.json")).data.decode()
    assert str(vera.id) in told
    assert not [secret for secret in (*SECRETS.values(), str(anna.id)) if secret in told]


async def test_when_vera_deletes_herself_anna_stays(sqlite_play: Play) -> None:
    anna, vera = await anna_of(sqlite_play), await bring(sqlite_play, "stavropol")
    before = await facts_of(sqlite_play, anna)
    await vera.says("/privacy")
    await vera.presses("Удалить мои данные")
    await vera.presses("Да, удалить всё")
    await vera.sees("всё удалено")
    assert await facts_of(sqlite_play, anna) == before
