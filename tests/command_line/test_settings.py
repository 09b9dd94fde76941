"""Settings: a bad one is refused by its name, with what is wrong and an example; the file explains each."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.settings import TELEGRAM, Settings, SettingsError, load

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
FIELDS = {name.upper(): field for name, field in Settings.model_fields.items()}


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of this machine counts, and no `.env` of this checkout."""
    for name in FIELDS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def complaint(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    """What is said of these settings, "" when they are good."""
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    try:
        load()
    except SettingsError as error:
        return str(error)
    return ""


BAD = [
    ("MESSAGES_PER_SECOND", "0", "от 1 до 1000"),
    ("MESSAGES_PER_SECOND", "много", "от 1 до 1000"),
    ("BOT_TOKEN", "abc", "не похоже на токен"),
    ("BOT_TOKEN", "123456", "не похоже на токен"),
    ("BOT_TOKEN", "123456:", "не похоже на токен"),
    ("BOT_TOKEN", "١٢٣:secret", "не похоже на токен"),
    ("BOT_TOKEN", "123456:ключ", "не похоже на токен"),
    ("BOT_TOKEN", "bot123456:secret", "не похоже на токен"),
    ("TELEGRAM_API_URL", "api.telegram.org", "http:// или https://"),
    ("TELEGRAM_API_URL", "ftp://127.0.0.1", "http:// или https://"),
    ("TELEGRAM_API_URL", "http://", "http:// или https://"),
    ("TELEGRAM_API_URL", "http://127.0.0.1:808080", "http:// или https://"),
    ("TELEGRAM_API_URL", "http://[::1", "http:// или https://"),
    ("DATABASE_URL", "postgres://127.0.0.1/iom", "поддерживаются"),
    ("DATABASE_URL", "sqlite:///data/iom.db", "поддерживаются"),
    ("DATABASE_URL", "data/iom.db", "поддерживаются"),
    ("DATABASE_URL", "sqlite+aiosqlite://", "должна быть файлом"),
    ("DATABASE_URL", "sqlite+aiosqlite:///:memory:", "должна быть файлом"),
    ("WEBHOOK_URL", "bot.example.org/telegram", "http:// или https://"),
    ("WEBHOOK_SECRET", "два слова", "латинские буквы"),
    ("WEBHOOK_SECRET", "a b", "латинские буквы"),
    ("WEBHOOK_SECRET", "x" * 257, "до 256 знаков"),
    ("WEBHOOK_LISTEN", "8080", "адрес и порт"),
    ("WEBHOOK_LISTEN", ":8080", "адрес и порт"),
    ("WEBHOOK_LISTEN", "127.0.0.1:", "адрес и порт"),
    ("WEBHOOK_LISTEN", "127.0.0.1:0", "адрес и порт"),
    ("WEBHOOK_LISTEN", "127.0.0.1:65536", "адрес и порт"),
    ("WEBHOOK_LISTEN", "127.0.0.1:²", "адрес и порт"),
    ("WEBHOOK_LISTEN", "127.0.0.1:" + "9" * 5000, "адрес и порт"),
    ("ADMIN_IDS", "anna", "числа через запятую"),
    ("ADMIN_IDS", "1;2", "числа через запятую"),
    ("ADMIN_IDS", "1,-2", "числа через запятую"),
    ("ADMIN_IDS", "²", "числа через запятую"),
    ("REGULATIONS_DIR", "/no/such/folder", "нет такой папки"),
    ("TIMEZONE", "Moscow", "нет такого часового пояса"),
    ("TIMEZONE", "Europe/Stavropol", "нет такого часового пояса"),
    ("TIMEZONE", "../../etc/passwd", "нет такого часового пояса"),
    ("LOG_LEVEL", "LOUD", "одно из DEBUG"),
]


@pytest.mark.parametrize(("name", "value", "wrong"), BAD)
def test_a_bad_value_is_refused_by_its_name_with_an_example(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, wrong: str
) -> None:
    said = complaint(monkeypatch, **{name: value})
    assert said.startswith(f"{name}: ")
    assert wrong in said
    examples = FIELDS[name].examples
    assert examples
    assert said.endswith(f"Например: {name}={examples[0]}")
    assert "\n" not in said
    assert not re.search(r"[Ii]nput|[Vv]alue error|literal", said), "in Russian"


def test_every_setting_that_can_be_bad_is_tried() -> None:
    assert {name for name, _, _ in BAD} == set(FIELDS) - {"OPERATOR_NAME"}


def test_all_bad_values_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said = complaint(monkeypatch, TIMEZONE="Moscow", LOG_LEVEL="LOUD", ADMIN_IDS="anna")
    assert [line.partition(":")[0] for line in said.splitlines()] == ["ADMIN_IDS", "TIMEZONE", "LOG_LEVEL"]


def test_a_webhook_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    said = complaint(monkeypatch, WEBHOOK_URL="https://bot.example.org/telegram")
    assert said == "WEBHOOK_SECRET: с WEBHOOK_URL нужен секрет, например long-random-word_1"
    assert complaint(monkeypatch, WEBHOOK_SECRET="long-random-word_1") == ""


@pytest.mark.parametrize("name", sorted(set(FIELDS) - {"REGULATIONS_DIR", "WEBHOOK_URL"}))
def test_every_example_is_a_good_value(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    examples = FIELDS[name].examples
    assert examples
    assert complaint(monkeypatch, **{name: str(examples[0])}) == ""


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("BOT_TOKEN", " 123456:AAE-secret \n", "123456:AAE-secret"),
        ("OPERATOR_NAME", "   ", ""),
        ("TELEGRAM_API_URL", "http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("WEBHOOK_LISTEN", "[::1]:8080", "[::1]:8080"),
        ("ADMIN_IDS", "1, 2 ,,3", frozenset({1, 2, 3})),
        ("ADMIN_IDS", "", frozenset()),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("TIMEZONE", "Asia/Irkutsk", "Asia/Irkutsk"),
        ("REGULATIONS_DIR", ".", Path()),
        ("DATABASE_URL", "sqlite+aiosqlite:////srv/iom.db", "sqlite+aiosqlite:////srv/iom.db"),
    ],
)
def test_a_good_value_is_taken(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, stored: object
) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(load(), name.lower()) == stored


def test_without_any_setting_the_defaults_hold() -> None:
    settings = load()
    assert settings.database_url == "sqlite+aiosqlite:///data/iom.db"
    assert settings.telegram_api_url == TELEGRAM
    assert settings.zone == ZoneInfo("Europe/Moscow")
    assert settings.webhook_url == ""


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load().log_level = "DEBUG"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("url", "operator", "names"),
    [
        (TELEGRAM, "", ["BOT_TOKEN", "OPERATOR_NAME"]),
        (TELEGRAM, "Школа", ["BOT_TOKEN"]),
        ("https://API.telegram.org:443/", "", ["BOT_TOKEN", "OPERATOR_NAME"]),
        ("http://127.0.0.1:8081", "", ["BOT_TOKEN"]),
    ],
)
def test_what_keeps_the_bot_from_speaking(url: str, operator: str, names: list[str]) -> None:
    settings = Settings(_env_file=None, telegram_api_url=url, operator_name=operator)
    assert [line.partition(":")[0] for line in settings.unfit_to_run()] == names
    assert all("Например: " in line for line in settings.unfit_to_run())


# --- .env -----------------------------------------------------------------------------------------------


def written() -> dict[str, str]:
    lines = (line for line in EXAMPLE.splitlines() if line and not line.startswith("#"))
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


def test_the_example_file_names_every_setting_and_nothing_else() -> None:
    assert list(written()) == list(dict.fromkeys(written()))
    assert set(written()) == set(FIELDS)


def test_each_setting_has_one_russian_line_above_it() -> None:
    lines = EXAMPLE.splitlines()
    assert len(lines) == 2 * len(FIELDS)
    for comment, setting in zip(lines[::2], lines[1::2], strict=True):
        assert re.match(r"# .*[а-яё]{3}.*\.$", comment), comment
        assert setting.partition("=")[0] in FIELDS


@pytest.mark.parametrize("name", FIELDS)
def test_the_example_file_shows_the_default(name: str) -> None:
    default = FIELDS[name].default
    assert written()[name] == ("" if default in (None, frozenset()) else str(default))


def test_the_example_file_is_a_good_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE, "utf-8")
    assert load() == Settings(_env_file=None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_russian_name_in_the_file(tmp_path: Path, encoding: str) -> None:
    (tmp_path / ".env").write_text("OPERATOR_NAME=МБОУ «Школа»\nLOG_LEVEL=ERROR\n", encoding)
    assert (load().operator_name, load().log_level) == ("МБОУ «Школа»", "ERROR")


def test_a_file_in_another_encoding_is_refused_kindly(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OPERATOR_NAME=Школа\n", "cp1251")
    with pytest.raises(SettingsError, match="UTF-8"):
        load()


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=ERROR\n", "utf-8")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    assert load().log_level == "DEBUG"
