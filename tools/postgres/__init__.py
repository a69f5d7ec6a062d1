"""The project's own PostgreSQL 18: the binaries come in a wheel, we run them ourselves.

`start()` makes the cluster when there is none and returns the address; starting a running server is free.
"""

from tools.postgres.server import address, address_if_known, empty, is_running, programs, start, stop

__all__ = ["address", "address_if_known", "empty", "is_running", "programs", "start", "stop"]
