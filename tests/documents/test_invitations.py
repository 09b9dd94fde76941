"""Invitations to print: every card has its picture, link and code, whatever the name does."""

import io
import json
import re
from functools import partial

import pypdf
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import invitations
from bot.documents.face import advance
from bot.documents.fitting import fitted, lines_of
from bot.documents.invitations import Invite, sheet
from tests.documents.reading import glued, pdf_pages, pdf_text
from tests.documents.test_hostile import attacks

WORDS = invitations.words()
LINK = "https://t.me/iom_bot?start=i_7K2M9ATX"
ANNA = Invite("Светлова Анна Ильинична", "педагог", LINK, "7K2M-9ATX")
BORIS = Invite("П-7K2M", "наставник", LINK + "1", "3C4E-5H6K")


def _links(data: bytes) -> list[str]:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    notes = [note.get_object() for page in pages for note in page.get("/Annots", [])]
    return [str(note["/A"]["/URI"]) for note in notes]


def test_a_card_says_whom_how_where_and_the_code() -> None:
    text = glued(pdf_text(sheet("Гимназия № 5", [ANNA, BORIS], WORDS)))
    for one in (ANNA, BORIS):
        for words in (one.name, one.role, one.link, one.code, WORDS.how, WORDS.code):
            assert glued(words) in text
    assert glued("Гимназия № 5") in text


def test_the_link_may_be_followed_from_the_file() -> None:
    assert set(_links(sheet("", [ANNA, BORIS], WORDS))) == {ANNA.link, BORIS.link}


def test_the_picture_is_the_link() -> None:
    """The modules drawn are those of a code that says exactly the link."""
    drawn = invitations._picture(LINK)
    assert drawn == segno.make(LINK, micro=False, error="m", mask=3).svg_inline(border=0, omitsize=True)
    assert len({invitations._picture(f"{LINK}{number}") for number in range(20)}) == 20


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (8, 1), (9, 2), (40, 5)])
def test_eight_cards_on_a_page_in_their_order(count: int, pages: int) -> None:
    cards = [Invite(f"Светлова {number}-я", "педагог", LINK, f"К{number:03}") for number in range(count)]
    printed = pdf_pages(sheet("Лист", cards, WORDS))
    assert len(printed) == pages
    codes = [code for page in printed for code in re.findall(r"К\d{3}", page)]
    assert codes == [one.code for one in cards]
    assert glued(f"стр. {pages} из {pages}") in glued(printed[-1])


@attacks
def test_a_hostile_name_spoils_only_its_own_card(text: str) -> None:
    printed = pdf_pages(sheet(text, [Invite(text, text, LINK, text), ANNA], WORDS))
    assert len(printed) == 1
    for words in (ANNA.name, ANNA.role, ANNA.code):
        assert glued(words) in glued(printed[0])


@settings(deadline=None)
@given(st.text(max_size=400), st.sampled_from([1, 2]), st.booleans())
def test_what_is_fitted_fits(text: str, lines: int, bold: bool) -> None:
    part = fitted(text, (13.0, 8.0), lines=lines, width=invitations.WIDTH, bold=bold)
    room, drawn = invitations.WIDTH / part["size"], part["text"].replace("\u200b", "")
    assert lines_of(drawn, room, partial(advance, bold=bold)) <= lines
    json.dumps(part, ensure_ascii=False).encode()


@pytest.mark.parametrize("link", ["", "\u200b", "x" * 3000])
def test_a_link_no_picture_can_hold_is_an_error(link: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        sheet("", [Invite("Светлова", "педагог", link, "1")], WORDS)


@pytest.mark.long
def test_two_thousand_invitations() -> None:
    cards = [Invite(f"Светлова {number}", "педагог", f"{LINK}{number}", "7K2M") for number in range(2000)]
    data = sheet(invitations.title(), cards, WORDS)
    assert len(pypdf.PdfReader(io.BytesIO(data)).pages) == 250
