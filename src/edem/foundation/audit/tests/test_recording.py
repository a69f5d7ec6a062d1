from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from edem.foundation.audit.models import AuditEntry
from edem.foundation.audit.queries import acts_recorded, staff_acts, staff_acts_about
from edem.foundation.audit.recording import record_staff_act
from edem.foundation.people.models import RoleGrant
from edem.foundation.people.tests.factories import GrantFactory

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return GrantFactory(role="moderator").person


@pytest.fixture
def community(moderator):
    return moderator.grants.get().community


def record(person, act, community, *, now=NOW, **facts):
    record_staff_act(person, act, community_id=community.pk, subject=community, now=now, **facts)


def test_an_act_is_recorded_with_the_roles_of_its_moment(community, moderator):
    record(moderator, "communities.rename", community, due=NOW, count=3)
    RoleGrant.objects.update(ended_at=NOW)
    entry = staff_acts(community.pk).get()
    assert (entry.person, entry.act, entry.roles) == (moderator, "communities.rename", "moderator")
    assert (entry.subject_kind, entry.subject_id) == ("communities.community", str(community.pk))
    assert entry.facts == {"due": "2026-03-01T12:00:00+00:00", "count": 3}


def test_the_audit_can_be_neither_changed_nor_deleted(community, moderator):
    record(moderator, "communities.rename", community)
    for spoil in (lambda: AuditEntry.objects.update(act="nothing"), lambda: AuditEntry.objects.all().delete()):
        with pytest.raises(IntegrityError, match="only appended"), transaction.atomic():
            spoil()
    assert acts_recorded(community.pk) == ["communities.rename"]


def test_a_rolled_back_act_leaves_no_entry(community, moderator):
    with transaction.atomic():
        record(moderator, "communities.rename", community)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_the_auditor_narrows_the_list_by_time_person_and_act(community, moderator):
    record(moderator, "a", community)
    record(moderator, "b", community, now=NOW + timedelta(days=1))
    assert [entry.act for entry in staff_acts(community.pk)] == ["b", "a"]
    assert [entry.act for entry in staff_acts(community.pk, until=NOW + timedelta(hours=1))] == ["a"]
    assert [entry.act for entry in staff_acts(community.pk, act="b", person_id=moderator.pk)] == ["b"]
    assert [entry.act for entry in staff_acts_about(community)] == ["b", "a"]
    assert not staff_acts(None)
