"""The steps of the demo, in order."""

import argparse
import os
import shutil
from collections.abc import Sequence

from tools import catalogues, environment, postgres
from tools.demo.household import Household
from tools.demo.ports import WEB, ports_for
from tools.demo.processes import (
    REGISTER_CLIENT,
    REGISTER_SERVICE,
    RESIDENTS,
    STREETS,
    TRUST,
    Ports,
    demo_processes,
    outside_address,
    sandbox_root,
)
from tools.installation import DEMO_SETTINGS, installation
from tools.own_secrets import forget
from tools.places import STATE
from tools.programs import let_run, python
from tools.progress import say, step
from tools.stops import Stopped

ACCOUNTS = STATE / "accounts.txt"
"""Who you can be; written by the seed."""


def demo(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="./edem demo", description=__doc__)
    parser.add_argument("--port", type=int, default=WEB, help=f"the site's port, {WEB} unless you say otherwise")
    parser.add_argument("--fresh", action="store_true", help="throw the sample community away and make it anew")
    options = parser.parse_args(arguments)
    ports = ports_for(options.port)
    environment.ready()
    found_running = postgres.is_running()
    try:
        if options.fresh:
            start_anew()
        return live(ports)
    finally:
        if not found_running and not os.environ.get("DATABASE_URL"):
            postgres.stop()


def live(ports: Ports) -> int:
    surroundings = demo_installation(ports)
    prepare(surroundings, ports)
    household = Household(surroundings)
    household.listen_for_the_end()
    try:
        with step("Starting the site"):
            household.start(demo_processes(ports, surroundings))
        if not household.asked_to_stop:
            welcome(ports)
        household.watch()
    finally:
        household.stop()
    say("\nStopped. The sample community is kept; ./edem demo goes on with it, ./edem demo --fresh starts anew.")
    return 0


def demo_installation(ports: Ports) -> dict[str, str]:
    return installation(
        settings=DEMO_SETTINGS,
        EDEM_BASE_URL=f"http://localhost:{ports.web}",
        EDEM_ID_GOV_UA_URL=f"http://localhost:{ports.identity}",
        EDEM_BANK_ID_URL=f"http://localhost:{ports.bank}",
        EDEM_BANK_ID_CLIENT_ID="edem-demo",
        EDEM_CRYPTO_SERVICE_URL=f"http://127.0.0.1:{ports.crypto}",
        EDEM_MOBILE_ID_URL=f"http://127.0.0.1:{ports.phones}",
        EDEM_MOBILE_ID_AP_ID="edem-demo",
        EDEM_SIGN_WIDGET_URL=f"http://127.0.0.1:{ports.signing}/",
        EDEM_SMS_URL=f"http://127.0.0.1:{ports.texts}",
        EDEM_TREMBITA_URL=f"http://127.0.0.1:{ports.register}/",
        EDEM_TREMBITA_CLIENT=REGISTER_CLIENT,
        EDEM_TREMBITA_SERVICE=REGISTER_SERVICE,
        EDEM_TRUST_DIR=str(TRUST),
        EDEM_KEP_ONLINE="true",
        EDEM_KEP_ONLINE_NETWORKS="127.0.0.0/8",
        EDEM_SMTP_URL=f"smtp://127.0.0.1:{ports.mail}",
        EDEM_SANDBOX="true",
        EDEM_MAP_ARCHIVE=str(STREETS),
        EDEM_MAP_CREDIT="Вулиці вигадані, як і громади",
    )


def prepare(surroundings: dict[str, str], ports: Ports) -> None:
    catalogues.compile_stale()
    company = (outside_address(ports.outside), surroundings["EDEM_OUTSIDE_KEY"])
    steps = (sandbox_root(surroundings), python("-m", "tools.demo.settling", str(STREETS), *company))
    if any(let_run(each, surroundings) != 0 for each in steps):
        raise Stopped("The demo could not be prepared; the reason is above.")


def start_anew() -> None:
    """Only what the launcher made itself is ever thrown away."""
    if os.environ.get("DATABASE_URL"):
        raise Stopped("--fresh empties the embedded database only. Empty the one in DATABASE_URL by hand.")
    with step("Throwing the old sample community away"):
        postgres.empty()
        forget()
        for made in ("media", "static", "mail", TRUST.name):
            shutil.rmtree(STATE / made, ignore_errors=True)
        for made_file in (ACCOUNTS, RESIDENTS, STREETS):
            made_file.unlink(missing_ok=True)


def welcome(ports: Ports) -> None:
    say(f"\n  e-DEM is open:  http://localhost:{ports.web}/")
    if ACCOUNTS.exists():
        say("\n" + ACCOUNTS.read_text(encoding="utf-8").rstrip())
    say(f"\n  Letters that residents would get:  http://localhost:{ports.letters}/")
    say(f"  Their SMS:  http://127.0.0.1:{ports.texts}/")
    say(f"  Their phones with MobileID:  http://127.0.0.1:{ports.phones}/")
    say(f"  A program that signs files by КЕП:  http://127.0.0.1:{ports.signing}/program")
    say(f"  The power company's own system (Open311):  http://127.0.0.1:{ports.outside}/")
    say("  Ctrl-C stops everything.")
