"""Mail addresses and phone numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.iom.contacts import ContactError, ContactProblem, parse_email, parse_phone


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("anna@example.org", "anna@example.org"),
        (" Anna.Ivanova+iom@Example.ORG. ", "Anna.Ivanova+iom@example.org"),
        ("<mailto:anna@example.org>", "anna@example.org"),
        ("анна@школа.рф", "анна@школа.рф"),
    ],
)
def test_an_address(text: str, address: str) -> None:
    assert parse_email(text) == address


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ContactProblem.EMPTY),
        ("anna", ContactProblem.NO_AT),
        ("a@b@example.org", ContactProblem.NO_AT),
        ("@example.org", ContactProblem.BAD_NAME),
        ("anna ivanova@example.org", ContactProblem.BAD_NAME),
        ("anna..i@example.org", ContactProblem.BAD_NAME),
        ("a" * 65 + "@example.org", ContactProblem.BAD_NAME),
        ("anna@example", ContactProblem.BAD_DOMAIN),
        ("anna@-example.org", ContactProblem.BAD_DOMAIN),
        ("anna@exam_ple.org", ContactProblem.BAD_DOMAIN),
        ("anna@exa mple.org", ContactProblem.BAD_DOMAIN),
        ("anna@example..org", ContactProblem.BAD_DOMAIN),
        ("anna@10.0.0.1", ContactProblem.BAD_DOMAIN),
        ("anna@" + "e" * 250 + ".org", ContactProblem.TOO_LONG),
    ],
)
def test_it_says_why_a_text_is_no_address(text: str, problem: ContactProblem) -> None:
    with pytest.raises(ContactError) as caught:
        parse_email(text)
    assert caught.value.problem is problem


@pytest.mark.parametrize(
    "text",
    [
        "8 914 000 00 00",
        "+7 914 000-00-00",
        "89140000000",
        "+7(914)000-00-00",
        "9140000000",
        "8–914–000–00–00.",
        "+7\xa0914\xa0000\xa000\xa000",
        "８ ９１４ ０００ ００ ００",
    ],
)
def test_a_phone_number(text: str) -> None:
    assert parse_phone(text) == "+7 914 000-00-00"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ContactProblem.EMPTY),
        ("нет телефона", ContactProblem.NOT_DIGITS),
        ("8 914 000 00 00 доб. 5", ContactProblem.NOT_DIGITS),
        ("8 914 000 00 0", ContactProblem.WRONG_LENGTH),
        ("8 914 000 00 000", ContactProblem.WRONG_LENGTH),
        ("+375 29 000 00 00", ContactProblem.FOREIGN),
        ("8 701 000 00 00", ContactProblem.FOREIGN),
        ("8" * 50, ContactProblem.TOO_LONG),
    ],
)
def test_it_says_why_a_text_is_no_phone_number(text: str, problem: ContactProblem) -> None:
    with pytest.raises(ContactError) as caught:
        parse_phone(text)
    assert caught.value.problem is problem


@given(st.from_regex(r"\A[349][0-9]{9}\Z"), st.sampled_from(["8", "7", "+7", "+7 ", "8-", ""]))
def test_every_way_to_begin_gives_the_same_number(number: str, beginning: str) -> None:
    found = parse_phone(beginning + number)
    assert parse_phone(found) == found
    assert "".join(filter(str.isdigit, found)) == "7" + number


@given(st.text(max_size=300))
def test_any_text_is_a_contact_or_a_contact_error(text: str) -> None:
    for read in (parse_email, parse_phone):
        try:
            read(text)
        except ContactError:
            continue
