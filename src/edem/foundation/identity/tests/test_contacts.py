"""Addresses of one's own: asked for, confirmed, replaced, removed, forgotten; alone and at once."""

from datetime import UTC, datetime, timedelta

import pytest

from edem.config.testing.at_once import DONE, tried_at_once
from edem.foundation.identity.actions import withdraw_consent
from edem.foundation.identity.contact_kinds import Kind
from edem.foundation.identity.contacts.actions import ask_code, confirm_contact, remove_contact, stop_waiting
from edem.foundation.identity.contacts.addresses import address_for, address_in, confirmed, own_contacts, waiting
from edem.foundation.identity.contacts.codes import code_of, is_code_of
from edem.foundation.identity.contacts.rules import LIFE, MOST_TO_ADDRESS, MOST_TRIES
from edem.foundation.identity.contacts.trimming import KEPT, forget_old_contacts
from edem.foundation.identity.events import ContactCodeAsked, ContactConfirmed, ContactRemoved
from edem.foundation.identity.models import Contact, VaultReading
from edem.foundation.identity.purposes import ReadPurpose
from edem.foundation.identity.sealing import Unsealable
from edem.foundation.identity.tests.factories import identified_resident
from edem.kernel.errors import Conflict, Invalid, Missing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OWN, OTHER = "olena.sadova@example.com", "olena.nova@example.com"


@pytest.fixture
def me(db):
    return identified_resident(email="from.provider@example.com", phone="+380671110000")


def ask(person, address=OWN, *, kind=Kind.EMAIL, now=NOW):
    return Contact.objects.get(pk=ask_code(person, kind, address, community_id=1, now=now))


def confirm(person, typed, *, kind=Kind.EMAIL, now=NOW):
    confirm_contact(person, kind, typed, community_id=1, now=now)


def own(person, address=OWN, *, kind=Kind.EMAIL, now=NOW):
    contact = ask(person, address, kind=kind, now=now)
    confirm(person, code_of(contact), kind=kind, now=now)
    contact.refresh_from_db()
    return contact


def wrong(contact):
    return f"{(int(code_of(contact)) + 1) % 1_000_000:06}"


def test_a_confirmed_address_goes_before_the_providers(me, announced):
    assert address_for(me, Kind.EMAIL, now=NOW) == "from.provider@example.com"
    contact = ask(me)
    assert address_for(me, Kind.EMAIL, now=NOW) == "from.provider@example.com"
    confirm(me, f" {code_of(contact)[:3]} {code_of(contact)[3:]} ", now=NOW + MINUTE)
    assert address_for(me, Kind.EMAIL, now=NOW) == OWN
    asked, known = announced
    assert asked == ContactCodeAsked(contact_id=contact.pk, person_id=me.pk, community_id=1, kind="email")
    assert isinstance(known, ContactConfirmed)
    assert known.former_id is None


def test_a_telephone_is_used_only_after_its_owner_confirmed_it(me):
    assert address_for(me, Kind.PHONE, now=NOW) == ""
    own(me, "067 123 45 67", kind=Kind.PHONE)
    assert address_for(me, Kind.PHONE, now=NOW) == "+380671234567"
    assert VaultReading.objects.filter(person=me, purpose=ReadPurpose.SMS).exists()


def test_each_look_at_an_address_is_logged(me):
    own(me)
    before = VaultReading.objects.filter(person=me).count()
    address_for(me, Kind.EMAIL, now=NOW)
    own_contacts(me, now=NOW)
    mail, look = VaultReading.objects.filter(person=me).order_by("pk")[before:]
    assert (mail.purpose, mail.fields, mail.reader) == (ReadPurpose.MAIL, ["email"], None)
    assert (look.purpose, look.reader) == (ReadPurpose.OWNER, me)


def test_a_change_keeps_the_old_address_till_it_is_told(me, announced):
    old = own(me)
    new = own(me, OTHER, now=NOW + 2 * MINUTE)
    assert address_for(me, Kind.EMAIL, now=NOW) == OTHER
    assert address_in(old.pk, person=me, now=NOW) == OWN
    assert [each.former_id for each in announced if isinstance(each, ContactConfirmed)] == [None, old.pk]
    forget_old_contacts(now=NOW + KEPT + 3 * MINUTE)
    assert list(Contact.objects.all()) == [new]


def test_nobody_opens_an_address_of_somebody_else(me):
    contact = own(me)
    assert address_in(contact.pk, person=identified_resident(), now=NOW) == ""


def test_after_five_wrong_tries_the_right_code_is_worth_nothing(me):
    contact = ask(me)
    for left in range(MOST_TRIES - 1, 0, -1):
        with pytest.raises(Invalid) as refused:
            confirm(me, wrong(contact))
        assert refused.value.facts["left"] == left
    with pytest.raises(Conflict, match="code_spent"):
        confirm(me, wrong(contact))
    with pytest.raises(Conflict, match="code_spent"):
        confirm(me, code_of(contact))
    assert confirmed(me, Kind.EMAIL) is None
    again = ask(me, now=NOW + MINUTE)
    confirm(me, code_of(again), now=NOW + MINUTE)


def test_a_late_code_and_one_that_was_replaced_are_worth_nothing(me):
    first = ask(me)
    with pytest.raises(Conflict, match="code_late"):
        confirm(me, code_of(first), now=NOW + LIFE)
    second = ask(me, OTHER, now=NOW + MINUTE)
    assert code_of(first) != code_of(second)
    with pytest.raises(Invalid, match="code_wrong"):
        confirm(me, code_of(first), now=NOW + MINUTE)


@pytest.mark.parametrize("typed", ["", "000", "٠٠٠٠٠٠", "１２３４５６", "1' OR '1'='1", "\x00" * 6, "9" * 400])
def test_hostile_codes_are_only_wrong(me, typed):
    contact = ask(me)
    assert not is_code_of(contact, typed)


def test_a_code_of_one_person_is_nothing_to_another(me):
    contact = ask(me)
    stranger = identified_resident()
    with pytest.raises(Missing):
        confirm(stranger, code_of(contact))
    with pytest.raises(Missing):
        confirm(me, code_of(contact), kind=Kind.PHONE)


def test_codes_are_not_sent_without_end(me):
    ask(me)
    with pytest.raises(Conflict, match="just_sent"):
        ask(me, OTHER, now=NOW + MINUTE / 2)
    for number in range(1, MOST_TO_ADDRESS):
        ask(identified_resident(), OWN.upper(), now=NOW + number * MINUTE)
    with pytest.raises(Conflict, match="codes_enough"):
        ask(identified_resident(), now=NOW + 30 * MINUTE)
    ask(identified_resident(), now=NOW + timedelta(days=1, hours=1))


def test_the_same_address_is_not_confirmed_twice(me):
    own(me)
    with pytest.raises(Conflict, match="confirmed_already"):
        ask(me, now=NOW + MINUTE)


def test_a_removed_address_is_written_to_no_more(me, announced):
    contact = own(me)
    remove_contact(me, Kind.EMAIL, community_id=1, now=NOW)
    assert address_for(me, Kind.EMAIL, now=NOW) == "from.provider@example.com"
    assert announced[-1] == ContactRemoved(contact_id=contact.pk, person_id=me.pk, community_id=1, kind="email")
    with pytest.raises(Missing):
        remove_contact(me, Kind.EMAIL, community_id=1, now=NOW)


def test_what_is_given_up_is_forgotten_at_once_and_still_counts(me):
    contact = ask(me)
    stop_waiting(me, Kind.EMAIL, now=NOW)
    contact.refresh_from_db()
    assert bytes(contact.address) == b""
    assert waiting(me, Kind.EMAIL, now=NOW) is None
    with pytest.raises(Conflict, match="just_sent"):
        ask(me)


def test_what_nobody_typed_is_forgotten_by_the_job(me):
    contact = ask(me)
    forget_old_contacts(now=NOW + LIFE)
    contact.refresh_from_db()
    assert bytes(contact.address) == b""


def test_with_the_consent_all_addresses_go(me):
    own(me)
    ask(me, "0671234567", kind=Kind.PHONE, now=NOW + MINUTE)
    withdraw_consent(me, now=NOW + MINUTE)
    assert not Contact.objects.filter(person=me).exists()


def test_an_address_moved_to_another_row_does_not_open(me):
    contact, other = own(me), identified_resident()
    theirs = own(other, OTHER)
    Contact.objects.filter(pk=theirs.pk).update(address=bytes(contact.address))
    with pytest.raises(Unsealable):
        address_for(other, Kind.EMAIL, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_confirmations_at_once_one_counts_and_wrong_tries_are_all_counted():
    me = identified_resident(email="from.provider@example.com")
    contact = ask(me)
    outcomes = tried_at_once(*[lambda: confirm(me, code_of(contact))] * 2)
    assert sorted(outcomes) == [DONE, "identity.no_contact_code"]
    assert Contact.objects.filter(confirmed_at__isnull=False).count() == 1
    again = ask(me, OTHER, now=NOW + 2 * MINUTE)
    outcomes = tried_at_once(*[lambda: confirm(me, wrong(again), now=NOW + 2 * MINUTE)] * 8)
    again.refresh_from_db()
    assert again.tries == MOST_TRIES
    assert outcomes.count("identity.contact_code_wrong") == MOST_TRIES - 1
    with pytest.raises(Conflict, match="code_spent"):
        confirm(me, code_of(again), now=NOW + 2 * MINUTE)


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_for_one_address_at_once_are_counted_one_by_one():
    people = [identified_resident() for _ in range(MOST_TO_ADDRESS + 3)]
    outcomes = tried_at_once(*(lambda person=person: ask(person) for person in people))
    assert outcomes.count(DONE) == MOST_TO_ADDRESS
    assert outcomes.count("identity.contact_codes_enough") == 3
