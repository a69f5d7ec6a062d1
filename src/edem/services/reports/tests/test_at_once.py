"""Two connections at once: one report however often it is sent, one step however many take it."""

import uuid

import pytest

from edem.config.testing.at_once import DONE, at_once, tried_at_once
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.sending import send_report
from edem.services.reports.models import Assignment, Report, ReportStep
from edem.services.reports.tests.factories import (
    MARCH_2,
    OrganisationFactory,
    ReportFactory,
    a_draft,
    held,
    matrix_rule,
    reports_charter,
    staff,
    with_tree,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_phone_that_sends_four_times_at_once_sends_one_report():
    community = with_tree(CommunityFactory(services=["reports"]))
    reports_charter(community)
    matrix_rule(community, OrganisationFactory(community=community))
    author, draft = PersonFactory(), a_draft(client_uuid=uuid.uuid4())

    told = at_once(*[lambda: send_report(draft, community=community, by=author, now=MARCH_2)] * 4)

    assert {each.pk for each in told} == {Report.objects.get().pk}
    assert (ReportStep.objects.count(), Assignment.objects.count()) == (1, 1)


def test_many_at_once_get_numbers_without_gaps():
    community = with_tree(CommunityFactory(services=["reports"]))
    reports_charter(community)
    author = PersonFactory()

    def send():
        return send_report(a_draft(client_uuid=uuid.uuid4()), community=community, by=author, now=MARCH_2)

    at_once(*[send] * 4)
    assert sorted(Report.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, 3, 4]


def test_two_workers_who_accept_at_once_make_one_step():
    report = ReportFactory()
    organisation = OrganisationFactory(community=report.community)
    held(report, organisation=organisation)
    workers = [staff(report.community, "responsible_worker", organisation=organisation) for _ in range(2)]

    told = tried_at_once(*(lambda who=who: accept_report(report.pk, by=who, now=MARCH_2) for who in workers))

    assert sorted(told) == [DONE, "report.accepted_already"]
    assert ReportStep.objects.filter(step="accept").count() == 1
