"""Numbers, hours and days of evidence as people type them; files by name, kind and size."""

from datetime import date

import pytest

from bot.iom.asked import Refused
from bot.iom.evidence_typed import MEGABYTE, MOST, NAME, day, file, file_name, hours, number, words
from bot.iom.journey import File

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("36", 36),
        ("36 часов", 36),
        ("36ч.", 36),
        ("36 академических часов", 36),
        ("72 ак.ч.", 72),
        ("1,5", 1.5),
        ("1.5 ч", 1.5),
        ("полтора часа", 1.5),
        ("Полчаса", 0.5),
        ("1 ч 30 мин", 1.5),
        ("90 минут", 1.5),
    ],
)
def test_hours_as_people_write_them(typed: str, meant: float) -> None:
    assert hours(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "много", "0", "-2", "0,7", "45 минут", "1001", "1" * 70, "½", "3 часа дня"]
)
def test_what_is_no_hours(typed: str) -> None:
    assert isinstance(hours(typed), Refused)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("№ 17-У", "17-У"), ("N 5", "5"), ("номер 12/3", "12/3"), ("ПК № 123", "ПК № 123"), ("  0001 ", "0001")],
)
def test_numbers_of_documents(typed: str, meant: str) -> None:
    assert number(typed) == meant


@pytest.mark.parametrize("typed", ["", "№", "???", "1" * 61])
def test_what_is_no_number(typed: str) -> None:
    assert isinstance(number(typed), Refused)


def test_a_day_is_in_the_past() -> None:
    assert day("12 ноября", TODAY) == date(2026, 11, 12)
    assert day("30 ноября", TODAY) == date(2025, 11, 30)
    assert day("сегодня", TODAY) == TODAY
    assert day("завтра", TODAY) == Refused("future_date")
    assert day("когда-нибудь", TODAY) == Refused("not_date")


def sent(name: str, mime: str = "", size: int = 10) -> File:
    return File("id", "unique", name, mime, size)


@pytest.mark.parametrize("name", ["а.pdf", "А.PDF", "план.docx", "x.ods", "фото.heic", "a.b.c.txt"])
def test_files_of_offices_and_phones_are_taken(name: str) -> None:
    assert file(sent(name)) == sent(name)


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("a.exe", ""),
        ("a.pdf.exe", "application/pdf"),
        ("\u202efdp.exe", ""),
        ("a.zip", "application/zip"),
        ("a", ""),
        ("", "video/mp4"),
        ("a.html", "text/html"),
        ("a.pdf", "application/x-msdownload"),
        ("a.pdf\n.exe", ""),
    ],
)
def test_other_files_are_not(name: str, mime: str) -> None:
    refused = file(sent(name, mime))
    assert isinstance(refused, Refused)
    assert refused.reason == "file_kind"


def test_a_photo_has_no_name_but_a_kind() -> None:
    assert file(sent("", "image/jpeg")) == sent("", "image/jpeg")


def test_the_limit_of_size_is_included() -> None:
    assert not isinstance(file(sent("a.pdf", size=MOST * MEGABYTE)), Refused)
    refused = file(sent("a.pdf", size=MOST * MEGABYTE + 1))
    assert refused == Refused("file_big", {"limit": 20, "size": 21})


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("..\\..\\windows\\a.pdf", "a.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a\u200b\u202e\x00b.pdf", "ab.pdf"),
        ("a  \n b.pdf", "a b.pdf"),
    ],
)
def test_a_name_is_only_a_name(name: str, shown: str) -> None:
    assert file_name(name) == shown


def test_a_long_name_keeps_its_extension() -> None:
    shown = file_name("я" * 250 + ".docx")
    assert len(shown) == NAME
    assert shown.endswith("….docx")


def test_words_have_letters_and_an_end() -> None:
    assert words("  да ") == "да"
    assert words("?!") == Refused("no_words")
    assert words("а" * 11, 10) == Refused("too_long", {"limit": 10, "length": 11})
