"""Who may import whom: every module has its floor, and the contracts are run with every test."""

import re
from configparser import ConfigParser

import pytest

from tests.house.tree import ROOMS, ROOT, module, sources

CONTRACTS = ConfigParser()
CONTRACTS.read(ROOT / ".importlinter", "utf-8")
ARROWS = "importlinter:contract:arrows"


def listed(contract: str, option: str) -> list[str]:
    """The modules of an option, those on one floor apart."""
    return [name.strip() for name in re.split(r"[\n|]", CONTRACTS[contract][option]) if name.strip()]


def under(name: str, floors: list[str]) -> str:
    """The floor a module stands on, "" for none."""
    return next((floor for floor in floors if name == floor or name.startswith(f"{floor}.")), "")


def test_every_module_stands_on_a_floor() -> None:
    """The local Telegram has a contract of its own: it imports nothing of ours."""
    floors = [*listed(ARROWS, "layers"), *listed("importlinter:contract:phone", "source_modules")]
    names = [module(path) for path in sources(*ROOMS)]
    assert [name for name in names if name != "bot" and not under(name, floors)] == []


def test_every_floor_is_there() -> None:
    names = {module(path) for path in sources(*ROOMS)}
    for floor in listed(ARROWS, "layers"):
        assert any(under(name, [floor]) for name in names), floor


def test_a_module_stands_on_one_floor_only() -> None:
    floors = listed(ARROWS, "layers")
    assert len(floors) == len(set(floors))
    for floor in floors:
        assert not under(floor, [other for other in floors if other != floor])


def test_all_rooms_are_looked_at() -> None:
    assert set(listed("importlinter", "root_packages")) == set(ROOMS)


@pytest.mark.parametrize("library", ["aiogram", "aiohttp", "sqlalchemy", "jinja2", "typst", "apscheduler"])
def test_the_rules_may_use_no_such_library(library: str) -> None:
    contract = "importlinter:contract:pure"
    assert listed(contract, "source_modules") == ["bot.iom"]
    assert library in listed(contract, "forbidden_modules")


def test_the_local_telegram_may_import_nothing_of_ours() -> None:
    forbidden = listed("importlinter:contract:phone", "forbidden_modules")
    below = set(listed(ARROWS, "layers")) - {"bot.__main__", "bot.checks"}
    assert below <= set(forbidden)


def test_the_contracts_are_run_before_the_tests() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    lint = makefile.split("\nlint:", 1)[1].split("\n\n", 1)[0]
    for tool in ("lint-imports", "mypy", "ruff check", "ruff format --check"):
        assert tool in lint
    assert re.search(r"^test: lint$", makefile, re.MULTILINE)
    assert re.search(r"^make test$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
