"""The demo's own secrets, made once and kept beside its data: nothing living stands on a published key."""

import secrets
from collections.abc import Callable

from tools.places import STATE, made_state

KEPT = STATE / "secrets"

MADE: dict[str, Callable[[], str]] = {
    "EDEM_SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "EDEM_VAULT_KEY": lambda: secrets.token_hex(32),
    "EDEM_MARK_KEY": lambda: secrets.token_hex(32),
    "EDEM_ID_GOV_UA_CLIENT_SECRET": lambda: secrets.token_urlsafe(24),
    "EDEM_BANK_ID_CLIENT_SECRET": lambda: secrets.token_urlsafe(24),
    "EDEM_MOBILE_ID_AP_PASSWORD": lambda: secrets.token_urlsafe(24),
    "EDEM_CRYPTO_SERVICE_TOKEN": lambda: secrets.token_urlsafe(24),
    "EDEM_SMS_KEY": lambda: secrets.token_urlsafe(24),
    "EDEM_OUTSIDE_KEY": lambda: secrets.token_urlsafe(24),
    "EDEM_PUSH_KEY": lambda: secrets.token_hex(32),
    "EDEM_SANDBOX_SEED": lambda: secrets.token_hex(16),
}


def own_secrets() -> dict[str, str]:
    known = read()
    missing = {name: make() for name, make in MADE.items() if name not in known}
    if missing:
        write(known | missing)
    return known | missing


def read() -> dict[str, str]:
    if not KEPT.exists():
        return {}
    pairs = (line.partition("=") for line in KEPT.read_text().splitlines())
    return {name: value for name, _, value in pairs}


def write(known: dict[str, str]) -> None:
    made_state()
    KEPT.touch(mode=0o600)
    KEPT.write_text("".join(f"{name}={value}\n" for name, value in known.items()))


def forget() -> None:
    KEPT.unlink(missing_ok=True)
