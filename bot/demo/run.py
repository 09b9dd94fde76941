"""The demonstration: the local Telegram, the real bot process, two teachers from /start to a card."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.demo.walk import Lost, Script, Walker, read
from bot.documents.places import templates
from bot.iom import catalogue_file
from bot.phone.person import Person
from bot.phone.server import Telegram
from storage import events
from storage.db import Database
from storage.migrate import migrate

SLUGS = ("stavropol", "ust_ilimsk")


async def demo(out: Path) -> int:
    """Walk every script, write the documents to `out`; 0 when all went well and nothing was violated."""
    today = datetime.now(UTC).date()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{folder}/demo.db"
        await migrate(url)
        await load_catalogue(url)
        async with Telegram(flood="off") as telegram, bot_process(telegram, url):
            try:
                for slug in SLUGS:
                    script = read((templates() / "demo" / f"{slug}.toml").read_text(encoding="utf-8"), today)
                    await _show(telegram, slug, script, out)
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


async def _show(telegram: Telegram, slug: str, script: Script, out: Path) -> None:
    person = telegram.person(script.id, first_name=script.name, language_code="ru")
    typer.echo(f"\n=== {script.name}: {slug} ===")
    await Walker(person, script, _progress(script, person)).walk()
    await person.settled()
    _save(person, slug, out)


def _progress(script: Script, person: Person) -> Callable[[str], None]:
    """Prints what the screen says and what the teacher does, with a counter."""
    done = 0

    def act(what: str) -> None:
        nonlocal done
        done += 1
        if person.screen.text:
            typer.echo("    " + person.screen.text.replace("\n", "\n    "))
        typer.echo(f"[{done}/≈{script.length}] {script.name}: {what}")

    return act


def _save(person: Person, slug: str, out: Path) -> None:
    """The final card as Word and PDF, and the whole conversation."""
    for kind in ("docx", "pdf"):
        final = [file for file in person.documents if file.name.endswith(kind) and "draft" not in file.name]
        (out / f"card-{slug}.{kind}").write_bytes(final[-1].data)
    (out / f"chat-{slug}.md").write_text(chat_of(person), encoding="utf-8")


def chat_of(person: Person) -> str:
    """The conversation as Markdown: who said what, edits as new lines."""
    lines = []
    for entry in person.screen.transcript:
        who = "**Бот**" if entry.who == "bot" else f"**{person.user.first_name}**"
        lines.append(f"{who}: {entry.text}".replace("\n", "  \n"))
    return "\n\n".join(lines) + "\n"
