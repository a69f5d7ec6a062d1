"""The short commands: each makes the installation ready and hands over to one program."""

import argparse
from collections.abc import Mapping, Sequence

from tools import catalogues, environment
from tools.demo.processes import web
from tools.demo.processes import worker as worker_command
from tools.gathered import gather_if_stale
from tools.installation import PRODUCTION_SETTINGS, installation
from tools.places import ROOT
from tools.programs import become, django, let_run, python, surroundings
from tools.progress import say
from tools.stops import Stopped

BENCHES = ROOT / "tests" / "load"
GRANIAN_JOURNAL = ROOT / "tools" / "granian_journal.json"


def setup(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./edem setup")
    parser.add_argument("--production", action="store_true", help="all that serving needs, without tests and checks")
    production = parser.parse_args(arguments).production
    environment.make_ready(environment.SERVING_LOCK if production else environment.LOCK)
    catalogues.compile_stale()
    if production:
        gather_if_stale(surroundings(DJANGO_SETTINGS_MODULE=PRODUCTION_SETTINGS))
    say("Ready.")
    return 0


def messages(_arguments: Sequence[str]) -> int:
    environment.ready()
    return let_run(python("-m", "tools.gathering"), surroundings())


def manage(arguments: Sequence[str]) -> int:
    become(django(*arguments), installation())


def bring_in(arguments: Sequence[str]) -> int:
    if not arguments:
        raise Stopped("Say what to import and from which file: ./edem import katottg FILE")
    what, *rest = arguments
    return let_run(django(f"import_{what}", *rest), installation())


def serve(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./edem serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args(arguments)
    ready = installation()
    catalogues.compile_stale()
    if is_collected(ready):
        gather_if_stale(ready)
    journal = GRANIAN_JOURNAL if writes_json(ready) else None
    become(web(host=options.host, port=options.port, workers=options.workers, journal=journal), ready)


def is_collected(environment: Mapping[str, str]) -> bool:
    """A developer's settings serve styles and scripts from where they lie."""
    return not environment["DJANGO_SETTINGS_MODULE"].endswith(".dev")


def writes_json(environment: Mapping[str, str]) -> bool:
    usual = "json" if environment["DJANGO_SETTINGS_MODULE"] == PRODUCTION_SETTINGS else "plain"
    return (environment.get("EDEM_LOG_FORMAT") or usual) == "json"


def worker(_arguments: Sequence[str]) -> int:
    become(worker_command(), installation())


def migrate(arguments: Sequence[str]) -> int:
    """While the old program still serves: the new one finds its tables and its styles, and opens at once."""
    ready = installation()
    if is_collected(ready):
        gather_if_stale(ready)
    become(django("migrate_gently", *arguments), ready)


def check_deploy(arguments: Sequence[str]) -> int:
    """Judged by the person's own environment alone: neither the demo's secrets nor its database are lent."""
    environment.ready_to_serve()
    judged = surroundings(DJANGO_SETTINGS_MODULE=PRODUCTION_SETTINGS)
    return let_run(django("check", "--deploy", "--fail-level=WARNING", *arguments), judged)


def bench(arguments: Sequence[str]) -> int:
    known = measurements()
    if not arguments:
        say("What can be measured: " + (", ".join(known) or "nothing yet"))
        return 0
    name, *rest = arguments
    if name not in known:
        raise Stopped(f"There is no measurement “{name}”. There are: {', '.join(known)}")
    return let_run(python("-m", f"tests.load.{name}", *rest), installation())


def measurements() -> list[str]:
    """The programs in tests/load that can be started."""
    return sorted(path.stem for path in BENCHES.glob("*.py") if "__main__" in path.read_text(encoding="utf-8"))
