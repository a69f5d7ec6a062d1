"""What a merged account is written to at, follows and has said goes to the one that stays, and back again."""

from datetime import timedelta

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.discussions.models import Comment
from edem.foundation.events.testing import run_jobs
from edem.foundation.identity.actions import withdraw_consent
from edem.foundation.identity.contact_kinds import Kind
from edem.foundation.identity.contacts.actions import ask_code, confirm_contact, remove_contact
from edem.foundation.identity.contacts.addresses import address_for, own_contacts
from edem.foundation.identity.contacts.codes import code_of
from edem.foundation.identity.forgetting import NAMELESS
from edem.foundation.identity.jobs import keep_terms
from edem.foundation.identity.models import Contact, Device, PersonMerge
from edem.foundation.identity.persons.confirming import confirm_proposal
from edem.foundation.identity.persons.merging import propose_merge
from edem.foundation.identity.persons.parting import propose_parting
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.notices.models import Subscription
from edem.foundation.notices.subjects import Kind as What
from edem.foundation.notices.subjects import Rhythm, Subject
from edem.foundation.notices.subscribing import follow_again, stop_following
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import MARCH_1, GrantFactory

pytestmark = pytest.mark.django_db
LATER = MARCH_1 + timedelta(days=3)
SCHOOL, BRIDGE = (Subject(What.ITEM, "petitions", key) for key in ("1", "2"))


@pytest.fixture
def vyshnevohirsk(db):
    return CommunityFactory(slug="vyshnevohirsk")


@pytest.fixture
def officers(vyshnevohirsk):
    return [GrantFactory(role=Role.OFFICER, community=vyshnevohirsk).person for _ in range(2)]


@pytest.fixture
def kept():
    return identified_resident()


@pytest.fixture
def absorbed():
    return identified_resident(tax_number="", document="СН482915")


@pytest.fixture
def merge(vyshnevohirsk, officers, kept, absorbed):
    def merge():
        about = {"community_id": vyshnevohirsk.pk, "evidence": "паспорт і картка", "now": MARCH_1}
        proposal = propose_merge(kept.pk, absorbed.pk, by=officers[0], **about)
        confirm_proposal(proposal.pk, by=officers[1], now=MARCH_1)
        return PersonMerge.objects.get(undone_at__isnull=True)

    return merge


def part(merged, officers):
    proposal = propose_parting(merged.pk, evidence="однофамільці", by=officers[0], now=LATER)
    confirm_proposal(proposal.pk, by=officers[1], now=LATER)


@pytest.fixture
def confirm(vyshnevohirsk):
    moments = (MARCH_1 - timedelta(hours=hours) for hours in range(9, 0, -1))  # codes are not asked for twice a minute

    def confirm(person, kind, address):
        facts = {"community_id": vyshnevohirsk.pk, "now": next(moments)}
        contact = Contact.objects.get(pk=ask_code(person, kind, address, **facts))
        confirm_contact(person, kind, code_of(contact), **facts)

    return confirm


@pytest.fixture
def follow(vyshnevohirsk):
    def follow(person, subject, rhythm=Rhythm.IMMEDIATE):
        follow_again(
            person.pk, subject, community_id=vyshnevohirsk.pk, rhythm=rhythm, source="page", now=MARCH_1
        )  # fmt: skip

    return follow


def followed(person):
    known = Subscription.objects.filter(person_id=person.pk).order_by("key")
    return [(each.key, each.rhythm) for each in known]


def comment(community, author):
    return Comment.objects.create(
        community=community, service="petitions", kind="petition", subject_id="1", title="Міст", path="/petitions/1/",
        kept_tag="petition:1", author=author, author_name="Петренко Олена", text="Підтримую", state="public", at=MARCH_1,
    )  # fmt: skip


def test_an_address_that_the_kept_account_lacks_goes_over_and_its_own_stays(kept, absorbed, merge, confirm, officers):
    confirm(kept, Kind.EMAIL, "kept@example.com")
    confirm(absorbed, Kind.EMAIL, "absorbed@example.com")
    confirm(absorbed, Kind.PHONE, "+380671234567")
    merged = merge()
    assert address_for(kept, Kind.EMAIL, now=LATER) == "kept@example.com"
    assert address_for(kept, Kind.PHONE, now=LATER) == "+380671234567"
    assert own_contacts(kept, now=LATER)[Kind.PHONE].confirmed_at < MARCH_1
    part(merged, officers)
    assert address_for(kept, Kind.PHONE, now=LATER) == ""
    assert address_for(absorbed, Kind.PHONE, now=LATER) == "+380671234567"
    assert address_for(absorbed, Kind.EMAIL, now=LATER) == "absorbed@example.com"


def test_an_address_removed_since_does_not_come_back(vyshnevohirsk, kept, absorbed, merge, confirm, officers):
    confirm(absorbed, Kind.PHONE, "+380671234567")
    merged = merge()
    remove_contact(kept, Kind.PHONE, community_id=vyshnevohirsk.pk, now=LATER)
    part(merged, officers)
    assert address_for(absorbed, Kind.PHONE, now=LATER) == ""


def test_after_the_term_what_stayed_behind_is_gone(vyshnevohirsk, kept, absorbed, merge, confirm):
    confirm(kept, Kind.EMAIL, "kept@example.com")
    confirm(absorbed, Kind.EMAIL, "absorbed@example.com")
    merged = merge()
    keep_terms(merged.undo_until)
    assert Contact.objects.get().person == kept


def test_browsers_go_over_and_back(vyshnevohirsk, kept, absorbed, merge, officers):
    Device.objects.create(person=absorbed, community=vyshnevohirsk, subscription=b"x", mark=b"1" * 32, since=MARCH_1)
    merged = merge()
    assert Device.objects.get().person == kept
    part(merged, officers)
    assert Device.objects.get().person == absorbed


def test_what_either_follows_the_kept_account_follows_as_its_owner_chose(kept, absorbed, merge, follow, officers):
    follow(kept, SCHOOL, Rhythm.WEEKLY)
    follow(absorbed, SCHOOL)
    follow(absorbed, BRIDGE, Rhythm.DAILY)
    merged = merge()
    run_jobs(now=LATER)
    run_jobs(now=LATER)
    assert followed(kept) == [("1", Rhythm.WEEKLY), ("2", Rhythm.DAILY)]
    part(merged, officers)
    run_jobs(now=LATER)
    assert followed(kept) == [("1", Rhythm.WEEKLY)]
    assert followed(absorbed) == [("1", Rhythm.IMMEDIATE), ("2", Rhythm.DAILY)]


def test_what_was_stopped_since_stays_stopped(vyshnevohirsk, kept, absorbed, merge, follow, officers):
    follow(absorbed, BRIDGE)
    merged = merge()
    run_jobs(now=LATER)
    stop_following(kept.pk, BRIDGE, community_id=vyshnevohirsk.pk)
    part(merged, officers)
    run_jobs(now=LATER)
    assert followed(absorbed) == []


def test_a_merge_that_was_taken_apart_before_anybody_heard_moves_nothing(kept, absorbed, merge, follow, officers):
    follow(absorbed, BRIDGE)
    part(merge(), officers)
    run_jobs(now=LATER)
    assert (followed(kept), followed(absorbed)) == ([], [("2", Rhythm.IMMEDIATE)])


def test_comments_are_the_kept_accounts_under_the_name_they_were_published(
    vyshnevohirsk, kept, absorbed, merge, officers
):
    said = comment(vyshnevohirsk, absorbed)
    own = comment(vyshnevohirsk, kept)
    merged = merge()
    run_jobs(now=LATER)
    said.refresh_from_db()
    assert (said.author, said.author_name) == (kept, "Петренко Олена")
    part(merged, officers)
    run_jobs(now=LATER)
    said.refresh_from_db()
    own.refresh_from_db()
    assert (said.author, own.author) == (absorbed, kept)


def test_with_the_consent_all_that_the_merged_account_left_goes_too(vyshnevohirsk, kept, absorbed, merge, follow):
    follow(kept, SCHOOL)
    follow(absorbed, SCHOOL)
    said = comment(vyshnevohirsk, absorbed)
    merge()
    run_jobs(now=LATER)
    withdraw_consent(kept, now=LATER)
    run_jobs(now=LATER)
    said.refresh_from_db()
    assert said.author_name == NAMELESS
    assert not Subscription.objects.exists()
    assert {each.display_name for each in Person.objects.filter(pk__in=[kept.pk, absorbed.pk])} == {NAMELESS}
