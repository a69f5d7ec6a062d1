"""Run the stand: `python -m simulators.trembita --port 8106 --client SEVDEIR-TEST/GOV/…/EDEM --service …`."""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette

from simulators.id_gov_ua.fictional import fictional_residents
from simulators.id_gov_ua.residents import Resident, load_residents
from simulators.serving import serve_alone, stand_parser
from simulators.trembita.app import Stand, create_app


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = stand_parser("simulators.trembita", __doc__, port=8106)
    parser.add_argument("--people", type=Path, help="JSON list of the sample community's people")
    parser.add_argument("--client", required=True, help="who may ask: instance/class/code/subsystem")
    parser.add_argument("--service", required=True, help="instance/class/code/subsystem/service")
    parser.add_argument("--slow-seconds", type=float, default=30)
    return parser.parse_args(arguments)


def app_for(options: argparse.Namespace) -> Starlette:
    people = load_residents(options.people) if options.people else fictional_residents(datetime.now(UTC).date())
    stand = Stand(
        client=options.client, service=options.service, residents=settled(people), slow_seconds=options.slow_seconds
    )
    return create_app(stand)


def settled(people: Sequence[Resident]) -> Sequence[Resident]:
    """Whoever came to the other stands without an address is registered all the same: where most of them are."""
    places = Counter(place_of(one) for one in people if all(place_of(one)))
    state, locality = places.most_common(1)[0][0] if places else ("", "")
    home = {"state": state, "locality": locality, "address": "вул. Реєстрова, буд. 1"}
    return [one if all(place_of(one)) else replace(one, fields={**one.fields, **home}) for one in people]


def place_of(one: Resident) -> tuple[str, str]:
    state, locality = (one.fields.get(name, "").replace("n/a", "") for name in ("state", "locality"))
    return state, locality


if __name__ == "__main__":
    given = parse()
    serve_alone(lambda _address: app_for(given), host=given.host, port=given.port)
