"""Rotation of keys: everything opens by the new one alone, whoever writes meanwhile; marks keep their versions."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Event
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.identity import vault
from edem.foundation.identity.actions import admit_person, withdraw_consent
from edem.foundation.identity.facts import mark_of
from edem.foundation.identity.keys import Keyring, vault_keys
from edem.foundation.identity.models import SealedFacts, VaultReading, VaultRecord
from edem.foundation.identity.on_paper import seal_number, unseal_number
from edem.foundation.identity.privacy.key_report import mark_key_report, vault_key_report
from edem.foundation.identity.privacy.marking import complete_marks
from edem.foundation.identity.privacy.rotating import rotate, sealed_columns
from edem.foundation.identity.purposes import FIELDS, MarkPurpose, ReadPurpose
from edem.foundation.identity.sealing import Unsealable, seal, unseal, version_of
from edem.foundation.identity.tests.factories import claims_of, identified_resident
from edem.foundation.people.tests.factories import MARCH_1
from edem.services.petitions.models import KepEvidence, PaperRow, PaperSheet
from edem.services.petitions.models.paper import place_of
from edem.services.petitions.queries.key_versions import marked_by
from edem.services.petitions.tests.factories import PetitionFactory

OLD, NEW = "aa" * 32, "bb" * 32
MARKS_OLD, MARKS_NEW = "cd" * 32, "ef" * 32
QUIET = {"told": lambda table, done: None}


def with_keys(settings, **keys):
    settings.EDEM = settings.EDEM.model_copy(update=keys)


@pytest.fixture(autouse=True)
def _old_keys(settings):
    with_keys(settings, vault_key=OLD, mark_key=MARKS_OLD)


def mark_report():
    return mark_key_report({"petitions": marked_by(MARCH_1)})


def owned(person):
    return vault.read(person, FIELDS, purpose=ReadPurpose.OWNER, by=person, now=MARCH_1)


def people(count, **more):
    said = [claims_of(email=f"p{number}@example.com", address=f"вул. Садова, {number}") for number in range(count)]
    return {admit_person(claims, consents=True, now=MARCH_1): claims for claims in said}


@pytest.mark.django_db
def test_after_rotation_the_new_key_alone_opens_everything(settings):
    known = people(7)
    with_keys(settings, vault_key=f"2:{NEW},1:{OLD}")
    assert {need.version for need in vault_key_report().needs} == {1}
    outcomes = rotate(portion=3, **QUIET)
    assert {each.table: each.resealed for each in outcomes if each.resealed} == {
        "identity_vaultrecord": 7,
        "identity_sealedfacts": 7,
    }
    assert vault_key_report().needs == []
    assert vault_key_report().spare == [1]
    with_keys(settings, vault_key=f"2:{NEW}")
    for person, claims in known.items():
        assert owned(person)["address"] == claims.address
        assert vault.facts_of(person)["born_on"] == claims.born_on
    assert set(VaultRecord.objects.values_list("key_version", flat=True)) == {2}
    assert rotate(**QUIET)[0].resealed == 0


@pytest.mark.django_db
def test_numbers_that_wait_on_paper_go_over_too(settings):
    petition = PetitionFactory(collecting=True)
    sheet = PaperSheet.objects.create(
        community=petition.community, petition=petition, number=1, received_on=MARCH_1.date(),
        opened_by=petition.author, opened_at=MARCH_1,
    )  # fmt: skip
    sealed = seal_number("3184710691", place=place_of(sheet.pk, 1))
    row = PaperRow.objects.create(sheet=sheet, place=1, name="Бондар Марія", sealed=sealed)
    with_keys(settings, vault_key=f"2:{NEW},1:{OLD}")
    rotate(**QUIET)
    with_keys(settings, vault_key=f"2:{NEW}")
    row.refresh_from_db()
    assert unseal_number(row.sealed, place=place_of(sheet.pk, 1)) == "3184710691"


@pytest.mark.django_db
def test_rows_that_are_known_by_several_columns_go_over_too(settings):
    """Evidence of КЕП lies in the shape that can be distributed: its key is a community, a petition and a mark."""
    petition, field = PetitionFactory(collecting=True), sealed_columns()[KepEvidence][0]
    for number in range(5):
        row = KepEvidence(
            community=petition.community, petition_id=petition.pk, mark=bytes([number]) * 32, person_id=uuid4(),
            text_sha256="", sha256="", algorithm="", issuer="", at=MARCH_1,
        )  # fmt: skip
        row.sealed = seal(b"signed %d" % number, place=field.place_of(row), ring=vault_keys(), use=field.use)
        row.save(force_insert=True)
    with_keys(settings, vault_key=f"2:{NEW},1:{OLD}")
    assert {each.table: each.resealed for each in rotate(portion=2, **QUIET)}["petitions_kepevidence"] == 5
    with_keys(settings, vault_key=f"2:{NEW}")
    opened = [
        unseal(bytes(row.sealed), place=field.place_of(row), ring=vault_keys(), use=field.use)
        for row in KepEvidence.objects.order_by("mark")
    ]
    assert opened == [b"signed %d" % number for number in range(5)]


@pytest.mark.django_db
def test_rotation_that_was_stopped_goes_on_where_it_was(settings, monkeypatch):
    people(6)
    with_keys(settings, vault_key=f"2:{NEW},1:{OLD}")
    told = []

    def stop_after_one(table, done):
        told.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(told=stop_after_one, portion=4)
    assert told == [4]
    left = {need.what: need.count for need in vault_key_report().needs}
    again = {each.table: each.resealed for each in rotate(portion=4, **QUIET) if each.resealed}
    assert sum(again.values()) == 8  # 12 rows of two tables, 4 done before
    assert sum(left.values()) > 0
    assert vault_key_report().needs == []


@pytest.mark.django_db
def test_what_no_key_opens_is_left_as_it_is_and_said(settings):
    people(1)
    before = bytes(VaultRecord.objects.get().last_name)
    with_keys(settings, vault_key=f"2:{NEW}")
    told = StringIO()
    with pytest.raises(CommandError, match="Не відкрилося рядків: 2"):
        call_command("rotate_vault_keys", stdout=told)
    assert "ЦЬОГО КЛЮЧА НЕМАЄ" in told.getvalue()
    assert bytes(VaultRecord.objects.get().last_name) == before
    with_keys(settings, vault_key=f"2:{NEW},1:{OLD}")
    told = StringIO()
    call_command("rotate_vault_keys", "--portion", "1", stdout=told)
    assert "версія 1 більше не потрібна" in told.getvalue()


@pytest.mark.django_db
def test_the_report_changes_nothing(settings):
    people(1)
    before = bytes(VaultRecord.objects.get().last_name)
    with_keys(settings, vault_key=f"2:{NEW},1:{OLD}")
    told = StringIO()
    call_command("rotate_vault_keys", "--report", stdout=told)
    assert "версія 1 ще потрібна: identity_vaultrecord.last_name, 1" in told.getvalue()
    assert bytes(VaultRecord.objects.get().last_name) == before


@pytest.mark.django_db(transaction=True)
def test_people_sign_in_and_read_while_the_keys_go_over(settings, monkeypatch):
    """Four threads write and read what a fifth is sealing anew; nothing is lost, nothing fails to open."""
    known = people(24)
    with_keys(settings, vault_key=f"2:{NEW},1:{OLD}")
    over = Event()

    def rotating_thread():
        try:
            return rotate(portion=2, **QUIET)
        finally:
            over.set()
            connection.close()

    def traffic(number):
        mine, rounds = list(known.items())[number::4], 0
        try:
            while not over.is_set() or rounds < 1:
                for person, claims in mine:
                    moved = claims_of(
                        tax_number=claims.tax_number, email=f"new{number}-{rounds}@example.com", address=claims.address
                    )
                    assert admit_person(moved, consents=False, now=MARCH_1) == person
                    seen = owned(person)
                    assert (seen["email"], seen["address"]) == (moved.email, claims.address)
                    known[person] = moved
                rounds += 1
        finally:
            connection.close()
        return rounds

    with ThreadPoolExecutor(5) as pool:
        writers = [pool.submit(traffic, number) for number in range(4)]
        rotated = pool.submit(rotating_thread)
        assert all(writer.result() >= 1 for writer in writers)
        assert sum(each.unopened for each in rotated.result()) == 0
    assert vault_key_report().needs == []
    with_keys(settings, vault_key=f"2:{NEW}")
    for person, claims in known.items():
        assert owned(person)["email"] == claims.email
        assert vault.facts_of(person)["born_on"] == claims.born_on


@pytest.mark.django_db(transaction=True)
def test_two_rotations_at_once_do_the_work_once(settings):
    people(12)
    with_keys(settings, vault_key=f"2:{NEW},1:{OLD}")

    def one():
        try:
            return {each.table: each.resealed for each in rotate(portion=2, **QUIET)}
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(one).result(), pool.submit(one).result()
    assert first["identity_vaultrecord"] + second["identity_vaultrecord"] == 12
    assert vault_key_report().needs == []


@pytest.mark.django_db
def test_a_petition_keeps_its_version_and_the_report_says_so(settings):
    petition = PetitionFactory(collecting=True, key_version=1)
    person = identified_resident(CommunityFactory())
    before = mark_of(person, MarkPurpose.PETITION, now=MARCH_1, key_version=1)
    with_keys(settings, mark_key=f"2:{MARKS_NEW},1:{MARKS_OLD}")
    complete_marks(now=MARCH_1, **QUIET)
    assert mark_of(person, MarkPurpose.PETITION, now=MARCH_1, key_version=1) == before
    [need] = mark_report().needs
    assert (need.version, need.what, need.count) == (1, "petitions", 1)
    petition.state = "answered"
    petition.save()
    assert mark_report().spare == [1]


@pytest.mark.django_db
def test_new_marks_find_everybody_whose_number_is_held(settings):
    known = people(5)
    with_keys(settings, mark_key=f"2:{MARKS_NEW},1:{MARKS_OLD}")
    assert [need.count for need in mark_report().needs] == [5]
    assert complete_marks(now=MARCH_1, portion=2, **QUIET) == 5
    assert mark_report().spare == [1]
    assert VaultReading.objects.filter(purpose=ReadPurpose.MARKS).count() == 5
    assert complete_marks(now=MARCH_1, **QUIET) == 0
    with_keys(settings, mark_key=f"2:{MARKS_NEW}")
    for person, claims in known.items():
        assert admit_person(claims, consents=False, now=MARCH_1) == person
        assert mark_of(person, MarkPurpose.PETITION, now=MARCH_1).key_version == 2


@pytest.mark.django_db
def test_whoever_withdrew_consent_is_known_by_the_old_key_only_and_it_is_kept_for_them(settings):
    [person] = people(1)
    withdraw_consent(person, now=MARCH_1)
    with_keys(settings, mark_key=f"2:{MARKS_NEW},1:{MARKS_OLD}")
    complete_marks(now=MARCH_1, **QUIET)
    [need] = mark_report().needs
    assert (need.version, need.what, need.count) == (1, "identity_signinmark", 1)
    with_keys(settings, mark_key=f"2:{MARKS_NEW}")
    assert mark_report().lost == [1]
    with pytest.raises(CommandError, match="Бракує ключів"):
        call_command("rotate_vault_keys", stdout=StringIO())


@pytest.mark.django_db
def test_a_value_put_into_another_row_does_not_become_sealed_there(settings):
    """Rotation opens by the place, as everybody does: it cannot be used to launder a moved value."""
    people(2)
    one, other = VaultRecord.objects.order_by("pk")
    VaultRecord.objects.filter(pk=one.pk).update(tax_number=other.tax_number)
    with_keys(settings, vault_key=f"2:{NEW},1:{OLD}")
    outcome = next(each for each in rotate(**QUIET) if each.table == "identity_vaultrecord")
    assert (outcome.resealed, outcome.unopened) == (1, 1)
    one.refresh_from_db()
    assert version_of(bytes(one.tax_number)) == 1
    with pytest.raises(Unsealable):
        owned(one.person)


def test_every_table_with_sealed_values_is_known():
    tables = {model._meta.db_table for model in sealed_columns()}
    assert {"identity_vaultrecord", "identity_sealedfacts", "petitions_paperrow"} <= tables
    assert len(sealed_columns()[VaultRecord]) == len(FIELDS)
    assert [field.column for field in sealed_columns()[SealedFacts]] == ["sealed"]


def test_a_ring_names_its_versions():
    ring = Keyring.parse(f"2:{NEW},1:{OLD}")
    assert (ring.current, sorted(ring.keys)) == (2, [1, 2])
    assert vault_keys().current == 1
