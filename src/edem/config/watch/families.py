"""What the database says, as figures. Without a database only that it is gone."""

from collections.abc import Mapping
from typing import Final

from edem.config.watch.asking import DatabaseFigures
from edem.config.watch.openmetrics import Family, Sample

JOB_STATES: Final = ("todo", "doing", "failed")
MAIL_STATES: Final = ("queued", "sending", "failed", "unknown")


def database_families(figures: DatabaseFigures | None) -> list[Family]:
    up = _gauge("edem_database_up", "Whether the database answers.", figures is not None)
    if figures is None:
        return [up]
    queue = figures.queue
    return [
        up,
        _gauge("edem_database_size_bytes", "Size of the database.", figures.size, unit="bytes"),
        _gauge("edem_database_max_connections", "Connections that the server allows.", figures.most_connections),
        _by("edem_database_connections", "Open connections, by state.", "state", figures.connections),
        _by("edem_jobs", "Jobs that wait, run or have failed.", "state", _all(JOB_STATES, queue.jobs)),
        _gauge(
            "edem_jobs_oldest_due_seconds", "How long the oldest job that should have begun has waited.",
            queue.oldest_due_seconds, unit="seconds",
        ),
        _gauge("edem_workers", "Workers whose heart beat within a minute.", queue.workers),
        _gauge(
            "edem_backup_taken_timestamp_seconds", "When the newest backup was taken, Unix time.",
            figures.backup_at, unit="seconds",
        ),
        _by("edem_mail", "Letters not delivered for certain, by state.", "state", _all(MAIL_STATES, figures.mail)),
    ]  # fmt: skip


def _all(states: tuple[str, ...], found: Mapping[str, int]) -> dict[str, int]:
    return {state: found.get(state, 0) for state in states}


def _gauge(name: str, help_text: str, value: float | None, *, unit: str = "") -> Family:
    """What never happened has no value, and is not told."""
    samples = [] if value is None else [Sample({}, value)]
    return Family(name=name, kind="gauge", help_text=help_text, unit=unit, samples=samples)


def _by(name: str, help_text: str, label: str, found: Mapping[str, int]) -> Family:
    samples = [Sample({label: state}, count) for state, count in sorted(found.items())]
    return Family(name=name, kind="gauge", help_text=help_text, samples=samples)
