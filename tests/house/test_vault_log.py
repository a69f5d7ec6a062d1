"""The log of readings cannot be rewritten, not even by our own code: the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from edem.foundation.identity import vault
from edem.foundation.identity.models import VaultReading
from edem.foundation.identity.purposes import ReadPurpose
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.people.tests.factories import MARCH_1


@pytest.fixture
def reading(db):
    person = identified_resident()
    vault.read(person, ("email",), purpose=ReadPurpose.MAIL, by=None, now=MARCH_1, reason="лист")
    return VaultReading.objects.get()


def test_the_log_of_readings_can_be_neither_changed_nor_deleted(reading):
    for change in (
        {"purpose": "owner"},
        {"reason": ""},
        {"fields": []},
        {"reader": reading.person},
        {"about_path": "/"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            VaultReading.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        VaultReading.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        reading.person.delete()  # whoever is known to the log is not deleted together with it
    assert VaultReading.objects.get().reason == "лист"


def test_a_reading_that_was_rolled_back_was_none(db):
    person = identified_resident()
    with transaction.atomic():
        vault.read(person, ("email",), purpose=ReadPurpose.MAIL, by=None, now=MARCH_1)
        transaction.set_rollback(True)
    assert not VaultReading.objects.exists()


def test_when_accounts_become_one_the_lines_follow_the_person(reading):
    other = identified_resident()
    VaultReading.objects.update(person=other)
    assert VaultReading.objects.get().person == other
