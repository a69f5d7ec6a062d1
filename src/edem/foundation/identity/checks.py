"""`./edem check-deploy`: a council's installation does not start with demo secrets or the sandbox sign-in."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register

from edem.foundation.calling import LOOPBACK, is_outer
from edem.foundation.identity.keys import Keyring

SECRETS = {
    "secret_key": "EDEM_SECRET_KEY",
    "vault_key": "EDEM_VAULT_KEY",
    "mark_key": "EDEM_MARK_KEY",
    "id_gov_ua_client_secret": "EDEM_ID_GOV_UA_CLIENT_SECRET",
}
SHORTEST_SECRET_KEY = 50


@register(Tags.security, deploy=True)
def production_is_not_a_demo(**_: Any) -> list[Error]:
    return [*_sandbox(), *_secrets(), *_keys(), *_addresses(), *_bank_id(), *_decryption()]


def _sandbox() -> Iterator[Error]:
    if settings.SANDBOX:
        yield Error("The sandbox sign-in is on.", hint="Unset EDEM_SANDBOX and use the prod settings.", id="edem.E001")


def _secrets() -> Iterator[Error]:
    env = settings.EDEM
    fields = type(env).model_fields
    for name, variable in SECRETS.items():
        if getattr(env, name) == fields[name].default:
            yield Error(f"{variable} is the demo's own.", hint=f"Set {variable} to a secret of yours.", id="edem.E002")
    if len(env.secret_key) < SHORTEST_SECRET_KEY:
        yield Error("EDEM_SECRET_KEY is too short.", hint=f"{SHORTEST_SECRET_KEY} characters or more.", id="edem.E003")


def _keys() -> Iterator[Error]:
    env = settings.EDEM
    for variable, text in (("EDEM_VAULT_KEY", env.vault_key), ("EDEM_MARK_KEY", env.mark_key)):
        try:
            keys = Keyring.parse(text).keys.values()
        except ValueError:
            yield Error(f"{variable} is not a key.", hint="64 hex digits, or «2:hex,1:hex».", id="edem.E004")
            continue
        if any(len(set(key)) == 1 for key in keys):
            yield Error(f"{variable} is one byte repeated.", hint="Draw it at random.", id="edem.E005")
    if env.vault_key == env.mark_key:
        yield Error("The vault and the marks share one key.", hint="Two keys, or one theft opens both.", id="edem.E006")


def _addresses() -> Iterator[Error]:
    env = settings.EDEM
    if env.id_gov_ua_url and not is_outer(env.id_gov_ua_url):
        hint = "https://id.gov.ua, or https://test.id.gov.ua while trying."
        yield Error("EDEM_ID_GOV_UA_URL is the sandbox.", hint=hint, id="edem.E007")
    if not is_outer(env.base_url):
        yield Error("EDEM_BASE_URL is not a public https address.", hint="https://edem.example.ua", id="edem.E008")


def _bank_id() -> Iterator[Error]:
    env = settings.EDEM
    if not env.bank_id_url:
        return
    if not is_outer(env.bank_id_url):
        hint = "https://id.bank.gov.ua, or https://testid.bank.gov.ua while trying."
        yield Error("EDEM_BANK_ID_URL is the sandbox.", hint=hint, id="edem.E020")
    if not (env.bank_id_client_id and env.bank_id_client_secret):
        hint = "They come with the agreement on BankID."
        yield Error("EDEM_BANK_ID_CLIENT_ID or EDEM_BANK_ID_CLIENT_SECRET is missing.", hint=hint, id="edem.E021")
    if not _has_holder():
        hint = "Set EDEM_CRYPTO_SERVICE_URL or EDEM_CRYPTO_PROGRAM."
        yield Error("BankID answers are encrypted, and nobody holds the key.", hint=hint, id="edem.E022")


def _decryption() -> Iterator[Error]:
    env = settings.EDEM
    if env.sandbox_decryption_key is not None:
        hint = "Our own decryption is not constant-time. Unset EDEM_SANDBOX_DECRYPTION_KEY; see docs/guides/sign-in.md."
        yield Error("The sandbox decryption is on.", hint=hint, id="edem.E023")
    if env.id_gov_ua_encrypted and not _has_holder():
        hint = "Set EDEM_CRYPTO_SERVICE_URL or EDEM_CRYPTO_PROGRAM."
        yield Error(
            "Encrypted answers of id.gov.ua are asked for, and nobody holds the key.", hint=hint, id="edem.E024"
        )
    service = urlsplit(env.crypto_service_url)
    if service.scheme == "http" and service.hostname not in LOOPBACK:
        hint = "https, or http on this machine alone."
        yield Error("EDEM_CRYPTO_SERVICE_URL would carry personal data in clear.", hint=hint, id="edem.E025")
    if env.crypto_service_url and not env.crypto_service_token:
        hint = "Whoever reaches the service could open every answer."
        yield Error("EDEM_CRYPTO_SERVICE_TOKEN is missing.", hint=hint, id="edem.E026")


def _has_holder() -> bool:
    return bool(settings.EDEM.crypto_service_url or settings.EDEM.crypto_program)
