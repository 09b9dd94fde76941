"""The regulations and catalogues on disk, read and checked once at start."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.iom.regulation import Key, Regulation
from bot.iom.regulation_file import RegulationError, parse

SLUG = re.compile(r"[a-z0-9_]{1,32}")


class ShelfError(ValueError):
    """A regulation on disk that can't be used: file, line and reason in one sentence."""


@dataclass(frozen=True, slots=True)
class Volume:
    """One regulation with the text it was read from; `digest` names this version of it."""

    regulation: Regulation
    source: str
    digest: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Regulations by slug, as they are on disk now; older versions live in the database."""

    volumes: Mapping[Key, Volume]

    def titles(self) -> Mapping[Key, Regulation]:
        """What `/start` offers, by slug."""
        return {slug: volume.regulation for slug, volume in self.volumes.items()}


def volume(source: str, slug: Key) -> Volume:
    """Read one regulation. Raises `RegulationError`."""
    return Volume(parse(source, slug), source, sha256(source.encode()).hexdigest())


def read(folder: Path) -> Shelf:
    """Read `<folder>/<slug>/regulation.toml` for every slug. Raises `ShelfError` on the first bad one."""
    found = dict(_volumes(folder))
    if not found:
        raise ShelfError(f"{folder}: нет ни одного регламента (<имя>/regulation.toml)")
    return Shelf(found)


def _volumes(folder: Path) -> Iterator[tuple[Key, Volume]]:
    for path in sorted(folder.glob("*/regulation.toml")):
        if not SLUG.fullmatch(path.parent.name):
            raise ShelfError(f"{path.parent}: имя папки – латинские строчные буквы, цифры и _, до 32 знаков")
        try:
            yield path.parent.name, volume(path.read_text(encoding="utf-8-sig"), path.parent.name)
        except RegulationError as error:
            raise ShelfError(f"{path}:{error.line}: {error.reason}") from None
        except UnicodeDecodeError:
            raise ShelfError(f"{path}: файл не в UTF-8; сохраните его в этой кодировке") from None
        except OSError as error:
            raise ShelfError(f"{path}: {error.strerror}") from None
