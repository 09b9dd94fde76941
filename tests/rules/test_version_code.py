"""The code in the footer: the same for the same version in the same form, another for any other."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from bot.iom.facts import Facts, State
from bot.iom.version_code import version_code

FACTS = Facts(7, 3, None, "tiny", "a" * 64, State.DRAFT, 14, datetime(2026, 11, 23, tzinfo=UTC))


def test_it_is_short_and_names_the_person_and_the_version() -> None:
    assert re.fullmatch(r"П-7K2M · 14 · [0-9a-f]{4}", version_code("П-7K2M", FACTS))


def test_the_same_version_has_the_same_code() -> None:
    assert version_code("П-7K2M", FACTS) == version_code("П-7K2M", replace(FACTS, state=State.ACTIVE))


def test_another_version_route_or_form_has_another() -> None:
    others = (replace(FACTS, version=15), replace(FACTS, route_id=8), replace(FACTS, regulation_hash="b"))
    codes = {version_code("П-7K2M", one) for one in (FACTS, *others)}
    assert len(codes) == 4
    assert version_code("П-7K2M", FACTS, "b" * 64) not in codes
