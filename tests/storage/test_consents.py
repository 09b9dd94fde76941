"""Consents are given, withdrawn and given again; none is ever lost."""

from dataclasses import replace

from bot.iom.people import Consent, Person
from storage import consents
from tests.storage.house import LATER, NOW, Store

STORAGE = Consent("storage", "1", "a" * 64, NOW)


async def test_without_consent_there_is_none(store: Store, anna: Person) -> None:
    assert await store.read(consents.current, anna.id, "storage") is None


async def test_a_given_consent_is_in_force(store: Store, anna: Person, vera: Person) -> None:
    await store.write(consents.give, anna.id, STORAGE)
    assert await store.read(consents.current, anna.id, "storage") == STORAGE
    assert await store.read(consents.current, anna.id, "tutor") is None
    assert await store.read(consents.current, vera.id, "storage") is None


async def test_the_newest_text_counts(store: Store, anna: Person) -> None:
    newer = replace(STORAGE, version="2", given_at=LATER)
    await store.write(consents.give, anna.id, STORAGE)
    await store.write(consents.give, anna.id, newer)
    assert await store.read(consents.current, anna.id, "storage") == newer


async def test_withdrawing_withdraws_every_text_of_the_kind(store: Store, anna: Person) -> None:
    for given in (STORAGE, replace(STORAGE, version="2"), replace(STORAGE, kind="tutor")):
        await store.write(consents.give, anna.id, given)
    await store.write(consents.withdraw, anna.id, "storage", LATER)
    assert await store.read(consents.current, anna.id, "storage") is None
    assert await store.read(consents.current, anna.id, "tutor") is not None
    assert await store.counts() == {"person": 1, "consent": 3}


async def test_one_person_withdraws_only_for_herself(store: Store, anna: Person, vera: Person) -> None:
    await store.write(consents.give, anna.id, STORAGE)
    await store.write(consents.withdraw, vera.id, "storage", LATER)
    assert await store.read(consents.current, anna.id, "storage") == STORAGE


async def test_consent_can_be_given_again(store: Store, anna: Person) -> None:
    await store.write(consents.give, anna.id, STORAGE)
    await store.write(consents.withdraw, anna.id, "storage", NOW)
    again = replace(STORAGE, given_at=LATER)
    await store.write(consents.give, anna.id, again)
    assert await store.read(consents.current, anna.id, "storage") == again
