"""The XML parts of a workbook, unpacked within limits: bombs, macros and passwords stop here."""

import io
import re
import struct
import zipfile
import zlib
from typing import Final

from bot.documents.limits import MOST_PARTS, MOST_SHRUNK, MOST_UNPACKED, SMALL
from bot.iom.workbook import TableError, TableProblem

_TYPES: Final = "[content_types].xml"
_READ: Final = re.compile(r"\[content_types\]\.xml|(?:_rels|xl)/(?!externallinks/).*\.(?:xml|rels)")
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, zlib.error, struct.error)


def parts(data: bytes) -> dict[str, bytes]:
    """The parts that hold the cells, by names in lower case; nothing else is unpacked. Raises TableError."""
    read = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check(infos, len(data))
            for info in infos:
                name = _plain(info.filename)
                if _READ.fullmatch(name):
                    with archive.open(info) as file:
                        # Bounded: a part may unpack to more than it declares, and `read()` would let it.
                        read[name] = file.read(info.file_size + 1)
    except _BROKEN as error:
        raise error if isinstance(error, TableError) else TableError(TableProblem.DAMAGED) from None
    if b"macroEnabled" in read[_TYPES]:
        raise TableError(TableProblem.MACROS)
    return read


def _plain(name: str) -> str:
    """Some programs write «xl\\worksheets\\Sheet1.xml»."""
    return name.replace("\\", "/").lower()


def _check(infos: list[zipfile.ZipInfo], packed: int) -> None:
    names = [_plain(info.filename) for info in infos]
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise TableError(TableProblem.BOMB)
    if unpacked > SMALL and unpacked > packed * MOST_SHRUNK:
        raise TableError(TableProblem.BOMB)
    if len(set(names)) < len(names):
        raise TableError(TableProblem.DAMAGED)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise TableError(TableProblem.MACROS)
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise TableError(TableProblem.PASSWORD)
    if "xl/workbook.xml" not in names or _TYPES not in names:
        raise TableError(TableProblem.NOT_A_TABLE, {"kind": "zip"})
