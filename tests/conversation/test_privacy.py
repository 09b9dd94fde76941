"""/privacy: what is stored and why, everything as a file, everything deleted in two steps; settings."""

import json

import pytest

from bot.iom.facts import State
from storage.tables import metadata
from tests.conversation.given import (
    ONE_LOOP,
    OWN_LOOP,
    bring,
    counted,
    facts_of,
    forged,
    here,
    in_words,
    newcomer,
    of_hers,
    stored,
)
from tests.stage import Play

pytest_plugins = ("tests.conversation.stages",)
pytestmark = ONE_LOOP

# What a bot knows without anybody: its catalogue and regulations, update numbers, a nameless journal.
NOBODYS = {"alembic_version", "audit", "event", "regulation_version", "seen_update"}


async def test_it_says_what_is_stored_why_and_who_sees_it(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "subject")
    await anna.says("/privacy")
    screen = await anna.sees("Ваши данные")
    for words in (
        "Школа «Проба»",
        "Согласие дано 23 ноября 2026",
        "чтобы напечатать карту",
        "Видите их только вы",
    ):
        assert words in screen.text


async def test_the_export_is_json_with_every_answer(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", full_name="Светлова Анна Ильинична")
    await anna.says("/privacy")
    await anna.presses("Выгрузить мои данные")
    told = json.loads((await anna.sees_document("iom-data.json")).data)
    answers = {answer["key"]: answer["value"] for answer in told["routes"][0]["answers"]}
    assert answers["full_name"] == "Светлова Анна Ильинична"
    assert told["person"]["telegram_id"] == anna.id
    assert [given["kind"] for given in told["consents"]] == ["storage"]
    facts = await facts_of(sqlite_play, anna)
    assert len(told["routes"][0]["entries"]) == len(facts.entries)


async def test_the_export_can_be_asked_for_again(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "subject")
    await anna.says("/privacy")
    for files in (1, 2):
        await anna.presses("Выгрузить мои данные")
        await anna.wait(lambda screen, files=files: len(screen.documents) == files)  # type: ignore[misc]


async def test_before_consent_the_export_holds_the_account_only(sqlite_play: Play) -> None:
    anna = newcomer(sqlite_play)
    await anna.says("/privacy")
    await anna.presses("Выгрузить мои данные")
    told = json.loads((await anna.sees_document("iom-data.json")).data)
    assert told["routes"] == told["consents"] == []


@OWN_LOOP
async def test_deletion_leaves_nothing_of_her_in_any_table(play: Play) -> None:
    anna = await bring(play, "stavropol", position="тьютор-невидимка", full_name="Светлова Анна")
    await anna.says("/card")
    await anna.presses("Черновик Word")
    await anna.sees_document("draft.docx")
    await anna.says("/privacy")
    await anna.presses("Удалить мои данные")
    await anna.presses("Да, удалить всё")
    await anna.sees("Готово: всё удалено")
    await anna.settled()
    assert set(await stored(play, counted)) <= NOBODYS
    left = await stored(play, in_words)
    assert [word for word in ("невидимка", "Светлова", str(anna.id)) if word in left] == []


async def test_after_deletion_start_meets_a_stranger(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "subject")
    await anna.says("/privacy")
    await anna.presses("Удалить мои данные")
    await anna.presses("Да, удалить всё")
    await anna.sees("Готово: всё удалено")
    await anna.start()
    await anna.sees("Вы согласны")
    await anna.presses("Согласен")
    await anna.sees("По какому положению")
    assert "route" not in await stored(sqlite_play, lambda conn: of_hers(conn, anna))


async def test_deleting_has_a_way_back(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "subject")
    await anna.says("/privacy")
    await anna.presses("Удалить мои данные")
    await anna.sees("Вернуть будет нельзя")
    before = await facts_of(sqlite_play, anna)
    await anna.presses("Оставить как есть")
    await anna.sees("Ваши данные")
    assert await facts_of(sqlite_play, anna) == before


async def test_the_last_button_works_only_on_the_second_step(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "subject")
    await anna.says("/privacy")
    await anna.sees("Ваши данные")
    await anna.presses(data=forged(anna, "really_erase"), stale=True)
    await anna.sees("Та кнопка уже не действует")
    assert (await facts_of(sqlite_play, anna)).version > 0


async def test_a_button_of_the_erased_life_is_dead_in_the_new_one(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "subject")
    await anna.says("/privacy")
    await anna.presses("Удалить мои данные")
    old = [button.data or "" for row in here(anna).buttons for button in row]
    await anna.presses("Да, удалить всё")
    await anna.sees("всё удалено")
    for data in old:
        await anna.presses(data=data, stale=True)
        await anna.sees("Вы согласны")


async def test_whatever_is_typed_after_deletion_begins_anew(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "subject")
    await anna.says("/privacy")
    await anna.presses("Удалить мои данные")
    await anna.presses("Да, удалить всё")
    await anna.sees("всё удалено")
    await anna.says("математика")
    await anna.sees("Вы согласны")


@pytest.mark.parametrize(("tap", "zone"), [("Иркутск", "Asia/Irkutsk"), ("", "Asia/Tomsk")])
async def test_the_time_zone_is_tapped_or_typed(sqlite_play: Play, tap: str, zone: str) -> None:
    anna = await bring(sqlite_play, "stavropol", "subject")
    await anna.says("/settings")
    await anna.sees("Часовой пояс: Europe/Moscow, сейчас у вас 09:00")
    await anna.presses("Часовой пояс")
    await (anna.presses(tap) if tap else anna.says(zone))
    await anna.sees(f"Часовой пояс: {zone}")
    table = metadata.tables["person"]
    assert zone in await stored(sqlite_play, lambda conn: str(conn.execute(table.select()).all()))


async def test_an_unknown_time_zone_is_refused_with_an_example(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "subject")
    await anna.says("/settings")
    await anna.presses("Часовой пояс")
    await anna.says("Урюпинск")
    refused = await anna.sees("Не знаю такого часового пояса")
    assert "Пример: Asia/Irkutsk" in refused.text
    await anna.presses("Назад")
    await anna.sees("Europe/Moscow")


async def test_a_new_card_puts_the_old_one_aside_and_carries_what_is_known(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", position="тьютор", full_name="Светлова Анна")
    old = await facts_of(sqlite_play, anna)
    await anna.says("/settings")
    await anna.presses("Начать новую карту")
    await anna.presses("Да, начать новую")
    await anna.presses("Карта ИОМ, Ставропольский край")
    await anna.sees("шаг 3 из 12")
    new = await facts_of(sqlite_play, anna)
    assert (new.text("position"), new.text("full_name")) == ("тьютор", "Светлова Анна")
    assert new.route_id != old.route_id
    assert new.entries == ()
    assert new.state is State.DRAFT


async def test_a_new_card_is_not_begun_by_one_tap(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "subject")
    before = await facts_of(sqlite_play, anna)
    await anna.says("/settings")
    await anna.presses("Начать новую карту")
    await anna.presses("Назад")
    await anna.sees("Настройки")
    await anna.presses(data=forged(anna, "really_new"), stale=True)
    await anna.settled()
    assert await facts_of(sqlite_play, anna) == before


async def test_blocking_the_bot_after_deletion_stores_nothing_again(sqlite_play: Play) -> None:
    anna = await bring(sqlite_play, "stavropol", "subject")
    await anna.says("/privacy")
    await anna.presses("Удалить мои данные")
    await anna.presses("Да, удалить всё")
    await anna.sees("Готово: всё удалено")
    await anna.blocks_bot()
    await anna.settled()
    assert str(anna.id) not in await stored(sqlite_play, in_words)
