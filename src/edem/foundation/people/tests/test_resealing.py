"""After the rotation of the key a worker comes in as before, by the new key alone."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.exceptions import InvalidTag

from edem.foundation.people.models import OutsideProvider
from edem.foundation.people.resealing import reseal_secrets, secrets_left_behind
from edem.foundation.people.sealing import OUTSIDE, open_text, seal_text
from edem.foundation.people.tests.factories import MARCH_1, PersonFactory, with_authenticator_app

pytestmark = pytest.mark.django_db
OLD, NEW = "aa" * 32, "bb" * 32


@pytest.fixture
def ring(settings):
    def ring(vault_key):
        settings.EDEM = settings.EDEM.model_copy(update={"vault_key": vault_key})

    ring(OLD)
    return ring


@pytest.fixture
def kept(ring):
    worker = PersonFactory(staff=True)
    secret, codes = with_authenticator_app(worker), RecoveryCodes.activate(worker).get_unused_codes()
    provider = OutsideProvider.objects.create(
        code="misto", name="Місто", issuer="https://sso.example", client_id="c", made_at=MARCH_1,
        secret=seal_text("таємниця", place=OUTSIDE),
    )  # fmt: skip
    return worker, secret, codes, provider


def test_the_new_key_alone_opens_what_staff_sign_in_by(ring, kept):
    worker, secret, codes, provider = kept
    ring(f"2:{NEW},1:{OLD}")
    assert secrets_left_behind() == 3
    told = {}
    assert reseal_secrets(told=told.__setitem__) == 0
    assert told == {"mfa_authenticator": 2, "people_outsideprovider": 1}
    assert secrets_left_behind() == 0
    ring(f"2:{NEW}")
    assert open_text(Authenticator.objects.get(user=worker, type="totp").data["secret"]) == secret
    recovery = Authenticator.objects.get(user=worker, type="recovery_codes")
    assert RecoveryCodes(recovery).get_unused_codes() == codes
    provider.refresh_from_db()
    assert open_text(provider.secret, place=OUTSIDE) == "таємниця"
    assert reseal_secrets(told=told.__setitem__) == 0


def test_what_a_lost_key_sealed_stays_as_it_was_and_is_counted(ring, kept):
    ring(f"2:{NEW}")
    assert reseal_secrets(told=lambda table, done: None) == 3
    ring(f"2:{NEW},1:{OLD}")
    assert reseal_secrets(told=lambda table, done: None) == 0


def test_a_secret_moved_to_another_place_does_not_open(ring):
    with pytest.raises(InvalidTag):
        open_text(seal_text("таємниця", place=OUTSIDE))
