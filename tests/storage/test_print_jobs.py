"""Slow papers as rows: asked for once, leased to one worker, printed again when it died."""

from datetime import timedelta

from sqlalchemy import Connection

from bot.iom.people import Organisation, Person
from storage import organisations, print_jobs
from storage.print_jobs import ATTEMPTS, LEASE, MOST_WAITING, PrintJob
from tests.storage.house import NOW, Store


def school(conn: Connection, title: str = "Школа") -> Organisation:
    return organisations.create(conn, title, NOW)


async def asked(store: Store, anna: Person) -> PrintJob:
    """A job that a worker has in hand."""

    def unit(conn: Connection) -> PrintJob:
        assert print_jobs.ask(conn, anna.id, school(conn).id, "cards", NOW)
        job = print_jobs.claim(conn, NOW)
        assert job is not None
        return job

    return await store.write(unit)


async def test_the_same_paper_is_asked_for_once(store: Store, anna: Person) -> None:
    def unit(conn: Connection) -> list[bool]:
        places = [school(conn, str(number)).id for number in range(MOST_WAITING + 1)]
        twice = [print_jobs.ask(conn, anna.id, places[0], "cards", NOW) for _ in range(2)]
        return twice + [print_jobs.ask(conn, anna.id, place, "cards", NOW) for place in places[1:]]

    assert await store.write(unit) == [True, False, True, True, False]


async def test_a_job_is_in_one_hand_until_its_lease_is_over(store: Store, anna: Person) -> None:
    job = await asked(store, anna)
    assert (job.telegram_id, job.kind, job.attempts) == (anna.telegram_id, "cards", 1)
    assert await store.write(print_jobs.claim, NOW) is None
    later = NOW + LEASE
    again = await store.write(print_jobs.claim, later)
    assert again is not None
    assert (again.id, again.attempts) == (job.id, 2)
    assert not await store.write(print_jobs.sent, job, later)  # the dead one's token is worth nothing
    assert await store.write(print_jobs.sent, again, later)
    assert await store.write(print_jobs.claim, later + LEASE) is None


async def test_whoever_goes_on_keeps_the_lease(store: Store, anna: Person) -> None:
    job = await asked(store, anna)
    almost = NOW + LEASE - timedelta(seconds=1)
    assert await store.write(print_jobs.goes_on, job, almost, 77)
    assert await store.write(print_jobs.claim, NOW + LEASE) is None
    again = await store.write(print_jobs.claim, almost + LEASE)
    assert again is not None
    assert again.message_id == 77


async def test_what_kills_the_process_is_claimed_a_few_times_only(store: Store, anna: Person) -> None:
    await asked(store, anna)
    claims = [await store.write(print_jobs.claim, NOW + LEASE * number) for number in range(1, ATTEMPTS + 3)]
    assert [one.attempts for one in claims if one] == [2, 3]


async def test_what_is_waited_for_is_told(store: Store, anna: Person) -> None:
    job = await asked(store, anna)
    assert await store.read(print_jobs.waiting, anna.id, job.organisation_id) == ("cards",)
    assert await store.write(print_jobs.failed, job, "Ошибка", NOW)
    assert await store.read(print_jobs.waiting, anna.id, job.organisation_id) == ()
