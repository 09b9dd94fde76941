"""What is looked at before anything starts, without starting anything."""

from pathlib import Path

import pytest

from bot import checks, shelf
from bot.documents.places import templates
from bot.settings import Settings
from bot.shelf import ShelfError
from storage.migrate import migrate
from tests.regulations.given import REAL, source


def settings(**values: object) -> Settings:
    return Settings.model_validate({"bot_token": "1:abc", **values})


def shelved(folder: Path, **regulations: str) -> Path:
    """A folder with these regulations by slug."""
    for slug, text in regulations.items():
        (folder / slug).mkdir()
        (folder / slug / "regulation.toml").write_text(text, "utf-8")
    return folder


def test_what_is_in_the_box_is_good() -> None:
    assert checks.problems(settings()) == []


def test_the_shelf_is_read_by_the_names_of_its_folders(tmp_path: Path) -> None:
    found = shelf.read(shelved(tmp_path, svetlogorsk=source("tiny"), another=source("stavropol")))
    assert list(found.volumes) == ["another", "svetlogorsk"]
    assert found.titles()["svetlogorsk"].slug == "svetlogorsk"
    assert found.titles()["svetlogorsk"].title == "Карта наставляемого"


def test_the_digest_names_the_version_of_the_text(tmp_path: Path) -> None:
    found = shelf.read(
        shelved(tmp_path, one=source("tiny"), same=source("tiny"), other=source("tiny") + "\n")
    )
    digests = [found.volumes[slug].digest for slug in ("one", "same", "other")]
    assert digests[0] == digests[1] != digests[2]
    assert all(len(digest) == 64 for digest in digests)


def test_both_real_regulations_are_on_the_shelf() -> None:
    assert set(shelf.read(templates() / "regulations").volumes) >= set(REAL)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (source("tiny").replace('kind = "integer"', 'kind = "number"', 1), "можно только: line"),
        ("title = ", "файл не разобрать"),
        ("", "не хватает ключа"),
    ],
)
def test_a_bad_regulation_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ShelfError) as refused:
        shelf.read(shelved(tmp_path, good=source("tiny"), svetlogorsk=text))
    path, line, reason = str(refused.value).split(":", 2)
    assert path == str(tmp_path / "svetlogorsk" / "regulation.toml")
    assert line.isdigit()
    assert said in reason


def test_a_regulation_in_another_encoding_is_named(tmp_path: Path) -> None:
    shelved(tmp_path, svetlogorsk="")
    (tmp_path / "svetlogorsk" / "regulation.toml").write_bytes(source("tiny").encode("cp1251", "replace"))
    with pytest.raises(ShelfError, match=r"svetlogorsk/regulation\.toml: .*(?i:utf-8)"):
        shelf.read(tmp_path)


def test_an_empty_folder_is_no_shelf(tmp_path: Path) -> None:
    assert checks.problems(settings(regulations_dir=tmp_path)) == [
        f"{tmp_path}: нет ни одного регламента (<имя>/regulation.toml)"
    ]


def test_keys_too_long_for_a_button_are_named(tmp_path: Path) -> None:
    """Nobody would see the screen they stand on."""
    long = "enough" * 9
    text = source("tiny").replace('"can"', f'"{long}"').replace(", can = ", f", {long} = ")
    said = checks.problems(settings(regulations_dir=shelved(tmp_path, svetlogorsk=text)))
    assert len(said) == 9
    assert said[0] == f"svetlogorsk: кнопка «theory.{long}» длиннее 64 байт, укоротите ключи"


async def test_a_database_not_made_yet_is_no_problem(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'new' / 'deep' / 'iom.db'}"
    assert await checks.database_problems(url) == []
    assert not (tmp_path / "new").exists(), "looking makes nothing"


async def test_a_database_of_the_newest_tables_is_no_problem(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'iom.db'}"
    await migrate(url)
    assert await checks.database_problems(url) == []


@pytest.mark.parametrize("place", ["file/iom.db", "file/deep/iom.db"])
async def test_a_database_where_no_file_can_be(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    said = await checks.database_problems(f"sqlite+aiosqlite:///{tmp_path / place}")
    assert said == [f"DATABASE_URL: база недоступна: в {tmp_path / 'file'} нельзя создать файл"]


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "iom.db").write_text("Карта индивидуального образовательного маршрута" * 50)
    said = await checks.database_problems(f"sqlite+aiosqlite:///{tmp_path / 'iom.db'}")
    assert len(said) == 1
    assert said[0].startswith("DATABASE_URL: база недоступна: ")
