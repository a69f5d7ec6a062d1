"""`./edem check-deploy` on an installation that is, and is not, ready for residents."""

import pytest

from edem.foundation.identity.checks import production_is_not_a_demo

READY = {
    "secret_key": "k9-" + "s3cr3t" * 10,
    "vault_key": "a1" * 16 + "b2" * 16,
    "mark_key": "c3" * 16 + "d4" * 16,
    "id_gov_ua_client_secret": "of our own",
    "id_gov_ua_url": "https://id.gov.ua",
    "base_url": "https://edem.example.ua",
}

HOLDER = {"crypto_service_url": "https://crypto.example.ua", "crypto_service_token": "of our own"}
BANK_ID = {
    **HOLDER,
    "bank_id_url": "https://id.bank.gov.ua",
    "bank_id_client_id": "council",
    "bank_id_client_secret": "of our own",
}


def ids(settings, *, sandbox=False, **changed):
    settings.SANDBOX = sandbox
    settings.EDEM = settings.EDEM.model_copy(update=READY | changed)
    return {error.id for error in production_is_not_a_demo()}


def test_a_ready_installation_passes(settings):
    assert ids(settings) == set()
    assert ids(settings, **BANK_ID, id_gov_ua_encrypted=True) == set()
    assert ids(settings, id_gov_ua_url="", crypto_program="/usr/local/bin/open-envelope") == set()


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"sandbox": True}, "edem.E001"),
        ({"id_gov_ua_client_secret": "edem-demo-secret"}, "edem.E002"),
        ({"secret_key": "short"}, "edem.E003"),
        ({"vault_key": "not hex"}, "edem.E004"),
        ({"mark_key": "abcd"}, "edem.E004"),
        ({"mark_key": "ee" * 32}, "edem.E005"),
        ({"vault_key": READY["mark_key"]}, "edem.E006"),
        ({"id_gov_ua_url": "http://localhost:8100"}, "edem.E007"),
        ({"id_gov_ua_url": "https://127.0.0.1"}, "edem.E007"),
        ({"base_url": "http://edem.example.ua"}, "edem.E008"),
        ({**BANK_ID, "bank_id_url": "http://localhost:8101"}, "edem.E020"),
        ({**BANK_ID, "bank_id_client_secret": ""}, "edem.E021"),
        ({**BANK_ID, "crypto_service_url": ""}, "edem.E022"),
        ({"sandbox_decryption_key": "/run/secrets/key"}, "edem.E023"),
        ({"id_gov_ua_encrypted": True}, "edem.E024"),
        ({**HOLDER, "crypto_service_url": "http://crypto.example.ua"}, "edem.E025"),
        ({**HOLDER, "crypto_service_token": ""}, "edem.E026"),
    ],
)
def test_each_remnant_of_the_demo_is_named(settings, changed, error):
    assert ids(settings, **changed) == {error}


def test_the_defaults_of_a_developers_machine_pass_nothing(settings):
    defaults = {name: field.default for name, field in type(settings.EDEM).model_fields.items() if name in READY}
    assert ids(settings, sandbox=True, **defaults) >= {"edem.E001", "edem.E002", "edem.E005", "edem.E007", "edem.E008"}
