from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from edem.foundation.communities.actions import Act, adopt_charter
from edem.foundation.communities.charter_page import charter_page, differences
from edem.foundation.communities.models import CharterVersion
from edem.foundation.communities.queries import charter_in_force, services_with_charter
from edem.foundation.communities.recording import unrecorded
from edem.foundation.communities.tests.factories import CharterVersionFactory, CommunityFactory
from edem.foundation.communities.tests.sample_charter import SampleCharter
from edem.kernel.deadlines import Term, Unit
from edem.kernel.errors import Conflict, Invalid, Missing

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
TODAY = date(2026, 3, 10)
ACT = Act(title="Положення про петиції", number="17/3", date=date(2026, 2, 1), url="https://rada.example/17-3")
NEXT_ACT = Act(title="Зміни до Положення", number="21/9", date=date(2026, 3, 1))


@pytest.fixture
def community():
    return CommunityFactory()


def adopt(community, *, charter=None, act=ACT, clauses=None, since=date(2026, 2, 5), now=NOW, record=unrecorded):
    return adopt_charter(
        community.pk,
        "petitions",
        charter=charter or SampleCharter(),
        act=act,
        clauses=clauses or {},
        in_force_from=since,
        record=record,
        now=now,
    )


def test_the_first_rules_may_have_been_in_force_before(community):
    version = adopt(community, clauses={"threshold": "п. 3.1", "age": ""})
    assert (version.version, version.clauses) == (1, {"threshold": "п. 3.1"})
    assert version.in_force_from == datetime(2026, 2, 4, 22, tzinfo=UTC)
    assert charter_in_force(community.pk, "petitions", now=NOW).read(SampleCharter) == SampleCharter()


def test_a_change_follows_and_leaves_the_old_version_as_it_was(community):
    first = adopt(community)
    second = adopt(community, charter=SampleCharter(threshold=500), act=NEXT_ACT, since=date(2026, 4, 1))
    assert second.version == 2
    assert charter_in_force(community.pk, "petitions", now=NOW) == first
    assert charter_in_force(community.pk, "petitions", now=datetime(2026, 4, 1, tzinfo=UTC)) == second
    assert CharterVersion.objects.get(pk=first.pk).read(SampleCharter).threshold == 250


def test_a_change_that_begins_today_begins_this_moment(community):
    first = adopt(community)
    second = adopt(community, charter=SampleCharter(threshold=500), act=NEXT_ACT, since=TODAY)
    assert second.in_force_from == NOW
    assert charter_in_force(community.pk, "petitions", now=NOW - timedelta(seconds=1)) == first


@pytest.mark.parametrize(
    ("act", "since", "code"),
    [
        (NEXT_ACT, date(2026, 3, 9), "charter.in_the_past"),
        (Act(title="Ні", number="1", date=date(2026, 3, 11)), date(2026, 4, 1), "charter.act_in_future"),
        (NEXT_ACT, date(2026, 2, 1), "charter.act_after_start"),
    ],
)
def test_a_change_never_works_backwards(community, act, since, code):
    adopt(community)
    with pytest.raises(Invalid, match=code):
        adopt(community, charter=SampleCharter(threshold=500), act=act, since=since)


def test_rules_that_wait_for_their_day_are_not_overtaken_before_it(community):
    adopt(community)
    adopt(community, charter=SampleCharter(threshold=500), act=NEXT_ACT, since=date(2026, 5, 1))
    with pytest.raises(Conflict, match=r"charter\.before_scheduled"):
        adopt(community, charter=SampleCharter(threshold=600), act=NEXT_ACT, since=date(2026, 4, 1))
    third = adopt(community, charter=SampleCharter(threshold=600), act=NEXT_ACT, since=date(2026, 5, 1))
    assert charter_in_force(community.pk, "petitions", now=datetime(2026, 6, 1, tzinfo=UTC)) == third


def test_the_same_rules_are_not_adopted_twice(community):
    adopt(community)
    with pytest.raises(Conflict, match=r"charter\.nothing_changed"):
        adopt(community, since=TODAY)


def test_a_clause_belongs_to_a_field(community):
    with pytest.raises(Invalid, match=r"charter\.unknown_clause"):
        adopt(community, clauses={"colour": "п. 1"})


def test_an_unknown_community_adopts_nothing():
    with pytest.raises(Missing):
        adopt(CommunityFactory.build(pk=404))


def test_the_act_is_recorded_in_its_own_transaction(community):
    written = []

    def record(act, *, community_id, subject, now, **facts):
        assert connection.in_atomic_block
        written.append((act, community_id, subject.pk, now, facts))

    version = adopt(community, record=record)
    assert written == [
        ("communities.charter_adopted", community.pk, version.pk, NOW, {"service": "petitions", "version": 1})
    ]


def test_a_service_without_rules_says_so(community):
    with pytest.raises(Missing, match=r"charter\.none_in_force"):
        charter_in_force(community.pk, "petitions", now=NOW)
    with pytest.raises(Missing, match=r"charter\.none_in_force"):
        charter_page(community.pk, "petitions", SampleCharter, now=NOW)


def test_the_page_prints_the_rules_in_plain_words_with_their_clauses(community):
    adopt(community, clauses={"threshold": "п. 3.1"})
    page = charter_page(community.pk, "petitions", SampleCharter, now=NOW)
    rules = {rule.title: rule.words for group in page.groups for rule in group.rules}
    assert rules["Скільки потрібно підписів"] == "250"
    assert rules["Збір підписів"] == "90 календарних днів"
    assert rules["Підписи на папері"] == "так"
    assert rules["Автор може відкликати"] == "до першого підпису"
    assert rules["Теми"] == "Освіта; Довкілля"
    assert rules["Способи входу"] == rules["Найменший вік"] == "не встановлено"
    assert rules["Частка бюджету, %"] == "0,5"
    assert page.groups[0].rules[0].clause == "п. 3.1"
    assert [group.title for group in page.groups] == ["", "Строки"]


def test_the_page_tells_every_version_and_from_when_till_when(community):
    adopt(community)
    adopt(community, charter=SampleCharter(threshold=500), act=NEXT_ACT, since=TODAY)
    adopt(community, charter=SampleCharter(threshold=600), act=NEXT_ACT, since=date(2026, 5, 1))
    page = charter_page(community.pk, "petitions", SampleCharter, now=NOW)
    told = [(line.version, line.is_in_force, line.is_to_come, line.is_shown) for line in page.versions]
    assert told == [(3, False, True, False), (2, True, False, True), (1, False, False, False)]
    assert page.shown.until == page.versions[0].since
    former = charter_page(community.pk, "petitions", SampleCharter, now=NOW, version=1)
    assert former.groups[0].rules[0].words == "250"
    with pytest.raises(Missing):
        charter_page(community.pk, "petitions", SampleCharter, now=NOW, version=9)


def test_a_version_to_come_is_shown_before_the_first_begins(community):
    adopt(community, since=date(2026, 5, 1))
    page = charter_page(community.pk, "petitions", SampleCharter, now=NOW)
    assert page.shown.is_to_come
    assert services_with_charter(community.pk, now=NOW) == frozenset()


def test_the_difference_is_told_field_by_field(community):
    old = adopt(community)
    new = SampleCharter(threshold=500, answer=Term(amount=30, unit=Unit.WORKING_DAYS, starts="closed"))
    told = [(each.title, each.before, each.after) for each in differences(old, new, clauses={})]
    assert told == [
        ("Скільки потрібно підписів", "250", "500"),
        ("Відповідь", "1 місяць; якщо останній день вихідний — до наступного робочого", "30 робочих днів"),
    ]
    assert len(differences(None, new, clauses={})) == len(SampleCharter.model_fields)


def test_a_version_adopted_under_an_older_release_is_still_read(community):
    old = CharterVersionFactory(community=community, values={"threshold": 700, "dropped_since": True})
    assert old.read(SampleCharter) == SampleCharter(threshold=700)


def test_the_database_keeps_one_version_of_a_number(community):
    CharterVersionFactory(community=community, version=1)
    with pytest.raises(Exception, match="charter_version_once"):
        CharterVersionFactory(community=community, version=1)
