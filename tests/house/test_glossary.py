"""The glossary and the code say the same: what it names is there, and stored contracts are all listed."""

import importlib
import re

import pytest

import bot.iom
from bot.iom.catalogue import EDUCATION, FORMS, LEVELS
from bot.iom.facts import State
from bot.iom.regulation import Kind
from bot.iom.regulation_check import TABLES
from handlers.fact_presses import FACT_PRESSES
from handlers.house import HOUSE
from handlers.notices import KINDS
from storage.tables import metadata
from tests.house.tree import ROOT

GLOSSARY = bot.iom.__doc__ or ""
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("| ") and not line.startswith("| термин")
]
CONTRACTS = " ".join(GLOSSARY.partition("Stored contracts")[2].split())


def promised(opening: str) -> set[str]:
    """The words listed after an opening, up to the semicolon."""
    return set(re.findall(r"[a-z_0-9]+", CONTRACTS.partition(opening)[2].partition(";")[0]))


def test_there_is_a_glossary() -> None:
    assert len(ROWS) > 40
    assert all(len(row) == 4 and row[0] and row[1] and row[2] for row in ROWS)
    terms = [row[0] for row in ROWS]
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize("where", sorted({row[2] for row in ROWS}))
def test_what_the_glossary_points_at_is_there(where: str) -> None:
    if "/" in where:
        assert (ROOT / where).is_dir()
        return
    module, _, name = where.rpartition(".")
    assert hasattr(importlib.import_module(module), name)


def test_every_table_of_the_database_is_a_word_of_the_glossary() -> None:
    words = set(re.findall(r"[a-z_0-9]+", " ".join(row[1] for row in ROWS) + CONTRACTS))
    assert set(metadata.tables) <= words


def test_every_place_is_listed() -> None:
    assert promised("names of places:") >= set(HOUSE)


def test_every_kind_of_notice_and_its_buttons_are_listed() -> None:
    assert promised("kinds of a notice:") >= set(KINDS)
    assert promised("<id>:<version>`):") >= set(FACT_PRESSES)


def test_every_kind_of_question_is_listed() -> None:
    assert promised("(`regulation_questions.Kind`):") == {kind.value for kind in Kind}


def test_every_state_of_a_route_is_listed() -> None:
    assert promised("(`facts.State`):") == {state.value for state in State}


def test_what_events_are_filtered_by_is_listed() -> None:
    assert set(LEVELS) | set(FORMS) | set(EDUCATION) <= set(re.findall(r"[a-z]+", CONTRACTS))


def test_the_tables_rules_look_up_are_listed() -> None:
    assert promised("tables the rules look up:") == set(TABLES)


def test_the_form_of_a_button_is_listed() -> None:
    from bot.speech.presses import LIMIT, pack

    assert f"at most {LIMIT} bytes" in CONTRACTS
    assert pack(35, "verb", "arg") == "c:z:verb:arg"
    assert "`c:<rev in base 36>:<verb>:<arg>`" in CONTRACTS
