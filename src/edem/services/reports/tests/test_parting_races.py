"""Two connections at once: voices while reports are merged and parted are neither lost nor counted twice."""

import uuid

import pytest

from edem.config.testing.at_once import DONE, at_once, tried_at_once
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.services.reports.actions.joining import merge_reports
from edem.services.reports.actions.parting import part_report
from edem.services.reports.actions.voicing import add_voices
from edem.services.reports.models import Joining, Report, Voice
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, reports_charter, staff, with_tree
from edem.services.reports.tests.test_joining import a_voice

pytestmark = pytest.mark.django_db(transaction=True)

WHY = "Це дві різні ями: одна біля школи, друга біля клубу."


@pytest.fixture
def pair():
    community = with_tree(CommunityFactory(slug="zhytomyr", services=["reports"]))
    reports_charter(community)
    return ReportFactory(community=community), ReportFactory(community=community), staff(community, "moderator")


def counts_hold():
    for report in Report.objects.order_by("pk"):
        assert report.voice_count == Voice.objects.filter(report_id=report.pk).count()


@pytest.mark.parametrize("turn", range(3))
def test_voices_that_come_while_reports_are_merged_stand_at_the_lead(pair, turn):
    first, lead, moderator = pair
    batches = [[a_voice(first) for _ in range(5)] for _ in range(3)]
    at_once(
        lambda: merge_reports(lead.pk, [first.pk], by=moderator, now=MARCH_2),
        *(lambda batch=batch: add_voices(batch) for batch in batches),
    )
    people = {each.person_id for batch in batches for each in batch}
    standing = set(Voice.objects.filter(report_id=lead.pk).order_by("person_id").values_list("person_id", flat=True))
    assert standing == people | {first.author_id}
    counts_hold()


@pytest.mark.parametrize("turn", range(3))
def test_voices_that_come_while_reports_are_parted_stand_where_they_were_given(pair, turn):
    first, lead, moderator = pair
    merge_reports(lead.pk, [first.pk], by=moderator, now=MARCH_2)
    mine, theirs = [a_voice(first) for _ in range(5)], [a_voice(lead) for _ in range(5)]
    at_once(
        lambda: part_report(first.pk, by=moderator, reason=WHY, now=MARCH_2),
        lambda: add_voices(mine),
        lambda: add_voices(theirs),
    )
    for report, given in ((first, mine), (lead, theirs)):
        rows = Voice.objects.filter(report_id=report.pk).order_by("person_id")
        assert set(rows.values_list("person_id", flat=True)) == {each.person_id for each in given}
    counts_hold()


def test_two_moderators_who_part_at_once_do_it_once(pair):
    first, lead, moderator = pair
    add_voices([a_voice(first, who=uuid.uuid4())])
    merge_reports(lead.pk, [first.pk], by=moderator, now=MARCH_2)
    told = at_once(*[lambda: part_report(first.pk, by=moderator, reason=WHY, now=MARCH_2)] * 3)
    assert told == [None, None, None]
    assert first.steps.filter(step="part").count() == 1
    assert Joining.objects.filter(undone_at=None).count() == 0
    counts_hold()


def test_reports_that_two_moderators_merge_crosswise_end_as_one(pair):
    first, lead, moderator = pair
    told = tried_at_once(
        lambda: merge_reports(lead.pk, [first.pk], by=moderator, now=MARCH_2),
        lambda: merge_reports(first.pk, [lead.pk], by=moderator, now=MARCH_2),
    )
    assert DONE in told
    assert Report.objects.filter(follows=None).count() == 1
    assert Report.objects.exclude(follows=None).count() == 1
    counts_hold()
