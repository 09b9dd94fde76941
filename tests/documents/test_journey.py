"""A travelled route on paper: Word and PDF hold every cell of the tree, in order."""

from pathlib import Path

import pytest

from bot.documents.docx import docx
from bot.documents.pdf import pdf
from bot.documents.words import words_of
from bot.iom.blocks import Document
from bot.iom.card import card_of
from tests.documents.reading import docx_text, faults, glued, inked_words, pdf_text
from tests.regulations.given import REAL
from tests.rules.travelled import anna

cards = pytest.mark.parametrize("slug", REAL)


def card(slug: str) -> Document:
    walker, travelled = anna(slug)
    return card_of(walker.regulation, walker.facts, travelled)


@cards
def test_word_and_pdf_hold_the_same_journey(slug: str, tmp_path: Path) -> None:
    made = card(slug)
    word, sheets = docx(made), pdf(made, plain=True)
    assert glued(docx_text(word)) == glued(words_of(made))
    assert glued(pdf_text(sheets)) == glued(inked_words(made))
    assert faults(word, tmp_path) == []


@cards
@pytest.mark.parametrize(
    "told", ["удостоверение № 17", "не было свободных мест", "Рекомендовано наставничество"]
)
def test_what_happened_is_read_in_both(slug: str, told: str) -> None:
    made = card(slug)
    assert glued(told) in glued(docx_text(docx(made)))
    assert glued(told) in glued(pdf_text(pdf(made, plain=True)))
