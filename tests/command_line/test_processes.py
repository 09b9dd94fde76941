"""The command as people run it: real processes, exit code 2 and plain words instead of a traceback."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.regulations.given import source

TOKEN = "123456:AAE-token-of-nobody"
NOWHERE = "postgresql+asyncpg://iom@127.0.0.1:1/iom"
WATCH = """
import sys
from bot.__main__ import app
for command in sys.argv[1:]:
    try:
        app([command], prog_name="iom-bot")
    except SystemExit as end:
        print(command, end.code, *sorted({"aiogram", "typst", "apscheduler"} & set(sys.modules)))
"""


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Nothing of this machine but what Python needs; a database in the folder."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT") if name in os.environ}
    return {**kept, "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'iom.db'}", **settings}


def python(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment(folder, **settings),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def iom_bot(folder: Path, command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`iom-bot <command>` in an empty folder."""
    return python(folder, "-m", "bot", command, **settings)


def refused(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The lines of a refusal; it is no traceback and says nothing on stdout."""
    assert "Traceback" not in done.stderr, done.stderr
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    return done.stderr.strip().splitlines()


def spoilt(folder: Path) -> Path:
    """A folder of regulations with a bad one: «Стаж» of kind number."""
    place = folder / "regulations" / "svetlogorsk"
    place.mkdir(parents=True)
    bad = source("tiny").replace('kind = "integer"', 'kind = "number"', 1)
    (place / "regulation.toml").write_text(bad, "utf-8")
    return folder / "regulations"


@pytest.mark.parametrize("command", ["check", "run"])
def test_against_telegram_itself_a_token_and_an_operator_are_needed(tmp_path: Path, command: str) -> None:
    lines = refused(iom_bot(tmp_path, command))
    assert [line.partition(":")[0] for line in lines] == ["BOT_TOKEN", "OPERATOR_NAME"]
    assert all("Например: " in line for line in lines)
    assert not (tmp_path / "iom.db").exists()


def test_a_bad_setting_is_named(tmp_path: Path) -> None:
    lines = refused(iom_bot(tmp_path, "run", TIMEZONE="Moscow", BOT_TOKEN=TOKEN))
    assert lines == ["TIMEZONE: нет такого часового пояса. Например: TIMEZONE=Asia/Irkutsk"]


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_bad_regulation_and_an_unreachable_database_are_named_together(
    tmp_path: Path, command: str
) -> None:
    folder = spoilt(tmp_path)
    fit = {"BOT_TOKEN": TOKEN, "OPERATOR_NAME": "Школа"}
    lines = refused(iom_bot(tmp_path, command, REGULATIONS_DIR=str(folder), DATABASE_URL=NOWHERE, **fit))
    path, line, reason = lines[0].split(":", 2)
    assert path == str(folder / "svetlogorsk" / "regulation.toml")
    blamed = Path(path).read_text("utf-8").splitlines()[int(line) - 1]
    assert blamed == 'kind = "number"'
    assert "можно только: line, text" in reason
    assert lines[1].startswith("DATABASE_URL: база недоступна: ")


@pytest.mark.parametrize("command", ["run", "migrate"])
def test_a_database_where_no_file_can_be_is_named(tmp_path: Path, command: str) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    fit = {"BOT_TOKEN": TOKEN, "OPERATOR_NAME": "Школа"}
    url = f"sqlite+aiosqlite:///{tmp_path / 'data' / 'iom.db'}"
    lines = refused(iom_bot(tmp_path, command, DATABASE_URL=url, **fit))
    assert lines[0].startswith("DATABASE_URL: база недоступна: ")


def test_migrating_a_database_that_is_away_is_refused(tmp_path: Path) -> None:
    lines = refused(iom_bot(tmp_path, "migrate", DATABASE_URL=NOWHERE))
    assert lines[0].startswith("DATABASE_URL: база недоступна: ")


def test_migrate_makes_the_tables_and_check_is_content(tmp_path: Path) -> None:
    for _ in range(2):
        done = iom_bot(tmp_path, "migrate")
        assert (done.returncode, done.stdout, done.stderr) == (0, "База обновлена.\n", "")
    with sqlite3.connect(tmp_path / "iom.db") as database:
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    database.close()
    assert {"person", "route", "answer", "cursor"} <= names
    done = iom_bot(tmp_path, "check", BOT_TOKEN=TOKEN, OPERATOR_NAME="Школа")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Всё в порядке.\n", "")


def test_commands_that_do_not_talk_to_telegram_do_not_import_aiogram(tmp_path: Path) -> None:
    """Its import costs seconds; the name after the code would be what was imported."""
    done = python(tmp_path, "-c", WATCH, "--help", "migrate", "check", BOT_TOKEN=TOKEN, OPERATOR_NAME="Школа")
    assert done.stderr == ""
    ends = [line for line in done.stdout.splitlines() if line.startswith(("--help ", "migrate ", "check "))]
    assert ends == ["--help 0", "migrate 0", "check 0"]
    for command in ("run", "check", "migrate", "demo", "phone"):
        assert f" {command} " in done.stdout


def test_the_console_script_is_the_same_command(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("iom-bot")
    done = subprocess.run(
        [script, "--help"], cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=False
    )
    assert done.returncode == 0
    assert "Проверить настройки, регламенты, шаблоны и базу." in done.stdout.decode()
