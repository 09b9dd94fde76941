"""`iom-bot import`: bring a list of events, results of diagnoses or staff numbers in from a file.

Valid rows are kept whatever the others are; every row that is not taken is told with its number and reason.
Nothing of Telegram is needed.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot import bringing, shelf
from bot.bringing import Bringer
from bot.documents import imports as files
from bot.documents import xlsx
from bot.documents.limits import MEGABYTE, MOST_BYTES
from bot.documents.places import templates
from bot.iom.import_words import ImportKind
from bot.iom.imported import Counts, Sifted
from bot.iom.workbook import TableError, TableProblem
from bot.settings import Settings
from bot.speech.words import Words
from storage import audit, organisation_lists
from storage.db import Database
from storage.decisions import Hand
from storage.migrate import migrate

PART = 1000  # rows of one transaction
Tell = Callable[[int, int], None]


class BringError(ValueError):
    """What was asked for can't be: one line in Russian."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `organisation` "": events for everybody; `dry`: only count."""

    kind: ImportKind
    path: Path
    organisation: str = ""
    dry: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What was found in one file, and what came of its valid rows."""

    kind: ImportKind
    found: Sifted[Any]
    counts: Counts

    def rejected_file(self) -> bytes:
        """The workbook of rows that were not taken."""
        return files.rejected_file(self.kind, self.found.header, self.found.rejected)


async def bring(settings: Settings, asked: Asked, tell: Tell) -> Brought:
    """Read the file and write its valid rows, part by part; `tell` hears how far it is.

    Raises BringError for the file and for what was asked; DatabaseDown when there is no database.
    """
    await migrate(settings.database_url)
    database = Database.open(settings.database_url)
    try:
        now, data = datetime.now(UTC), await asyncio.to_thread(_data, asked.path)
        by = await database.read(lambda conn: _bringer(conn, settings, asked))
        today = now.astimezone(settings.zone).date()
        sifter = await database.read(partial(bringing.sifter, kind=asked.kind, by=by, today=today))
        found = await asyncio.to_thread(_sifted, data, asked.path, sifter)
        counts = Counts()
        for start in range(0, len(found.valid), PART):
            rows = found.valid[start : start + PART]
            part = partial(bringing.take, kind=asked.kind, rows=rows, by=by, now=now, dry=asked.dry)
            counts += await database.write(part)
            tell(min(start + PART, len(found.valid)), len(found.valid))
        detail = f"{by.place} {counts.new + counts.changed}"
        if not asked.dry:
            await database.write(lambda conn: audit.record(conn, None, "import.done", now, detail))
        return Brought(asked.kind, found, counts)
    finally:
        await database.close()


def _data(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            too_big = TableError(TableProblem.TOO_BIG, {"most": MOST_BYTES // MEGABYTE})
            raise BringError(f"{path}: {_why(too_big)}")
        return path.read_bytes()
    except OSError as error:
        raise BringError(f"{path}: не читается ({error.strerror})") from None


def _sifted(data: bytes, path: Path, sifter: bringing.Sifter) -> Sifted[Any]:
    try:
        return sifter(xlsx.read(data, path.name))
    except TableError as error:
        raise BringError(f"{path}: {_why(error)}") from None


def _why(error: TableError) -> str:
    return Words().plain("people_refused", {"reason": error.reason.value, "values": error.values})


def _bringer(conn: Any, settings: Settings, asked: Asked) -> Bringer:
    books = shelf.read(settings.regulations_dir or templates() / "regulations")
    hand = Hand(0, "coordinator")
    if not asked.organisation:
        if asked.kind != "catalogue":
            raise BringError("--organisation: назовите организацию; вместе с ней берутся и те, что под ней")
        return Bringer(books, None, hand)
    found = organisation_lists.titled(conn, asked.organisation)
    if len(found) != 1:
        how = "несколько, загрузите из чата бота" if found else "нет, сначала создайте её: iom-bot invite"
        raise BringError(f"--organisation: организаций «{asked.organisation}» {how}")
    return Bringer(books, found[0], Hand(0, "coordinator", post=found[0].title))


def words(asked: Asked, brought: Brought) -> str:
    """What came of one file, in lines."""
    found, counts = brought.found, brought.counts
    done = "Было бы" if asked.dry else "Записано"
    lines = [
        f"{asked.path}: принято {len(found.valid)}, отклонено {len(found.rejected)}",
        f"{done}: новых {counts.new}, изменённых {counts.changed}; уже были такие же: {counts.same}",
        f"Повторов строка в строку: {found.repeated}" if found.repeated else "",
    ]
    if found.told.get("overlapping"):
        pairs = "; ".join(f"{first} и {second}" for first, second in found.told["pairs"])
        many = found.told["overlapping"]
        lines.append(f"Пересекаются по датам у одного организатора: {many} (строки {pairs})")
    return "\n".join(filter(None, lines))


def rejected(asked: Asked, brought: Brought, most: int = 20) -> list[str]:
    """File, row and reason of what was not taken; the first ones, then how many more."""
    form, every = files.words().form(asked.kind), brought.found.rejected
    reasons = [(one.number, form.reason(one.reason, one.values)) for one in every[:most]]
    told = [f"{asked.path}: строка {number}: {reason}" for number, reason in reasons]
    return [*told, f"{asked.path}: и ещё {len(every) - most}"] if len(every) > most else told
