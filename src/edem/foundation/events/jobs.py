"""Housekeeping of the job table. Stuck jobs are rescued by the tick itself: a scheduled rescuer could be stuck too."""

from datetime import datetime

from edem.foundation.events.keeping import forget_old_jobs
from edem.foundation.events.readers import daily


@daily(at="03:40")
def forget(now: datetime) -> None:
    del now  # the age of jobs is kept by the database's clock
    forget_old_jobs()
