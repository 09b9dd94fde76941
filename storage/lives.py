"""The rules of life of every version of a regulation in use, read once a process: a digest never changes
its meaning."""

import tomllib
from collections.abc import Mapping

from sqlalchemy import Connection, select

from bot.iom.regulation_life import Life, MonitoringRule
from storage import regulations
from storage.tables import regulation_version

# Nobody may do anything: of a version that can't be read any more.
NOBODY = Life(confirm=(), monitoring=MonitoringRule(judges=()))
_READ: dict[str, Life] = {}
_DIGESTS = select(regulation_version.c.hash).order_by(regulation_version.c.hash)


def every(conn: Connection) -> Mapping[str, Life]:
    """By digest. A version that can't be read any more waits for nobody."""
    return {digest: of(conn, digest) for digest in conn.execute(_DIGESTS).scalars()}


def of(conn: Connection, digest: str) -> Life:
    """Of one version; one that can't be read any more gives nobody any right."""
    if digest not in _READ:
        try:
            source = tomllib.loads(regulations.source(conn, digest) or "")
            _READ[digest] = Life.model_validate(source.get("life", {}))
        except ValueError:
            _READ[digest] = NOBODY
    return _READ[digest]
