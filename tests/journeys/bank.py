"""BankID and the crypto service in the town: the programs themselves, and what the platform is told of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulators.running import CLIENT_ID, CLIENT_SECRET, TOKEN, running_bank, running_crypto_service


@contextmanager
def bank_awake(people: Path) -> Iterator[dict[str, str]]:
    with running_bank(f"--people={people}") as bank, running_crypto_service() as crypto:
        yield {
            "EDEM_BANK_ID_URL": bank,
            "EDEM_BANK_ID_CLIENT_ID": CLIENT_ID,
            "EDEM_BANK_ID_CLIENT_SECRET": CLIENT_SECRET,
            "EDEM_CRYPTO_SERVICE_URL": crypto,
            "EDEM_CRYPTO_SERVICE_TOKEN": TOKEN,
        }
