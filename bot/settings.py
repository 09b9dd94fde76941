"""Settings from the environment and `.env`, frozen; a bad one stops the start, with an example."""

from hashlib import sha256
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"


class SettingsError(ValueError):
    """What is wrong, one line a setting."""


class Settings(BaseSettings):
    """Everything that differs between installations; `.env.example` says it in Russian."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8-sig",  # Notepad begins a UTF-8 file with a mark
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        str_strip_whitespace=True,
    )

    bot_token: str = Field(default="", examples=["123456:AAE-token-from-BotFather"])
    telegram_api_url: str = Field(default=TELEGRAM, examples=["http://127.0.0.1:8081"])
    database_url: str = Field(
        default="sqlite+aiosqlite:///data/iom.db", examples=["postgresql+asyncpg://user@127.0.0.1:5432/iom"]
    )
    webhook_url: str = Field(default="", examples=["https://bot.example.org/telegram"])
    webhook_secret: str = Field(default="", examples=["long-random-word_1"])
    webhook_listen: str = Field(default="127.0.0.1:8080", examples=["0.0.0.0:8080"])
    admin_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(), examples=["123456789,987654321"]
    )
    operator_name: str = Field(default="", max_length=200, examples=["МБОУ «Школа», info@example.org"])
    regulations_dir: Path | None = Field(default=None, examples=["/etc/iom-bot/regulations"])
    timezone: str = Field(default="Europe/Moscow", examples=["Asia/Irkutsk"])
    messages_per_second: int = Field(default=20, examples=["20"])
    log_level: str = Field(default="INFO", examples=["DEBUG"])

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError("нужны числа через запятую")
        return frozenset(int(part) for part in parts)

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: str) -> str:
        number, _, secret = value.partition(":")
        plain = value.isascii() and not any(character.isspace() for character in value)
        if value and not (plain and number.isdigit() and len(secret) >= 3):
            raise ValueError("не похоже на токен: нужно число, двоеточие и ключ")
        return value

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if value and not (value.startswith(("http://", "https://")) and _host(value)):
            raise ValueError("нужен адрес, который начинается с http:// или https://")
        return value.rstrip("/")

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: str) -> str:
        if len(value) > 256 or not all(c.isascii() and (c.isalnum() or c in "_-") for c in value):
            raise ValueError("до 256 знаков: латинские буквы, цифры, _ и -")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
            raise ValueError("поддерживаются sqlite+aiosqlite:// и postgresql+asyncpg://")
        place = value.partition("://")[2].removeprefix("/")
        if value.startswith("sqlite") and (not place or place.startswith((":memory:", "file:"))):
            raise ValueError("база SQLite должна быть файлом")
        return value

    @field_validator("webhook_listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not (port.isascii() and port.isdigit() and len(port) < 6 and 0 < int(port) < 65536):
            raise ValueError("нужны адрес и порт через двоеточие")
        return value

    @field_validator("regulations_dir")
    @classmethod
    def _folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError("нет такой папки")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("нет такого часового пояса")
        return value

    @field_validator("messages_per_second", mode="before")
    @classmethod
    def _pace(cls, value: object) -> object:
        text = str(value).strip()
        if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= 1000):
            raise ValueError("нужно целое число от 1 до 1000")
        return int(text)

    @field_validator("log_level")
    @classmethod
    def _level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("одно из DEBUG, INFO, WARNING, ERROR")
        return value.upper()

    @model_validator(mode="after")
    def _webhook_has_secret(self) -> "Settings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_SECRET: с WEBHOOK_URL нужен секрет, например long-random-word_1")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The installation's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def invitation_secret(self) -> bytes:
        """What links and codes of invitations derive from: whoever has the token of the bot has it."""
        return sha256(f"iom-bot invitations {self.bot_token}".encode()).digest()

    def unfit_to_run(self) -> list[str]:
        """What keeps the bot from speaking to Telegram, empty when nothing does."""
        missing = []
        if not self.bot_token:
            missing.append(_complaint("bot_token", "не задан"))
        if _host(self.telegram_api_url) == _host(TELEGRAM) and not self.operator_name:
            missing.append(_complaint("operator_name", "не назван тот, кто отвечает за персональные данные"))
        return missing


def load() -> Settings:
    """Read the settings. Raises `SettingsError`: a line for each bad one, with an example."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [_complaint(str(e["loc"][0]) if e["loc"] else "", e["msg"]) for e in error.errors()]
        raise SettingsError("\n".join(lines)) from None
    except UnicodeDecodeError:
        raise SettingsError(".env: файл не в кодировке UTF-8, сохраните его заново в UTF-8") from None


def _host(url: str) -> str:
    """The host of an address, "" when it names none or its port is no port."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "") if parts.port is None or parts.port else ""
    except ValueError:
        return ""


def _complaint(name: str, reason: str) -> str:
    reason = reason.removeprefix("Value error, ")
    if not name:
        return reason
    examples = Settings.model_fields[name].examples or [""]
    return f"{name.upper()}: {reason}. Например: {name.upper()}={examples[0]}"
