"""Jobs whose end could not be written, because the connection broke just then: their worker lives, nobody has them."""

import logging
from typing import Any

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.sql import queries
from procrastinate.worker import Worker

from edem.foundation.events.keeping import STALLED, way_back

logger = logging.getLogger(__name__)


async def give_back_after_loss(own: App, lost: int | None) -> None:
    """What the worker of this process had in hand when it lost the database, it has no longer: no minute's silence."""
    if lost is not None:
        await own.job_manager.unregister_worker(lost)
    rows = await own.connector.execute_query_all_async(query=queries["select_stalled_jobs_by_heartbeat"], **STALLED)
    await _give_back(own, rows)


async def give_back_what_is_in_no_hand(own: App, worker: Worker, *, seen_before: frozenset[int]) -> frozenset[int]:
    """Jobs that are the worker's by the table but not in its hands: given back when they are seen twice.

    Once is not enough: a job just fetched is in the table a moment before it is in the worker's hands.
    """
    of_table = await own.job_manager.list_jobs_async(status="doing", worker_id=worker.worker_id)
    in_hand = {context.job.id for context in worker._running_jobs.values()}  # noqa: SLF001 - told nowhere else
    strays = {job.id: job for job in of_table if job.id is not None and job.id not in in_hand}
    rows = [
        {"id": job.id, "task_name": job.task_name, "attempts": job.attempts}
        for job in strays.values()
        if job.id in seen_before
    ]
    await _give_back(own, rows)
    return frozenset(strays)


async def _give_back(own: App, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        logger.warning("job %s (%s) ended and could not say so", row["id"], row["task_name"])
        query, arguments = way_back(row)
        try:
            await own.connector.execute_query_async(query=queries[query], **arguments)
        except ConnectorException:
            logger.info("job %s has been rescued by another worker, or has ended meanwhile", row["id"])
