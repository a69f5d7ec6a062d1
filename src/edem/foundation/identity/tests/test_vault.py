"""The vault: sealed to its place, opened by purpose, every look remembered and shown."""

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.identity import vault
from edem.foundation.identity.actions import admit_person, withdraw_consent
from edem.foundation.identity.contact_kinds import Kind
from edem.foundation.identity.contacts.addresses import address_for
from edem.foundation.identity.facts import mark_of
from edem.foundation.identity.keys import Keyring
from edem.foundation.identity.marks import mark_for
from edem.foundation.identity.models import Consent, SealedFacts, SignInMark, VaultReading, VaultRecord
from edem.foundation.identity.privacy.holdings import held_about
from edem.foundation.identity.privacy.readings import readings_about
from edem.foundation.identity.purposes import ALLOWED, FIELD_WORDS, FIELDS, PURPOSE_WORDS, MarkPurpose, ReadPurpose
from edem.foundation.identity.sealing import Unsealable, seal, unseal
from edem.foundation.identity.tests.test_claims import SAID, TAX, claims_from
from edem.foundation.people.tests.factories import MARCH_1, PersonFactory
from edem.kernel.errors import NotAllowed

RING = Keyring.parse("aa" * 32)


def with_keys(settings, **keys):
    settings.EDEM = settings.EDEM.model_copy(update=keys)


@pytest.fixture
def person(db):
    return admit_person(claims_from(SAID | {"email": "olena@example.com"}), consents=True, now=MARCH_1)


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_in_its_place_and_nowhere_else(plain):
    sealed = seal(plain, place="table.column.1", ring=RING)
    assert unseal(sealed, place="table.column.1", ring=RING) == plain
    assert len(plain) < 4 or plain not in sealed
    for place, ring in (
        ("table.column.2", RING),
        ("table.other.1", RING),
        ("table.column.1", Keyring.parse("bb" * 32)),
    ):
        with pytest.raises(Unsealable):
            unseal(sealed, place=place, ring=ring)


@given(st.binary(min_size=1, max_size=50), st.data())
def test_one_changed_bit_is_noticed(plain, data):
    sealed = bytearray(seal(plain, place="p", ring=RING))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Unsealable):
        unseal(bytes(sealed), place="p", ring=RING)


def test_an_older_key_still_opens_and_the_newer_one_seals():
    sealed = seal(b"x", place="p", ring=Keyring.parse("aa" * 32))
    ring = Keyring.parse(f"2:{'bb' * 32},1:{'aa' * 32}")
    assert unseal(sealed, place="p", ring=ring) == b"x"
    assert int.from_bytes(seal(b"x", place="p", ring=ring)[:2], "big") == 2
    with pytest.raises(ValueError):
        Keyring.parse("aabb")


def test_a_mark_is_the_keyed_hash_of_the_number_with_a_key_for_each_purpose(settings):
    import hmac

    with_keys(settings, mark_key="cd" * 32)
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"edem mark petition").derive(bytes.fromhex("cd" * 32))
    mark = mark_for(f"tax:{TAX}", MarkPurpose.PETITION)
    assert mark.value == hmac.digest(key, f"tax:{TAX}".encode(), "sha256")
    assert mark.key_version == 1
    assert len({mark_for(f"tax:{TAX}", purpose).value for purpose in MarkPurpose}) == len(MarkPurpose)


def test_no_column_holds_what_was_said_in_clear(person):
    row = VaultRecord.objects.values().get()
    for field in FIELDS:
        said = claims_from(SAID | {"email": "olena@example.com"}).as_mapping()[field]
        assert bool(bytes(row[field])) == bool(said)
        assert not said or said.encode() not in bytes(row[field])
    assert TAX.encode() not in bytes(SealedFacts.objects.get().sealed)
    assert TAX.encode() not in bytes(SignInMark.objects.get().value)


def test_a_value_moved_to_another_column_or_row_does_not_open(person):
    record = VaultRecord.objects.get()
    other = admit_person(claims_from(SAID | {"drfocode": "СН482915"}), consents=True, now=MARCH_1)
    VaultRecord.objects.filter(person=other).update(tax_number=record.tax_number)
    with pytest.raises(Unsealable):
        vault.read(other, ["tax_number"], purpose=ReadPurpose.OWNER, by=other, now=MARCH_1)
    VaultRecord.objects.filter(person=person).update(email=record.tax_number)
    with pytest.raises(Unsealable):
        vault.read(person, ["email"], purpose=ReadPurpose.OWNER, by=person, now=MARCH_1)


def test_a_purpose_opens_only_its_fields(person):
    officer = PersonFactory(staff=True)
    with pytest.raises(NotAllowed, match=r"identity\.purpose_does_not_open"):
        vault.read(person, ["tax_number"], purpose=ReadPurpose.MEMBERSHIP, by=officer, now=MARCH_1)
    with pytest.raises(NotAllowed):
        vault.read(person, ["tax_number"], purpose=ReadPurpose.OWNER, by=officer, now=MARCH_1)
    assert not VaultReading.objects.exists()


def test_each_look_is_remembered_and_shown_to_the_person(person):
    officer = PersonFactory(staff=True, display_name="Ірина Ґудзь")
    told = vault.read(
        person, ["last_name", "address"], purpose=ReadPurpose.MEMBERSHIP, by=officer, now=MARCH_1, reason="заява № 5"
    )
    assert told == {"last_name": "Коваленко", "address": ""}
    assert address_for(person, Kind.EMAIL, now=MARCH_1) == "olena@example.com"
    mail, look = readings_about(person)
    assert (look.reader, look.purpose, look.reason, look.fields) == (
        officer,
        "membership",
        "заява № 5",
        ["address", "last_name"],
    )
    assert (mail.reader, mail.purpose) == (None, "mail")


def test_a_person_sees_everything_that_is_held_and_that_they_looked(person):
    held = {one.field: one.value for one in held_about(person, now=MARCH_1)}
    assert held["tax_number"] == TAX
    assert held["born_on"] == "1987-03-12"
    assert "address" not in held
    assert readings_about(person).get().purpose == "owner"


def test_withdrawn_consent_erases_the_data_and_keeps_the_person_single(person):
    mark = mark_of(person, MarkPurpose.PETITION, now=MARCH_1)
    withdraw_consent(person, now=MARCH_1)
    assert not VaultRecord.objects.exists()
    assert vault.facts_of(person) == {}
    assert set(vault.kept_marks_of(person)) == {"petition/1", "ballot/1", "poll/1"}
    assert held_about(person, now=MARCH_1) == []
    assert address_for(person, Kind.EMAIL, now=MARCH_1) == ""
    assert Consent.objects.get().withdrawn_at == MARCH_1
    with pytest.raises(NotAllowed):
        mark_of(person, MarkPurpose.PETITION, now=MARCH_1)
    assert admit_person(claims_from(SAID), consents=True, now=MARCH_1) == person
    assert mark_of(person, MarkPurpose.PETITION, now=MARCH_1) == mark


def test_whoever_comes_back_with_another_document_still_signs_once(db):
    both = {"drfocode": "004918273", "unzr": "19950618-04821"}
    person = admit_person(claims_from(SAID | {"drfocode": "004918273"}), consents=True, now=MARCH_1)
    mark = mark_of(person, MarkPurpose.PETITION, now=MARCH_1)
    withdraw_consent(person, now=MARCH_1)
    assert admit_person(claims_from(SAID | both), consents=True, now=MARCH_1) == person
    assert mark_of(person, MarkPurpose.PETITION, now=MARCH_1) == mark


def test_silence_of_the_provider_erases_nothing(person):
    admit_person(claims_from(SAID), consents=False, now=MARCH_1)
    assert address_for(person, Kind.EMAIL, now=MARCH_1) == "olena@example.com"


def test_a_mark_is_made_once_and_read_without_opening_the_vault(person):
    expected = mark_for(f"tax:{TAX}", MarkPurpose.PETITION)
    assert mark_of(person, MarkPurpose.PETITION, now=MARCH_1) == expected
    assert not VaultReading.objects.exists()


def test_after_a_change_of_keys_both_marks_are_there_and_the_person_is_still_the_same(person, settings):
    before = mark_of(person, MarkPurpose.PETITION, now=MARCH_1)
    with_keys(settings, mark_key=f"2:{'ef' * 32},1:{settings.EDEM.mark_key}")
    after = mark_of(person, MarkPurpose.PETITION, now=MARCH_1)
    assert (after.key_version, before.key_version) == (2, 1)
    assert after.value != before.value
    assert mark_of(person, MarkPurpose.PETITION, key_version=1, now=MARCH_1) == before
    assert VaultReading.objects.get().purpose == "marks"  # the one reading that made the new mark
    assert admit_person(claims_from(SAID), consents=False, now=MARCH_1) == person
    with_keys(settings, mark_key=f"2:{'ef' * 32}")  # the old key is gone: the new mark finds them
    assert admit_person(claims_from(SAID), consents=False, now=MARCH_1) == person


def test_one_known_by_a_passport_is_found_by_the_register_record_too(db):
    both = {"drfocode": "004918273", "unzr": "19950618-04821"}
    first = admit_person(claims_from(SAID | both), consents=True, now=MARCH_1)
    mark = mark_of(first, MarkPurpose.PETITION, now=MARCH_1)
    for said in ({"drfocode": "004918273"}, {"drfocode": "", "unzr": "19950618-04821"}):
        assert admit_person(claims_from(SAID | said), consents=False, now=MARCH_1) == first
        assert mark_of(first, MarkPurpose.PETITION, now=MARCH_1) == mark  # uniqueness in running petitions stands


def test_every_field_and_purpose_has_its_words():
    assert set(FIELD_WORDS) == set(FIELDS)
    assert set(PURPOSE_WORDS) == set(ReadPurpose) == set(ALLOWED)
    assert all(fields <= set(FIELDS) for fields in ALLOWED.values())
