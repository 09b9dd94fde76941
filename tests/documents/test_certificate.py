"""The certificate on paper: every word of it, a picture that is the link, one page whatever a name does."""

import io
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from bot.documents.certificate import certificate
from bot.iom.certificate import Certified
from bot.iom.period import Period
from tests.documents.reading import glued, pdf_pages
from tests.documents.test_hostile import attacks

LINK = "https://t.me/iom_bot?start=v-7K2M9XTACE"
ANNA = Certified(
    title="Сертификат",
    given="Настоящим подтверждается, что",
    name="Светлова Анна Ильинична",
    text="реализовал(а) индивидуальный образовательный маршрут",
    organisation="Детский сад «Колокольчик»",
    term=Period(date(2026, 10, 1), date(2027, 5, 31)),
    hours=118.5,
    post="Заведующий",
    signed_by="Озёрный П. К.",
    issued_on=date(2027, 6, 4),
    code="7K2M9-XTACE",
    payload="v-7K2M9XTACE",
)


def text(one: Certified) -> str:
    """The words of the only page."""
    pages = pdf_pages(certificate(one, LINK))
    assert len(pages) == 1
    return glued(pages[0])


def test_it_says_who_what_where_when_and_the_code() -> None:
    printed = text(ANNA)
    told = (
        ANNA.title,
        ANNA.given,
        ANNA.name,
        ANNA.text,
        ANNA.organisation,
        ANNA.post,
        ANNA.signed_by,
        ANNA.code,
    )
    for words in (*told, "1 октября 2026 г. – 31 мая 2027 г.", "118,5", "4 июня 2027 г.", LINK):
        assert glued(words) in printed


def test_it_lies_on_a4() -> None:
    box = pypdf.PdfReader(io.BytesIO(certificate(ANNA, LINK))).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (842, 595)


def test_what_is_not_known_is_left_out() -> None:
    printed = text(replace(ANNA, term=None, hours=0, organisation=""))
    for label in ("Организация", "Срок реализации", "Объём"):
        assert glued(label) not in printed


def test_the_same_certificate_is_the_same_paper() -> None:
    assert certificate(ANNA, LINK) == certificate(ANNA, LINK)


@attacks
def test_a_hostile_name_stays_on_the_page(text: str) -> None:
    one = replace(ANNA, name=text, text=text, organisation=text, post=text, signed_by=text)
    pages = pdf_pages(certificate(one, LINK))
    assert len(pages) == 1
    assert glued(ANNA.code) in glued(pages[0])


@pytest.mark.parametrize("name", ["П-7K2M", "Ф" * 200, "Оглы " * 20])
def test_any_name_is_printed(name: str) -> None:
    assert glued(name)[:6] in text(replace(ANNA, name=name))
