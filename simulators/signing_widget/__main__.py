"""Run the widget: `python -m simulators.signing_widget --seed … --port 8103`; files are signed at `/program`."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette

from simulators.authority import authority_routes
from simulators.id_gov_ua.fictional import fictional_residents
from simulators.id_gov_ua.residents import load_residents
from simulators.kep_provider.people import certified
from simulators.kep_provider.provider import Provider
from simulators.serving import serve_alone, stand_parser
from simulators.signing_widget.app import Desk, create_app


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = stand_parser("simulators.signing_widget", __doc__, port=8103)
    parser.add_argument("--seed", required=True, help="the sandbox's: keys are made from it")
    parser.add_argument("--people", type=Path, help="JSON list of the sample community's people")
    return parser.parse_args(arguments)


def app_for(options: argparse.Namespace, *, address: str) -> Starlette:
    now = datetime.now(UTC)
    residents = load_residents(options.people) if options.people else fictional_residents(now.date())
    provider = Provider(seed=options.seed, name="Підпис", site=address, now=now)
    app = create_app(Desk(provider=provider, people={each.id: certified(each) for each in residents}))
    app.router.routes.extend(authority_routes(provider.authority))
    return app


if __name__ == "__main__":
    given = parse()
    serve_alone(lambda address: app_for(given, address=address), host=given.host, port=given.port)
