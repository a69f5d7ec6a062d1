"""Scans of proofs lie sealed: neither the storage nor the database tells anything alone."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from edem.foundation.files.actions import remove_files, store_made
from edem.foundation.files.models import StoredFile
from edem.foundation.files.queries import readable_file
from edem.foundation.files.rules import Kind
from edem.foundation.identity.jobs import keep_terms
from edem.foundation.identity.membership.deciding import SCAN
from edem.foundation.identity.models import FileKey
from edem.foundation.identity.privacy.rotating import rotate
from edem.foundation.identity.sealed_files import opened, seal_what_lies_open, store_made_sealed, store_sealed
from edem.foundation.identity.sealing import Unsealable
from edem.foundation.people.tests.factories import MARCH_1, PersonFactory
from edem.kernel.errors import Missing

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7\npassport CH482915\n%%EOF"
OLD, NEW = "aa" * 32, "bb" * 32


def with_key(settings, ring):
    settings.EDEM = settings.EDEM.model_copy(update={"vault_key": ring})


def lying(stored):
    with default_storage.open(stored.place) as file:
        return file.read()


@pytest.fixture
def facts(vyshnevohirsk):
    return {"community": vyshnevohirsk, "purpose": SCAN, "now": MARCH_1}


@pytest.fixture
def stored(facts):
    upload = SimpleUploadedFile("скан.pdf", CONTENT)
    return store_sealed(upload, owner=PersonFactory(staff=True), **facts)


def test_what_lies_in_the_storage_is_not_the_scan_and_its_key_is_not_in_the_clear(stored):
    assert opened(stored) == CONTENT
    assert b"CH482915" not in lying(stored)
    assert b"%PDF" not in lying(stored)
    assert len(bytes(FileKey.objects.get().sealed)) > 32


def test_nobody_gets_it_by_its_address(stored):
    with pytest.raises(Missing):
        readable_file(stored.pk, community_id=stored.community_id, reader=stored.owner)


def test_a_changed_file_and_another_ones_key_open_nothing(stored, facts):
    other = store_made_sealed(CONTENT, name="b.pdf", kind=Kind.PDF, **facts)
    FileKey.objects.filter(file=stored).update(sealed=FileKey.objects.get(file=other).sealed)
    with pytest.raises(Unsealable):
        opened(stored)
    content = bytearray(lying(other))
    content[-1] ^= 1
    default_storage.delete(other.place)
    default_storage.save(other.place, ContentFile(bytes(content)))
    with pytest.raises(Unsealable):
        opened(other)


def test_rotation_moves_the_key_and_leaves_the_file(settings, facts):
    with_key(settings, OLD)
    stored = store_made_sealed(CONTENT, name="a.pdf", kind=Kind.PDF, **facts)
    before = lying(stored)
    with_key(settings, f"2:{NEW},1:{OLD}")
    done = {each.table: each.resealed for each in rotate(told=lambda table, count: None)}
    assert done["identity_filekey"] == 1
    with_key(settings, f"2:{NEW}")
    assert opened(stored) == CONTENT
    assert lying(stored) == before


def test_those_of_before_are_sealed_by_night_once(facts, django_capture_on_commit_callbacks):
    old = store_made(CONTENT, name="old.pdf", kind=Kind.PDF, **facts)
    former = old.place
    assert opened(old) == CONTENT, "it can be read till then"
    with django_capture_on_commit_callbacks(execute=True):
        keep_terms(MARCH_1)
    old.refresh_from_db()
    assert opened(old) == CONTENT
    assert b"CH482915" not in lying(old)
    assert not default_storage.exists(former)
    assert seal_what_lies_open() == 0


def test_the_command_seals_at_once_and_a_lost_content_stops_nobody(facts):
    lost = store_made(CONTENT, name="lost.pdf", kind=Kind.PDF, **facts)
    default_storage.delete(lost.place)
    store_made(CONTENT, name="old.pdf", kind=Kind.PDF, **facts)
    store_made(CONTENT, name="plan.pdf", kind=Kind.PDF, **(facts | {"purpose": "petitions.hearing"}))
    told = StringIO()
    call_command("seal_files", stdout=told)
    assert "Зашифровано файлів: 1" in told.getvalue()
    assert FileKey.objects.count() == 1


def test_the_key_goes_with_the_file(stored, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remove_files([stored.pk])
    assert not FileKey.objects.exists()
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(stored.place)
