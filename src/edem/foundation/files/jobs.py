"""Cleaning by night."""

from datetime import datetime

from edem.foundation.events import daily
from edem.foundation.files.cleaning import remove_forgotten_files, remove_lost_content


@daily(at="03:20")
def clean(now: datetime) -> None:
    remove_forgotten_files(now=now)
    remove_lost_content(now=now)
