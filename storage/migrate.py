"""Brings the tables of a database to the newest revision. Runs before `Database.open`."""

from functools import partial

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select, text

from storage import engines
from storage.db import Database

# Any two numbers nobody else uses; `people.lock` has the space of one number to itself.
_LOCK = (0x10F, 1)


async def migrate(url: str, revision: str = "head") -> None:
    """Upgrade the database to `revision`, all in one transaction; a newest one is left as it is.

    Processes that start at once take turns: by an advisory lock on PostgreSQL, by BEGIN IMMEDIATE on
    SQLite. ValueError as in `Database.open`; what the driver raises when the database can't be reached.
    """
    engine = engines.migrator(url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(partial(_upgrade, revision=revision))
    finally:
        await engine.dispose()


def head() -> str:
    """The newest revision."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    if revision is None:
        raise RuntimeError("the package has lost its migrations")
    return revision


def known(revision: str) -> bool:
    """Whether this release has the revision; a database of a newer one may not be touched."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


async def revision(url: str) -> str:
    """The revision of the tables that are there, "" for none; makes no file. DatabaseDown: see `db`."""
    if not engines.exists(url):
        return ""
    database = Database.open(url)
    try:
        found = await database.read(lambda conn: MigrationContext.configure(conn).get_current_revision())
    finally:
        await database.close()
    return found or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(*_LOCK)))
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    # Foreign keys are off while SQLite is migrated (see `engines.migrator`), so they are checked here.
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise RuntimeError(f"the migration broke {len(broken)} references")
