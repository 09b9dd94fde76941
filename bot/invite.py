"""`iom-bot invite`: make an organisation if it is missing, and the link of its coordinator.

The name of the bot is asked of Telegram without aiogram, whose import costs seconds; when Telegram does not
answer, the short code is enough: it can be typed to the bot.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.error import URLError
from urllib.request import urlopen

from sqlalchemy import Connection

from bot.iom import first_hour
from bot.iom.people import Organisation
from bot.settings import Settings
from storage import first_links, invitations, organisation_lists, organisations
from storage.db import Database
from storage.migrate import migrate

VALID = timedelta(days=90)
PATIENCE = 5.0  # seconds for getMe
STANDS_UNDER = {"school": ("municipality", "region"), "municipality": ("region",), "region": ()}
_NAME = re.compile(r"[A-Za-z0-9_]{3,64}")


class InviteError(ValueError):
    """What was asked for can't be: one line in Russian."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `names` None: as the parent does it, or with names."""

    title: str
    kind: str = "school"
    parent: str = ""
    names: bool | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """The organisation and what opens the bot for its coordinator."""

    organisation: Organisation
    new: bool
    token: str
    code: str
    until: datetime


async def invite(settings: Settings, asked: Asked) -> Made:
    """Make what is missing. Raises InviteError; DatabaseDown when there is no database."""
    await migrate(settings.database_url)
    database = Database.open(settings.database_url)
    try:
        secret, now = settings.invitation_secret, datetime.now(UTC)
        return await database.write(lambda conn: made(conn, asked, secret, now))
    finally:
        await database.close()


def made(conn: Connection, asked: Asked, secret: bytes, now: datetime) -> Made:
    """The same in one unit of work."""
    title = first_hour.fits_title(asked.title)
    if not title:
        raise InviteError(f"--organisation: нужно название с буквами, до {first_hour.MOST_TITLE} знаков")
    if asked.kind not in STANDS_UNDER:
        raise InviteError(f"--kind: можно {', '.join(STANDS_UNDER)}, а не «{asked.kind}»")
    found = _one(conn, title, "--organisation")
    organisation = found or _created(conn, asked, title, now)
    if found:
        _check(conn, asked, found)
    one = first_links.first_link(conn, secret, organisation, now, VALID)
    token, code = invitations.token_of(secret, one), invitations.code_of(secret, one)
    return Made(organisation, found is None, token, code, one.expires_at)


def _one(conn: Connection, title: str, option: str) -> Organisation | None:
    found = organisation_lists.titled(conn, title)
    if len(found) > 1:
        raise InviteError(f"{option}: организаций «{title}» несколько, пригласите из чата бота")
    return found[0] if found else None


def _check(conn: Connection, asked: Asked, found: Organisation) -> None:
    """What is there stays as it is; to ask for something else is a mistake worth telling."""
    if found.kind != asked.kind:
        raise InviteError(f"--kind: «{found.title}» уже есть, и это {found.kind}")
    if asked.names is not None and asked.names != found.keeps_names:
        how = "--names" if found.keeps_names else "--no-names"
        raise InviteError(f"--names/--no-names: «{found.title}» уже есть и работает с {how}")
    above = organisations.by_id(conn, found.parent_id or 0)
    if asked.parent and (above is None or not first_hour.same_title(above.title, asked.parent)):
        where = f"относится к «{above.title}»" if above else "ни к чему не относится"
        raise InviteError(f"--parent: «{found.title}» уже есть и {where}")


def _created(conn: Connection, asked: Asked, title: str, now: datetime) -> Organisation:
    above = _one(conn, asked.parent, "--parent") if asked.parent else None
    if asked.parent and above is None:
        raise InviteError(f"--parent: нет организации «{asked.parent}»; сначала пригласите её координатора")
    if above and above.kind not in STANDS_UNDER[asked.kind]:
        raise InviteError(f"--parent: «{above.title}» ({above.kind}) не может быть над {asked.kind}")
    inherited = above.keeps_names if above else True
    return organisations.create(
        conn,
        title,
        now,
        parent_id=above.id if above else None,
        region=above.region if above else "",
        timezone=above.timezone if above else "",
        keeps_names=inherited if asked.names is None else asked.names,
        kind=asked.kind,
    )


def name_of_bot(settings: Settings) -> str:
    """The name of the bot at Telegram, "" when it does not answer. Never in a message: the address has the
    token in it."""
    if not settings.bot_token:
        return ""
    address = f"{settings.telegram_api_url}/bot{settings.bot_token}/getMe"
    try:
        with urlopen(address, timeout=PATIENCE) as reply:
            name = json.load(reply)["result"]["username"]
    except (URLError, OSError, ValueError, KeyError, TypeError):
        return ""
    return name if isinstance(name, str) and _NAME.fullmatch(name) else ""


def words(made: Made, bot: str) -> str:
    """What the operator reads, and forwards."""
    how = "Организация создана" if made.new else "Организация найдена"
    link = f"https://t.me/{bot}?start={made.token}" if bot else ""
    lines = [
        f"{how}: {made.organisation.title}",
        "Приглашение координатора (прежняя ссылка больше не действует):" if not made.new else "",
        f"Ссылка: {link}" if link else "Telegram не ответил, ссылку не собрать. Хватит кода:",
        f"Код: {made.code} – его можно написать боту вместо ссылки",
        f"Действует до {made.until:%d.%m.%Y}",
    ]
    return "\n".join(line for line in lines if line)
