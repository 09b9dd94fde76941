"""`iom-bot invite`: an organisation when it is missing, a link and a code, one clear line when it fails."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection
from typer.testing import CliRunner

from bot.__main__ import app
from bot.iom.people import Organisation
from bot.phone.server import Telegram
from bot.settings import Settings
from storage import invitations, organisation_lists
from storage.db import Database
from storage.invitations import Invitation

TOKEN = "123456:AAE-not-a-real-token"
T = TypeVar("T")
SCHOOL = "МБОУ «Школа № 5»"


@pytest.fixture(autouse=True)
def installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A bot of this folder; nobody answers at its Telegram."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'iom.db'}")


def invite(*arguments: str) -> tuple[int, str]:
    """The code it ends with and what it says."""
    done = CliRunner().invoke(app, ["invite", *arguments])
    return done.exit_code, done.output


def table(tmp_path: Path, unit: Callable[[Connection], T]) -> T:
    async def look() -> T:
        database = Database.open(f"sqlite+aiosqlite:///{tmp_path / 'iom.db'}")
        try:
            return await database.read(unit)
        finally:
            await database.close()

    return asyncio.run(look())


def organisations(tmp_path: Path) -> tuple[Organisation, ...]:
    return table(tmp_path, organisation_lists.every)


def found(tmp_path: Path, code: str) -> Invitation | None:
    return table(tmp_path, lambda conn: invitations.find(conn, code))


def code_in(said: str) -> str:
    return next(line.split()[1] for line in said.splitlines() if line.startswith("Код:"))


def test_an_organisation_is_made_with_its_coordinators_code(tmp_path: Path) -> None:
    status, said = invite("--organisation", SCHOOL)
    assert status == 0
    assert f"Организация создана: {SCHOOL}" in said
    assert "Telegram не ответил" in said
    one = found(tmp_path, code_in(said))
    assert one is not None
    assert (one.role, one.name) == ("coordinator", "")
    assert invitations.state(one, datetime.now(UTC)) == "waiting"
    assert [(o.title, o.kind, o.keeps_names) for o in organisations(tmp_path)] == [(SCHOOL, "school", True)]


def test_the_same_again_makes_a_new_link_and_no_second_organisation(tmp_path: Path) -> None:
    first, second = invite("--organisation", SCHOOL)[1], invite("--organisation", "мбоу «школа  № 5»")[1]
    assert "Организация найдена" in second
    assert len(organisations(tmp_path)) == 1
    assert found(tmp_path, code_in(first)) is None
    assert found(tmp_path, code_in(second)) is not None


def test_a_tree_hands_down_how_names_are_kept(tmp_path: Path) -> None:
    assert invite("--organisation", "Край", "--kind", "region", "--no-names")[0] == 0
    assert invite("--organisation", "Город", "--kind", "municipality", "--parent", "край")[0] == 0
    assert invite("--organisation", "Сад", "--parent", "Город", "--names")[0] == 0
    by_title = {one.title: one for one in organisations(tmp_path)}
    assert by_title["Сад"].parent_id == by_title["Город"].id
    assert by_title["Город"].parent_id == by_title["Край"].id
    assert {title: one.keeps_names for title, one in by_title.items()} == {
        "Край": False,
        "Город": False,
        "Сад": True,
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--organisation", "5"), "--organisation: нужно название с буквами"),
        (("--organisation", "Ш" * 201), "--organisation: нужно название с буквами"),
        (("--organisation", "Сад", "--kind", "kindergarten"), "--kind: можно school, municipality, region"),
        (("--organisation", "Сад", "--parent", "Луна"), "--parent: нет организации «Луна»"),
        (("--organisation", "Край", "--kind", "region", "--parent", SCHOOL), "не может быть над region"),
        (("--organisation", SCHOOL, "--kind", "region"), "уже есть, и это school"),
        (("--organisation", SCHOOL, "--no-names"), "уже есть и работает с --names"),
        (("--organisation", SCHOOL, "--parent", "Город"), "ни к чему не относится"),
    ],
)
def test_bad_input_ends_with_two_and_one_clear_line(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    invite("--organisation", SCHOOL)
    before = organisations(tmp_path)
    status, told = invite(*arguments)
    assert status == 2
    assert said in told
    assert len(told.strip().splitlines()) == 1
    assert organisations(tmp_path) == before


def test_without_a_token_no_link_would_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOT_TOKEN")
    status, said = invite("--organisation", SCHOOL)
    assert (status, said.startswith("BOT_TOKEN:")) == (2, True)


async def test_the_link_names_the_bot_when_telegram_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Telegram(lint=False) as telegram:
        monkeypatch.setenv("BOT_TOKEN", telegram.token)
        monkeypatch.setenv("TELEGRAM_API_URL", telegram.url)
        status, said = await asyncio.to_thread(invite, "--organisation", SCHOOL)
    assert status == 0
    assert "Ссылка: https://t.me/" in said
    assert "?start=i" in said
    assert telegram.token not in said


def test_aiogram_is_not_imported() -> None:
    code = "import sys, bot.invite; sys.exit('aiogram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
