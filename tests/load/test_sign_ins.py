"""A crowd signs in at one moment through the stands: nobody hears of an error, nobody becomes two people."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from secrets import token_hex

import psycopg
import pytest

from edem.config.front_door.tests.serving import cloned_database, serving, writing_to
from edem.foundation.identity.tests.conftest import community_with_settlements, offer
from simulators.authority import write_root
from simulators.id_gov_ua.running import running_stand
from simulators.running import CLIENT_ID, CLIENT_SECRET, SEED, TOKEN, running_bank, running_crypto_service
from tests.load.sign_ins import WELCOME, person, sign_in_at_once
from tools.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)  # rows are really committed, in a database of their own
WAYS = ("diia_id", "bank_id_nbu")
AS_THE_DEMO = 2
"""Server processes: what one has just written, the other must find."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    platform: str
    database: str

    def come(self, people: list[str], *, method: str) -> Counter[str]:
        ends = asyncio.run(sign_in_at_once(self.platform, people, method=method, community="vyshnevohirsk"))
        return Counter(ends)

    def count(self, table: str) -> int:
        with psycopg.connect(self.database) as own:
            return own.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names


@contextmanager
def ground(folder, *, people: int, encrypted: bool) -> Iterator[Ground]:
    listed = folder / "people.json"
    listed.write_text(json.dumps([person(number) for number in range(people)]))
    write_root(SEED, into=folder / "trust")
    known = f"--people={listed}"
    with ExitStack() as stack:
        database = stack.enter_context(cloned_database(f"crowd_{token_hex(3)}"))
        with writing_to(database):
            settlements = [("Вишневогірськ", "M")]
            offer(community_with_settlements("UA9901", oblast="Вишневогірська", settlements=settlements), *WAYS)
        stand = stack.enter_context(running_stand(known, "--code-seconds=600"))
        bank = stack.enter_context(running_bank(known, "--code-seconds=600")) if encrypted else ""
        crypto = stack.enter_context(running_crypto_service()) if encrypted else ""
        yield Ground(platform=stack.enter_context(door(database, stand, bank, crypto, folder)), database=database)


@contextmanager
def door(database: str, stand: str, bank: str, crypto: str, folder) -> Iterator[str]:
    """The provider sends people back to the platform's own address, so it must be known before the door opens."""
    port = free_port()
    connected = {
        "EDEM_BASE_URL": f"http://127.0.0.1:{port}",
        "EDEM_ID_GOV_UA_URL": stand,
        "EDEM_ID_GOV_UA_CLIENT_ID": CLIENT_ID,
        "EDEM_ID_GOV_UA_CLIENT_SECRET": CLIENT_SECRET,
        "EDEM_ID_GOV_UA_ENCRYPTED": str(bool(crypto)),
        "EDEM_BANK_ID_URL": bank,
        "EDEM_BANK_ID_CLIENT_ID": CLIENT_ID,
        "EDEM_BANK_ID_CLIENT_SECRET": CLIENT_SECRET,
        "EDEM_CRYPTO_SERVICE_URL": crypto,
        "EDEM_CRYPTO_SERVICE_TOKEN": TOKEN,
        "EDEM_TRUST_DIR": str(folder / "trust"),
    }
    real = {"application": "edem.config.asgi:application", "settings": "tests.load.crowd_settings"}
    with serving(database, port=port, workers=AS_THE_DEMO, **real, **connected) as served:
        yield served.address


def check_crowd(here: Ground, *, people: int, browsers: int, method: str) -> None:
    """Each person comes by several browsers in the same moment, and later once more by each of them."""
    crowd = [f"c{number % people}" for number in range(browsers)]
    ends = here.come(crowd, method=method)
    assert ends[WELCOME] >= people
    assert set(ends) <= {WELCOME, "/"}
    for table in ("people_person", "identity_vaultrecord", "identity_consent"):
        assert here.count(table) == people, table
    assert here.count("identity_signin") == browsers
    assert here.count("identity_membershipfact") == people


def test_forty_sign_ins_at_once_make_twenty_people(tmp_path):
    with ground(tmp_path, people=20, encrypted=False) as here:
        check_crowd(here, people=20, browsers=40, method="diia_id")


def test_encrypted_answers_come_at_once_as_well(tmp_path):
    with ground(tmp_path, people=2, encrypted=True) as here:
        check_crowd(here, people=2, browsers=4, method="bank_id_nbu")
        assert here.come(["c0", "c1", "c0"], method="diia_id") == {"/": 3}
        assert here.count("people_person") == 2


@pytest.mark.full
def test_a_thousand_sign_ins_at_once_make_five_hundred_people(tmp_path):
    with ground(tmp_path, people=500, encrypted=False) as here:
        check_crowd(here, people=500, browsers=1000, method="diia_id")
        assert here.come([f"c{number}" for number in range(100)], method="diia_id") == {"/": 100}
        assert here.count("people_person") == 500


@pytest.mark.full
def test_fifty_encrypted_answers_at_once_by_either_way(tmp_path):
    with ground(tmp_path, people=25, encrypted=True) as here:
        check_crowd(here, people=25, browsers=50, method="bank_id_nbu")
        assert here.come([f"c{number % 25}" for number in range(50)], method="diia_id") == {"/": 50}
        assert here.count("people_person") == 25
