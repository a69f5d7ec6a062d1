"""Keeps the job table healthy: a job whose worker died goes back to the queue, finished ones are forgotten."""

import logging
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.sql import queries

logger = logging.getLogger(__name__)

STALLED = {"queue": None, "task_name": None, "seconds_since_heartbeat": 60}
"""Whose jobs the library's query finds: of any queue and task, of workers silent for a minute or gone."""
_MOST_ATTEMPTS = 12
_KEPT_HOURS = 7 * 24
_FAILED_KEPT_HOURS = 90 * 24


def rescue_stuck_jobs() -> None:
    """Give back the jobs of workers that were killed."""
    for job in _jobs_of_silent_workers():
        query, arguments = way_back(job)
        try:
            _execute(query, **arguments)
        except ConnectorException:
            logger.info("job %s has been rescued by another worker, or has ended meanwhile", job["id"])


def way_back(job: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The library's query and its arguments: back to the queue; a job that kills its workers is given up."""
    if job["attempts"] < _MOST_ATTEMPTS:
        return "retry_job", dict.fromkeys(("retry_at", "new_priority", "new_queue_name", "new_lock"), None) | {
            "job_id": job["id"]
        }
    logger.error("job %s (%s) is given up after %s attempts", job["id"], job["task_name"], job["attempts"])
    return "finish_job", {"job_id": job["id"], "status": "failed", "delete_job": False}


def forget_old_jobs() -> None:
    _execute("delete_old_jobs", nb_hours=_KEPT_HOURS, queue=None, statuses=["succeeded"])
    _execute("delete_old_jobs", nb_hours=_FAILED_KEPT_HOURS, queue=None, statuses=["failed", "cancelled", "aborted"])


def _jobs_of_silent_workers() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = app.connector.get_sync_connector().execute_query_all(
        query=queries["select_stalled_jobs_by_heartbeat"], **STALLED
    )
    return rows


def _execute(query: str, **arguments: object) -> None:
    # procrastinate offers these only to async callers; a job runs in a thread, over Django's connection.
    app.connector.get_sync_connector().execute_query(query=queries[query], **arguments)
