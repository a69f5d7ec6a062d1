"""`./edem postgres …`."""

from collections.abc import Sequence

from tools import environment
from tools.postgres import server
from tools.progress import say
from tools.stops import Stopped


def postgres_command(arguments: Sequence[str]) -> int:
    environment.ready()
    match list(arguments):
        case ["start"]:
            say(server.start())
        case ["stop"]:
            say("PostgreSQL is stopped." if server.stop() else "PostgreSQL was not running.")
        case ["status"]:
            return status()
        case ["url"]:
            say(server.address())
        case _:
            raise Stopped("Say one of: ./edem postgres start, stop, status, url")
    return 0


def status() -> int:
    running = server.is_running()
    say("PostgreSQL is running." if running else "PostgreSQL is not running.")
    return 0 if running else 3
