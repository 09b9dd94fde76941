"""The demonstration: the local Telegram, the real bot process, two routes from invitation to conclusion."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import typer

from bot.demo.cast import Cast
from bot.demo.script import Life, read, read_life
from bot.demo.walk import Lost
from bot.documents.places import templates
from bot.iom import catalogue_file
from bot.phone.server import Telegram
from storage import events
from storage.db import Database
from storage.migrate import migrate

SLUGS = ("stavropol", "ust_ilimsk")
FORMS = ("langepas", "odintsovo", "znamenka")  # of other regions, by which the first card is printed too
REGISTRIES = ("IOM-registry.xlsx",)


async def demo(out: Path) -> int:
    """Walk every script, write the documents to `out`; 0 when all went well and nothing was violated."""
    today = datetime.now(UTC).date()
    lives = {slug: life(slug, today) for slug in SLUGS}
    operators = ",".join(str(one.people[one.operator][1]) for one in lives.values())
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/demo.db"
        await migrate(url)
        await load_catalogue(url)
        async with (
            Telegram(flood="off", lint=False) as telegram,
            bot_process(telegram, url, ADMIN_IDS=operators),
        ):
            try:
                for slug in SLUGS:
                    await _show(telegram, slug, lives[slug], out)
            except Lost as lost:
                typer.echo(str(lost), err=True)
                return 1
        return _verdict(telegram.violations, out)


def _verdict(violations: list[str], out: Path) -> int:
    for violation in violations:
        typer.echo(f"Telegram: {violation}", err=True)
    if violations:
        return 1
    typer.echo("\nГотово. Документы и разговоры:")
    for path in sorted(out.glob("c*-*")):
        typer.echo(f"  {path}")
    return 0


async def load_catalogue(url: str) -> None:
    """The fictional events: only a demonstration has them."""
    source = (templates() / "catalogue" / "demo.toml").read_text(encoding="utf-8")
    fictional = catalogue_file.read(source, datetime.now(UTC).date())
    database = Database.open(url)
    try:
        await database.write(lambda conn: events.put(conn, fictional))
    finally:
        await database.close()


def environment(telegram: Telegram, url: str, **more: str) -> dict[str, str]:
    """The settings of a bot that talks to the local Telegram."""
    own = {
        "BOT_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram.url,
        "DATABASE_URL": url,
        "OPERATOR_NAME": "Демонстрация",
        "WEBHOOK_URL": "",
        "REGULATIONS_DIR": "",
        "LOG_LEVEL": "WARNING",
    }
    return {**os.environ, **own, **more}


@asynccontextmanager
async def bot_process(telegram: Telegram, url: str, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The real `iom-bot run` as its own process; stopped by SIGTERM, which must end it with 0."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment(telegram, url, **more)
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        code = await process.wait()
        if code:
            raise Lost(f"iom-bot run ended with {code}")


def life(slug: str, today: date) -> Life:
    """The life script of a regulation, with the phases it borrows from the card script."""
    folder = templates() / "demo"
    card = read((folder / f"{slug}.toml").read_text(encoding="utf-8"), today)
    return read_life((folder / f"life_{slug}.toml").read_text(encoding="utf-8"), card, today)


async def _show(telegram: Telegram, slug: str, lived: Life, out: Path) -> None:
    typer.echo(f"\n=== {slug} ===")
    cast = Cast(telegram, lived, _progress(lived))
    try:
        await cast.live()
    finally:
        (out / f"chat-{slug}.md").write_text(cast.chat, encoding="utf-8")
    for name, data in papers(cast, slug).items():
        (out / name).write_bytes(data)


def papers(cast: Cast, slug: str) -> dict[str, bytes]:
    """What everybody was sent, by the name it gets in `out`: the card by the forms of all regions it was
    printed by, and all that is not a card. Of one name the newest."""
    found: dict[str, bytes] = {}
    for one in cast.teacher.documents:
        stem, _, kind = one.name.rpartition(".")
        if kind in {"docx", "pdf"} and "draft" not in stem:
            form = stem.removeprefix("IOM-")
            found[f"card-{form if form in FORMS else slug}.{kind}"] = one.data
        elif kind == "ics":
            found[f"calendar-{slug}.ics"] = one.data
    for one in cast.teacher.screen.photos:
        found[f"chart-{slug}.png"] = one.data
    tables = [one for person in cast.people.values() for one in person.documents if one.name in REGISTRIES]
    found |= {f"coordinator-{slug}-registry.xlsx": one.data for one in tables}
    return found


def _progress(lived: Life) -> Callable[[str, str, str], None]:
    """Prints what the screen says and what is done, with a counter."""
    done = 0

    def act(name: str, text: str, what: str) -> None:
        nonlocal done
        done += 1
        if text:
            typer.echo("    " + text.replace("\n", "\n    "))
        typer.echo(f"[{done}/≈{lived.length}] {name}: {what}")

    return act
