"""What `iom-bot check` and `run` look at before anything starts: one line a problem."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot import shelf
from bot.documents.places import templates
from bot.iom import catalogue_file
from bot.iom.catalogue_file import CatalogueError
from bot.iom.own_competences import own_id
from bot.iom.regulation import Regulation
from bot.iom.regulation_file import RegulationError, parse
from bot.settings import Settings
from bot.speech.presses import LIMIT, pack
from bot.speech.words import Words, WordsError

# A button must fit with a revision and with row ids that nobody reaches.
LATE, ROW = 36**5 - 1, 10**7


def problems(settings: Settings) -> list[str]:
    """Regulations, texts and catalogues. Each: file, line, reason."""
    found: list[str] = []
    try:
        read = shelf.read(settings.regulations_dir or templates() / "regulations")
        found += [line for volume in read.volumes.values() for line in _long_buttons(volume.regulation)]
    except shelf.ShelfError as error:
        found.append(str(error))
    try:
        Words().check()
    except WordsError as error:
        found.append(str(error))
    found += [
        line for path in sorted((templates() / "catalogue").glob("*.toml")) if (line := _catalogue(path))
    ]
    return found


def _long_buttons(regulation: Regulation) -> Iterator[str]:
    for verb, arg in _buttons(regulation):
        try:
            pack(LATE, verb, arg)
        except ValueError:
            yield f"{regulation.slug}: кнопка «{arg}» длиннее {LIMIT} байт, укоротите ключи"


def _buttons(regulation: Regulation) -> Iterator[tuple[str, str]]:
    """The longest button of each kind: verb and argument."""
    scale = regulation.scale
    yield "choose", regulation.slug
    yield from (("fix", f"{question.key}.{ROW}.{ROW}") for question in regulation.question)
    yield from (("add", f"{table.key}.{ROW}") for table in regulation.table)
    yield from (("pick", option.key) for question in regulation.question for option in question.options)
    yield from (("pick", option.key) for option in regulation.term.options)
    levels = dict.fromkeys(level.key for level in (*scale.levels, *scale.self_levels))
    competences = [*regulation.blocks, *([own_id("")] if regulation.names_own else [])]
    yield from (("pick", f"{key}.{level}") for key in competences for level in levels)


def _catalogue(path: Path) -> str:
    try:
        catalogue_file.read(path.read_text(encoding="utf-8"), datetime.now(UTC).date())
    except CatalogueError as error:
        return f"{path}:{error.line}: {error.problem.value} {error.about}"
    return ""


async def database_problems(url: str, *, will_migrate: bool = False) -> list[str]:
    """Whether the database can be reached, and holds the newest tables unless `run` is about to make them."""
    from storage.migrate import head, known, revision

    try:
        if lacking := _no_place(url):
            return [f"DATABASE_URL: база недоступна: {lacking}"]
        found = await revision(url)
    except Exception as error:
        return [f"DATABASE_URL: база недоступна: {error}"]
    if found and not known(found):
        return [f"DATABASE_URL: таблицы версии {found} новее этой программы; обновите программу"]
    if found not in {"", head()} and not will_migrate:
        return [f"DATABASE_URL: таблицы версии {found}, нужна {head()}; выполните iom-bot migrate"]
    return await _unreadable_versions(url) if found == head() else []


async def _unreadable_versions(url: str) -> list[str]:
    """Versions of regulations that routes are pinned to and this program can't read any more."""
    from storage import regulations
    from storage.db import Database

    database = Database.open(url)
    try:
        versions = await database.read(regulations.every)
    finally:
        await database.close()
    return [line for digest, slug, source in versions if (line := _unreadable(digest, slug, source))]


def _unreadable(digest: str, slug: str, source: str) -> str:
    try:
        parse(source, slug)
    except RegulationError as error:
        return f"регламент {slug} версии {digest[:8]} в базе: строка {error.line}: {error.reason}"
    return ""


def _no_place(url: str) -> str:
    """Why SQLite could make no file there, "" when it could; a server is asked later."""
    from sqlalchemy import make_url

    target = make_url(url)
    if target.get_backend_name() != "sqlite":
        return ""
    place = Path(target.database or "").absolute()
    if place.is_dir():
        return f"{place} – это папка, а нужен файл"
    folder = place.parent
    while not folder.exists():
        folder = folder.parent
    fit = folder.is_dir() and os.access(folder, os.W_OK)
    return "" if fit else f"в {folder} нельзя создать файл"
