"""`./edem check-deploy` on the folder of trusted certificates and on asking issuers."""

import pytest

from edem.foundation.identity.signatures.checking import trusted_now
from edem.foundation.identity.signatures.checks import signatures_can_be_checked
from edem.kernel.kep.tests.signing_room import olena, root


def ids(settings, **changed):
    settings.EDEM = settings.EDEM.model_copy(update={"kep_online": True, "kep_online_networks": [], **changed})
    return {message.id for message in signatures_can_be_checked()}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "root.cer").write_bytes(root().certificate.der)
    return tmp_path


def test_a_folder_with_a_root_passes_and_so_does_none_at_all(settings, folder):
    assert ids(settings, trust_dir=folder) == set()
    assert ids(settings, trust_dir=None, kep_online=False) == set()


def test_a_folder_that_is_not_there_is_found_out_and_trusts_nobody(settings, tmp_path):
    assert ids(settings, trust_dir=tmp_path / "absent") == {"edem.E030"}
    assert len(trusted_now().trust) == 0


def test_a_folder_without_an_authority_is_found_out(settings, tmp_path):
    (tmp_path / "person.cer").write_bytes(olena().certificate.der)
    assert ids(settings, trust_dir=tmp_path) == {"edem.E031"}


def test_a_file_without_a_certificate_is_named(settings, folder):
    (folder / "notes.pem").write_text("to do")
    assert ids(settings, trust_dir=folder) == {"edem.W032"}


def test_our_own_networks_are_not_open_and_silence_is_warned_of(settings, folder):
    assert ids(settings, trust_dir=folder, kep_online_networks=["127.0.0.0/8"]) == {"edem.E033"}
    assert ids(settings, trust_dir=folder, kep_online=False) == {"edem.W034"}
