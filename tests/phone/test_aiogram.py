"""A real aiogram bot on the emulator: polling, edits, files, webhook replies in multipart, retries."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MenuButtonCommands,
    Message,
    TelegramObject,
)
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from bot.phone.faults import Fault
from bot.phone.person import Person
from bot.phone.server import Telegram

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Согласен", callback_data="agree")]]
)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """As everywhere, but with the linter: aiogram is imported here anyway."""
    async with Telegram(webhook_retry=0.01) as running:
        yield running


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    yield Bot(telegram.token, session, DefaultBotProperties(parse_mode="HTML"))
    await session.close()


@pytest.fixture
def dispatcher() -> Dispatcher:
    """A bot of three handlers."""
    dispatcher = Dispatcher()

    @dispatcher.message(F.text)
    async def greet(message: Message) -> None:
        await message.answer(f"<b>Здравствуйте</b>, {message.text}", reply_markup=KEYBOARD)

    @dispatcher.message(F.document)
    async def copy(message: Message, bot: Bot) -> None:
        assert message.document is not None
        data = await bot.download(message.document)
        assert data is not None
        await message.answer_document(BufferedInputFile(data.read() + b"!", "копия.pdf"), caption="вот")

    @dispatcher.callback_query(F.data == "agree")
    async def agree(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("Спасибо")
        await query.answer("Принято")

    return dispatcher


@pytest.fixture
async def polling(bot: Bot, dispatcher: Dispatcher) -> AsyncIterator[None]:
    task = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.usefixtures("polling")
async def test_a_conversation(telegram: Telegram) -> None:
    anna = telegram.person(1001, first_name="Анна", username=None, language_code="ru")
    await anna.start()
    greeting = await anna.sees("Здравствуйте, /start")
    assert greeting.entities[0]["type"] == "bold"
    await anna.presses("Соглас")
    await anna.sees("Спасибо")
    await anna.sees_toast("Принято")
    await anna.sends_file("справка.pdf", b"%PDF")
    document = await anna.sees_document("копия")
    assert (document.data, document.caption, document.mime) == (b"%PDF!", "вот", "application/pdf")
    await anna.settled()
    telegram.check()


@pytest.mark.usefixtures("polling")
async def test_many_people_at_once(telegram: Telegram) -> None:
    people = [telegram.person(number) for number in range(1, 31)]

    async def talk(person: Person) -> None:
        await person.start()
        await person.presses("Согласен")
        await person.sees("Спасибо")
        await person.settled()

    await asyncio.gather(*map(talk, people))
    telegram.check()


async def test_settings_of_the_bot(telegram: Telegram, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand(command="start", description="Начать")])
    assert (await bot.get_my_commands())[0].command == "start"
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    await bot.set_my_description("ИОМ")
    assert (await bot.get_my_description()).description == "ИОМ"
    assert (await bot.me()).username == "iom_test_bot"
    telegram.person(5, "Борис")
    assert (await bot.get_chat(5)).first_name == "Борис"
    assert (await bot.get_chat_member(5, 5)).status == "member"
    assert (await bot.get_webhook_info()).url == ""
    telegram.check()


async def test_errors_arrive_as_the_exceptions_of_aiogram(telegram: Telegram, bot: Bot) -> None:
    anna = telegram.person(1001)
    with pytest.raises(TelegramForbiddenError, match="can't initiate"):
        await bot.send_message(1001, "x")
    anna.user.started = True
    with pytest.raises(TelegramBadRequest, match="byte offset 1"):
        await bot.send_message(1001, "a<br>")
    telegram.faults.add(Fault("sendMessage", retry_after=2))
    with pytest.raises(TelegramRetryAfter) as refusal:
        await bot.send_message(1001, "x")
    assert refusal.value.retry_after == 2
    telegram.clock.advance(3)
    telegram.faults.restart(1)
    with pytest.raises(RestartingTelegram):
        await bot.send_message(1001, "x")
    telegram.clock.advance(2)
    telegram.faults.add(Fault("sendMessage", kind="html"))
    with pytest.raises(ClientDecodeError):
        await bot.send_message(1001, "x")
    telegram.faults.add(Fault("sendMessage", kind="drop", after=True))
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(1001, "дошло")
    assert anna.screen.text == "дошло"


async def test_a_webhook_with_calls_in_the_reply(
    telegram: Telegram, bot: Bot, dispatcher: Dispatcher
) -> None:
    async def reply(handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Message)
        return event.answer(f"в ответе: {event.text}")

    dispatcher.message.outer_middleware.register(reply)

    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token="s").register(app, "/hook")
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s")
    anna = telegram.person(1001)
    await anna.start()
    await anna.sees("в ответе: /start")
    await anna.settled()
    assert telegram.calls[-1].via == "webhook"
    telegram.check()
    await telegram.stop()
    await runner.cleanup()
