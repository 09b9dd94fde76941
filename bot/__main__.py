"""The `iom-bot` command. What does not talk to Telegram does not import aiogram: that costs seconds."""

import asyncio
import logging
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import structlog
import typer

from bot import settings as env

if TYPE_CHECKING:
    from bot import bring as bring_room

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
BAD = 2


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(BAD)


def _settings() -> env.Settings:
    try:
        return env.load()
    except env.SettingsError as error:
        _stop(str(error))


def _logging(level: str) -> None:
    """Plain lines to stderr. Never the renderer that prints the local variables of a crash: they are
    somebody's answers, and drawing them stops the event loop for seconds."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=max(logging.WARNING, logging.getLevelNamesMapping()[level]))


@app.command()
def run() -> None:
    """Запустить бота."""
    # Until the bot takes over there is nothing in hand: a SIGTERM during the slow imports ends with 0 too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    settings = _settings()
    if missing := settings.unfit_to_run():
        _stop("\n".join(missing))
    _logging(settings.log_level)
    problems = [*_checked(settings), *_checked_database(settings, will_migrate=True)]
    if problems:
        _stop("\n".join(problems))
    from bot import app as root

    try:
        asyncio.run(root.run(settings))
    except root.TelegramRefused as error:
        _stop(str(error))


@app.command()
def check() -> None:
    """Проверить настройки, регламенты, шаблоны и базу."""
    settings = _settings()
    problems = [*settings.unfit_to_run(), *_checked(settings)]
    problems += _checked_database(settings, will_migrate=False)
    if problems:
        _stop("\n".join(problems))
    typer.echo("Всё в порядке.")


def _checked(settings: env.Settings) -> list[str]:
    """Regulations, templates and buttons; each problem is one line."""
    from bot.checks import problems

    return problems(settings)


def _checked_database(settings: env.Settings, *, will_migrate: bool) -> list[str]:
    from bot.checks import database_problems

    return asyncio.run(database_problems(settings.database_url, will_migrate=will_migrate))


@app.command()
def migrate() -> None:
    """Обновить таблицы базы."""
    from storage.migrate import migrate as upgrade

    settings = _settings()
    if problems := _checked_database(settings, will_migrate=True):
        _stop("\n".join(problems))
    asyncio.run(upgrade(settings.database_url))
    typer.echo("База обновлена.")


@app.command()
def invite(
    organisation: Annotated[str, typer.Option(help="название организации")],
    kind: Annotated[str, typer.Option(help="school, municipality или region")] = "school",
    parent: Annotated[str, typer.Option(help="название организации, к которой она относится")] = "",
    names: Annotated[bool | None, typer.Option(help="хранить имена или работать по кодам")] = None,
) -> None:
    """Создать организацию, если её нет, и показать приглашение её координатора."""
    from bot import invite as rooms

    settings = _settings()
    if not settings.bot_token:
        _stop("BOT_TOKEN: без него ссылка и код не открылись бы: они выводятся из токена")
    if problems := _checked_database(settings, will_migrate=True):
        _stop("\n".join(problems))
    try:
        made = asyncio.run(rooms.invite(settings, rooms.Asked(organisation, kind, parent, names)))
    except rooms.InviteError as error:
        _stop(str(error))
    typer.echo(rooms.words(made, rooms.name_of_bot(settings)))


@app.command(name="import")
def bring(
    kind: Annotated[str, typer.Argument(help="catalogue, diagnostics или staff")],
    paths: Annotated[list[Path], typer.Argument(help="файлы .xlsx или .csv", metavar="FILE...")],
    organisation: Annotated[str, typer.Option(help="чья это таблица; пусто – каталог для всех")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="только посчитать")] = False,
    rejected: Annotated[Path | None, typer.Option(help="куда сложить отклонённые строки, .xlsx")] = None,
) -> None:
    """Загрузить мероприятия, результаты диагностики или численность педагогов из файлов."""
    from bot import bring as rooms
    from bot.bringing import KINDS

    found = next((one for one in KINDS if one == kind), None)
    if found is None:
        _stop(f"Можно загрузить: {', '.join(KINDS)}, а не «{kind}»")
    settings = _settings()
    if problems := [*_checked(settings), *_checked_database(settings, will_migrate=True)]:
        _stop("\n".join(problems))
    bad = [_brought(settings, rooms.Asked(found, path, organisation, dry_run), rejected) for path in paths]
    if any(bad):
        raise typer.Exit(BAD)


def _brought(settings: env.Settings, asked: "bring_room.Asked", rejected: Path | None) -> bool:
    """Bring one file and say what came of it; whether anything of it was not taken."""
    from bot import bring as rooms

    def tell(at: int, total: int) -> None:
        if total > rooms.PART:
            typer.echo(f"{asked.path}: {at} из {total}", err=True)

    try:
        brought = asyncio.run(rooms.bring(settings, asked, tell))
    except rooms.BringError as error:
        typer.echo(str(error), err=True)
        return True
    typer.echo(rooms.words(asked, brought))
    for line in rooms.rejected(asked, brought):
        typer.echo(line, err=True)
    if rejected and brought.found.rejected:
        rejected.write_bytes(brought.rejected_file())
        typer.echo(f"Отклонённые строки: {rejected}")
    return bool(brought.found.rejected)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="куда сложить документы", file_okay=False)] = Path("out"),
) -> None:
    """Показать два вымышленных маршрута от приглашения до заключения, без Telegram и без сети."""
    from bot.demo.run import demo as show

    out.mkdir(parents=True, exist_ok=True)
    raise typer.Exit(asyncio.run(show(out)))


@app.command()
def phone(
    port: Annotated[int, typer.Option(help="порт на 127.0.0.1")] = 8081,
    flood: Annotated[str, typer.Option(help="off, realistic или strict")] = "realistic",
) -> None:
    """Запустить локальный Telegram с телефоном в браузере."""
    from bot.phone.__main__ import arguments, serve

    asyncio.run(serve(arguments(["--port", str(port), "--flood", flood])))


def main() -> None:
    """Entry point."""
    app()


if __name__ == "__main__":
    main()
