"""A worker's work has ended: who keeps sessions (identity stands above) ends theirs, in the same transaction."""

from django.dispatch import Signal

work_ended = Signal()
"""Sent inside the action's transaction with `person` and `now`."""
