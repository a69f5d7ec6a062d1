"""`./edem migrate`: brings the database up to date beside a running site, giving way to it."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any, Final

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable, QueryCanceled

LOCK: Final = 4_113_020_001
"""Names our migrations among PostgreSQL's advisory locks."""

_HALF_MADE: Final = """
    SELECT indexrelid::regclass::text FROM pg_index
     WHERE NOT indisvalid AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
       AND indexrelid::regclass::text !~ '_cc(new|old)[0-9]*"?$'
"""


class Command(BaseCommand):
    help = "Migrate with short waits for locks: people go first, and what did not fit in is tried again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--lock-seconds", type=float, default=3, help="how long to wait for a lock that people hold"
        )
        parser.add_argument("--tries", type=int, default=30)
        parser.add_argument("--pause", type=float, default=5, help="seconds between tries")

    def handle(self, *_: Any, **options: Any) -> None:
        with self._alone():
            for left in reversed(range(options["tries"])):
                if self._is_done(options["lock_seconds"]):
                    self.stdout.write("The database is up to date.")
                    return
                if left:
                    self.stdout.write(f"People are using the tables. Trying again in {options['pause']:g} s.")
                    sleep(options["pause"])
        raise CommandError("The tables were busy each time. Nothing is half done: run it again in a quieter hour.")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two machines that start together migrate one after the other; the second finds nothing to do."""
        guard = connection.copy()
        with guard.cursor() as cursor:
            cursor.execute("SET idle_session_timeout = 0")
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if cursor.fetchone() != (True,):
                self.stdout.write("Another machine is migrating; waiting for it.")
                cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            guard.close()

    def _is_done(self, seconds: float) -> bool:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{round(seconds * 1000)}ms"])
            self._clear_half_made()
            call_command("migrate", interactive=False, verbosity=1, stdout=self.stdout)
        except OperationalError as failed:
            if not isinstance(failed.__cause__, LockNotAvailable | QueryCanceled):
                raise
            return False
        finally:
            connection.close()
        return True

    def _clear_half_made(self) -> None:
        """An index made CONCURRENTLY that was interrupted stays behind, unusable and in the way of the next try."""
        with connection.cursor() as cursor:
            cursor.execute(_HALF_MADE)
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")  # quoted by regclass itself
