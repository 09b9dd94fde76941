"""Bars as a picture: whatever the words are, it is a PNG as wide as a phone."""

import struct

import pytest

from bot.documents import chart
from bot.documents.chart import Bar

WIDE = 1080


def size(picture: bytes) -> tuple[int, int]:
    """Width and height from the head of a PNG."""
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_each_bar_is_a_line() -> None:
    one, three = (chart.bars("Состояние", [Bar("Идёт", 0.5, "2 из 4")] * many) for many in (1, 3))
    assert size(one)[0] == size(three)[0] == WIDE
    assert size(three)[1] > size(one)[1]


def test_the_share_is_drawn() -> None:
    assert chart.bars("Т", [Bar("Идёт", 0.1, "1")]) != chart.bars("Т", [Bar("Идёт", 0.9, "1")])


@pytest.mark.parametrize(
    "label", ["", "Щ" * 500, "слово " * 200, "#panic()", "<b>&*_$", "\ud800\u202e\x00", "🙂"]
)
def test_strange_words_and_shares_do_no_harm(label: str) -> None:
    picture = chart.bars(label, [Bar(label, share, label) for share in (-1.0, 2.0)])
    assert size(picture)[0] == WIDE


def test_there_are_no_more_than_twenty() -> None:
    many = [Bar("Идёт", 0.5, "1")] * (chart.MOST + 5)
    assert size(chart.bars("", many)) == size(chart.bars("", many[: chart.MOST]))
