"""Files signed by КЕП go over to a new key with the rest of what is sealed, and to nobody else's row."""

import pytest

from edem.foundation.identity.privacy.rotating import rotate
from edem.foundation.identity.providers.kept_evidence import seal_evidence, unseal_evidence
from edem.foundation.identity.sealing import Unsealable
from edem.services.petitions.models import KepEvidence
from edem.services.petitions.models.kep import place_of
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory

pytestmark = pytest.mark.django_db

OLD, NEW = "aa" * 32, "bb" * 32


def with_key(settings, ring):
    settings.EDEM = settings.EDEM.model_copy(update={"vault_key": ring})


def evidence_of(petition, mark):
    return KepEvidence.objects.create(
        community=petition.community,
        petition_id=petition.pk,
        mark=mark,
        person_id=petition.author_id,
        text_sha256="0" * 64,
        sealed=seal_evidence(b"file of " + mark[:1].hex().encode(), place=place_of(petition.pk, mark)),
        sha256="0" * 64,
        algorithm="ДСТУ 4145",
        issuer="КНЕДП",
        at=MARCH_1,
    )


def test_after_rotation_the_new_key_alone_opens_every_file(settings):
    with_key(settings, OLD)
    petition = PetitionFactory(collecting=True)
    marks = [bytes([number]) * 32 for number in range(5)]
    for mark in marks:
        evidence_of(petition, mark)
    with_key(settings, f"2:{NEW},1:{OLD}")
    done = {each.table: each for each in rotate(portion=2, told=lambda table, count: None)}
    assert (done["petitions_kepevidence"].resealed, done["petitions_kepevidence"].unopened) == (5, 0)
    with_key(settings, f"2:{NEW}")
    for row in KepEvidence.objects.order_by("mark"):
        mark = bytes(row.mark)
        opened = unseal_evidence(row.sealed, place=place_of(petition.pk, mark))
        assert opened == b"file of " + mark[:1].hex().encode()


def test_a_file_moved_to_another_row_does_not_open():
    petition = PetitionFactory(collecting=True)
    row = evidence_of(petition, b"\x01" * 32)
    with pytest.raises(Unsealable):
        unseal_evidence(row.sealed, place=place_of(petition.pk, b"\x02" * 32))
