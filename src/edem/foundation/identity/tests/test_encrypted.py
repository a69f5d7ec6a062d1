"""id.gov.ua with encrypted answers, and the holders of the key: a service, a program, the sandbox's own code."""

import os
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from edem.foundation.identity.providers.decryption import service as over_http
from edem.foundation.identity.providers.decryption.choosing import chosen_decryption
from edem.foundation.identity.providers.decryption.port import HolderSilent, Unopened
from edem.foundation.identity.providers.decryption.program import CryptoProgram
from edem.foundation.identity.providers.decryption.sandbox import SandboxDecryption
from edem.foundation.people.models import Person
from simulators.authority import stand_authority
from simulators.crypto_service.holder import INSTALLATION, Holder
from simulators.id_gov_ua.mischief import Mischief
from simulators.running import ROOT, SEED, TOKEN
from simulators.sealing import Sealer

WORDS = '{"lastname": "Коваленко"}'.encode()
METHODS = ["dig_sign", "bank_id", "mobile_id", "diia_id"]


def text_of(answer):
    return answer.content.decode()


@pytest.fixture(scope="session")
def holder():
    return Holder(seed=SEED)


@pytest.fixture(scope="session")
def envelope(holder):
    sealer = Sealer.of(stand_authority(SEED, name="id-gov-ua", site=""), INSTALLATION)
    certificate = b64encode(holder.certificate).decode()

    def sealed(mischief=Mischief.NONE, content=WORDS):
        return sealer.sealed(content, certificate=certificate, mischief=mischief)

    return sealed


@pytest.fixture(scope="session")
def key_file(holder, tmp_path_factory):
    file = tmp_path_factory.mktemp("key") / "key.json"
    holder.write_key(file)
    return file


@pytest.mark.django_db
@pytest.mark.usefixtures("encrypted")
@pytest.mark.parametrize("method", METHODS)
def test_every_method_works_with_encrypted_answers(resident, vyshnevohirsk, method):
    assert resident.sign_in("1001", method=method).url == "/sign-in/welcome/"
    assert Person.objects.get().display_name == "Коваленко Олена Петрівна"


@pytest.mark.django_db
@pytest.mark.usefixtures("encrypted")
@pytest.mark.parametrize(
    ("mischief", "status", "words"),
    [
        ("others_envelope", 502, "зашифровано не для нас"),
        ("spoilt_envelope", 502, "незрозуміло"),
        ("broken_person", 502, "незрозуміло"),
        ("no_person", 502, "не передав ваших даних"),
        ("nothing_known", 422, "немає імені"),
    ],
)
def test_a_wrong_envelope_is_refused_with_a_sentence(resident, vyshnevohirsk, mischief, status, words):
    answer = resident.come("1001", mischief=mischief)
    assert answer.status_code == status
    assert words in text_of(answer)
    assert not Person.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("encrypted")
def test_a_silent_holder_of_the_key_is_our_fault_and_said_so(resident, vyshnevohirsk, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"crypto_service_url": "http://127.0.0.1:9"})
    answer = resident.come("1001")
    assert answer.status_code == 502
    assert "прочитати зашифровану відповідь" in text_of(answer)


@pytest.mark.usefixtures("key_holder")
def test_the_service_opens_what_is_meant_for_us_and_nothing_else(envelope, holder):
    service = chosen_decryption()
    assert service.certificate() == holder.certificate
    assert service.opened(envelope()) == WORDS
    for wrong in (envelope(Mischief.OTHERS_ENVELOPE), b"nonsense", b""):
        with pytest.raises(Unopened):
            service.opened(wrong)


def test_the_service_opens_nothing_for_a_stranger(key_holder, envelope):
    stranger = over_http.HolderOverHttp(base_url=key_holder, token="guess")
    with pytest.raises(HolderSilent):
        stranger.opened(envelope())
    with pytest.raises(HolderSilent):
        stranger.certificate()


def test_a_program_on_this_machine_may_hold_the_key(envelope, holder, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", f"{ROOT}/src{os.pathsep}{ROOT}")
    program = CryptoProgram(command=[sys.executable, "-m", "simulators.crypto_service", f"--seed={SEED}"], patience=60)
    assert program.certificate() == holder.certificate
    assert program.opened(envelope()) == WORDS
    with pytest.raises(Unopened):
        program.opened(envelope(Mischief.OTHERS_ENVELOPE))


@pytest.mark.parametrize("command", [["/no/such/program"], [sys.executable, "-c", "raise SystemExit(1)"],
                                     [sys.executable, "-c", "import time; time.sleep(30)"]])  # fmt: skip
def test_a_program_that_fails_is_a_silent_holder(command):
    program = CryptoProgram(command=command, patience=1)
    with pytest.raises(HolderSilent):
        program.opened(b"x")
    with pytest.raises(HolderSilent):
        program.certificate()


def test_no_shell_reads_the_programs_arguments(settings, tmp_path):
    trace = tmp_path / "trace"
    settings.EDEM = settings.EDEM.model_copy(
        update={"crypto_service_url": "", "crypto_program": f"/bin/echo '$(touch {trace})' ; touch {trace}"}
    )
    assert b"$(touch" in chosen_decryption().certificate()
    assert not trace.exists()


def test_the_sandbox_opens_with_our_own_code(settings, key_file, envelope, holder):
    settings.EDEM = settings.EDEM.model_copy(update={"crypto_service_url": "", "sandbox_decryption_key": key_file})
    ours = chosen_decryption()
    assert ours.certificate() == holder.certificate
    assert ours.opened(envelope()) == WORDS
    with pytest.raises(Unopened):
        ours.opened(envelope(Mischief.OTHERS_ENVELOPE))


@pytest.mark.parametrize(("sandbox", "production"), [(False, False), (True, True), (False, True)])
def test_our_own_code_refuses_production_wherever_it_is_asked(settings, key_file, envelope, sandbox, production):
    ours = SandboxDecryption(key_file=key_file)
    settings.SANDBOX, settings.PRODUCTION = sandbox, production
    with pytest.raises(ImproperlyConfigured):
        SandboxDecryption(key_file=key_file)
    with pytest.raises(ImproperlyConfigured):
        ours.opened(envelope())


@pytest.mark.parametrize("text", ["", "{}", '{"curve": "m257", "private": "x", "certificate": ""}'])
def test_a_spoilt_key_file_is_named(tmp_path: Path, text):
    file = tmp_path / "key.json"
    file.write_text(text)
    with pytest.raises(ImproperlyConfigured, match=r"key\.json"):
        SandboxDecryption(key_file=file).certificate()


def test_the_token_is_not_in_the_adapters_words(key_holder, caplog):
    over_http.HolderOverHttp(base_url=key_holder, token=TOKEN).certificate()
    assert TOKEN not in caplog.text
