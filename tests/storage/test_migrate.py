"""Migrations make exactly the tables of `storage.tables`."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Column, Connection, create_engine, text

from storage import engines, people
from storage.migrate import head, migrate, revision
from storage.tables import metadata
from tests.databases import opened
from tests.storage.house import ANNA, NOW, only_sqlite


def default_differs(_context: Any, _found: Any, ours: Column[Any], found: str, _ours: Any, said: str) -> Any:
    """PostgreSQL has no equality of JSON, so such defaults are compared as words; None: alembic compares."""
    words = (found or "").removesuffix("::json").strip("'")
    return words != (said or "").strip("'") if isinstance(ours.type, JSON) else None


def differences(conn: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": default_differs}
    return list(compare_metadata(MigrationContext.configure(conn, opts=options), metadata))


def schema(conn: Connection) -> dict[str, str]:
    """What SQLite wrote down, but for layout and the order of constraints."""
    rows = conn.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {name: " ".join(sorted(sql.replace(",", " ").split())) for name, sql in rows}


async def test_migrations_and_tables_are_the_same(empty_url: str) -> None:
    await migrate(empty_url)
    async with opened(empty_url) as database:
        assert await database.read(differences) == []


async def test_the_comparison_would_notice(empty_url: str) -> None:
    await migrate(empty_url)
    async with opened(empty_url) as database:
        await database.write(lambda conn: conn.execute(text("DROP INDEX ix_entry_event_id")))
        assert len(await database.read(differences)) == 1


@only_sqlite
async def test_even_the_words_are_the_same(empty_url: str) -> None:
    await migrate(empty_url)
    async with opened(empty_url) as database:
        migrated = await database.read(schema)
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        metadata.create_all(conn)
        made = schema(conn)
    engine.dispose()
    assert {name: migrated[name] for name in made} == made
    assert set(migrated) - set(made) == {"alembic_version"}


async def test_a_database_at_head_is_left_as_it_is(empty_url: str) -> None:
    await migrate(empty_url)
    async with opened(empty_url) as database:
        anna = await database.write(lambda conn: people.arrive(conn, ANNA, NOW))
        await migrate(empty_url)
        assert await database.read(lambda conn: people.by_id(conn, anna.id)) == anna


async def test_processes_that_start_at_once_take_turns(empty_url: str) -> None:
    await asyncio.gather(*(migrate(empty_url) for _ in range(4)))
    async with opened(empty_url) as database:
        found = await database.read(lambda conn: conn.scalars(text("SELECT * FROM alembic_version")).all())
    assert found == [head()]


@only_sqlite
async def test_a_migration_that_breaks_references_is_refused(empty_url: str) -> None:
    await migrate(empty_url)
    engine = engines.migrator(empty_url)  # the one that doesn't check them at once
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO cursor VALUES (404, '{}', 0, 0, NULL)"))
    await engine.dispose()
    with pytest.raises(RuntimeError, match="broke 1 reference"):
        await migrate(empty_url)


async def test_migrating_makes_the_folder(tmp_path: Path) -> None:
    await migrate(f"sqlite+aiosqlite:///{tmp_path}/new/iom.db")
    assert (tmp_path / "new" / "iom.db").exists()


async def test_the_revision_of_the_tables_is_told(empty_url: str) -> None:
    assert await revision(empty_url) == ""
    await migrate(empty_url)
    assert await revision(empty_url) == head()


async def test_asking_for_the_revision_makes_no_file(tmp_path: Path) -> None:
    assert await revision(f"sqlite+aiosqlite:///{tmp_path}/none.db") == ""
    assert os.listdir(tmp_path) == []
