"""The door opens for a council only with secrets of its own."""

import os
import subprocess
import sys

import pytest

from edem.config.env import ROOT, database_url

FIT = {
    "EDEM_SECRET_KEY": "k" + "0123456789abcdef" * 4,
    "EDEM_VAULT_KEY": "0123456789abcdef" * 4,
    "EDEM_MARK_KEY": "fedcba9876543210" * 4,
    "EDEM_ID_GOV_UA_URL": "https://id.gov.ua",
    "EDEM_ID_GOV_UA_CLIENT_SECRET": "a secret of the council's own",
    "EDEM_BASE_URL": "https://edem.example.ua",
}


def opening(**environment: str) -> subprocess.CompletedProcess[str]:
    given = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "edem.config.settings.prod",
        "DATABASE_URL": database_url(),
        **environment,
    }
    command = [sys.executable, "-c", "import edem.config.wsgi"]
    return subprocess.run(command, env=given, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def test_a_council_with_its_own_secrets_may_open():
    assert opening(**FIT).returncode == 0


@pytest.mark.parametrize("missing", ["EDEM_SECRET_KEY", "EDEM_VAULT_KEY", "EDEM_ID_GOV_UA_URL"])
def test_demo_secrets_keep_the_door_shut(missing):
    told = opening(**{name: value for name, value in FIT.items() if name != missing})
    assert told.returncode != 0
    assert missing in told.stderr


def test_the_sandbox_keeps_the_door_shut():
    assert "sandbox" in opening(**FIT, EDEM_SANDBOX="1").stderr


COMPLETE = FIT | {
    "EDEM_ALLOWED_HOSTS": "edem.example.ua",
    "EDEM_SMTP_URL": "smtp+starttls://name:password@mail.example.ua",
    "EDEM_MAIL_FROM": "e-DEM <no-reply@edem.example.ua>",
}


def judged(**environment: str) -> subprocess.CompletedProcess[str]:
    given = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "edem.config.settings.prod",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere",
        **environment,
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level=WARNING"]
    return subprocess.run(command, env=given, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def test_a_complete_installation_is_fit_for_residents():
    told = judged(**COMPLETE)
    assert told.returncode == 0, told.stderr


def test_what_is_forgotten_is_named_all_at_once(tmp_path):
    told = judged(**FIT, EDEM_METRICS_NETWORKS="0.0.0.0/0", EDEM_TRUSTED_PROXIES="::/0", EDEM_LOG_FORMAT="plain")
    assert told.returncode != 0
    for id_of_fault in ("E060", "E063", "E064", "E065", "E066", "W067"):
        assert f"edem.{id_of_fault}" in told.stderr
