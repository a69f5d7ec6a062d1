"""Housekeeping of the job table."""

from datetime import datetime

from edem.foundation.events.keeping import forget_old_jobs, rescue_stuck_jobs
from edem.foundation.events.readers import daily, every


@every(minutes=1)
def rescue(now: datetime) -> None:
    del now  # the database's clock wrote the workers' heartbeats
    rescue_stuck_jobs()


@daily(at="03:40")
def forget(now: datetime) -> None:
    del now
    forget_old_jobs()
