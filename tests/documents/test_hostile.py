"""Whatever people paste into an answer is printed as text or cleaned, in every kind of block."""

import io
from pathlib import Path

import docx as word
import pytest

from bot.documents.clean import clean
from bot.documents.docx import docx
from bot.documents.pdf import pdf
from bot.documents.words import words_of
from bot.iom.blocks import (
    Approval,
    ApprovalHead,
    AttachmentHead,
    Column,
    Document,
    Fields,
    Items,
    Pairs,
    Signature,
    Signatures,
    Table,
    Text,
    Title,
)
from tests.documents.reading import docx_text, faults, glued, inked_words, pdf_text

HOSTILE = {
    "jinja": "{{7*7}} {% for x in y %} {# #}",
    "word": "<w:p><w:r/></w:p> ]]> <!-- -->",
    "typst": '#let x = 1 #sys.inputs [*a*] $x^2$ @ref <label> \\ "q" // z',
    "markup": "*bold* _italic_ `code` = heading\n- item\n+ item\n/ term: x\n1. one",
    "controls": "a\x00b\x01c\x1fd\x7fe\x9ff",
    "surrogate": "до\ud800после\udfff",
    "noncharacters": "a\ufffe\uffff\U0001ffffb",
    "long": "слово " * 1666 + "конец",
    "word600": "щ" * 600,
    "latin600": "x" * 600,
    "address": "https://example.org/" + "a-b_c/" * 60 + "?q=1&r=2",
    "emoji": "Урок 😀👨‍👩‍👧‍👦🇷🇺 готов 1️⃣",
    "rtl": "\u202eоборот\u202c \u2067abc\u2069 שלום عربي",
    "entity": "&amp; &lt;b&gt; &#0; & < > \" '",
    "newlines": "первая\r\nвторая\rтретья\u2028четвёртая\n\n\nпятая",
    "tabs": "\tа\t\tб\t",
    "zero_width": "сло\u200bво\u00ad и\ufeff\u2060 ещё",
    "combining": "и\u0306 е\u0308 " + "a" + "\u0301" * 200,
    "chinese": "漢字 и ᚠ",
    "spaces": "   ",
    "percent": "%s %(x)s {0} {x!r} ${HOME}",
}
attacks = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def _everywhere(text: str) -> Document:
    """The text in every field of every block, and a closing word after it."""
    columns = (Column((text[:200], text[:200]), 2), Column((text[:200], "б")), Column(("в",)))
    blocks = (
        ApprovalHead((Approval(text[:300], text, text, text, text, text, text, text, text),)),
        Title(text[:500]),
        Title(text[:500], 2),
        Pairs(((text, text),)),
        Fields(((text, text),)),
        Table(columns, ((text, text, text),)),
        Text(text, text),
        Items((text,)),
        AttachmentHead((text,), ((text, text),)),
        Signatures((Signature(text[:300], text, text, text),), date=text),
        Title("КОНЕЦ КАРТЫ", 3),
    )
    return Document(text, blocks, mark=text[:60], footer=text[:300], author=text)


@attacks
def test_word_document_survives(text: str, tmp_path: Path) -> None:
    card = _everywhere(text)
    printed = docx(card)
    assert faults(printed, tmp_path) == []
    assert word.Document(io.BytesIO(printed)).paragraphs[-1] is not None
    assert glued(docx_text(printed)) == glued(words_of(card))


@attacks
def test_pdf_survives(text: str) -> None:
    assert glued("КОНЕЦ КАРТЫ") in glued(pdf_text(pdf(_everywhere(text))))
    assert pdf(_everywhere(text), paper="phone").startswith(b"%PDF")


@pytest.mark.parametrize("name", sorted(HOSTILE.keys() - {"rtl", "combining"}))
def test_pdf_prints_every_letter_of_it(name: str) -> None:
    card = Document("Карта", (Table((Column(("А",)), Column(("Б",), 0.2)), ((HOSTILE[name], ""),)),))
    assert glued(pdf_text(pdf(card, plain=True))) == glued(inked_words(card))


def test_template_language_is_printed_as_text() -> None:
    printed = docx_text(docx(_everywhere("{{7*7}}")))
    assert "{{7*7}}" in printed
    assert "49" not in printed


def test_long_word_stays_inside_the_paper() -> None:
    card = Document("Карта", (Pairs((("щ" * 600, "x" * 600),)),))
    printed = (line.replace("\u200b", "") for line in pdf_text(pdf(card)).split())
    assert max(map(len, printed)) < 60
    assert clean("щ" * 600) == "щ" * 600
