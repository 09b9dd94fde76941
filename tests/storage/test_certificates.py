"""Certificates: one for a route, found by its code however it is typed, gone with its owner."""

from sqlalchemy import Connection, select

from bot.iom.people import Person
from storage import certificates, privacy
from storage.certificates import Issued
from storage.tables import certificate
from tests.storage.house import LATER, NOW, Store, begin_route

SECRET, OTHER = b"s" * 32, b"o" * 32


def given(conn: Connection, person_id: int) -> Issued:
    facts = begin_route(conn, person_id)
    return certificates.issue(conn, SECRET, facts.route_id, NOW, person_id)


async def test_asked_for_again_it_is_the_same(store: Store, anna: Person) -> None:
    first = await store.write(given, anna.id)

    def again(conn: Connection) -> Issued:
        return certificates.issue(conn, SECRET, first.route_id, LATER, anna.id)

    assert await store.write(again) == first
    assert first.issued_at == NOW


async def test_it_is_found_by_its_code_and_by_its_link(store: Store, anna: Person) -> None:
    one = await store.write(given, anna.id)
    code, payload = certificates.code_of(SECRET, one), certificates.payload_of(SECRET, one)
    for typed in (code, code.lower(), code.replace("-", " "), payload):
        assert await store.read(certificates.find, typed) == one
    assert await store.read(certificates.by_id, one.id) == one
    for wrong in ("", "v-", "AAAAA-AAAAA", certificates.code_of(OTHER, one), "v-" + "x" * 500):
        assert await store.read(certificates.find, wrong) is None
    assert await store.read(certificates.by_id, 2**70) is None


async def test_no_code_is_in_the_table(store: Store, anna: Person) -> None:
    one = await store.write(given, anna.id)
    rows = await store.read(lambda conn: str(conn.execute(select(certificate)).all()))
    assert certificates.payload_of(SECRET, one).removeprefix("v-") not in rows


async def test_it_goes_with_its_owner(store: Store, anna: Person) -> None:
    one = await store.write(given, anna.id)
    await store.write(privacy.erase, anna.id)
    assert await store.read(certificates.find, certificates.code_of(SECRET, one)) is None
