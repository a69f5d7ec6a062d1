"""Run the service: `python -m simulators.mobile_id --seed … --port 8102 --ap-id … --ap-password …`."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette

from simulators.authority import authority_routes
from simulators.id_gov_ua.fictional import fictional_residents
from simulators.id_gov_ua.residents import Resident, load_residents
from simulators.kep_provider.people import certified
from simulators.kep_provider.provider import Provider
from simulators.mobile_id.app import create_app
from simulators.mobile_id.keys import signing_by
from simulators.mobile_id.phones import Operator, Settings, Subscriber
from simulators.serving import serve_alone, stand_parser


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = stand_parser("simulators.mobile_id", __doc__, port=8102)
    parser.add_argument("--seed", required=True, help="the sandbox's: keys are made from it")
    parser.add_argument("--people", type=Path, help="JSON list of the sample community's people")
    parser.add_argument("--ap-id", required=True)
    parser.add_argument("--ap-password", required=True)
    parser.add_argument("--at-once", action="store_true", help="every phone signs by itself")
    parser.add_argument("--slow-seconds", type=float, default=30)
    return parser.parse_args(arguments)


def app_for(options: argparse.Namespace, *, address: str) -> Starlette:
    now = datetime.now(UTC)
    residents = load_residents(options.people) if options.people else fictional_residents(now.date())
    provider = Provider(seed=options.seed, name="MobileID", site=address, now=now)
    settings = Settings(
        ap_id=options.ap_id,
        ap_password=options.ap_password,
        slow_seconds=options.slow_seconds,
        at_once=options.at_once,
    )
    people = {phone: certified(resident) for resident in residents if (phone := phone_of(resident))}
    subscribers = {phone: Subscriber(msisdn=phone, person=person) for phone, person in people.items()}
    app = create_app(Operator(settings=settings, subscribers=subscribers), signing_by(provider))
    app.router.routes.extend(authority_routes(provider.authority))
    return app


def phone_of(resident: Resident) -> str:
    digits = "".join(sign for sign in resident.fields.get("phone", "") if sign.isdecimal())
    return digits if len(digits) == 12 else ""


if __name__ == "__main__":
    given = parse()
    serve_alone(lambda address: app_for(given, address=address), host=given.host, port=given.port)
