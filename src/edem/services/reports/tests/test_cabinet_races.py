"""Two people of one organisation, or of two, at the same moment and on real connections."""

from datetime import timedelta

import pytest

from edem.config.testing.at_once import DONE, tried_at_once
from edem.foundation.communities.tests.factories import CommunityFactory, OrganisationFactory
from edem.foundation.events.testing import announced as announced_since_now
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.doing_tasks import send_task_by_link
from edem.services.reports.actions.matrix import MatrixChange, RuleDraft, change_matrix
from edem.services.reports.actions.refusing import refuse_report
from edem.services.reports.actions.task_links import make_link, revoke_link
from edem.services.reports.events import ReportJoined, ReportMoved
from edem.services.reports.models import Assignment, MatrixRule, ReportStep, TaskLink, WorkReport
from edem.services.reports.rules.matrix_change import Way
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, held, staff

pytestmark = pytest.mark.django_db(transaction=True)
NOW = MARCH_2 + timedelta(hours=3)


@pytest.fixture
def community():
    return CommunityFactory(services=["reports"])


@pytest.fixture
def report(community):
    return ReportFactory(community=community)


def workers(report, count=2, *, organisation=None):
    holder = organisation or OrganisationFactory(community=report.community)
    held(report, organisation=holder, is_main=not Assignment.objects.filter(report=report).exists())
    return [staff(report.community, "responsible_worker", organisation=holder) for _ in range(count)]


def test_two_workers_of_one_organisation_accept_once(report):
    told = announced_since_now()
    one, other = workers(report)
    found = tried_at_once(*(lambda by=by: accept_report(report.pk, by=by, now=NOW) for by in (one, other)))
    assert sorted(found) == [DONE, "report.accepted_already"]
    assert ReportStep.objects.filter(report=report, step="accept").count() == 1
    assert [type(each) for each in told] == [ReportMoved]


def test_workers_of_two_organisations_both_accept_and_the_state_moves_once(report):
    told = announced_since_now()
    [one], [other] = workers(report, 1), workers(report, 1)
    found = tried_at_once(*(lambda by=by: accept_report(report.pk, by=by, now=NOW) for by in (one, other)))
    assert found == [DONE, DONE]
    assert ReportStep.objects.filter(report=report).count() == 1
    assert {type(each) for each in told} == {ReportMoved, ReportJoined}
    assert Assignment.objects.filter(report=report, accepted_at=NOW).count() == 2


def test_one_accepts_while_the_other_says_it_is_not_ours(report):
    one, other = workers(report)
    acts = (
        lambda: accept_report(report.pk, by=one, now=NOW),
        lambda: refuse_report(report.pk, by=other, reason="Це дорога обласного значення.", passed_to=None, now=NOW),
    )
    found = tried_at_once(*acts)
    hold = Assignment.objects.get(report=report)
    report.refresh_from_db()
    assert DONE in found
    assert (hold.returned_at is None) == (report.organisation_id is not None)


def test_a_link_that_is_revoked_while_it_is_used_is_used_or_revoked(report):
    [one] = workers(report, 1)
    token = make_link(report.pk, name="ТОВ", days=7, by=one, now=NOW)
    link = TaskLink.objects.get()
    found = tried_at_once(
        lambda: send_task_by_link(token, text="Готово.", photos=[], community_id=report.community_id, now=NOW),
        lambda: revoke_link(report.pk, link.pk, by=one, now=NOW),
    )
    assert found[1] == DONE
    assert WorkReport.objects.count() == (found[0] == DONE)


def test_two_administrators_who_saw_one_matrix_change_it_once(community):
    organisation = OrganisationFactory(community=community)
    admins = [staff(community, "community_admin") for _ in range(2)]
    change = MatrixChange(way=Way.ADD, draft=RuleDraft(main_id=organisation.pk))
    seen = change.digest(community.pk)
    found = tried_at_once(
        *(lambda by=by: change_matrix(community.pk, change, seen=seen, by=by, now=NOW) for by in admins)
    )
    assert sorted(found) == [DONE, "report.matrix_outdated"]
    assert MatrixRule.objects.count() == 1
