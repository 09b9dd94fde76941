"""`iom-bot import`: valid rows are kept, a bad file is told by file, row and reason."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.documents import xlsx
from bot.iom.catalogue import Event
from bot.iom.workbook import Sheet
from bot.settings import Settings
from storage import events
from storage.db import Database

HEADER = ("Название", "Компетенции", "Форма участия", "Вид образования")
LESSON = ("Открытый урок", "subject", "очно", "информальное")
ODD = ("Странное", "волшебные", "очно", "информальное")


@pytest.fixture(autouse=True)
def installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A bot of this folder without a token: nothing of Telegram is needed."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'iom.db'}")


def brings(*arguments: str) -> tuple[int, str]:
    """The code it ends with and what it says."""
    done = CliRunner().invoke(app, ["import", *arguments])
    return done.exit_code, done.output


def file(*rows: tuple[str, ...], name: str = "plan.xlsx", header: tuple[str, ...] = HEADER) -> str:
    Path(name).write_bytes(xlsx.write([Sheet("Лист", header, rows)]))
    return name


def catalogue(tmp_path: Path) -> tuple[Event, ...]:
    async def look() -> tuple[Event, ...]:
        database = Database.open(f"sqlite+aiosqlite:///{tmp_path / 'iom.db'}")
        try:
            return await database.read(events.every)
        finally:
            await database.close()

    return asyncio.run(look())


def test_events_for_everybody_and_the_same_file_twice(tmp_path: Path) -> None:
    plan = file(LESSON)
    assert brings("catalogue", plan, "--dry-run") == (
        0,
        "plan.xlsx: принято 1, отклонено 0\nБыло бы: новых 1, изменённых 0; уже были такие же: 0\n",
    )
    assert catalogue(tmp_path) == ()
    assert brings("catalogue", plan)[0] == 0
    (event,) = catalogue(tmp_path)
    assert (event.title, event.state, event.organisation) == ("Открытый урок", "published", 0)
    assert "новых 0, изменённых 0; уже были такие же: 1" in brings("catalogue", plan)[1]


def test_valid_rows_are_kept_and_the_others_told(tmp_path: Path) -> None:
    status, said = brings("catalogue", file(LESSON, ODD), "--rejected", "bad.xlsx")
    assert status == 2
    assert "plan.xlsx: принято 1, отклонено 1" in said
    assert "plan.xlsx: строка 3: Не знаю таких компетенций: «волшебные»" in said
    assert len(catalogue(tmp_path)) == 1
    rows = xlsx.read(Path("bad.xlsx").read_bytes(), "bad.xlsx")
    assert rows[1].cells[0] == "3"


def test_a_list_of_an_organisation_below_another_waits(tmp_path: Path) -> None:
    invited = CliRunner(env={"BOT_TOKEN": "1:AAE-not-a-real-token", "TELEGRAM_API_URL": "http://127.0.0.1:9"})
    assert invited.invoke(app, ["invite", "--organisation", "Город", "--kind", "municipality"]).exit_code == 0
    assert invited.invoke(app, ["invite", "--organisation", "Школа", "--parent", "Город"]).exit_code == 0
    assert brings("catalogue", file(LESSON), "--organisation", "школа")[0] == 0
    assert [one.state for one in catalogue(tmp_path)] == ["proposed"]
    staff = file(("Школа", "45"), ("Чужая", "1"), name="staff.xlsx", header=("Организация", "Педагогов"))
    status, said = brings("staff", staff, "--organisation", "Город")
    assert (status, "новых 1" in said, "строка 3: Нет такой организации" in said) == (2, True, True)
    people = file(("Никто", "50"), name="d.xlsx", header=("ФИО", "Предметные"))
    status, said = brings("diagnostics", people, "--organisation", "Школа")
    assert (status, "строка 2: «Никто» не нахожу" in said) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("weather", "a.csv"), "Можно загрузить: catalogue, diagnostics, staff, а не «weather»"),
        (("catalogue", "absent.xlsx"), "absent.xlsx: не читается"),
        (("catalogue", "."), ".: не читается"),
        (("catalogue", "a.csv"), "a.csv: Не нашлась строка с названиями столбцов"),
        (("staff", "a.csv"), "--organisation: назовите организацию"),
        (("staff", "a.csv", "--organisation", "Луна"), "организаций «Луна» нет"),
    ],
)
def test_bad_input_ends_with_two_and_one_clear_line(arguments: tuple[str, ...], said: str) -> None:
    Path("a.csv").write_text("а;б\n1;2\n", "utf-8")
    status, told = brings(*arguments)
    assert status == 2
    assert said in told
    assert len(told.strip().splitlines()) == 1


def test_aiogram_is_not_imported() -> None:
    code = "import sys, bot.bring; sys.exit('aiogram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
