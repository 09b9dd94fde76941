"""The picture of a route: bars as long as their share, the plan in its parts, whatever a title does."""

import struct
import zlib

from bot.documents.dynamics_chart import MOST, chart
from bot.iom.dynamics_bars import Bars, Length, Parts
from tests.documents.test_hostile import attacks

SUBJECT = Bars("Предметные", Length(0.49, "49 %"), Length(0.84, "84 %"))
PLAN = Parts(done=5, partly=1, claimed=1, ahead=5)
FULL = (0x1F, 0x6F, 0x8B)


def size(data: bytes) -> tuple[int, int]:
    """Width and height in dots."""
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">2I", data[16:24])
    return width, height


def test_it_is_as_wide_as_a_phone() -> None:
    assert size(chart("Динамика", [SUBJECT], PLAN))[0] == 1080


def test_every_block_makes_it_higher() -> None:
    heights = [size(chart("Динамика", [SUBJECT] * count, PLAN))[1] for count in (0, 1, 2, 5)]
    assert heights == sorted(set(heights))


def test_a_longer_bar_has_more_of_its_colour() -> None:
    """Counted dot by dot: a bar of 90 % is three times as long as one of 30 %."""
    short, long = (coloured(chart("", [Bars("А", None, Length(share, ""))], Parts())) for share in (0.3, 0.9))
    assert 2.9 < long / short < 3.1


def test_the_same_route_gives_the_same_picture() -> None:
    assert chart("Динамика", [SUBJECT], PLAN) == chart("Динамика", [SUBJECT], PLAN)


def test_a_hundred_own_competences_do_not_make_a_scroll() -> None:
    many = chart("Динамика", [SUBJECT] * 100, PLAN)
    assert size(many) == size(chart("Динамика", [SUBJECT] * MOST, PLAN))


@attacks
def test_a_hostile_title_is_drawn(text: str) -> None:
    width, height = size(chart(text, [Bars(text, Length(0.5, text), None)], PLAN))
    assert (width, height < 1500) == (1080, True)


def coloured(data: bytes) -> int:
    """How many dots have the colour of «after», without its legend."""
    without = chart("", [Bars("А", None, Length(0.0, ""))], Parts())
    return dots(data).count(bytes(FULL)) - dots(without).count(bytes(FULL))


def dots(data: bytes) -> list[bytes]:
    """RGB of every dot of a PNG of 8-bit RGBA."""
    width, height = size(data)
    packed, place = b"", 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        if data[place + 4 : place + 8] == b"IDAT":
            packed += data[place + 8 : place + 8 + length]
        place += length + 12
    return list(_rows(zlib.decompress(packed), width, height))


def _rows(raw: bytes, width: int, height: int) -> "list[bytes]":
    found, above, line = [], bytearray(width * 4), width * 4 + 1
    for row in range(height):
        kind, cells = raw[row * line], bytearray(raw[row * line + 1 : (row + 1) * line])
        for place in range(len(cells)):
            cells[place] = (cells[place] + _guess(kind, cells, above, place)) % 256
        found += [bytes(cells[place : place + 3]) for place in range(0, len(cells), 4)]
        above = cells
    return found


def _guess(kind: int, cells: bytearray, above: bytearray, place: int) -> int:
    """What a PNG filter foretells of a byte by its neighbours."""
    left, up = (cells[place - 4] if place > 3 else 0), above[place]
    corner = above[place - 4] if place > 3 else 0
    if kind < 3:
        return (0, left, up)[kind]
    if kind == 3:
        return (left + up) // 2
    return min((left, up, corner), key=lambda one: abs(left + up - corner - one))
