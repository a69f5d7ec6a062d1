"""Run the service: `python -m simulators.mobile_id --port 8102 --ap-id … --ap-password … --trust FOLDER`."""

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette

from simulators.id_gov_ua.fictional import fictional_residents
from simulators.id_gov_ua.residents import Resident, load_residents
from simulators.kep_provider.people import certified
from simulators.kep_provider.provider import Provider
from simulators.kep_provider.serving import provider_routes
from simulators.mobile_id.app import create_app
from simulators.mobile_id.keys import signing_by
from simulators.mobile_id.phones import Service, Settings, Subscriber


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulators.mobile_id", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8102, help="0 picks a free port and prints it")
    parser.add_argument("--people", type=Path, help="JSON list of the sample community's people")
    parser.add_argument("--ap-id", required=True)
    parser.add_argument("--ap-password", required=True)
    parser.add_argument("--trust", type=Path, help="a folder to lay the root's certificate in")
    parser.add_argument("--at-once", action="store_true", help="every phone signs by itself")
    parser.add_argument("--slow-seconds", type=float, default=30)
    return parser.parse_args(arguments)


def app_for(options: argparse.Namespace, *, port: int) -> Starlette:
    now = datetime.now(UTC)
    residents = load_residents(options.people) if options.people else fictional_residents(now.date())
    provider = Provider(seed="mobile-id", site=f"http://{options.host}:{port}", now=now)
    if options.trust:
        provider.write_root(options.trust)
    owners = {phone: resident for resident in residents if (phone := phone_of(resident))}
    settings = Settings(
        ap_id=options.ap_id,
        ap_password=options.ap_password,
        slow_seconds=options.slow_seconds,
        at_once=options.at_once,
    )
    people = {phone: certified(resident) for phone, resident in owners.items()}
    service = Service(
        settings=settings,
        subscribers={
            phone: Subscriber(msisdn=phone, surname=one.surname, given_name=one.given_name, tax_number=one.tax_number)
            for phone, one in people.items()
        },
    )
    app = create_app(service, signing_by(provider, people))
    app.router.routes.extend(provider_routes(provider))
    return app


def phone_of(resident: Resident) -> str:
    digits = "".join(sign for sign in resident.fields.get("phone", "") if sign.isdecimal())
    return digits if len(digits) == 12 else ""


def free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


async def serve(options: argparse.Namespace) -> None:
    port = options.port or free_port(options.host)
    app = app_for(options, port=port)
    server = Server(app, address=options.host, port=port, interface=Interfaces.ASGI, log_enabled=False)
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C works there by itself
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, server.stop)
    sys.stdout.write(f"http://{options.host}:{port}\n")
    sys.stdout.flush()
    await server.serve()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(serve(parse()))
    os._exit(0)  # the server's own threads may abort while the interpreter is being taken down
