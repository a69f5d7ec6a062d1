"""The ground of the journeys: one small town in a database of its own, served by the real programs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from edem.config.env import ROOT
from edem.config.front_door.tests.serving import cloned_database, writing_to
from edem.config.sample.charters import sample_charters
from edem.config.sample.generating import SampleCommunity
from edem.config.sample.personas import persona_resident, personas, personas_of
from edem.config.sample.reading import community_text
from edem.config.sample.records import persona_record
from edem.config.sample.seeding.registering import register
from edem.config.sample.seeding.settling import settle
from edem.config.sample.seeding.staffing import hire
from edem.foundation.communities.models import CharterVersion
from edem.foundation.people.roles import Role
from edem.kernel.deadlines import kyiv_day
from simulators.authority import write_root
from simulators.id_gov_ua.running import CLIENT_ID, CLIENT_SECRET, running_stand
from simulators.mailbox.letters import Letter, Mailbox
from simulators.mobile_id.running import AP_ID, AP_PASSWORD, running_mobile_id
from simulators.running import SEED
from simulators.signing_widget.running import running_signing_widget
from tests.journeys.bank import bank_awake
from tests.load.serving import wait_for_port
from tools.ports import free_port

SLUG = "vyshnevohirsk"
DOOR = "granian"
THRESHOLD = 5
PUSH_KEY = "5e" * 32


@dataclass(frozen=True, kw_only=True)
class Town:
    """Where everything is: the community's pages, its letters, its database."""

    platform: str
    database: str
    mailbox: Mailbox
    signing: str
    """The stand of the signing widget and of a program that signs files."""
    phones: str
    """The stand of MobileID."""
    folder: Path
    """Where the programs keep what they have, and their journals."""
    badges: dict[str, Any] = field(default_factory=dict)
    """Cookies of the staff who have signed in."""
    seen: set[str] = field(default_factory=set)
    """Kinds of pages that were looked at."""

    @property
    def home(self) -> str:
        return f"{self.platform}/{SLUG}"

    def last_fault(self) -> str:
        """What the front door wrote when something broke: the page itself tells a resident nothing of it."""
        _before, found, story = end_of(self.folder / f"{DOOR}.log").rpartition("Traceback")
        return found + story

    def letters_to(self, recipient: str) -> Sequence[Letter]:
        return [letter for letter in self.mailbox.newest() if letter.recipient == recipient]


@contextmanager
def town_awake(folder: Path) -> Iterator[Town]:
    """Database, people, sandbox of id.gov.ua, post office, worker and front door: each the program itself."""
    people, now = folder / "people.json", datetime.now(UTC)
    people.write_text(json.dumps([persona_record(each, today=kyiv_day(now)) for each in personas()]))
    port, smtp, letters = free_port(), free_port(), free_port()
    with ExitStack() as stack:
        database = stack.enter_context(cloned_database("journeys"))
        with writing_to(database):
            settle_town(now)
        stand = stack.enter_context(running_stand("--people", str(people)))
        signing = stack.enter_context(running_signing_widget(f"--people={people}"))
        phones = stack.enter_context(running_mobile_id(f"--people={people}"))
        write_root(SEED, into=folder / "trust")
        surroundings = environment_of(port, smtp=smtp, stand=stand, database=database, state=folder)
        surroundings |= signing_environment(signing=signing, phones=phones, trust=folder / "trust")
        surroundings |= stack.enter_context(bank_awake(people))
        post = ["simulators.mailbox", f"--smtp-port={smtp}", f"--port={letters}", f"--folder={folder / 'mail'}"]
        started = [stack.enter_context(running(post, port=smtp, surroundings=surroundings))]
        started += [stack.enter_context(running(["django", "work"], port=None, surroundings=surroundings))]
        door = [
            DOOR,
            "--interface=asgi",
            f"--port={port}",
            "--no-ws",
            "--workers-kill-timeout=10",
            "--factory",
            "edem.config.server:application",
        ]
        started += [stack.enter_context(running(door, port=port, surroundings=surroundings))]
        stack.callback(end_together, started)
        yield Town(
            platform=f"http://127.0.0.1:{port}",
            database=database,
            mailbox=Mailbox(folder / "mail"),
            signing=signing,
            phones=phones,
            folder=folder,
        )


def environment_of(port: int, *, smtp: int, stand: str, database: str, state: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "edem.config.settings.test",
        "PYTHONPATH": f"{ROOT}/src:{ROOT}",
        "EDEM_BASE_URL": f"http://127.0.0.1:{port}",
        "EDEM_SMTP_URL": f"smtp://127.0.0.1:{smtp}",
        "EDEM_ID_GOV_UA_URL": stand,
        "EDEM_ID_GOV_UA_CLIENT_ID": CLIENT_ID,
        "EDEM_ID_GOV_UA_CLIENT_SECRET": CLIENT_SECRET,
        "EDEM_STATE_DIR": str(state),
        "EDEM_MEDIA_DIR": str(state / "media"),
        "EDEM_COUNTING_SECONDS": "0.5",
        "EDEM_PUSH_KEY": PUSH_KEY,
        "EDEM_PUSH_NETWORKS": "127.0.0.0/8",
    }


def signing_environment(*, signing: str, phones: str, trust: Path) -> dict[str, str]:
    return {
        "EDEM_TRUST_DIR": str(trust),
        "EDEM_KEP_ONLINE": "true",
        "EDEM_KEP_ONLINE_NETWORKS": "127.0.0.0/8",
        "EDEM_SIGN_WIDGET_URL": f"{signing}/",
        "EDEM_MOBILE_ID_URL": phones,
        "EDEM_MOBILE_ID_AP_ID": AP_ID,
        "EDEM_MOBILE_ID_AP_PASSWORD": AP_PASSWORD,
    }


def settle_town(now: datetime) -> None:
    """The sample's community with its staff and the people of the sandbox; five signatures are enough here."""
    text, today = community_text(SLUG), kyiv_day(now)
    members = [persona_resident(each, text, today=today) for each in personas_of(SLUG) if each.member]
    sample = SampleCommunity(
        text=text,
        charters=sample_charters(SLUG, today=today),
        residents=tuple(members),
        personas=personas_of(SLUG),
        petitions=(),
    )
    settled = settle(sample, number=0)
    team = hire(settled, since=now - timedelta(days=900))
    register(settled, officer=team[Role.OFFICER], now=now, today=today)
    for version in CharterVersion.objects.filter(community=settled.community, service="petitions").order_by("pk"):
        version.values["threshold"] = THRESHOLD
        version.save()


@contextmanager
def running(
    module: Sequence[str], *, port: int | None, surroundings: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    journal = Path(surroundings["EDEM_STATE_DIR"]) / f"{module[0]}.log"
    with journal.open("ab") as said:
        command = [sys.executable, "-m", *module]
        process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=said, stderr=said)
        try:
            if port is not None and not wait_for_port(port, process):
                raise AssertionError(f"{module[0]} did not start:\n{end_of(journal)}")
            yield process
        finally:
            process.terminate()
            process.wait(timeout=60)


def end_together(started: Sequence[subprocess.Popen[bytes]]) -> None:
    """Each takes its time to stop; none has to wait for another's."""
    for process in started:
        process.terminate()


def end_of(journal: Path) -> str:
    return journal.read_bytes()[-20_000:].decode(errors="replace")
