"""From the words after `./edem` to the command that does it."""

import sys

from tools.stops import Stopped


def run(arguments: list[str]) -> int:
    try:
        return dispatch(arguments)
    except Stopped as stop:
        if stop.last_lines:
            print(stop.last_lines, file=sys.stderr)
        print(stop.sentence, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def dispatch(arguments: list[str]) -> int:
    from tools import postgres

    if arguments[:2] == ["postgres", "start"]:
        print(postgres.start())
    elif arguments[:2] == ["postgres", "stop"]:
        print("stopped" if postgres.stop() else "was not running")
    elif arguments[:2] == ["postgres", "status"]:
        print("running" if postgres.is_running() else "stopped")
    elif arguments[:2] == ["postgres", "url"]:
        print(postgres.address())
    else:
        raise Stopped("Run ./edem help")
    return 0
