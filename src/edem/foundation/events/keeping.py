"""Keeps the job table healthy: a job whose worker died goes back to the queue, finished ones are forgotten."""

import logging

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status

logger = logging.getLogger(__name__)

_SILENT_SECONDS = 60
_MOST_ATTEMPTS = 12
_KEPT_HOURS = 7 * 24
_FAILED_KEPT_HOURS = 90 * 24


@async_to_sync
async def rescue_stuck_jobs() -> None:
    """Give back the jobs of workers that were killed; a job that kills its workers is given up."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_SILENT_SECONDS):
        if job.attempts < _MOST_ATTEMPTS:
            await app.job_manager.retry_job(job)
        else:
            await _give_up(job)


async def _give_up(job: Job) -> None:
    logger.error("job %s (%s) was given up after %s attempts", job.id, job.task_name, job.attempts)
    await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)


@async_to_sync
async def forget_old_jobs() -> None:
    await app.job_manager.delete_old_jobs(nb_hours=_KEPT_HOURS)
    await app.job_manager.delete_old_jobs(nb_hours=_FAILED_KEPT_HOURS, include_failed=True)
