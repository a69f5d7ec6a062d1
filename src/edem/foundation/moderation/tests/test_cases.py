from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.moderation.actions import decide_case, open_case, report_content
from edem.foundation.moderation.models import ModerationCase
from edem.foundation.moderation.queries import cases_of, open_cases, public_log, reports_on
from edem.foundation.moderation.rules import Decision, Ground, ReportReason, Subject
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict, Invalid, Missing

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAMP = Subject(service="lamps", kind="lamp", subject_id="5")
WAR = Ground(code="war", label="пропаганда війни", clause="ст. 23-1, ч. 4")

pytestmark = pytest.mark.django_db


@pytest.fixture
def community():
    return CommunityFactory()


@pytest.fixture
def moderator():
    return PersonFactory(staff=True)


def begin(community, *, subject=LAMP, title="Ліхтар біля школи", now=NOW, due_at=None):
    return open_case(subject, community_id=community.pk, title=title, path="/lamps/5/", now=now, due_at=due_at)


def decide(community, moderator, decision, **said):
    return decide_case(LAMP, decision, community_id=community.pk, by=moderator, now=NOW, **said)


def report(community, reporter, reason=ReportReason.HATRED, words=""):
    report_content(
        LAMP,
        community_id=community.pk,
        title="Ліхтар",
        path="/lamps/5/",
        reporter=reporter,
        reason=reason,
        words=words,
        now=NOW,
    )


def test_a_thing_waits_in_the_queue_once(community):
    assert begin(community) == begin(community)
    assert open_cases(community.pk).count() == 1
    assert not open_cases(CommunityFactory().pk)


def test_the_most_urgent_case_is_first(community):
    later = begin(community, subject=Subject(service="lamps", kind="lamp", subject_id="6"), due_at=NOW + timedelta(2))
    sooner = begin(community, due_at=NOW + timedelta(1))
    endless = begin(community, subject=Subject(service="lamps", kind="lamp", subject_id="7"))
    assert list(open_cases(community.pk)) == [sooner, later, endless]


def test_a_refusal_needs_its_ground_and_its_reason(community, moderator):
    begin(community)
    for said in ({}, {"ground": WAR}, {"ground": WAR, "reason": "  "}, {"reason": "тому що"}):
        with pytest.raises(Invalid):
            decide(community, moderator, Decision.REFUSED, **said)
    with pytest.raises(Invalid):
        decide(community, moderator, Decision.RETURNED)


def test_a_refusal_is_in_the_public_record_as_it_read_on_the_day(community, moderator):
    begin(community)
    decide(community, moderator, Decision.REFUSED, ground=WAR, reason="Заклик у другому абзаці.", public_note="№ 5")
    [case] = public_log(community.pk, service="lamps")
    assert (case.ground, case.ground_label, case.clause) == ("war", "пропаганда війни", "ст. 23-1, ч. 4")
    assert (case.decided_by, case.decided_at, case.public_note) == (moderator, NOW, "№ 5")
    assert not public_log(community.pk, service="parks")


def test_what_was_approved_or_returned_is_not_in_the_record(community, moderator):
    begin(community)
    decide(community, moderator, Decision.APPROVED)
    begin(community)
    decide(community, moderator, Decision.RETURNED, reason="Допишіть адресу.")
    assert not public_log(community.pk)
    assert [case.decision for case in cases_of(LAMP, community_id=community.pk)] == ["approved", "returned"]


def test_what_is_decided_is_not_decided_again(community, moderator):
    begin(community)
    decide(community, moderator, Decision.APPROVED)
    with pytest.raises(Missing, match="no_open_case"):
        decide(community, moderator, Decision.REFUSED, ground=WAR, reason="передумав")


def test_the_database_keeps_these_promises_too(community, moderator):
    case = begin(community)
    for broken in (
        {"decision": "approved"},
        {"decided_at": NOW},
        {"decision": "refused", "decided_at": NOW, "decided_by": moderator},
        {"decision": "perhaps", "decided_at": NOW, "decided_by": moderator},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ModerationCase.objects.filter(pk=case.pk).update(**broken)


def test_the_first_report_opens_a_case_and_the_next_ones_join_it(community):
    first, second = PersonFactory(), PersonFactory()
    report(community, first)
    report(community, second, ReportReason.OTHER, "Це не ліхтар.")
    [case] = open_cases(community.pk)
    assert case.is_reported
    assert case.report_count == 2
    assert [one.reporter for one in reports_on(case)] == [first, second]


def test_nobody_reports_one_thing_twice(community):
    reader = PersonFactory()
    report(community, reader)
    with pytest.raises(Conflict):
        report(community, reader, ReportReason.ADVERTISING)


@pytest.mark.parametrize(("reason", "words"), [(ReportReason.OTHER, " "), (ReportReason.UNTRUE, "а" * 1001)])
def test_a_report_that_says_nothing_or_too_much_is_refused(community, reason, words):
    with pytest.raises(Invalid):
        report(community, PersonFactory(), reason, words)
    assert not ModerationCase.objects.exists()
