"""Run the stand: `python -m simulators.bank_id --seed … --port 8101 --client-id … --client-secret …`."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from simulators.bank_id.app import create_app
from simulators.bank_id.bank import Bank
from simulators.bank_id.stand import Stand
from simulators.id_gov_ua.fictional import fictional_residents
from simulators.id_gov_ua.residents import load_residents
from simulators.id_gov_ua.stand import Settings
from simulators.serving import serve_alone, stand_parser


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = stand_parser("simulators.bank_id", __doc__, port=8101)
    parser.add_argument("--seed", required=True, help="the sandbox's: keys are made from it")
    parser.add_argument("--people", type=Path, help="JSON list of the sample community's people")
    parser.add_argument("--client-id", required=True)
    parser.add_argument("--client-secret", required=True)
    parser.add_argument("--redirect-host", action="append", default=[], help="a host it may send people back to")
    parser.add_argument("--code-seconds", type=float, default=60)
    parser.add_argument("--slow-seconds", type=float, default=30)
    return parser.parse_args(arguments)


def stand_for(options: argparse.Namespace, *, address: str) -> Stand:
    settings = Settings(
        client_id=options.client_id,
        client_secret=options.client_secret,
        code_seconds=options.code_seconds,
        slow_seconds=options.slow_seconds,
        redirect_hosts=tuple(options.redirect_host),
    )
    today = datetime.now(UTC).date()
    people = load_residents(options.people) if options.people else fictional_residents(today)
    return Stand(settings, people, bank=Bank(options.seed, site=address))


if __name__ == "__main__":
    given = parse()
    serve_alone(lambda address: create_app(stand_for(given, address=address)), host=given.host, port=given.port)
