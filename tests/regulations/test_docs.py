"""docs/regulations.md teaches the whole format: nothing of the schema is left out, no example is broken."""

import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from bot.iom import regulation as schema
from bot.iom import regulation_life
from bot.iom.card_journey import COLUMNS, LINE, ROWS, SCALARS
from bot.iom.regulation import Capability, CardBlock, Kind, Model, Regulation
from bot.iom.regulation_check import TABLES

GUIDE = (Path(__file__).parents[2] / "docs" / "regulations.md").read_text("utf-8")
EXAMPLES = re.findall(r"```toml\n(.+?)```", GUIDE, re.DOTALL)


def models() -> list[type[Model]]:
    found = {**vars(schema), **vars(regulation_life)}.values()
    return [kind for kind in found if isinstance(kind, type) and issubclass(kind, Model)]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_key_is_explained(model: type[Model]) -> None:
    unexplained = [
        name for name in model.model_fields if name != "slug" and not re.search(rf"\b{name}\b", GUIDE)
    ]
    assert unexplained == []


@pytest.mark.parametrize("name", [*Kind, *get_args(CardBlock.model_fields["kind"].annotation), *TABLES])
def test_every_kind_and_table_is_explained(name: str) -> None:
    assert f"`{name}`" in GUIDE


@pytest.mark.parametrize(
    "name", sorted({*SCALARS, *LINE, *ROWS, *(name for row in COLUMNS.values() for name in row)})
)
def test_every_source_of_the_journey_is_explained(name: str) -> None:
    assert f"`{name}`" in GUIDE


@pytest.mark.parametrize("capability", get_args(Capability))
def test_every_capability_is_explained(capability: str) -> None:
    assert capability == "teacher" or f"| `{capability}` |" in GUIDE


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_can_be_copied(example: str) -> None:
    known = set(Regulation.model_fields) | {"required", "columns", "asked_if"}
    assert set(tomllib.loads(example)) <= known
