"""What `iom-bot check` and `run` look at before anything starts: one line a problem."""

from datetime import UTC, datetime
from pathlib import Path

from bot import shelf
from bot.documents.places import templates
from bot.iom import catalogue_file
from bot.iom.catalogue_file import CatalogueError
from bot.settings import Settings
from bot.speech.words import Words, WordsError


def problems(settings: Settings) -> list[str]:
    """Regulations, texts and catalogues. Each: file, line, reason."""
    found: list[str] = []
    try:
        shelf.read(settings.regulations_dir or templates() / "regulations")
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


def _catalogue(path: Path) -> str:
    try:
        catalogue_file.read(path.read_text(encoding="utf-8"), datetime.now(UTC).date())
    except CatalogueError as error:
        return f"{path}:{error.line}: {error.problem.value} {error.about}"
    return ""


async def database_problems(url: str, *, will_migrate: bool = False) -> list[str]:
    """Whether the database can be reached, and holds the newest tables unless `run` is about to make them."""
    from storage.migrate import head, revision

    try:
        found = await revision(url)
    except Exception as error:
        return [f"DATABASE_URL: база недоступна: {error}"]
    if found not in {"", head()} and not will_migrate:
        return [f"DATABASE_URL: таблицы версии {found}, нужна {head()}; выполните iom-bot migrate"]
    return []
