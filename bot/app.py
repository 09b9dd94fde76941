"""The composition root: everything is made here, once, and handed down.

    bot.__main__ → bot.app → { handlers | bot.intake | bot.courier | bot.printshop } → bot.speech
                 → { storage | bot.documents | bot.settings | bot.shelf } → bot.iom

`bot.phone` imports nothing of ours; only the command line imports it.
"""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

import structlog
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import BotCommand
from aiohttp import web

from bot import shelf
from bot.clock import clock
from bot.courier import Courier
from bot.documents.places import templates
from bot.intake import ALLOWED, Intake
from bot.iom import catalogue_file
from bot.printshop import PrintShop
from bot.settings import Settings
from bot.speech.presenter import Presenter
from bot.speech.session import Patience
from bot.speech.uploads import StoredUploads
from bot.speech.words import Words
from handlers.desk import World
from handlers.house import COMMANDS
from handlers.telegram import Now, Voice, dispatcher
from storage import events
from storage.db import Database
from storage.migrate import migrate

log = structlog.get_logger()


class TelegramRefused(Exception):
    """Telegram can't be spoken to at the start: whose fault it is, in one line."""


def now() -> datetime:
    """The only clock of the process."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class App:
    """A bot that is ready to take updates."""

    bot: Bot
    world: World
    database: Database
    words: Words
    voice: Voice
    intake: Intake
    courier: Courier
    shop: PrintShop


def world_of(settings: Settings, words: Words) -> World:
    """What is the same for everyone. Raises ShelfError for a bad regulation."""
    operator = settings.operator_name or words.caption("no_operator")
    whole = words.text("consent_whole", {"operator": operator})
    return World(
        shelf=shelf.read(settings.regulations_dir or templates() / "regulations"),
        operator=operator,
        consent_version=words.caption("consent_version"),
        consent_digest=sha256(whole.encode()).hexdigest(),
        caption=words.caption,
        text=words.plain,
        zone=settings.zone,
        secret=settings.invitation_secret,
        admins=settings.admin_ids,
        companion_version=words.caption("companion_version"),
        companion_digest=sha256(words.text("access_whole", {"operator": operator}).encode()).hexdigest(),
    )


def telegram(settings: Settings) -> Bot:
    """The bot's session: one place that waits, HTML only, no link previews."""
    server = TelegramAPIServer.from_base(settings.telegram_api_url)
    session = AiohttpSession(api=server)
    session.middleware(Patience())
    properties = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
    return Bot(settings.bot_token, session=session, default=properties)


@asynccontextmanager
async def ready(settings: Settings, now: Now = now) -> AsyncIterator[App]:
    """Migrate, open, compose; close everything at the end. The clock is a value."""
    words = Words()
    world = world_of(settings, words)
    await migrate(settings.database_url)
    database = Database.open(settings.database_url)
    bot = telegram(settings)
    presenter = Presenter(bot, words, StoredUploads(database, now))
    voice = Voice(database, presenter, world, now)
    courier = Courier(database, presenter, world, now, settings.messages_per_second)
    shop = PrintShop(database, presenter, world, now)

    def after() -> None:
        courier.wake()
        shop.wake()

    intake = Intake(bot, dispatcher(world, database, voice, now, after))
    try:
        await fill_catalogue(database, now().date())
        yield App(bot, world, database, words, voice, intake, courier, shop)
    finally:
        await bot.session.close()
        await database.close()


async def fill_catalogue(database: Database, today: date) -> None:
    """A real start has the organiser-free, undated forms of the specification; idempotent."""
    source = (templates() / "catalogue" / "forms.toml").read_text(encoding="utf-8")
    forms = catalogue_file.read(source, today)
    await database.write(lambda conn: events.put(conn, forms))


async def introduce(bot: Bot, words: Words) -> None:
    """Commands and descriptions as Telegram shows them."""
    commands = [BotCommand(command=name, description=words.caption(f"command_{name}")) for name in COMMANDS]
    await bot.set_my_commands(commands)
    await bot.set_my_description(words.caption("bot_description"))
    await bot.set_my_short_description(words.caption("bot_short_description"))


async def first_word(app: App) -> None:
    """The first calls tell whether the token and the address are right. Raises TelegramRefused."""
    try:
        await introduce(app.bot, app.words)
        app.words.know_bot((await app.bot.me()).username or "")
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise TelegramRefused(f"BOT_TOKEN: Telegram не узнал токен ({error.message})") from None
    except (TelegramNetworkError, ClientDecodeError) as error:
        # The message of the error may hold the address with the token in it.
        raise TelegramRefused(f"TELEGRAM_API_URL: нет связи ({type(error).__name__})") from None
    except TelegramAPIError as error:
        raise TelegramRefused(f"Telegram отказал при запуске: {error.message}") from None


async def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; the updates in hand are finished first."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with ready(settings) as app:
        await first_word(app)
        await app.voice.pay_debts()
        ticking = clock(app.database, app.world, app.courier, now)
        ticking.start()
        beside = [asyncio.create_task(one.run(stop)) for one in (app.courier, app.shop)]
        # A full collection over aiogram's 145 MB of models takes 0.15 s: take them out of its sight.
        gc.collect()
        gc.freeze()
        log.info("ready", webhook=bool(settings.webhook_url))
        try:
            await (serve if settings.webhook_url else poll)(app, settings, stop)
        finally:
            ticking.shutdown(wait=False)
            stop.set()
            await asyncio.gather(*beside)
    log.info("stopped")


async def poll(app: App, settings: Settings, stop: asyncio.Event) -> None:
    """Long polling; a webhook left from before would refuse it."""
    try:
        await app.bot.delete_webhook()
        await app.intake.poll(stop)
    except TelegramUnauthorizedError as error:
        raise TelegramRefused(f"BOT_TOKEN: Telegram больше не принимает токен ({error.message})") from None


async def serve(app: App, settings: Settings, stop: asyncio.Event) -> None:
    """Webhook: listen first, then tell Telegram where."""
    site = web.Application()
    path = "/" + settings.webhook_url.split("://", 1)[-1].partition("/")[2]
    site.router.add_post(path, app.intake.webhook(settings.webhook_secret))
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    host, _, port = settings.webhook_listen.rpartition(":")
    try:
        await web.TCPSite(runner, host, int(port)).start()
    except OSError as error:
        raise TelegramRefused(f"WEBHOOK_LISTEN: нельзя слушать {host}:{port}: {error.strerror}") from None
    await app.bot.set_webhook(
        settings.webhook_url, secret_token=settings.webhook_secret, allowed_updates=ALLOWED
    )
    await stop.wait()
    await runner.cleanup()
    await app.intake.finish()
