"""People: how they look, wait, press and complain."""

import asyncio

import pytest

from bot.phone.person import Person
from bot.phone.server import Telegram
from tests.phone.api import Api, button, inline

MENU = inline([button("Мой маршрут", "route"), button("Мои документы", "docs")], [button("Помощь", "help")])


async def test_start_carries_a_deep_link_as_a_command(api: Api, telegram: Telegram) -> None:
    await telegram.person(5, "Борис").start("invite_42")
    [update] = await api("getUpdates")
    assert update["message"]["text"] == "/start invite_42"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize("param", ["a b", "я", "x" * 65, "a.b"])
async def test_a_phone_opens_no_bad_deep_link(anna: Person, param: str) -> None:
    with pytest.raises(ValueError, match="deep link"):
        await anna.start(param)


async def test_the_same_person_is_one(telegram: Telegram, anna: Person) -> None:
    assert telegram.person(1001) is anna
    assert anna.user.json() == {"id": 1001, "is_bot": False, "first_name": "Анна", "language_code": "ru"}


async def test_a_button_is_pressed_by_text_or_by_the_only_beginning(api: Api, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="?", reply_markup=MENU)
    assert (await anna.presses("Помощь", hurry=True)).data == "help"
    assert (await anna.presses("Мой", hurry=True)).data == "route"
    assert (await anna.presses(data="docs", hurry=True)).data == "docs"
    with pytest.raises(AssertionError, match=r"no button 'Мо'.*\n(.*\n)*.*Мой маршрут"):
        await anna.presses("Мо", timeout=0)


async def test_a_person_waits_for_the_button(api: Api, anna: Person) -> None:
    press = asyncio.create_task(anna.presses("Помощь"))
    await api("sendMessage", chat_id=anna.id, text="?", reply_markup=MENU)
    assert (await press).data == "help"


async def test_a_second_press_waits_for_the_answer_to_the_first(api: Api, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="?", reply_markup=MENU)
    await anna.presses("Помощь")
    second = asyncio.create_task(anna.presses("Помощь"))
    press = await api.press()
    assert not second.done()
    await api("answerCallbackQuery", callback_query_id=press["id"])
    await second


async def test_the_newest_button_wins_and_an_old_one_needs_its_message(api: Api, anna: Person) -> None:
    first = await api("sendMessage", chat_id=anna.id, text="?", reply_markup=inline([button("Да", "old")]))
    await api("sendMessage", chat_id=anna.id, text="?", reply_markup=inline([button("Да", "new")]))
    assert (await anna.presses("Да", hurry=True)).data == "new"
    assert (await anna.presses("Да", message_id=first["message_id"], hurry=True)).data == "old"


async def test_a_link_is_returned_not_pressed(api: Api, anna: Person) -> None:
    markup = inline([{"text": "Сайт", "url": "https://iro86.ru/x"}])
    await api("sendMessage", chat_id=anna.id, text="?", reply_markup=markup)
    assert (await anna.presses("Сайт")).url == "https://iro86.ru/x"
    assert await api("getUpdates") == []


async def test_the_reply_keyboard_says_and_sends_the_contact(api: Api, anna: Person) -> None:
    keyboard = {"keyboard": [["Меню"], [{"text": "Телефон", "request_contact": True}]]}
    await api("sendMessage", chat_id=anna.id, text="?", reply_markup=keyboard)
    await anna.presses("Меню", hurry=True)
    await anna.presses("Телефон", hurry=True)
    said, contact = await api("getUpdates")
    assert said["message"]["text"] == "Меню"
    assert contact["message"]["contact"]["user_id"] == anna.id


async def test_what_stood_before_an_act_counts_only_in_quiet(api: Api, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="Вопрос 1", reply_markup=MENU)
    await anna.presses("Помощь")
    look = asyncio.create_task(anna.sees("Вопрос"))
    press = await api.press()
    number = anna.screen.message_id
    await api("editMessageText", chat_id=anna.id, message_id=number, text="Вопрос 2")
    assert (await look).text == "Вопрос 2"
    await api("answerCallbackQuery", callback_query_id=press["id"])
    await anna.sees("Вопрос 2")


async def test_looking_in_vain_prints_the_screen(api: Api, anna: Person) -> None:
    await api("sendMessage", chat_id=anna.id, text="Здравствуйте", reply_markup=MENU)
    with pytest.raises(
        AssertionError, match=r"does not see 'Прощайте'\n(.*\n)*.*Здравствуйте\n.*Мой маршрут"
    ):
        await anna.sees("Прощайте", timeout=0)
    with pytest.raises(AssertionError, match="no toast"):
        await anna.sees_toast("x", timeout=0)
    with pytest.raises(AssertionError, match="no file"):
        await anna.sees_document(timeout=0)
    with pytest.raises(AssertionError, match="does not see a button"):
        await anna.sees_button("Назад", timeout=0)
    with pytest.raises(AssertionError, match="waited in vain"):
        await anna.wait(lambda screen: screen.typing, timeout=0)


async def test_never_sees_looks_at_states_before_edits_too(api: Api, anna: Person) -> None:
    sent = await api("sendMessage", chat_id=anna.id, text="дефицит")
    await api("editMessageText", chat_id=anna.id, message_id=sent["message_id"], text="зона роста")
    await anna.says("дефицит слов")
    anna.never_sees("провал")
    with pytest.raises(AssertionError, match="has seen"):
        anna.never_sees("дефицит")


async def test_an_edit_of_ones_own_text_is_an_update(api: Api, anna: Person) -> None:
    await anna.says("матиматика")
    await anna.edits_own("математика")
    said, edited = await api("getUpdates")
    assert edited["edited_message"]["message_id"] == said["message"]["message_id"]
    assert edited["edited_message"]["text"] == "математика"


async def test_a_sticker_and_a_photo_are_messages(api: Api, anna: Person) -> None:
    await anna.sends_sticker()
    await anna.sends_file("я.jpg", b"\xff", kind="photo", caption="вот")
    sticker, photo = await api("getUpdates")
    assert sticker["message"]["sticker"]["emoji"]
    assert photo["message"]["caption"] == "вот"


async def test_who_blocked_the_bot_says_nothing(anna: Person) -> None:
    await anna.blocks_bot()
    with pytest.raises(AssertionError, match="has blocked"):
        await anna.says("раз")
    await anna.unblocks_bot()
    await anna.says("раз")


async def test_check_raises_with_the_list(api: Api) -> None:
    api.telegram.check()
    await api.raw("sendDice")
    with pytest.raises(AssertionError, match="sendDice"):
        api.telegram.check()


async def test_a_press_nobody_ever_answered_is_found_at_the_end(anna: Person, api: Api) -> None:
    await anna.presses(data="x", stale=True)
    await api.press()
    await api.telegram.stop()
    assert api.telegram.violations == ["press 'x' of 1001 was never answered"]


async def test_typing_is_not_quiet(api: Api, anna: Person) -> None:
    await api("sendChatAction", chat_id=anna.id, action="upload_document")
    with pytest.raises(AssertionError, match="still waited for"):
        await anna.settled(timeout=0.1)
    await api("sendMessage", chat_id=anna.id, text="x")
    await anna.settled(quiet=0)
