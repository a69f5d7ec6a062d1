"""Voices and incidents: once a person, every voice hears every news once, the clock starts at the first voice."""

import uuid
from datetime import timedelta

import pytest

from edem.foundation.intake.acts import take_one
from edem.foundation.notices.models import Notice, Subscription
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict, Missing, NotAllowed
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.finding_twins import find_twins, say_they_differ
from edem.services.reports.actions.following import follow_lead
from edem.services.reports.actions.joining import merge_reports
from edem.services.reports.actions.voicing import NewVoice, add_voices, withdraw_voice
from edem.services.reports.models import Incident, Report, Voice
from edem.services.reports.queries.twins import twins_queue
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, held, reports_charter, staff

pytestmark = pytest.mark.django_db


def a_voice(report, *, who=None, **facts):
    usual = {
        "community_id": report.community_id,
        "report_id": report.pk,
        "person_id": who or uuid.uuid4(),
        "is_member": True,
        "arrived_at": MARCH_2,
        "follows": False,
    }
    return NewVoice(**(usual | facts))


def count_of(report):
    return Report.objects.get(pk=report.pk).voice_count


def test_everybody_is_counted_once(report):
    person = PersonFactory()
    batch = [a_voice(report, who=person.pk, follows=True), a_voice(report, who=person.pk), a_voice(report)]
    outcomes = add_voices(batch)
    assert [outcomes[each].refusal is None for each in batch] == [True, False, True]
    assert outcomes[batch[1]].refusal.code == "report.joined_already"
    with pytest.raises(Conflict, match="joined_already"):
        take_one(add_voices, a_voice(report, who=person.pk))
    assert count_of(report) == Voice.objects.count() == 2
    assert Subscription.objects.get().person_id == person.pk


def test_a_voice_that_was_withdrawn_is_neither_counted_nor_written_to(report):
    person = PersonFactory()
    take_one(add_voices, a_voice(report, who=person.pk, follows=True))
    for _ in range(2):
        withdraw_voice(report.pk, by=person)
    assert (count_of(report), Voice.objects.count(), Subscription.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("facts", "refusal", "code"),
    [
        ({"closed": True}, Conflict, "voices_closed"),
        ({"checking": True}, Missing, "missing"),
    ],
)
def test_what_is_closed_or_not_public_gets_no_voices(community, facts, refusal, code):
    with pytest.raises(refusal, match=code):
        take_one(add_voices, a_voice(ReportFactory(community=community, **facts)))


def test_the_author_is_the_first_already_and_others_of_another_town_are_not_led_astray(report):
    with pytest.raises(Conflict, match="your_own"):
        take_one(add_voices, a_voice(report, who=report.author_id))
    with pytest.raises(Missing):
        take_one(add_voices, a_voice(report, community_id=report.community_id + 1))


def test_where_the_charter_says_so_only_members_join(db):
    from edem.foundation.communities.tests.factories import CommunityFactory

    town = CommunityFactory(slug="closed-town")
    reports_charter(town, voices_open=False)
    report = ReportFactory(community=town)
    take_one(add_voices, a_voice(report))
    with pytest.raises(NotAllowed, match="members_join"):
        take_one(add_voices, a_voice(report, is_member=False))


@pytest.fixture
def merged(community, roads):
    """Two reports of one fallen line, the later one taken as the lead; two voices and an author beside."""
    first = ReportFactory(community=community, placed=True, published_at=MARCH_2, title="Обірваний дріт")
    lead = ReportFactory(
        community=community,
        placed=True,
        published_at=MARCH_2 + timedelta(hours=5),
        accept_due_at=MARCH_2 + timedelta(days=9),
    )
    for each in (first, lead):
        held(each, organisation=roads)
    one, both = PersonFactory(), PersonFactory()
    add_voices([a_voice(first, who=one.pk), a_voice(first, who=both.pk), a_voice(lead, who=both.pk)])
    moderator = staff(community, "moderator")
    merge_reports(lead.pk, [first.pk], by=moderator, now=MARCH_2 + timedelta(hours=6))
    return first, Report.objects.get(pk=lead.pk), moderator


def test_the_clock_of_an_incident_starts_at_the_first_voice(merged):
    first, lead, _ = merged
    assert Incident.objects.get().started_at == MARCH_2
    assert lead.accept_due_at == first.accept_due_at


def test_everyone_of_all_reports_is_a_voice_of_the_lead_once(merged):
    first, lead, _ = merged
    people = set(Voice.objects.filter(report_id=lead.pk).values_list("person_id", flat=True))
    assert (lead.voice_count, len(people)) == (3, 3)
    assert first.author_id in people
    take_one(add_voices, a_voice(first))
    assert count_of(lead) == 4, "a voice for the other report counts here"


def test_nobody_is_asked_twice_for_one_thing(merged):
    first, _, _ = merged
    first.refresh_from_db()
    assert (first.organisation, first.due_at, first.accept_due_at) == (None, None, None)
    assert first.assignments.filter(closed_at=None).count() == 0


def test_the_others_follow_the_lead_and_every_voice_hears_once(merged, roads, django_capture_on_commit_callbacks):
    first, lead, _ = merged
    worker = staff(lead.community, "responsible_worker", organisation=roads)
    now = MARCH_2 + timedelta(hours=8)
    accept_report(lead.pk, by=worker, now=now)
    for _ in range(2):  # a job may run twice
        follow_lead(lead.pk, now=now)
    first.refresh_from_db()
    assert (first.state, first.steps.filter(step="follow").count()) == ("accepted", 1)

    from edem.services.reports.actions.telling import tell_everybody

    for _ in range(2):
        tell_everybody(lead.pk, "accepted", now=now, occasion=now.isoformat())
    told = list(Notice.objects.order_by("person_id").values_list("person_id", flat=True))
    assert len(told) == len(set(told)), "nobody twice"
    voices = set(Voice.objects.filter(report_id=lead.pk).values_list("person_id", flat=True))
    known = {pk for pk in voices if pk in set(told)}
    assert {first.author_id, lead.author_id} <= set(told)
    assert known == voices & set(told)


def test_only_a_moderator_merges_and_only_what_is_at_work(community, report):
    other, ended = ReportFactory(community=community), ReportFactory(community=community, closed=True)
    with pytest.raises(NotAllowed, match="moderators_merge"):
        merge_reports(report.pk, [other.pk], by=staff(community, "control_body"), now=MARCH_2)
    moderator = staff(community, "moderator")
    with pytest.raises(Conflict, match="merged_at_work_only"):
        merge_reports(report.pk, [ended.pk], by=moderator, now=MARCH_2)
    with pytest.raises(Conflict, match="nothing_to_merge"):
        merge_reports(report.pk, [], by=moderator, now=MARCH_2)
    with pytest.raises(Missing):
        merge_reports(report.pk, [ReportFactory().pk], by=moderator, now=MARCH_2)


def test_a_lead_that_joins_another_brings_those_that_follow_it(merged, community):
    first, lead, moderator = merged
    greater = ReportFactory(community=community, published_at=MARCH_2 + timedelta(hours=1))
    merge_reports(greater.pk, [lead.pk], by=moderator, now=MARCH_2 + timedelta(hours=9))
    assert set(Report.objects.filter(incident__lead=greater).values_list("pk", flat=True)) == {
        greater.pk,
        lead.pk,
        first.pk,
    }
    assert Incident.objects.count() == 1


def test_what_is_perhaps_known_waits_for_the_moderator_s_word(community, roads):
    known = ReportFactory(community=community, placed=True, published_at=MARCH_2, title="Яма на зебрі")
    new = ReportFactory(community=community, placed=True, published_at=MARCH_2 + timedelta(days=1), title="Знову яма")
    for _ in range(2):
        find_twins(new.pk, now=MARCH_2)
        find_twins(known.pk, now=MARCH_2)
    [item] = twins_queue(community, MARCH_2)
    assert (item.path, item.state) == (f"/reports/{new.pk}/merge/", f"Схоже на № {known.number}")
    with pytest.raises(NotAllowed):
        say_they_differ(new.pk, by=staff(community, "control_body"), now=MARCH_2)
    say_they_differ(new.pk, by=staff(community, "moderator"), now=MARCH_2)
    find_twins(new.pk, now=MARCH_2)
    assert twins_queue(community, MARCH_2) == [], "what was settled is not asked again"
