"""What whoever keeps sessions (identity stands above) must hear of: work has ended, a session goes by another key."""

from django.dispatch import Signal

work_ended = Signal()
"""Sent inside the action's transaction with `person` and `now`."""

session_renamed = Signal()
"""Sent with `before` and `after`: the keys of one session that goes on."""
