"""Letters at once and digests: who reads what, when, and never twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.notices import hearing, planning
from edem.foundation.notices.digests import DIGEST, groups_of
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import DigestRound, News, Notice, Subscription
from edem.foundation.notices.planning import send_out_due_digests
from edem.foundation.notices.subjects import Rhythm
from edem.foundation.notices.tests.followers import COMMUNITY, LAMP, STREETS, VILLAGE, lit, subscribed
from edem.foundation.notices.tests.moments import NOW
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.deadlines import KYIV

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVENING = NOW.astimezone(KYIV).replace(hour=18, minute=1)
FRIDAY = EVENING.replace(day=6, hour=10)


def digests(person=None):
    found = Notice.objects.filter(template=DIGEST).order_by("created_at", "id")
    return list(found.filter(person_id=person.pk) if person else found)


def lines(digest):
    return [line.title for group in groups_of(digest) for line in group.lines]


@pytest.mark.parametrize("subject", [COMMUNITY, STREETS, VILLAGE, LAMP])
def test_who_asked_for_it_at_once_gets_a_letter_at_once(resident, community, subject):
    row = subscribed(resident, subject, community)
    lit(community)
    notice = Notice.objects.get()
    assert (notice.person_id, notice.subscription_id, notice.template) == (resident.pk, row.pk, "lamps/mail/lit.html")


@pytest.mark.parametrize("subject", [COMMUNITY, STREETS, VILLAGE])
def test_what_matters_to_few_is_told_to_those_who_follow_the_item_only(resident, community, subject):
    subscribed(resident, subject, community)
    follower = PersonFactory()
    subscribed(follower, LAMP, community)
    lit(community, is_wide=False)
    assert Notice.objects.get().person_id == follower.pk


def test_several_reasons_are_one_letter_that_names_the_narrowest(resident, community):
    subscribed(resident, COMMUNITY, community)
    narrow = subscribed(resident, LAMP, community)
    lit(community)
    assert Notice.objects.get().subscription_id == narrow.pk


def test_the_author_is_not_told_of_their_own(resident, community):
    subscribed(resident, COMMUNITY, community)
    subscribed(resident, LAMP, community, rhythm=Rhythm.DAILY)
    lit(community, author_id=resident.pk)
    send_out_due_digests(now=EVENING)
    assert not Notice.objects.exists()


def test_another_communitys_news_are_theirs(resident, community):
    subscribed(resident, COMMUNITY, CommunityFactory())
    lit(community)
    assert not Notice.objects.exists()


def test_a_digest_gathers_the_day(resident, community):
    subscribed(resident, COMMUNITY, community, rhythm=Rhythm.DAILY)
    lit(community, 5, title="Біля школи", at=NOW - 2 * HOUR)
    lit(community, 6, title="Парк", at=NOW)
    lit(community, 7, title="Ґанок", at=NOW - HOUR, topic="Двори")
    assert not Notice.objects.exists()
    send_out_due_digests(now=EVENING)
    [digest] = digests()
    assert digest.subject == "День у громаді: 3 новини"
    assert [group.title for group in groups_of(digest)] == ["Вулиці", "Двори"]
    assert lines(digest) == ["Ліхтар «Біля школи» засвічено", "Ліхтар «Парк» засвічено", "Ліхтар «Ґанок» засвічено"]


def test_the_same_round_is_never_sent_again(resident, community):
    subscribed(resident, COMMUNITY, community, rhythm=Rhythm.DAILY)
    lit(community)
    for minutes in (0, 5, 600):
        send_out_due_digests(now=EVENING + timedelta(minutes=minutes))
    assert len(digests()) == 1


def test_a_worker_that_died_half_way_leaves_the_rest_to_the_next(community, monkeypatch):
    monkeypatch.setattr(hearing, "PORTION", 2)
    people = PersonFactory.create_batch(5)
    for person in people:
        subscribed(person, COMMUNITY, community, rhythm=Rhythm.DAILY)
    lit(community)
    served = planning._queue_digests  # the third portion kills its worker

    def dying(*args, **kwargs):
        if len(digests()) == 4:
            raise MemoryError
        return served(*args, **kwargs)

    monkeypatch.setattr(planning, "_queue_digests", dying)
    with pytest.raises(MemoryError):
        send_out_due_digests(now=EVENING)
    assert DigestRound.objects.get(rhythm="daily").digests == 4
    monkeypatch.setattr(planning, "_queue_digests", served)
    send_out_due_digests(now=EVENING + HOUR)
    assert sorted(each.person_id for each in digests()) == sorted(person.pk for person in people)
    assert DigestRound.objects.get(rhythm="daily").digests == 5


def test_the_database_itself_lets_no_digest_be_twice(resident, community):
    subscribed(resident, COMMUNITY, community, rhythm=Rhythm.DAILY)
    lit(community)
    send_out_due_digests(now=EVENING)
    DigestRound.objects.all().delete()
    Notice.objects.update(facts={"news": [], "rhythm": "daily", "count": 0, "more": 0})  # forget what was told
    send_out_due_digests(now=EVENING + HOUR)
    assert len(digests()) == 1


def test_an_empty_digest_is_not_sent(resident, community):
    subscribed(resident, STREETS, community, rhythm=Rhythm.DAILY)
    lit(community, topic="Двори")
    send_out_due_digests(now=EVENING)
    assert digests() == []


def test_what_was_before_one_began_to_follow_is_no_news(resident, community):
    lit(community, at=NOW - 2 * HOUR)
    subscribed(resident, COMMUNITY, community, rhythm=Rhythm.DAILY, since=NOW - HOUR)
    send_out_due_digests(now=EVENING)
    assert digests() == []


def test_what_came_at_once_does_not_come_again_in_a_digest(resident, community):
    subscribed(resident, LAMP, community)
    subscribed(resident, COMMUNITY, community, rhythm=Rhythm.DAILY)
    lit(community, 5)
    lit(community, 6, title="Парк")
    send_out_due_digests(now=EVENING)
    assert lines(digests()[0]) == ["Ліхтар «Парк» засвічено"]


def test_the_weekly_digest_leaves_out_what_the_daily_told(resident, community):
    subscribed(resident, STREETS, community, rhythm=Rhythm.DAILY)
    subscribed(resident, COMMUNITY, community, rhythm=Rhythm.WEEKLY)
    lit(community, 5, at=NOW)
    lit(community, 7, title="Ґанок", at=NOW, topic="Двори")
    send_out_due_digests(now=EVENING)
    send_out_due_digests(now=FRIDAY + HOUR)
    daily, weekly = digests()
    assert (lines(daily), weekly.subject) == (["Ліхтар «Біля школи» засвічено"], "Тиждень у громаді: 1 новина")
    assert lines(weekly) == ["Ліхтар «Ґанок» засвічено"]


@pytest.mark.parametrize("first", [Rhythm.IMMEDIATE, Rhythm.DAILY, Rhythm.WEEKLY])
@pytest.mark.parametrize("then", [Rhythm.DAILY, Rhythm.WEEKLY])
def test_whoever_changes_the_rhythm_misses_nothing_and_reads_nothing_twice(resident, community, first, then):
    row = subscribed(resident, COMMUNITY, community, rhythm=first)
    lit(community, 1, title="Перший", at=NOW)
    send_out_due_digests(now=EVENING)
    Subscription.objects.filter(pk=row.pk).update(rhythm=then)
    lit(community, 2, title="Другий", at=NOW + DAY)
    for day in range(1, 8):
        send_out_due_digests(now=EVENING + day * DAY)
    subjects = [notice.subject for notice in Notice.objects.exclude(template=DIGEST)]
    told = sorted(subjects + [line for digest in digests() for line in lines(digest)])
    assert told == ["Ліхтар «Другий» засвічено", "Ліхтар «Перший» засвічено"]


def test_days_without_a_worker_lose_no_news(resident, community):
    subscribed(resident, COMMUNITY, community, rhythm=Rhythm.DAILY)
    send_out_due_digests(now=EVENING)
    lit(community, 1, title="Перший", at=NOW + DAY)
    lit(community, 2, title="Другий", at=NOW + 12 * DAY)
    send_out_due_digests(now=EVENING + 14 * DAY)
    assert lines(digests()[0]) == ["Ліхтар «Перший» засвічено", "Ліхтар «Другий» засвічено"]


def test_news_that_came_late_to_the_table_stands_in_the_next_digest(resident, community):
    subscribed(resident, COMMUNITY, community, rhythm=Rhythm.DAILY)
    lit(community, 1, at=NOW)
    send_out_due_digests(now=EVENING)
    lit(community, 2, title="Парк", at=EVENING - timedelta(minutes=2))  # its transaction ended after the round
    send_out_due_digests(now=EVENING + DAY)
    assert [lines(digest) for digest in digests()] == [
        ["Ліхтар «Біля школи» засвічено"],
        ["Ліхтар «Парк» засвічено"],
    ]


def test_each_community_writes_in_its_own_name(resident, community):
    other = CommunityFactory(slug="ozerne")
    for place in (community, other):
        subscribed(resident, COMMUNITY, place, rhythm=Rhythm.DAILY)
        lit(place)
    send_out_due_digests(now=EVENING)
    assert {digest.community_id for digest in digests()} == {community.pk, other.pk}


def test_who_has_left_gets_no_digest(resident, community):
    subscribed(resident, COMMUNITY, community, rhythm=Rhythm.DAILY)
    resident.is_active = False
    resident.save()
    lit(community)
    send_out_due_digests(now=EVENING)
    assert digests() == []


def test_a_long_digest_is_cut_and_counts_the_rest(resident, community):
    subscribed(resident, COMMUNITY, community, rhythm=Rhythm.DAILY)
    for number in range(53):
        lit(community, number, title=f"№ {number}")
    send_out_due_digests(now=EVENING)
    [digest] = digests()
    letter = letter_of(digest)
    assert letter.subject == "День у громаді: 53 новини"
    assert letter.text.count("— Ліхтар") == 50
    assert "І ще 3 новини — на сторінці громади." in letter.text
    send_out_due_digests(now=EVENING + DAY)
    assert len(digests()) == 1


def test_a_digest_says_why_it_came_and_how_to_stop_it(resident, community):
    subscribed(resident, COMMUNITY, community, rhythm=Rhythm.WEEKLY)
    lit(community)
    send_out_due_digests(now=FRIDAY)
    letter = letter_of(digests()[0])
    assert "раз на тиждень" in letter.text
    assert "Мої розсилки: http://localhost:8000/vyshnevohirsk/cabinet/mailing/" in letter.text
    assert "Зупинити всі розсилки: http://localhost:8000/mail/unsubscribe/" in letter.text


def test_a_letter_of_a_thousand_readers_asks_the_database_as_often_as_of_ten(community, monkeypatch):
    asked = {}
    for many in (10, 400):
        Subscription.objects.all().delete()
        News.objects.all().delete()
        DigestRound.objects.all().delete()
        for person in PersonFactory.create_batch(many):
            subscribed(person, COMMUNITY, community, rhythm=Rhythm.DAILY)
        lit(community, many)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            send_out_due_digests(now=EVENING)
        asked[many] = len(captured)
    assert len(digests()) == 410
    assert asked[400] == asked[10]
