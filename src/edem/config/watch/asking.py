"""Asks the database how it is: on a connection of its own that gives up within seconds, never through a request's."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from psycopg.rows import TupleRow

_PATIENCE: Final = {"connect_timeout": 2, "options": "-c statement_timeout=2000 -c lock_timeout=500"}

_JOBS: Final = """
    SELECT status::text, count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY status
"""
_OLDEST_DUE: Final = """
    SELECT coalesce(extract(epoch FROM now() - min(coalesce(job.scheduled_at, told.at))), 0)::float
      FROM procrastinate_jobs AS job
      LEFT JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events WHERE job_id = job.id) AS told ON true
     WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
"""
_WORKERS: Final = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '60 seconds'"
_MAIL: Final = """
    SELECT 'queued', count(*) FROM notices_notice WHERE state = 'queued'
    UNION ALL SELECT 'sending', count(*) FROM notices_notice WHERE state = 'sending'
    UNION ALL SELECT state, count(*) FROM notices_notice WHERE state IN ('failed', 'unknown') GROUP BY state
"""
_CONNECTIONS: Final = """
    SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1
"""
_MOST_CONNECTIONS: Final = "SELECT current_setting('max_connections')::int"
_BACKUP: Final = "SELECT extract(epoch FROM max(at))::float FROM audit_backuptaken"
_SIZE: Final = "SELECT pg_database_size(current_database())"


@dataclass(frozen=True, kw_only=True)
class Queue:
    """The job table: how many wait, and how long the oldest that should have begun has waited."""

    jobs: Mapping[str, int]
    oldest_due_seconds: float
    workers: int


@dataclass(frozen=True, kw_only=True)
class DatabaseFigures:
    queue: Queue
    mail: Mapping[str, int]
    connections: Mapping[str, int]
    most_connections: int
    size: int
    backup_at: float | None
    """When the newest backup was taken, Unix time."""


@dataclass
class Migrations:
    """Once the database has what this code needs it is not asked again: newer tables do not disturb older code."""

    _are_applied: bool = field(default=False)

    def are_applied(self) -> bool:
        if not self._are_applied:
            try:
                executor = MigrationExecutor(connection)
                self._are_applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
            finally:
                connection.close()
        return self._are_applied


def ask_queue() -> Queue:
    with _asking() as own:
        return _queue(own)


def ask_everything() -> DatabaseFigures:
    with _asking() as own:
        return DatabaseFigures(
            queue=_queue(own),
            mail=_pairs(own, _MAIL),
            connections=_pairs(own, _CONNECTIONS),
            most_connections=_one(own, _MOST_CONNECTIONS),
            size=_one(own, _SIZE),
            backup_at=_one(own, _BACKUP),
        )


def _asking() -> AbstractContextManager["psycopg.Connection[TupleRow]"]:
    params = connections["default"].get_connection_params()
    address = {key: value for key, value in params.items() if key not in {"cursor_factory", "context"}}
    return psycopg.connect(**(address | _PATIENCE), autocommit=True)


def _queue(own: "psycopg.Connection[TupleRow]") -> Queue:
    return Queue(jobs=_pairs(own, _JOBS), oldest_due_seconds=_one(own, _OLDEST_DUE), workers=_one(own, _WORKERS))


def _pairs(own: "psycopg.Connection[TupleRow]", question: str) -> dict[str, int]:
    return dict(own.execute(question).fetchall())


def _one(own: "psycopg.Connection[TupleRow]", question: str) -> Any:
    row = own.execute(question).fetchone()
    return row[0] if row else 0
